#include "services/groups/clear.h"

#include <algorithm>
#include <limits>

#include "services/chats/content.h"
#include "services/chats/dialog.h"
#include "services/groups/admin_log.h"
#include "services/groups/notice.h"

namespace heliograph::services {

namespace {

constexpr std::size_t step_messages = 500;

// One step of clearing for everyone; whether there is more to do.
Result<bool> clear_step(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer channel, MessageId up_to) {
  HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
  HG_TRY(require(place.standing(), admin_delete_messages));
  if (!place.standing().is_creator() && !place.is_group()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
  store::HistoryRange one;
  one.limit = 1;
  HG_ASSIGN(const auto page, tx.messages().history(place.box, channel, one));
  if (page.total > clear_messages_max) return fail(Error::invalid("CHANNEL_TOO_BIG"));
  HG_ASSIGN(const auto ids, tx.messages().ids_up_to(place.box, channel, up_to, step_messages));
  HG_ASSIGN(const auto messages, tx.messages().find_many(place.box, ids));
  // Nobody's own: the answer says nothing of it, every device hears of it by the log.
  if (!messages.empty()) HG_TRY(erase_from_box(tx, Caller{}, now, place.box, messages));
  HG_TRY(log_erased(tx, channel, caller.user, now, messages));
  return ids.size() == step_messages;
}

Result<MessageId> hide_history(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer channel,
                               MessageId up_to) {
  HG_ASSIGN(auto place, open_chat(tx, caller.user, channel, now));
  if (!place.standing().is_in()) return fail(Error::invalid("USER_NOT_PARTICIPANT"));
  HG_ASSIGN(const auto newest, tx.messages().newest(place.box, channel));
  auto member = *place.member;
  if (newest) member.history_from = std::max(member.history_from, std::min(up_to, newest->id));
  HG_TRY(tx.chats().put_member(member));
  HG_TRY(tell_member(tx, caller, now, channel, caller.user, true));
  return member.history_from;
}

// The newest messages, at most step_messages, that are shown as this account's or channel's. Topics that they
// have made stay, with what others wrote there.
Result<std::vector<store::Message>> written_as(store::Tx& tx, const Place& place, Peer whose) {
  store::SearchFilter filter;
  filter.from = whose.user();
  if (!whose.is_user()) {
    HG_ASSIGN(const auto channel, tx.chats().find(whose));
    if (!channel || channel->kind != store::ChatKind::broadcast || whose == place.chat->linked) {
      return fail(Error::invalid("PARTICIPANT_ID_INVALID"));
    }
    filter.from = channel->creator;
    filter.shown_as = true;
  }
  std::vector<store::Message> written;
  store::HistoryRange range;
  range.limit = static_cast<std::int32_t>(step_messages);
  for (;;) {
    HG_ASSIGN(auto page, tx.messages().search(place.box, place.peer, filter, range));
    for (auto& message : page.messages) {
      range.offset_id = message.id;
      if ((message.flags & store::message_topic) != 0) continue;
      if (filter.shown_as) {
        HG_ASSIGN(const auto content, decode_content(message));
        if (content.shown_as != whose) continue;
      }
      written.push_back(std::move(message));
      if (written.size() == step_messages) return written;
    }
    if (page.messages.size() < step_messages) return written;
  }
}

}  // namespace

Task<Result<MessageId>> clear_channel(const Environment& environment, Caller caller, Peer channel,
                                      MessageId max_id, bool for_everyone) {
  if (!channel.is_channel()) co_return fail(Error::invalid("CHANNEL_INVALID"));
  const auto now = environment.clock.unix_seconds();
  const auto up_to = max_id.value > 0 ? max_id : MessageId{std::numeric_limits<std::int32_t>::max()};
  if (!for_everyone) {
    auto body = [=](store::Tx& tx) { return hide_history(tx, caller, now, channel, up_to); };
    co_return co_await environment.store.write(std::move(body));
  }
  for (;;) {
    auto body = [=](store::Tx& tx) { return clear_step(tx, caller, now, channel, up_to); };
    CO_ASSIGN(const bool more, co_await environment.store.write(std::move(body)));
    if (!more) co_return MessageId{};
  }
}

Task<Result<Cleared>> clear_participant(const Environment& environment, Caller caller, Peer channel,
                                        Peer whose) {
  if (!channel.is_channel()) co_return fail(Error::invalid("CHANNEL_INVALID"));
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<Cleared> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
    if (!place.is_group()) return fail(Error::invalid("CHANNEL_INVALID"));
    HG_TRY(require(place.standing(), admin_delete_messages));
    HG_ASSIGN(auto written, written_as(tx, place, whose));
    Cleared cleared;
    cleared.more = written.size() == step_messages;
    HG_ASSIGN(cleared.update, erase_from_box(tx, caller, now, place.box, written));
    HG_TRY(log_erased(tx, channel, caller.user, now, written));
    return cleared;
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
