// What has changed that people can search for, in commit order: written inside the transaction that makes the
// change, read by whoever keeps an index (search/feeder.h). An entry names what has changed, not how: the
// reader loads the present state, so that entries may be read twice, and several about the same thing be
// taken for one.
#pragma once

#include <cstdint>
#include <vector>

#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

struct SearchChange {
  enum class Kind : std::uint8_t {
    one = 0,   // the post, or with message 0 the peer itself: put, edited or gone
    whole = 1  // the peer with all its posts: it has become public, or is so no longer
  };
  std::int64_t number = 0;  // ascending, from 1, never given out twice
  Kind kind = Kind::one;
  Peer peer;
  std::int32_t message = 0;
  bool operator==(const SearchChange&) const = default;
};

class SearchLog {
 public:
  virtual ~SearchLog() = default;
  // `number` is chosen by the store.
  virtual Status append(const SearchChange& change) = 0;
  // With numbers above `number`, ascending.
  virtual Result<std::vector<SearchChange>> after(std::int64_t number, std::size_t limit) = 0;
  // The last number given out, also when its entry has been dropped; 0: none yet.
  virtual Result<std::int64_t> last() = 0;
  // The highest number that has been dropped; 0: everything is still there.
  virtual Result<std::int64_t> dropped() = 0;
  virtual Status drop_up_to(std::int64_t number) = 0;
};

}  // namespace heliograph::store
