#include "api/render/poll.h"

#include <algorithm>

#include "api/render/entity.h"
#include "api/render/peer.h"
#include "tl/core_t.h"

namespace heliograph::api {

namespace {

using services::Poll;
using services::PollView;

tl::Box<tl::TextWithEntities> render_text(const services::PollText& text) {
  tl::textWithEntities wire;
  wire.text = text.text;
  wire.entities = render_entities(text.entities);
  return wire;
}

tl::poll render_poll(const Poll& poll, const PollView& view, UserId viewer) {
  tl::poll wire;
  wire.id = poll.id;
  wire.closed = view.tally.closed;
  wire.public_voters = poll.public_voters;
  wire.multiple_choice = poll.multiple_choice;
  wire.quiz = poll.quiz;
  wire.revoting_disabled = poll.revoting_disabled;
  wire.shuffle_answers = poll.shuffle_answers;
  wire.hide_results_until_close = poll.hide_results_until_close;
  wire.creator = poll.author == viewer;
  wire.question = render_text(poll.question);
  for (const auto& answer : poll.answers) {
    tl::pollAnswer one;
    one.text = render_text(answer.text);
    one.option = answer.option;
    wire.answers.emplace_back(std::move(one));
  }
  if (poll.close_period_s != 0) wire.close_period = poll.close_period_s;
  const auto closes = view.tally.close_date != 0 ? view.tally.close_date : poll.close_date;
  if (closes != 0) wire.close_date = static_cast<std::int32_t>(closes);
  wire.hash = poll_hash(poll, view);
  return wire;
}

std::vector<tl::Box<tl::PollAnswerVoters>> render_answers(const Poll& poll, const PollView& view) {
  const bool counts = services::shows_counts(poll, view);
  const bool correct = poll.quiz && services::shows_correct(poll, view);
  std::vector<tl::Box<tl::PollAnswerVoters>> answers;
  for (std::size_t i = 0; i < poll.answers.size(); ++i) {
    const auto position = static_cast<std::int32_t>(i);
    tl::pollAnswerVoters one;
    one.chosen = std::ranges::find(view.chosen, position) != view.chosen.end();
    one.correct = correct && poll.correct == position;
    one.option = poll.answers[i].option;
    if (counts && i < view.tally.counts.size()) {
      one.voters = view.tally.counts[i];
      one.recent_voters.emplace();  // said for the whole poll
    }
    answers.emplace_back(std::move(one));
  }
  return answers;
}

tl::pollResults render_results(const Poll& poll, const PollView& view) {
  tl::pollResults wire;
  wire.min = view.min;
  const bool counts = services::shows_counts(poll, view);
  if (counts || !view.chosen.empty()) wire.results = render_answers(poll, view);
  wire.total_voters = view.tally.voters;
  if (!view.tally.recent.empty() && (view.tally.closed || !poll.hide_results_until_close)) {
    wire.recent_voters.emplace();
    wire.recent_voters_l144.emplace();
    for (const auto user : view.tally.recent) {
      wire.recent_voters->push_back(render_peer(Peer::of(user)));
      wire.recent_voters_l144->push_back(user.value);
    }
  }
  if (poll.quiz && !poll.solution.text.empty() && services::shows_correct(poll, view)) {
    wire.solution = poll.solution.text;
    wire.solution_entities = render_entities(poll.solution.entities);
  }
  return wire;
}

tl::updateMessagePoll render_update(Peer peer, MessageId id, MessageId thread, const Poll& poll,
                                    const PollView& view, UserId viewer) {
  tl::updateMessagePoll update;
  update.peer = render_peer(peer);
  update.msg_id = id.value;
  if (thread) update.top_msg_id = thread.value;
  update.poll_id = poll.id;
  update.poll = render_poll(poll, view, viewer);
  update.results = render_results(poll, view);
  return update;
}

}  // namespace

std::int64_t poll_hash(const Poll& poll, const PollView& view) {
  auto hash = static_cast<std::uint64_t>(poll.id);
  const auto mix = [&hash](std::int64_t value) {
    hash = (hash ^ static_cast<std::uint64_t>(value)) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
  };
  mix(view.tally.closed ? 1 : 2);
  mix(view.tally.voters);
  for (const auto count : view.tally.counts) mix(count);
  for (const auto user : view.tally.recent) mix(user.value);
  for (const auto chosen : view.chosen) mix(chosen + 1);
  return static_cast<std::int64_t>(hash | 1);
}

tl::messageMediaPoll render_poll_media(const Poll& poll, const PollView& view, UserId viewer) {
  tl::messageMediaPoll wire;
  wire.poll = render_poll(poll, view, viewer);
  wire.results = render_results(poll, view);
  return wire;
}

tl::updateMessagePoll render_poll_update(const services::ShownPoll& shown, UserId viewer) {
  const auto& message = shown.message;
  return render_update(message.peer, message.id, message.thread, shown.poll, shown.view, viewer);
}

tl::updateMessagePoll render_poll_update(const services::events::PollChanged& event, UserId viewer) {
  PollView view;
  view.tally = event.tally;
  view.min = event.by != viewer;
  if (!view.min) view.chosen = event.chosen;
  return render_update(event.peer, event.id, event.thread, event.poll, view, viewer);
}

tl::messages::votesList render_votes(const services::VotesPage& page, bool by_option) {
  tl::messages::votesList wire;
  wire.count = page.total;
  for (const auto& vote : page.votes) {
    const auto date = static_cast<std::int32_t>(vote.date);
    std::vector<Bytes> options;
    for (const auto answer : vote.answers) {
      options.push_back(page.poll.answers[static_cast<std::size_t>(answer)].option);
    }
    const auto user = vote.user.value;
    auto peer = render_peer(Peer::of(vote.user));
    if (by_option) {
      wire.votes.emplace_back(tl::messagePeerVoteInputOption{std::move(peer), date});
      wire.votes_l144.emplace_back(tl::messageUserVoteInputOption{user, date});
    } else if (page.poll.multiple_choice) {
      wire.votes_l144.emplace_back(tl::messageUserVoteMultiple{user, options, date});
      wire.votes.emplace_back(tl::messagePeerVoteMultiple{std::move(peer), std::move(options), date});
    } else {
      wire.votes_l144.emplace_back(tl::messageUserVote{user, options.front(), date});
      wire.votes.emplace_back(tl::messagePeerVote{std::move(peer), std::move(options.front()), date});
    }
  }
  if (!page.next.empty()) wire.next_offset = page.next;
  return wire;
}

}  // namespace heliograph::api
