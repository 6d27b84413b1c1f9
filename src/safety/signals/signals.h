// What behaviour in public places says beside the words: how much one account writes, who else writes the
// same, how many new accounts come at once. Numbers only; what they mean is the policy's ([signals],
// docs/moderation.md). Nothing of private chats comes here.
//
// It is memory, not record: bounded, and empty after a start. What was seen when a message was judged is kept
// with its case, so that the judgement can be made again.
//
// Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "safety/policy/policy.h"
#include "safety/signals/copies.h"
#include "safety/signals/measures.h"
#include "safety/signals/recent.h"

namespace heliograph::safety {

// Somebody writes in a public place.
struct Writing {
  Peer place;
  MessageId message;  // 0: it has no number yet
  UserId author;
  UnixSeconds author_since = 0;  // when the account was made
  UnixSeconds joined_at = 0;     // when the author came into the place; 0: is not in it
  UnixSeconds now = 0;
};

struct Seen {
  Measures measures{};
  std::uint64_t print = 0;  // of the text; 0: it is too short to be called a copy of anything
  std::string campaign;     // the group of near copies it belongs to, if they are a campaign; else empty
};

class Signals {
 public:
  // Texts of fewer letters are like each other by chance.
  static constexpr std::size_t letters_least = 30;

  // With this message counted in, whether it is remembered already or not.
  Seen look(const SignalRules& rules, const Writing& writing, std::uint64_t print, std::size_t links) const;
  // From now on it counts for others. `writing` has its number; twice is once.
  void remember(const SignalRules& rules, const Writing& writing, std::uint64_t print);
  // Somebody came into a public place. Twice is once.
  void joined(const SignalRules& rules, Peer place, UserId user, UnixSeconds user_since, UnixSeconds now);

  // The messages of a campaign that are still known, the oldest first.
  std::vector<Copies::Entry> members(const std::string& campaign) const;
  // It was looked at and is none: what is like it is no campaign, as long as it is known.
  void pardon(const std::string& campaign);

  struct Sizes {
    std::size_t accounts = 0, places = 0, groups = 0, messages = 0;
  };
  // Of what is remembered now.
  Sizes sizes() const;

  static constexpr std::size_t accounts_most = 65'536;
  static constexpr std::size_t places_most = 2'048;
  static constexpr std::size_t joins_most = 128;  // of one place: more are not told apart

 private:
  static constexpr std::size_t kSlices = 12;  // of the window

  // Messages by slice of time; what is older than the window is overwritten.
  struct Rate {
    std::array<std::uint32_t, kSlices> counts{};
    std::array<UnixSeconds, kSlices> slices{};  // which slice of all time each is
    std::array<std::uint64_t, 8> latest{};      // messages that are counted already
    std::size_t next = 0;
  };
  struct Joins {
    std::vector<std::pair<UserId, UnixSeconds>> users;  // the oldest first
  };

  mutable std::mutex mutex_;
  // All under mutex_.
  Recent<UserId, Rate> accounts_{accounts_most};
  Recent<Peer, Joins> places_{places_most};
  Copies copies_;
};

}  // namespace heliograph::safety
