// Voting, and how votes stand (core.telegram.org/api/poll). Votes are told at once to whoever looks at a
// message with the poll, and are not in the update log: clients that were away ask.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/caller.h"
#include "services/chats/poll_view.h"
#include "services/environment.h"

namespace heliograph::services {

struct ShownPoll {
  store::Message message;  // as the caller has it
  Poll poll;
  PollView view;
};

struct Vote {
  Peer peer;
  MessageId id;
  std::vector<Bytes> options;  // none: takes the vote back
};
// Repeating a vote changes nothing. MESSAGE_ID_INVALID (no poll there), MESSAGE_POLL_CLOSED, OPTION_INVALID,
// OPTIONS_TOO_MUCH (it takes one), REVOTE_NOT_ALLOWED (a vote is taken back before another one is given; in a
// quiz, and where its author wants it so, it stands), BOT_METHOD_INVALID; CHAT_WRITE_FORBIDDEN for who left
// the group; as open_place.
Task<Result<ShownPoll>> send_vote(const Environment& environment, Caller caller, Vote vote);

// MESSAGE_ID_INVALID; as open_place.
Task<Result<ShownPoll>> poll_results(const Environment& environment, UserId caller, Peer peer, MessageId id);

struct VotesQuery {
  Peer peer;
  MessageId id;
  std::optional<Bytes> option;  // only of those who chose it
  std::string offset;           // the `next` of the page before; empty: from the latest on
  std::size_t limit = 0;        // clamped to 1..100
};
struct VotesPage {
  Poll poll;
  std::vector<store::PollVote> votes;
  std::int32_t total = 0;
  std::string next;  // empty: no more
};
// Who voted for what. BROADCAST_FORBIDDEN (voters are not public), POLL_VOTE_REQUIRED (before voting, nobody
// sees), MSG_ID_INVALID, OPTION_INVALID, OFFSET_INVALID; as open_place.
Task<Result<VotesPage>> poll_votes(const Environment& environment, UserId caller, VotesQuery query);

}  // namespace heliograph::services
