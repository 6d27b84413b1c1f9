// The second stage that is configured: an endpoint at an address that the operator gives, or the encoder in
// this program.
#pragma once

#include <memory>

#include "app/encoder_judge.h"
#include "app/metrics.h"
#include "config/config.h"
#include "safety/enforcement/gate.h"
#include "safety/second/second_stage.h"

namespace heliograph::app {

class ConfiguredSecondStage : public safety::SecondStage {
 public:
  // Before the end of the loops: calls under way end soon.
  virtual void stop() = 0;
  virtual void describe(Metrics& metrics) = 0;
};

// Null: none is configured. It goes by the rules that are in force at the gate when it is asked. `judge`:
// what encoder_of() gave.
std::unique_ptr<ConfiguredSecondStage> make_second_stage(const config::Config& config, const Clock& clock,
                                                         const safety::Gate& gate,
                                                         std::shared_ptr<const EncoderJudge> judge);

}  // namespace heliograph::app
