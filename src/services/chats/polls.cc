#include "services/chats/polls.h"

#include <algorithm>
#include <charconv>

#include "services/groups/place.h"

namespace heliograph::services {

namespace {

Result<ShownPoll> find_poll(store::Tx& tx, const Place& place, MessageId id, std::string_view error) {
  HG_ASSIGN(auto message, tx.messages().find(place.box, id));
  if (!message || message->peer != place.peer || message->id <= place.hidden_up_to() ||
      message->kind != store::MessageKind::poll) {
    return fail(Error::invalid(error));
  }
  HG_ASSIGN(auto content, decode_content(*message));
  if (!content.media || !content.media->poll) return fail(Error::invalid(error));
  ShownPoll shown;
  shown.message = std::move(*message);
  shown.poll = std::move(*content.media->poll);
  return shown;
}

Status may_vote(store::Tx& tx, UserId caller, const Place& place) {
  HG_ASSIGN(const auto account, tx.accounts().find(caller));
  if (account && account->bot) return fail(Error::invalid("BOT_METHOD_INVALID"));
  // Whoever left a basic group keeps its messages, and nothing else.
  if (place.peer.is_chat() && !place.standing().is_in())
    return fail(Error::forbidden("CHAT_WRITE_FORBIDDEN"));
  return {};
}

std::optional<std::int32_t> position_of(const Poll& poll, const Bytes& option) {
  const auto found = std::ranges::find(poll.answers, option, &PollAnswer::option);
  if (found == poll.answers.end()) return std::nullopt;
  return static_cast<std::int32_t>(found - poll.answers.begin());
}

Result<std::vector<std::int32_t>> positions_of(const Poll& poll, const std::vector<Bytes>& options) {
  if (options.size() > (poll.multiple_choice ? poll.answers.size() : 1)) {
    return fail(Error::invalid("OPTIONS_TOO_MUCH"));
  }
  std::vector<std::int32_t> positions;
  for (const auto& option : options) {
    const auto position = position_of(poll, option);
    if (!position || std::ranges::find(positions, *position) != positions.end()) {
      return fail(Error::invalid("OPTION_INVALID"));
    }
    positions.push_back(*position);
  }
  std::ranges::sort(positions);
  return positions;
}

Result<ShownPoll> vote_in(store::Tx& tx, const Caller& caller, UnixSeconds now, const Vote& vote) {
  HG_ASSIGN(const auto place, open_place(tx, caller.user, vote.peer, now));
  HG_ASSIGN(auto shown, find_poll(tx, place, vote.id, "MESSAGE_ID_INVALID"));
  HG_TRY(may_vote(tx, caller.user, place));
  HG_ASSIGN(shown.view, view_of(tx, caller.user, shown.poll, now));
  if (shown.view.tally.closed) return fail(Error::invalid("MESSAGE_POLL_CLOSED"));
  HG_ASSIGN(auto chosen, positions_of(shown.poll, vote.options));
  const auto& before = shown.view.chosen;
  if (chosen == before) return shown;
  if (!before.empty() && (!chosen.empty() || shown.poll.quiz || shown.poll.revoting_disabled)) {
    return fail(Error::invalid("REVOTE_NOT_ALLOWED"));
  }
  store::PollVote given;
  given.user = caller.user;
  given.date = now;
  given.answers = std::move(chosen);
  HG_TRY(tx.polls().vote(shown.poll.id, given));
  HG_ASSIGN(shown.view, view_of(tx, caller.user, shown.poll, now));
  HG_ASSIGN(const auto told, messages_with(tx, shown.poll.id));
  HG_TRY(tell_poll(tx, caller, told, shown.poll, shown.view.tally, caller.user, shown.view.chosen));
  return shown;
}

std::string place_to_text(const store::PollVote& last) {
  return std::to_string(last.date) + '.' + std::to_string(last.user.value);
}

Result<std::optional<store::PollVotePlace>> place_from_text(std::string_view text) {
  if (text.empty()) return std::nullopt;
  store::PollVotePlace place;
  const auto* const end = text.data() + text.size();
  const auto date = std::from_chars(text.data(), end, place.date);
  if (date.ec != std::errc() || date.ptr == end || *date.ptr != '.')
    return fail(Error::invalid("OFFSET_INVALID"));
  const auto user = std::from_chars(date.ptr + 1, end, place.user.value);
  if (user.ec != std::errc() || user.ptr != end) return fail(Error::invalid("OFFSET_INVALID"));
  return place;
}

Result<VotesPage> votes_in(store::Tx& tx, UserId caller, UnixSeconds now, const VotesQuery& query) {
  HG_ASSIGN(const auto place, open_place(tx, caller, query.peer, now));
  HG_ASSIGN(auto shown, find_poll(tx, place, query.id, "MSG_ID_INVALID"));
  if ((place.chat && !place.is_group()) || !shown.poll.public_voters) {
    return fail(Error::forbidden("BROADCAST_FORBIDDEN"));
  }
  HG_ASSIGN(const auto view, view_of(tx, caller, shown.poll, now));
  if (!shows_counts(shown.poll, view)) return fail(Error::forbidden("POLL_VOTE_REQUIRED"));
  HG_ASSIGN(const auto after, place_from_text(query.offset));
  VotesPage page;
  page.total = view.tally.voters;
  std::optional<std::int32_t> answer;
  if (query.option) {
    answer = position_of(shown.poll, *query.option);
    if (!answer) return fail(Error::invalid("OPTION_INVALID"));
    page.total = view.tally.counts[static_cast<std::size_t>(*answer)];
  }
  const auto limit = std::clamp<std::size_t>(query.limit, 1, 100);
  HG_ASSIGN(page.votes, tx.polls().list(shown.poll.id, answer, after, limit + 1));
  if (page.votes.size() > limit) {
    page.votes.pop_back();
    page.next = place_to_text(page.votes.back());
  }
  page.poll = std::move(shown.poll);
  return page;
}

}  // namespace

Task<Result<ShownPoll>> send_vote(const Environment& environment, Caller caller, Vote vote) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, vote = std::move(vote)](store::Tx& tx) { return vote_in(tx, caller, now, vote); };
  co_return co_await environment.store.write(std::move(body));
}

Task<Result<ShownPoll>> poll_results(const Environment& environment, UserId caller, Peer peer, MessageId id) {
  const auto now = environment.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Result<ShownPoll> {
    HG_ASSIGN(const auto place, open_place(tx, caller, peer, now));
    HG_ASSIGN(auto shown, find_poll(tx, place, id, "MESSAGE_ID_INVALID"));
    HG_ASSIGN(shown.view, view_of(tx, caller, shown.poll, now));
    return shown;
  };
  co_return co_await environment.store.read(std::move(body));
}

Task<Result<VotesPage>> poll_votes(const Environment& environment, UserId caller, VotesQuery query) {
  const auto now = environment.clock.unix_seconds();
  auto body = [caller, now, query = std::move(query)](store::Tx& tx) {
    return votes_in(tx, caller, now, query);
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
