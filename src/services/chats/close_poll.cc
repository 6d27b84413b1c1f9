#include "services/chats/close_poll.h"

#include "services/chats/edit.h"
#include "services/groups/admin_log.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

// Those who were away learn of it from their log: the message is in it as one that is to be shown anew,
// though its text has not changed. Gives back the entry of `own`'s log.
Result<store::Update> close_in(store::Tx& tx, const Caller& origin, UnixSeconds now, const Poll& poll,
                               BoxId own) {
  HG_TRY(tx.polls().close(poll.id));
  HG_ASSIGN(const auto tally, tally_of(tx, poll, now));
  HG_ASSIGN(const auto messages, messages_with(tx, poll.id));
  HG_TRY(tell_poll(tx, origin, messages, poll, tally));
  store::Update entry;
  for (const auto& message : messages) {
    HG_ASSIGN(auto logged, append_message_event(tx, origin, now, store::UpdateKind::edit_message, message));
    if (message.owner == own) entry = std::move(logged);
  }
  return entry;
}

Result<ClosedPoll> close_by(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer peer, MessageId id) {
  HG_ASSIGN(auto found, find_editable(tx, caller, now, peer, id, EditTime::any));
  if (!found.content.media || !found.content.media->poll) return fail(Error::invalid("MEDIA_NEW_INVALID"));
  ClosedPoll closed;
  closed.shown.poll = *found.content.media->poll;
  HG_ASSIGN(const auto before, tally_of(tx, closed.shown.poll, now));
  if (before.closed) return fail(Error::invalid("MESSAGE_NOT_MODIFIED"));
  HG_ASSIGN(closed.update, close_in(tx, caller, now, closed.shown.poll, found.place.box));
  HG_ASSIGN(closed.shown.view, view_of(tx, caller.user, closed.shown.poll, now));
  if (found.place.box.is_channel()) {
    AdminActBody act;
    auto after = found.message;
    found.content.media->poll->closed = true;
    after.content = encode_content(found.content);
    act.message_after = shot_of(after);
    HG_TRY(log_act(tx, peer, caller.user, now, AdminActKind::stop_poll, std::move(act)));
  }
  closed.shown.message = std::move(found.message);
  return closed;
}

// What it asks is in its messages.
Status close_due(store::Tx& tx, UnixSeconds now, std::int64_t id) {
  HG_ASSIGN(const auto messages, messages_with(tx, id));
  if (messages.empty()) return tx.polls().close(id);
  HG_ASSIGN(const auto content, decode_content(messages.front()));
  if (!content.media || !content.media->poll) return tx.polls().close(id);
  HG_TRY(close_in(tx, Caller{}, now, *content.media->poll, BoxId{}));
  return {};
}

}  // namespace

Task<Result<ClosedPoll>> close_poll(const Environment& environment, Caller caller, Peer peer, MessageId id) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) { return close_by(tx, caller, now, peer, id); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<std::size_t>> sweep_polls(const Environment& environment, std::size_t limit) {
  const auto now = environment.clock.unix_seconds();
  // A look first: most of the time there is nothing to write.
  auto look = [now](store::Tx& tx) { return tx.polls().due(now, 1); };
  CO_ASSIGN(const auto any, co_await environment.store.read(std::move(look)));
  if (any.empty()) co_return std::size_t{0};
  auto body = [now, limit](store::Tx& tx) -> Result<std::size_t> {
    HG_ASSIGN(const auto due, tx.polls().due(now, limit));
    for (const auto& poll : due) HG_TRY(close_due(tx, now, poll.id));
    return due.size();
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
