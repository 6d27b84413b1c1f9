#include "services/chats/poll_view.h"

#include "services/chats/new_poll.h"
#include "services/updates/events.h"

namespace heliograph::services {

bool shows_counts(const Poll& poll, const PollView& view) {
  if (view.tally.closed) return true;
  return !poll.hide_results_until_close && (view.min || !view.chosen.empty());
}

bool shows_correct(const Poll& poll, const PollView& view) {
  if (view.tally.closed) return true;
  return !poll.hide_results_until_close && !view.min && !view.chosen.empty();
}

Result<PollTally> tally_of(store::Tx& tx, const Poll& poll, UnixSeconds now) {
  PollTally tally;
  tally.counts.resize(poll.answers.size());
  HG_ASSIGN(const auto stored, tx.polls().find(poll.id));
  if (!stored) {
    tally.closed = poll.closed;
    return tally;
  }
  // It closes on time, whenever the sweep comes by.
  tally.closed = stored->closed || (stored->close_at != 0 && stored->close_at <= now);
  tally.close_date = stored->close_at;
  tally.voters = stored->voters;
  if (tally.voters == 0) return tally;
  HG_ASSIGN(const auto counts, tx.polls().counts(poll.id));
  for (const auto& count : counts) {
    const auto answer = static_cast<std::size_t>(count.answer);
    if (answer < tally.counts.size()) tally.counts[answer] = count.votes;
  }
  if (!poll.public_voters) return tally;
  HG_ASSIGN(const auto recent, tx.polls().list(poll.id, {}, {}, recent_voters));
  for (const auto& vote : recent) tally.recent.push_back(vote.user);
  return tally;
}

Result<PollView> view_of(store::Tx& tx, UserId viewer, const Poll& poll, UnixSeconds now) {
  PollView view;
  HG_ASSIGN(view.tally, tally_of(tx, poll, now));
  HG_ASSIGN(view.chosen, tx.polls().chosen(poll.id, viewer));
  return view;
}

Status open_poll(store::Tx& tx, const store::Message& message) {
  if (message.kind != store::MessageKind::poll) return {};
  HG_ASSIGN(const auto content, decode_content(message));
  const auto& media = content.media;
  if (!media || !media->poll) return {};
  store::Poll poll;
  poll.id = media->poll->id;
  poll.closed = media->poll->closed;
  poll.close_at = media->poll->close_date;
  if (media->poll->close_period_s != 0) poll.close_at = message.date + media->poll->close_period_s;
  poll.words = words_of(*media->poll);
  return tx.polls().open(poll, message.link);
}

Result<std::vector<store::Message>> messages_with(store::Tx& tx, std::int64_t poll) {
  std::vector<store::Message> messages;
  HG_ASSIGN(const auto links, tx.polls().places(poll, poll_messages_told));
  for (const auto link : links) {
    HG_ASSIGN(auto copies, tx.messages().copies(link));
    for (auto& copy : copies) {
      if (copy.kind != store::MessageKind::poll) continue;
      if (messages.size() == poll_messages_told) return messages;
      messages.push_back(std::move(copy));
    }
  }
  return messages;
}

Status tell_poll(store::Tx& tx, const Caller& origin, const std::vector<store::Message>& messages,
                 const Poll& poll, const PollTally& tally, UserId by,
                 const std::vector<std::int32_t>& chosen) {
  for (const auto& message : messages) {
    events::PollChanged event;
    event.peer = message.peer;
    event.id = message.id;
    event.thread = message.thread;
    event.poll = poll;
    event.tally = tally;
    event.by = by;
    event.chosen = chosen;
    tx.updates().publish_transient(transient_event(origin, message.owner, std::move(event)));
  }
  return {};
}

}  // namespace heliograph::services
