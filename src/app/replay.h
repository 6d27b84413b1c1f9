// Judging again what was written in public in some days, by rules that may be others than those in force.
// Changes nothing: it reads a snapshot of the store.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/encoder_judge.h"
#include "crypto/sealer.h"
#include "safety/scan/scanner.h"
#include "store/sqlite/snapshot.h"

namespace heliograph::app {

// A text that would be treated otherwise.
struct ReplayedChange {
  std::string subject;
  UnixSeconds date = 0;
  std::string was, now;  // effects; what waits for a person is "review"
  std::string rule;      // of now; empty: none
  double score = 0;      // with the rule
  terms::Category category = terms::Category::other_illegal;
  std::string policy_was, policy_now;
  std::string text;
  std::vector<std::string> media;
};

struct ReplayTask {
  UnixSeconds from = 0;
  UnixSeconds to = 0;  // not included; 0: until now
  std::shared_ptr<const safety::Rulebook> rulebook;
  std::shared_ptr<const EncoderJudge> second;  // asked where the first stage is not sure; may be null
  std::function<void(const ReplayedChange&)> changed;
  // Hears now and then how many texts have been judged; false: enough. May be empty.
  std::function<bool(std::int64_t judged)> goes_on;
};

// How many texts were judged. Errors: those of the store; unavailable REPLAY_STOPPED: goes_on() said so.
Result<std::int64_t> replay_over(store::Store& snapshot, const crypto::Sealer& sealer,
                                 const ReplayTask& task);

}  // namespace heliograph::app
