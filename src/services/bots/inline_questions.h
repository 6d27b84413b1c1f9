// What was asked of bots in inline mode, for a while: which bot's answer it is that somebody sends. What was
// answered is not kept; the bot is asked again.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/ids.h"
#include "base/random.h"

namespace heliograph::services {

struct InlineQuestion {
  UserId user;  // who asked
  UserId bot;
  std::string text;
};

// Thread-safe. Bounded: beyond kept_max the oldest is forgotten.
class InlineQuestions {
 public:
  static constexpr std::size_t kept_max = 1 << 14;
  static constexpr UnixSeconds kept_for = 3600;

  InlineQuestions(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

  // Its number: a random one, so that nobody guesses another's.
  std::int64_t keep(InlineQuestion question);
  // None: there was none of this number, or it is too long ago.
  std::optional<InlineQuestion> find(std::int64_t number) const;

 private:
  struct Kept {
    InlineQuestion question;
    UnixSeconds until = 0;
  };
  const Clock& clock_;
  Random& random_;
  mutable std::mutex mutex_;
  std::unordered_map<std::int64_t, Kept> kept_;
  std::deque<std::int64_t> order_;  // the oldest first
};

}  // namespace heliograph::services
