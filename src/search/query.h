// What is asked, and what the words of the question mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "search/document.h"

namespace heliograph::search {

enum class Subject : std::uint8_t { posts, peers };
// relevance: match, recency, size, verification and long standing together. newest: by date alone.
enum class Order : std::uint8_t { relevance, newest };

// After which hit to go on: the last one that was shown. It has the shape of what clients send back
// (offset_rate, offset_peer, offset_id), and may be made from that. Pages neither repeat nor skip while
// documents are added, because a hit's place depends on itself and on figures that are kept between pages.
struct Cursor {
  std::int32_t rate = 0;  // Hit::rate
  Key key;
};

struct Query {
  // Words, all of which must match; the last one also as a beginning unless a blank follows; "several words"
  // in quotes, next to each other; #hashtag, $cashtag, @name. Empty: whatever the filters below leave.
  std::string text;
  Subject subject = Subject::posts;
  Order order = Order::relevance;
  std::vector<Peer> peers;  // only in one of these; empty: anywhere
  Peer sender;              // only from this one; none: from anybody
  Traits traits = 0;        // only with one of these; 0: any
  UnixSeconds since = 0;    // inclusive; 0: no bound
  UnixSeconds until = 0;    // inclusive; 0: no bound
  std::optional<Cursor> after;
  std::size_t limit = 20;  // 1 to 100
};

// One condition of the text; all must hold.
struct Clause {
  enum class Kind : std::uint8_t {
    word,    // texts[0]
    prefix,  // texts[0], or any word that begins so
    tag,     // texts[0], with its sign
    cjk,     // characters next to each other
    phrase,  // units next to each other
  };
  Kind kind = Kind::word;
  std::vector<std::string> texts;
  std::vector<bool> joined;  // cjk, phrase: a CJK character that touches the one before it
  bool operator==(const Clause&) const = default;
};

constexpr std::size_t clauses_max = 16;

// Looks at the first 1,024 bytes; keeps the first 16 clauses, and of a clause the first 16 units.
std::vector<Clause> parse(std::string_view text);

}  // namespace heliograph::search
