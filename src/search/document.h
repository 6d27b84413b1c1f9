// What the index holds: public posts and public peers, as plain values.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/peer.h"

namespace heliograph::search {

// Names a document. `message` is the number of the post in `peer`; 0: the peer itself.
struct Key {
  Peer peer;
  std::int32_t message = 0;
  constexpr bool is_peer() const { return message == 0; }
  constexpr auto operator<=>(const Key&) const = default;
};

// What a post carries beside its text: a set of these.
enum class Trait : std::uint32_t {
  photo = 1 << 0,
  video = 1 << 1,
  document = 1 << 2,
  music = 1 << 3,
  voice = 1 << 4,
  round_video = 1 << 5,
  animation = 1 << 6,
  link = 1 << 7,
  poll = 1 << 8,
  contact = 1 << 9,
  place = 1 << 10,
  pinned = 1 << 11,
  chat_photo = 1 << 12,
};
using Traits = std::uint32_t;
constexpr Traits operator|(Trait a, Trait b) {
  return static_cast<Traits>(a) | static_cast<Traits>(b);
}
constexpr Traits traits(Trait trait) {
  return static_cast<Traits>(trait);
}

// How much a channel, group or person counts in the ranking: as it was when the document was last put. How
// long it has been there is looked at when somebody searches.
struct Standing {
  std::int64_t members = 0;
  bool verified = false;
  UnixSeconds since = 0;  // when it was made; 0: not known, and it counts as new
};

struct Post {
  std::string text;  // UTF-8 as sent; only the first 64 KiB are indexed
  UnixSeconds date = 0;
  Peer sender;  // none: the channel itself
  Traits traits = 0;
  Standing standing;  // of the channel or group it is in
};

struct Card {
  std::vector<std::string> usernames;  // without @
  std::string title;
  std::string about;
  Standing standing;
};

struct Document {
  Key key;
  std::variant<Post, Card> content;  // a Card when key.is_peer()
};

}  // namespace heliograph::search
