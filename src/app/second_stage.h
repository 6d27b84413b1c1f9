// The second stage over HTTP: safety/second/second_stage.h at an address that the operator gives.
#pragma once

#include <memory>

#include "app/metrics.h"
#include "config/config.h"
#include "safety/second/second_stage.h"

namespace heliograph::app {

class HttpSecondStage : public safety::SecondStage {
 public:
  // Before the end of the loops: calls under way end soon.
  virtual void stop() = 0;
  virtual void describe(Metrics& metrics) = 0;
};

// Null: none is configured.
std::unique_ptr<HttpSecondStage> make_second_stage(const config::Config& config, const Clock& clock,
                                                   std::shared_ptr<const safety::Rules> rules);

}  // namespace heliograph::app
