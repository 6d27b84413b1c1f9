// Who may do what where: role x action x kind of chat.
#include "services/groups/rights.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace heliograph::services {
namespace {

using store::ChatKind;
using store::MemberStatus;
using store::MessageKind;

enum Role : std::size_t { stranger, left, banned, muted, member, guard, owner, roles };
constexpr const char* role_names[roles] = {"stranger", "left", "banned", "muted", "member", "guard", "owner"};

// guard: an administrator who may delete, ban and pin, and nothing else.
std::optional<store::Member> in_role(std::size_t role) {
  if (role == stranger) return std::nullopt;
  store::Member one;
  one.user = UserId{7};
  switch (role) {
    case left:
      one.status = MemberStatus::left;
      break;
    case banned:
      one.status = MemberStatus::banned;
      one.banned = banned_view_messages;
      break;
    case muted:
      one.status = MemberStatus::restricted;
      one.banned = banned_send_messages;
      break;
    case guard:
      one.status = MemberStatus::admin;
      one.admin_rights = admin_delete_messages | admin_ban_users | admin_pin_messages;
      break;
    case owner:
      one.status = MemberStatus::creator;
      one.admin_rights = admin_everything;
      break;
    default:
      break;
  }
  return one;
}

using Action = std::function<Status(const Standing&)>;
const Action reads = may_read;
const Action writes = [](const Standing& who) { return may_send(who, MessageKind::plain, 0); };
const Action sends_photo = [](const Standing& who) { return may_send(who, MessageKind::photo, 0); };
const Action deletes = [](const Standing& who) { return require(who, admin_delete_messages); };
const Action bans = [](const Standing& who) { return require(who, admin_ban_users); };
const Action promotes = [](const Standing& who) { return require(who, admin_add_admins); };
const Action renames = [](const Standing& who) {
  return require_either(who, admin_change_info, banned_change_info);
};
const Action pins = [](const Standing& who) {
  return require_either(who, admin_pin_messages, banned_pin_messages);
};
const Action invites = [](const Standing& who) {
  return require_either(who, admin_invite_users, banned_invite_users);
};

struct Row {
  const char* action_name;
  Action action;
  ChatKind kind;
  bool open;  // has a public name
  // One letter a role: + may; - may not.
  const char* may;
};
//                                                               stranger left banned muted member guard owner
const Row table[] = {
    {"reads", reads, ChatKind::supergroup, false, "---++++"},
    {"reads", reads, ChatKind::supergroup, true, "++-++++"},
    {"reads", reads, ChatKind::broadcast, false, "---++++"},
    {"reads", reads, ChatKind::broadcast, true, "++-++++"},
    {"writes", writes, ChatKind::basic_group, false, "----+++"},
    {"writes", writes, ChatKind::supergroup, false, "----+++"},
    {"writes", writes, ChatKind::supergroup, true, "----+++"},
    {"writes", writes, ChatKind::broadcast, true, "------+"},
    {"sends a photo", sends_photo, ChatKind::supergroup, true, "----+++"},
    {"sends a photo", sends_photo, ChatKind::broadcast, true, "------+"},
    {"deletes", deletes, ChatKind::basic_group, false, "-----++"},
    {"deletes", deletes, ChatKind::supergroup, true, "-----++"},
    {"deletes", deletes, ChatKind::broadcast, true, "-----++"},
    {"bans", bans, ChatKind::supergroup, true, "-----++"},
    {"bans", bans, ChatKind::broadcast, true, "-----++"},
    {"promotes", promotes, ChatKind::basic_group, false, "------+"},
    {"promotes", promotes, ChatKind::supergroup, true, "------+"},
    {"promotes", promotes, ChatKind::broadcast, true, "------+"},
    {"renames", renames, ChatKind::basic_group, false, "---++-+"},
    {"renames", renames, ChatKind::supergroup, true, "---++-+"},
    {"renames", renames, ChatKind::broadcast, true, "------+"},
    {"pins", pins, ChatKind::supergroup, true, "---++++"},
    {"pins", pins, ChatKind::broadcast, true, "-----++"},
    {"invites", invites, ChatKind::supergroup, true, "---++-+"},
    {"invites", invites, ChatKind::broadcast, true, "------+"},
};

TEST(RightsTest, RoleByActionByKind) {
  for (const auto& row : table) {
    store::Chat chat;
    chat.kind = row.kind;
    if (row.open) chat.username = "the_chat";
    for (std::size_t role = 0; role < roles; ++role) {
      const auto one = in_role(role);
      const Standing who{chat, one, 1000};
      const auto status = row.action(who);
      EXPECT_EQ(status.has_value(), row.may[role] == '+')
          << role_names[role] << " " << row.action_name << " in kind " << static_cast<int>(row.kind)
          << (row.open ? ", public" : ", private") << ": " << (status ? "may" : status.error().code);
    }
  }
}

TEST(RightsTest, WhatIsForbiddenToAllIsAllowedToAdministrators) {
  store::Chat chat;
  chat.kind = ChatKind::supergroup;
  chat.default_banned = banned_send_media | banned_change_info;
  const auto one = in_role(member), admin = in_role(guard);
  EXPECT_FALSE(sends_photo({chat, one, 0}));
  EXPECT_TRUE(writes({chat, one, 0}));
  EXPECT_FALSE(renames({chat, one, 0}));
  EXPECT_TRUE(sends_photo({chat, admin, 0}));
}

TEST(RightsTest, ARestrictionEndsByItself) {
  store::Chat chat;
  chat.kind = ChatKind::supergroup;
  auto one = in_role(muted);
  one->until = 500;
  EXPECT_FALSE(writes({chat, one, 499}));
  EXPECT_TRUE(writes({chat, one, 500}));
}

TEST(RightsTest, NobodyRulesTheOwnerNorAnothersAdministrator) {
  store::Chat chat;
  chat.kind = ChatKind::supergroup;
  const auto admin = in_role(guard), creator = in_role(owner);
  auto promoted_by_owner = in_role(guard);
  promoted_by_owner->by = UserId{1};
  EXPECT_EQ(may_rule({chat, admin, 0}, creator).error().code, "USER_CREATOR");
  EXPECT_EQ(may_rule({chat, admin, 0}, promoted_by_owner).error().code, "CHAT_ADMIN_REQUIRED");
  promoted_by_owner->by = admin->user;
  EXPECT_TRUE(may_rule({chat, admin, 0}, promoted_by_owner));
  EXPECT_TRUE(may_rule({chat, creator, 0}, in_role(guard)));
}

}  // namespace
}  // namespace heliograph::services
