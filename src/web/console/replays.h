// Judging days again, for the console: what it asks of the program, which has the data folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "safety/policy/policy.h"
#include "store/case_days.h"

namespace heliograph::web {

struct Replay {
  enum class State : std::uint8_t { running, done, failed };
  struct Sum {
    std::string was, now;  // effects
    std::optional<terms::Category> category;
    std::int64_t count = 0;
  };
  struct Example {
    std::string subject, was, now, rule;
    double score = 0;
  };

  std::int64_t id = 0;
  StaffId by;
  store::Day from = 0, to = 0;  // both included
  State state = State::running;
  UnixSeconds started_at = 0;
  UnixSeconds ended_at = 0;  // 0: it runs
  std::string policy;        // the version judged with
  std::int64_t judged = 0, changed = 0;
  std::vector<Sum> sums;          // the largest first, when it is done
  std::vector<Example> examples;  // at most examples_most
  std::optional<Error> problem;   // failed

  static constexpr std::size_t examples_most = 50;
};

class Replays {
 public:
  static constexpr store::Day days_most = 31;
  static constexpr std::size_t kept_most = 20;

  virtual ~Replays() = default;

  // In the background; changes nothing. `policy`: the text of a file; empty: the one in force. One at a time:
  // invalid REPLAY_RUNNING. invalid POLICY_INVALID, naming line and key.
  virtual Result<Replay> start(StaffId by, store::Day from, store::Day to, const std::string& policy) = 0;
  // The last kept_most, newest first; gone with the process.
  virtual std::vector<Replay> list() const = 0;
  virtual std::optional<Replay> find(std::int64_t id) const = 0;
};

}  // namespace heliograph::web
