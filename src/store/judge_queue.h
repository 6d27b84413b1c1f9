// What is to be judged after the fact: names of people and channels, and what was written in a channel before
// it became public. Entries are written in the transaction that makes the change and erased in the one that
// has judged, so that none is lost, whatever happens in between.
#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

struct Unjudged {
  // Part of the stored format: do not renumber.
  enum class Kind : std::uint8_t {
    names = 1,
    posts = 2,   // of a channel that has become public
    unsure = 3,  // one post, for the second stage
    again = 4,   // one post, of which more is known since
    media = 5,   // one post, or the name of a peer, whose pictures were not looked at yet
  };
  std::int64_t number = 0;  // ascending, chosen by the store
  Kind kind = Kind::names;
  Peer peer;
  MessageId message;  // posts: those with smaller numbers are left, 0: all; the others: the one;
                      // media: 0: what the peer is shown with
  bool operator==(const Unjudged&) const = default;
};

class JudgeQueue {
 public:
  virtual ~JudgeQueue() = default;
  virtual Status add(const Unjudged& entry) = 0;
  // The oldest ones of a kind.
  virtual Result<std::vector<Unjudged>> first(Unjudged::Kind kind, std::size_t limit) = 0;
  virtual Status erase(std::int64_t number) = 0;
  virtual Result<std::int64_t> count() = 0;
};

}  // namespace heliograph::store
