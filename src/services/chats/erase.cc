#include "services/chats/erase.h"

#include <algorithm>
#include <limits>
#include <map>

#include "services/chats/append.h"
#include "services/chats/dialog.h"
#include "services/groups/admin_log.h"
#include "services/groups/place.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::size_t step_messages = 500;
constexpr MessageId newest_possible{std::numeric_limits<std::int32_t>::max()};

// The other boxes' copies of these messages go.
Status erase_copies(store::Tx& tx, const Caller& caller, UnixSeconds now,
                    const std::vector<store::Message>& messages) {
  std::map<BoxId, std::vector<store::Message>> others;
  for (const auto& message : messages) {
    HG_ASSIGN(auto copies, tx.messages().copies(message.link));
    for (auto& copy : copies) {
      if (copy.owner != message.owner) others[copy.owner].push_back(std::move(copy));
    }
  }
  for (const auto& [owner, theirs] : others) HG_TRY(erase_from_box(tx, caller, now, owner, theirs));
  return {};
}

// Leaves those that the caller may take out of everybody's box.
Status keep_revocable(store::Tx& tx, const Caller& caller, UnixSeconds now,
                      std::vector<store::Message>& messages) {
  std::vector<store::Message> kept;
  for (auto& message : messages) {
    if (message.peer.is_chat() && message.from != caller.user) {
      HG_ASSIGN(const auto place, open_place(tx, caller.user, message.peer, now));
      if (!place.standing().has(admin_delete_messages)) continue;
    }
    kept.push_back(std::move(message));
  }
  messages = std::move(kept);
  return {};
}

// Messages of a dialog between two dates, both included; 0 is open.
Result<std::vector<store::Message>> between(store::Tx& tx, UserId owner, const DeleteHistory& request) {
  store::SearchFilter filter;
  filter.min_date = request.min_date;
  filter.max_date = request.max_date;
  store::HistoryRange range;
  range.limit = static_cast<std::int32_t>(step_messages) + 1;
  if (request.max_id)
    range.offset_id = MessageId{std::min(request.max_id, MessageId{newest_possible.value - 1}).value + 1};
  HG_ASSIGN(auto page, tx.messages().search(owner, request.peer, filter, range));
  return std::move(page.messages);
}

Result<std::vector<store::Message>> oldest(store::Tx& tx, UserId owner, Peer peer, MessageId up_to) {
  HG_ASSIGN(const auto ids, tx.messages().ids_up_to(owner, peer, up_to, step_messages + 1));
  return tx.messages().find_many(owner, ids);
}

// Cuts the list to one step; whether something was cut off.
bool one_step(std::vector<store::Message>& messages) {
  if (messages.size() <= step_messages) return false;
  messages.resize(step_messages);
  return true;
}

// An emptied dialog that stays in the list shows that it was cleared.
Status leave_trace(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer peer) {
  store::Message trace;
  trace.owner = caller.user;
  trace.peer = peer;
  trace.from = caller.user;
  trace.flags = store::message_out | store::message_service | store::message_silent;
  trace.date = now;
  MessageContent content;
  content.action.emplace();
  content.action->kind = ActionKind::history_clear;
  trace.content = encode_content(content);
  HG_ASSIGN(auto appended, tx.messages().append(std::move(trace)));
  HG_TRY(tx.dialogs().bump(caller.user, peer, appended.message.id, now, true));
  // Every device is told, this one, too: its answer speaks of the deletion alone.
  HG_TRY(
      append_message_event(tx, Caller{}, now, store::UpdateKind::new_message, std::move(appended.message)));
  return {};
}

Status drop_dialog(store::Tx& tx, UserId owner, Peer peer) {
  HG_ASSIGN(auto dialog, tx.dialogs().find(owner, peer));
  if (!dialog) return {};
  dialog->pinned_order = 0;
  dialog->unread_mark = false;
  dialog->draft.clear();
  return settle_dialog(tx, *dialog);
}

Result<HistoryDeleted> delete_step(store::Tx& tx, const Caller& caller, UnixSeconds now,
                                   const DeleteHistory& request) {
  const bool dated = request.min_date != 0 || request.max_date != 0;
  const auto up_to = request.max_id ? request.max_id : newest_possible;
  std::vector<store::Message> messages;
  if (dated) {
    HG_ASSIGN(messages, between(tx, caller.user, request));
  } else {
    HG_ASSIGN(messages, oldest(tx, caller.user, request.peer, up_to));
  }
  const bool had_any = !messages.empty();
  HistoryDeleted result;
  result.more = one_step(messages);
  if (request.revoke) {
    // In a group one takes back what is one's own, unless one may delete everybody's.
    auto theirs = messages;
    HG_TRY(keep_revocable(tx, caller, now, theirs));
    HG_TRY(erase_copies(tx, caller, now, theirs));
  }
  HG_ASSIGN(result.update, erase_from_box(tx, caller, now, caller.user, messages));
  if (dated || result.more) return result;

  const bool whole = !request.max_id;
  if (request.revoke && whole && request.peer.is_user() && request.peer.user() != caller.user) {
    // What the other side has and this side had deleted before.
    const auto other = request.peer.user();
    HG_ASSIGN(auto left, oldest(tx, other, Peer::of(caller.user), newest_possible));
    result.more = one_step(left);
    if (!left.empty()) HG_TRY(erase_from_box(tx, caller, now, other, left));
    if (result.more) return result;
  }
  HG_ASSIGN(const auto newest, tx.messages().newest(caller.user, request.peer));
  if (!newest) {
    if (!request.just_clear) {
      HG_TRY(drop_dialog(tx, caller.user, request.peer));
    } else if (had_any) {
      HG_TRY(leave_trace(tx, caller, now, request.peer));
    }
  }
  return result;
}

}  // namespace

Task<Result<store::Update>> delete_messages(const Environment& environment, Caller caller,
                                            std::vector<MessageId> ids, bool revoke) {
  if (ids.size() > 1000) co_return fail(Error::invalid("LIMIT_INVALID"));
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, ids = std::move(ids), revoke](store::Tx& tx) -> Result<store::Update> {
    HG_ASSIGN(const auto messages, tx.messages().find_many(caller.user, ids));
    if (revoke) {
      auto theirs = messages;
      HG_TRY(keep_revocable(tx, caller, now, theirs));
      HG_TRY(erase_copies(tx, caller, now, theirs));
    }
    return erase_from_box(tx, caller, now, caller.user, messages);
  };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<store::Update>> delete_channel_messages(const Environment& environment, Caller caller,
                                                    Peer channel, std::vector<MessageId> ids) {
  if (!channel.is_channel()) co_return fail(Error::invalid("CHANNEL_INVALID"));
  if (ids.size() > 1000) co_return fail(Error::invalid("LIMIT_INVALID"));
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, channel, ids = std::move(ids)](store::Tx& tx) -> Result<store::Update> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
    HG_ASSIGN(const auto messages, tx.messages().find_many(place.box, ids));
    const auto standing = place.standing();
    for (const auto& message : messages) {
      if ((message.flags & store::message_topic) != 0) {
        return fail(Error::forbidden("MESSAGE_DELETE_FORBIDDEN", "The topic goes with all that is in it."));
      }
      if (standing.has(admin_delete_messages)) continue;
      // Comments are written by people who are not in the group, too.
      const bool wrote = standing.is_in() || place.chat->linked;
      const bool own =
          message.from == caller.user && wrote && (place.is_group() || standing.has(admin_post_messages));
      if (!own) return fail(Error::forbidden("MESSAGE_DELETE_FORBIDDEN"));
    }
    HG_TRY(log_erased(tx, channel, caller.user, now, messages));
    return erase_from_box(tx, caller, now, place.box, messages);
  };
  co_return co_await environment.store.write(std::move(body));
}

Status check_dates(const DeleteHistory& request) {
  if (request.min_date < 0) return fail(Error::invalid("MIN_DATE_INVALID"));
  if (request.max_date < 0 || (request.max_date != 0 && request.max_date < request.min_date)) {
    return fail(Error::invalid("MAX_DATE_INVALID"));
  }
  return {};
}

Task<Result<HistoryDeleted>> delete_history(const Environment& environment, Caller caller,
                                            DeleteHistory request) {
  if (request.peer.is_channel() || !request.peer) co_return fail(Error::invalid("PEER_ID_INVALID"));
  CO_TRY(check_dates(request));
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, request](store::Tx& tx) { return delete_step(tx, caller, now, request); };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
