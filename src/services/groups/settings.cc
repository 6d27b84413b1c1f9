#include "services/groups/settings.h"

#include <algorithm>
#include <array>

#include "services/discovery/public.h"
#include "services/groups/admin_log.h"
#include "services/groups/notice.h"
#include "services/people/username.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

using store::ChatKind;

// Opens the chat, lets `change` work on it, stores it and tells everybody.
template <typename Change>
Task<Status> change_chat(const Environment& environment, Caller caller, Peer chat, Change change) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, chat, now, change = std::move(change)](store::Tx& tx) -> Status {
    HG_ASSIGN(auto place, open_managed(tx, caller.user, chat, now));
    const auto before = *place.chat;
    HG_TRY(change(tx, place));
    HG_TRY(tx.chats().update(*place.chat));
    HG_TRY(note_chat(tx, before, *place.chat));
    HG_TRY(log_changes(tx, caller.user, now, before, *place.chat));
    return tell_changed(tx, caller, chat);
  };
  co_return co_await environment.store.write(std::move(body));
}

Status may_change_info(const Place& place) {
  if (place.is_group()) return require_either(place.standing(), admin_change_info, banned_change_info);
  return require(place.standing(), admin_change_info);
}

// Who may turn a switch.
Status may_switch(const Place& place, std::uint32_t flags) {
  const auto who = place.standing();
  constexpr std::uint32_t creators =
      store::chat_no_forwards | store::chat_join_to_send | store::chat_join_request;
  constexpr std::uint32_t groups_only = store::chat_join_to_send | store::chat_join_request |
                                        store::chat_hidden_history | store::chat_hidden_members |
                                        store::chat_anti_spam;
  constexpr std::uint32_t broadcasts_only = store::chat_signatures | store::chat_signature_profiles;
  if (place.is_group() ? (flags & broadcasts_only) != 0 : (flags & groups_only) != 0) {
    return fail(Error::invalid("CHANNEL_INVALID", "This kind of channel does not have that switch."));
  }
  if ((flags & creators) != 0 && !who.is_creator()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
  return require(who, admin_change_info);
}

Status check_name(store::Tx& tx, Peer channel, const std::string& username) {
  if (!valid_username(username)) return fail(Error::invalid("USERNAME_INVALID"));
  if (reserved_username(username)) return fail(Error::invalid("USERNAME_OCCUPIED"));
  HG_ASSIGN(const auto holder, tx.chats().resolve(username));
  if (holder && *holder != channel) return fail(Error::invalid("USERNAME_OCCUPIED"));
  return {};
}

}  // namespace

Task<Result<Appended>> set_title(const Environment& environment, Caller caller, Peer chat,
                                 std::string title) {
  CO_ASSIGN(title, clean_title(title));
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<Appended> {
    HG_ASSIGN(auto place, open_managed(tx, caller.user, chat, now));
    HG_TRY(may_change_info(place));
    if (place.chat->title == title) return fail(Error::invalid("CHAT_NOT_MODIFIED"));
    const auto before = *place.chat;
    place.chat->title = title;
    place.chat->flags &= ~std::uint32_t{store::chat_verified};  // it was the name's
    HG_TRY(tx.chats().update(*place.chat));
    HG_TRY(note_chat(tx, before, *place.chat));
    HG_TRY(log_changes(tx, caller.user, now, before, *place.chat));
    Action action;
    action.kind = ActionKind::chat_edit_title;
    action.text = title;
    HG_ASSIGN(auto notice, append_notice(tx, caller, place, std::move(action)));
    HG_TRY(tell_changed(tx, caller, chat));
    return notice;
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Status> set_about(const Environment& environment, Caller caller, Peer chat, std::string about) {
  CO_ASSIGN(about, clean_chat_about(about));
  auto change = [about](store::Tx&, Place& place) -> Status {
    HG_TRY(may_change_info(place));
    if (place.chat->about == about) return fail(Error::invalid("CHAT_ABOUT_NOT_MODIFIED"));
    place.chat->about = about;
    return {};
  };
  co_return co_await change_chat(environment, caller, chat, std::move(change));
}

Task<Status> set_chat_username(const Environment& environment, Caller caller, Peer channel,
                               std::string username) {
  auto change = [username, caller](store::Tx& tx, Place& place) -> Status {
    if (!place.peer.is_channel()) return fail(Error::invalid("CHANNEL_INVALID"));
    if (!place.standing().is_creator()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
    if (place.chat->username == username) return fail(Error::invalid("USERNAME_NOT_MODIFIED"));
    if (!username.empty()) {
      HG_TRY(check_name(tx, place.peer, username));
      if (place.chat->username.empty()) {
        HG_ASSIGN(const auto open, tx.chats().administered(caller.user, public_chats_max + 1));
        if (open.size() >= public_chats_max) return fail(Error::invalid("CHANNELS_ADMIN_PUBLIC_TOO_MUCH"));
      }
    }
    place.chat->username = username;
    place.chat->flags &= ~std::uint32_t{store::chat_verified};  // it was the name's
    // Of what is public nothing is hidden from those who come: strangers read it.
    if (!username.empty()) place.chat->flags &= ~std::uint32_t{store::chat_hidden_history};
    return {};
  };
  co_return co_await change_chat(environment, caller, channel, std::move(change));
}

Task<Result<bool>> chat_username_free(const Environment& environment, Caller caller, Peer channel,
                                      std::string username) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<bool> {
    if (channel) {
      HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
      if (!place.standing().is_creator()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
    }
    if (const auto checked = check_name(tx, channel, username); !checked) {
      if (checked.error().code == "USERNAME_OCCUPIED") return false;
      return fail(checked.error());
    }
    return true;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Status> set_default_banned(const Environment& environment, Caller caller, Peer chat,
                                std::uint32_t banned) {
  if ((banned & banned_view_messages) != 0) co_return fail(Error::invalid("BANNED_RIGHTS_INVALID"));
  auto change = [banned](store::Tx&, Place& place) -> Status {
    if (!place.is_group()) return fail(Error::invalid("CHANNEL_INVALID"));
    HG_TRY(require(place.standing(), admin_ban_users));
    if (place.chat->default_banned == (banned & banned_all_bits)) {
      return fail(Error::invalid("CHAT_NOT_MODIFIED"));
    }
    place.chat->default_banned = banned & banned_all_bits;
    return {};
  };
  co_return co_await change_chat(environment, caller, chat, std::move(change));
}

Task<Status> set_slow_mode(const Environment& environment, Caller caller, Peer channel,
                           std::int32_t seconds) {
  static constexpr std::array allowed{0, 5, 10, 30, 60, 300, 900, 3600};
  if (std::ranges::find(allowed, seconds) == allowed.end()) co_return fail(Error::invalid("SECONDS_INVALID"));
  auto change = [seconds](store::Tx&, Place& place) -> Status {
    if (!place.is_group() || !place.peer.is_channel()) return fail(Error::invalid("CHANNEL_INVALID"));
    HG_TRY(require(place.standing(), admin_ban_users));
    if (place.chat->slow_mode == seconds) return fail(Error::invalid("CHAT_NOT_MODIFIED"));
    place.chat->slow_mode = seconds;
    return {};
  };
  co_return co_await change_chat(environment, caller, channel, std::move(change));
}

Task<Status> set_flags(const Environment& environment, Caller caller, Peer chat, std::uint32_t on,
                       std::uint32_t off) {
  auto change = [on, off](store::Tx&, Place& place) -> Status {
    HG_TRY(may_switch(place, on | off));
    const bool open = !place.chat->username.empty() || place.chat->linked;
    if ((on & store::chat_hidden_history) != 0 && open) {
      return fail(
          Error::invalid("CHAT_LINK_EXISTS", "Strangers read it: there is nothing to hide from members."));
    }
    const auto flags = (place.chat->flags | on) & ~off;
    if (flags == place.chat->flags) return fail(Error::invalid("CHAT_NOT_MODIFIED"));
    place.chat->flags = flags;
    return {};
  };
  co_return co_await change_chat(environment, caller, chat, std::move(change));
}

}  // namespace heliograph::services
