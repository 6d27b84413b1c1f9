// The log of what administrators do in supergroups and channels: written in the transaction that acts, read
// by other administrators, kept for two days.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/codec.h"
#include "services/caller.h"
#include "services/environment.h"
#include "store/invites.h"
#include "store/tx.h"

namespace heliograph::services {

inline constexpr UnixSeconds admin_log_kept = 48 * 3600;
inline constexpr std::size_t admin_log_page_max = 100;

// Part of the stored format: do not renumber; below 64.
enum class AdminActKind : std::uint8_t {
  title = 1,  // before, after
  about = 2,
  username = 3,
  photo = 4,       // numbers: ids
  signatures = 5,  // number_after: 0 or 1
  signature_profiles = 6,
  hidden_history = 7,
  no_forwards = 8,
  anti_spam = 9,
  forum = 10,
  slow_mode = 11,       // numbers: seconds
  default_banned = 12,  // numbers: BannedRight
  linked_chat = 13,     // numbers: ids
  history_ttl = 14,     // numbers: seconds
  topic_create = 15,    // topic_after
  topic_edit = 16,      // topics
  topic_erase = 17,     // topic_before
  topic_pin = 18,       // topic_after; unpinned: topic_before
  pin = 20,             // message_after
  edit = 21,            // message_before, message_after
  erase = 22,           // message_before
  stop_poll = 23,       // message_after
  reactions = 24,       // reactions
  join = 30,
  leave = 31,
  invite = 32,  // member_after
  ban = 33,     // members: of all these
  unban = 34,
  kick = 35,  // or channel, and nobody
  unkick = 36,
  promote = 37,
  demote = 38,
  join_by_invite = 39,   // invite_after
  join_by_request = 40,  // invite_after, user: who approved
  invite_edit = 50,      // invites
  invite_revoke = 51,    // invite_after
  invite_delete = 52,    // invite_before
};

// Rows as they were, as part of an entry.
struct MemberShot {
  UserId user;
  store::MemberStatus status = store::MemberStatus::left;
  std::uint32_t admin_rights = 0, banned = 0;
  UnixSeconds until = 0;
  std::string rank;
  UserId by, inviter;
  UnixSeconds date = 0, joined_at = 0;
  void fields(auto& codec) {
    codec(user, status, admin_rights, banned, until, rank, by, inviter, date, joined_at);
  }
};
struct MessageShot {
  MessageId id;
  UserId from;
  std::uint32_t flags = 0;
  UnixSeconds date = 0, edited_at = 0;
  store::MessageKind kind{};
  MessageId thread;
  std::int64_t album = 0;
  std::string text;
  Bytes content;
  void fields(auto& codec) { codec(id, from, flags, date, edited_at, kind, thread, album, text, content); }
};
struct InviteShot {
  UserId admin;
  std::string hash;
  std::uint32_t flags = 0;
  std::string title;
  UnixSeconds date = 0, expires_at = 0;
  std::int32_t usage_limit = 0, usage = 0;
  void fields(auto& codec) { codec(admin, hash, flags, title, date, expires_at, usage_limit, usage); }
};

struct TopicShot {
  MessageId id;
  UserId creator;
  Peer shown_as;
  UnixSeconds date = 0;
  std::string title;
  std::int32_t icon_color = 0;
  std::int64_t icon_emoji = 0;
  std::uint32_t flags = 0;
  std::int32_t pinned_order = 0;
  void fields(auto& codec) {
    codec(id, creator, shown_as, date, title, icon_color, icon_emoji, flags, pinned_order);
  }
};

// Which reactions a chat takes.
struct ReactionsShot {
  bool all = false;
  std::vector<std::string> some;
  void fields(auto& codec) { codec(all, some); }
};

struct AdminActBody {
  std::string before, after;
  std::int64_t number_before = 0, number_after = 0;
  std::optional<MemberShot> member_before, member_after;
  std::optional<MessageShot> message_before, message_after;
  std::optional<InviteShot> invite_before, invite_after;
  UserId user;
  std::optional<TopicShot> topic_before, topic_after;
  std::optional<ReactionsShot> reactions_before, reactions_after;
  Peer channel;
  void fields(auto& codec) {
    codec(before, after, number_before, number_after, member_before, member_after, message_before,
          message_after, invite_before, invite_after, user, topic_before, topic_after, reactions_before,
          reactions_after, channel);
  }
};

MemberShot shot_of(const store::Member& member);
// Somebody who was not there is shown as one who has left.
MemberShot shot_of(const std::optional<store::Member>& member, UserId user);
MessageShot shot_of(const store::Message& message);
InviteShot shot_of(const store::Invite& invite);
TopicShot shot_of(const store::Topic& topic);
store::Member member_of(const MemberShot& shot, Peer channel);
store::Message message_of(const MessageShot& shot, Peer channel);
store::Invite invite_of(const InviteShot& shot, Peer channel);
store::Topic topic_of(const TopicShot& shot, Peer channel);

// Nothing for a basic group, which has no log.
Status log_act(store::Tx& tx, Peer chat, UserId user, UnixSeconds now, AdminActKind kind, AdminActBody body);
// What differs between the two states of the chat, an entry each.
Status log_changes(store::Tx& tx, UserId user, UnixSeconds now, const store::Chat& before,
                   const store::Chat& after);
// Messages that are taken away: others', for what one deletes of one's own is nobody's business.
Status log_erased(store::Tx& tx, Peer chat, UserId user, UnixSeconds now,
                  std::span<const store::Message> messages);
// A change of somebody's standing.
Status log_standing(store::Tx& tx, UserId user, UnixSeconds now, AdminActKind kind,
                    const std::optional<store::Member>& before, const store::Member& after);

struct AdminLogQuery {
  std::vector<AdminActKind> kinds{};  // empty: all
  std::vector<UserId> admins{};       // empty: everybody's
  std::string text{};
  std::int64_t max_id = 0, min_id = 0;     // 0: open
  std::size_t limit = admin_log_page_max;  // clamped
};
struct LoggedAct {
  store::AdminAct act;
  AdminActBody body;
};
// channels.getAdminLog, newest first. CHAT_ADMIN_REQUIRED; as open_chat.
Task<Result<std::vector<LoggedAct>>> admin_log(const Environment& environment, Caller caller, Peer channel,
                                               AdminLogQuery query);

}  // namespace heliograph::services
