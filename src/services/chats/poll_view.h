// A poll as somebody sees it: its tally, what they chose, and what they may know of it.
#pragma once

#include <vector>

#include "services/caller.h"
#include "services/chats/content.h"
#include "services/chats/poll_tally.h"
#include "store/tx.h"

namespace heliograph::services {

struct PollView {
  PollTally tally;
  std::vector<std::int32_t> chosen;  // by the viewer: positions, ascending; empty: has not voted
  bool min = false;                  // as all are told: what the viewer chose is not known
  bool operator==(const PollView&) const = default;
};

// Whether the viewer may know how many chose what: after voting, and once it is closed.
bool shows_counts(const Poll& poll, const PollView& view);
// Whether the viewer of a quiz may know its answer and solution.
bool shows_correct(const Poll& poll, const PollView& view);

inline constexpr std::size_t recent_voters = 3;  // shown with a poll
Result<PollTally> tally_of(store::Tx& tx, const Poll& poll, UnixSeconds now);
Result<PollView> view_of(store::Tx& tx, UserId viewer, const Poll& poll, UnixSeconds now);

// Called with each message that is there to be seen from now on: what it shows is open, if it is a poll.
Status open_poll(store::Tx& tx, const store::Message& message);

// The messages that show it (one that is withheld does not), in all boxes: those told of a change. A poll
// forwarded to very many places is followed in the first of them; whoever looks at another asks
// (messages.getPollResults).
inline constexpr std::size_t poll_messages_told = 500;
Result<std::vector<store::Message>> messages_with(store::Tx& tx, std::int64_t poll);

// Tells the boxes of those messages how it stands now; `by`, if somebody, has voted for `chosen`.
Status tell_poll(store::Tx& tx, const Caller& origin, const std::vector<store::Message>& messages,
                 const Poll& poll, const PollTally& tally, UserId by = {},
                 const std::vector<std::int32_t>& chosen = {});

}  // namespace heliograph::services
