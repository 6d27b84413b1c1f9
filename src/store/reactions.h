// Who reacted with what to a message. Keyed by the message's link, so that all copies of a message of a
// private chat or a basic group have the same reactions.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

struct GivenReaction {
  UserId user;
  std::string reaction;       // the emoji
  std::int32_t position = 0;  // among those of the same user, from 0
  UnixSeconds date = 0;
  bool big = false;
};

struct ReactionCount {
  std::string reaction;
  std::int32_t count = 0;
};

// What may be given in a group or channel. No row: everything.
struct ReactionPolicy {
  bool all = true;
  std::vector<std::string> some;  // when not all; empty: none
  std::int32_t limit = 0;         // different ones to one message; 0: the server's own limit
};

class Reactions {
 public:
  virtual ~Reactions() = default;
  // In place of all that the user gave before; empty: takes them back.
  virtual Status replace(std::int64_t link, UserId user, const std::vector<GivenReaction>& given) = 0;
  // In their order.
  virtual Result<std::vector<GivenReaction>> of_user(std::int64_t link, UserId user) = 0;
  // The most frequent first.
  virtual Result<std::vector<ReactionCount>> counts(std::int64_t link) = 0;
  // The latest first; `reaction` empty: any.
  virtual Result<std::vector<GivenReaction>> list(std::int64_t link, const std::string& reaction,
                                                  std::size_t offset, std::size_t limit) = 0;
  // The message is gone everywhere.
  virtual Status erase(std::int64_t link) = 0;

  virtual Result<ReactionPolicy> policy(Peer chat) = 0;
  virtual Status set_policy(Peer chat, const ReactionPolicy& policy) = 0;
};

}  // namespace heliograph::store
