#include "services/groups/create.h"

#include <algorithm>

#include "services/accounts/names.h"
#include "services/chats/dialog.h"
#include "services/discovery/public.h"
#include "services/groups/enter.h"
#include "services/groups/forum.h"
#include "services/groups/notice.h"
#include "services/moderation/limited.h"
#include "services/people/blocking.h"
#include "services/people/privacy.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// Whether the caller may put `user` into a group.
Result<bool> may_add(store::Tx& tx, const Caller& caller, UserId user) {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->state == store::AccountState::deleted || account->bot) return false;
  HG_ASSIGN(const bool blocks, tx.contacts().is_blocked(user, caller.user));
  if (blocks) return false;
  return allows(tx, PrivacyKey::chat_invite, user, caller.user);
}

Result<CreatedChat> begin(store::Tx& tx, const Caller& caller, UnixSeconds now, store::Chat chat,
                          const std::vector<UserId>& users) {
  HG_ASSIGN(const auto account, tx.accounts().find(caller.user));
  const auto limit = account ? limit_in_force(*account, now) : std::nullopt;
  if (limit && *limit != safety::Limit::slow) {
    return fail(Error::forbidden("USER_RESTRICTED", "The account is limited and cannot create groups."));
  }
  CreatedChat created;
  chat.creator = caller.user;
  chat.created_at = now;
  HG_ASSIGN(chat.peer, tx.chats().insert(chat));
  created.peer = chat.peer;
  if ((chat.flags & store::chat_forum) != 0) HG_TRY(begin_forum(tx, chat));
  Entry creator;
  creator.user = caller.user;
  creator.status = store::MemberStatus::creator;
  HG_TRY(enter(tx, caller, now, chat, creator));
  Action action;
  action.kind = chat.peer.is_chat() ? ActionKind::chat_create : ActionKind::channel_create;
  action.text = chat.title;
  if (chat.peer.is_chat()) action.users.push_back(caller.user);
  for (const auto user : users) {
    if (user == caller.user) continue;
    HG_ASSIGN(const bool may, may_add(tx, caller, user));
    if (!may) {
      created.missing.push_back({user});
      continue;
    }
    Entry entry;
    entry.user = user;
    entry.inviter = caller.user;
    HG_TRY(enter(tx, caller, now, chat, entry));
    action.users.push_back(user);
  }
  HG_ASSIGN(const auto place, open_chat(tx, caller.user, chat.peer, now));
  HG_ASSIGN(created.notice, append_notice(tx, caller, place, std::move(action)));
  return created;
}

}  // namespace

Result<std::string> clean_title(std::string_view text) {
  auto title = clean_name(text, title_length_max);
  if (!title || title->empty()) return fail(Error::invalid("CHAT_TITLE_EMPTY"));
  return std::move(*title);
}

Result<std::string> clean_chat_about(std::string_view text) {
  if (length(text) > about_length_max) return fail(Error::invalid("CHAT_ABOUT_TOO_LONG"));
  return std::string(text);
}

Task<Result<CreatedChat>> create_group(const Environment& environment, Limits& limits, Caller caller,
                                       std::string title, std::vector<UserId> users,
                                       std::int32_t ttl_period) {
  CO_ASSIGN(title, clean_title(title));
  std::ranges::sort(users);
  users.erase(std::ranges::unique(users).begin(), users.end());
  std::erase(users, caller.user);
  if (users.size() >= group_members_max) co_return fail(Error::invalid("USERS_TOO_MUCH"));
  CO_TRY(limits.take("create-chat", std::to_string(caller.user.value), create_chat_rate));
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<CreatedChat> {
    store::Chat chat;
    chat.peer.kind = PeerKind::chat;
    chat.kind = store::ChatKind::basic_group;
    chat.title = title;
    chat.ttl_period = ttl_period;
    return begin(tx, caller, now, std::move(chat), users);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<CreatedChat>> create_channel(const Environment& environment, Limits& limits, Caller caller,
                                         NewChannel channel) {
  CO_ASSIGN(channel.title, clean_title(channel.title));
  CO_ASSIGN(channel.about, clean_chat_about(channel.about));
  CO_TRY(limits.take("create-chat", std::to_string(caller.user.value), create_chat_rate));
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<CreatedChat> {
    store::Chat chat;
    chat.peer.kind = PeerKind::channel;
    chat.kind = channel.broadcast ? store::ChatKind::broadcast : store::ChatKind::supergroup;
    chat.title = channel.title;
    chat.about = channel.about;
    chat.ttl_period = channel.ttl_period;
    if (channel.forum && !channel.broadcast) chat.flags |= store::chat_forum;
    return begin(tx, caller, now, std::move(chat), {});
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> delete_chat(const Environment& environment, Caller caller, Peer peer) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(auto place, open_managed(tx, caller.user, peer, now));
    if (!place.standing().is_creator()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
    auto& chat = *place.chat;
    const auto before = chat;
    chat.flags |= store::chat_deleted;
    chat.username.clear();  // the name is free for others
    HG_TRY(tx.chats().update(chat));
    HG_TRY(note_chat(tx, before, chat));
    if (peer.is_channel()) HG_TRY(tx.topics().erase_all(place.box));
    if (chat.linked) {
      HG_ASSIGN(auto other, tx.chats().find(chat.linked));
      if (other) {
        other->linked = {};
        HG_TRY(tx.chats().update(*other));
        HG_TRY(tell_changed(tx, caller, other->peer));
      }
    }
    // Everybody who is there now hears of it through the live channel; others when they ask for it.
    HG_TRY(tell_changed(tx, caller, peer));
    return tell_member(tx, caller, now, peer, caller.user, false);
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
