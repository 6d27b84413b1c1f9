// Votes in polls, and whether a poll is closed. A poll is named by the number that its author's message gave
// it; what it asks is in the messages that show it (forwarded ones too), which are its places: the last of
// them takes the poll with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

struct Poll {
  std::int64_t id = 0;
  bool closed = false;
  UnixSeconds close_at = 0;  // closes by itself then; 0: it does not
  std::int32_t voters = 0;   // kept by vote()
  std::string words;         // question and answers, for searches
  bool operator==(const Poll&) const = default;
};

// What one account has chosen.
struct PollVote {
  UserId user;
  UnixSeconds date = 0;
  std::vector<std::int32_t> answers;  // positions in the poll, ascending, each once
};

struct PollCount {
  std::int32_t answer = 0;
  std::int32_t votes = 0;
};

// A vote in the order of list(): the latest first, and among those of one second the greater user.
struct PollVotePlace {
  UnixSeconds date = 0;
  UserId user;
};

class Polls {
 public:
  virtual ~Polls() = default;

  // Adds the poll, unless it is there, and a place of it: the message with this link. A link is one place.
  virtual Status open(const Poll& poll, std::int64_t link) = 0;
  virtual Result<std::optional<Poll>> find(std::int64_t id) = 0;
  // Links of its messages, the first ones first.
  virtual Result<std::vector<std::int64_t>> places(std::int64_t id, std::size_t limit) = 0;
  // The message is gone everywhere. Its poll goes with it, votes and all, if it has no other place.
  virtual Status erase_place(std::int64_t link) = 0;
  virtual Status close(std::int64_t id) = 0;
  // Open ones with close_at in (0, now], at most `limit`.
  virtual Result<std::vector<Poll>> due(UnixSeconds now, std::size_t limit) = 0;

  // In place of what the user chose before; without answers: takes it back.
  virtual Status vote(std::int64_t id, const PollVote& vote) = 0;
  // Empty: has not voted.
  virtual Result<std::vector<std::int32_t>> chosen(std::int64_t id, UserId user) = 0;
  // By answer; those that nobody chose are left out.
  virtual Result<std::vector<PollCount>> counts(std::int64_t id) = 0;
  // Votes after `after` (none: from the first on); with `answer`: of those who chose it. `answers` is all
  // that the user chose in either case.
  virtual Result<std::vector<PollVote>> list(std::int64_t id, std::optional<std::int32_t> answer,
                                             std::optional<PollVotePlace> after, std::size_t limit) = 0;
};

}  // namespace heliograph::store
