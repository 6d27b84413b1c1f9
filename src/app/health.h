// What the console shows of the server's health, read off the numbers that the operator's monitoring reads,
// so that the two cannot disagree.
#pragma once

#include "app/metrics.h"
#include "web/console/health.h"

namespace heliograph::app {

class Health final : public web::HealthSource {
 public:
  // `metrics` outlives it and is complete before the first question.
  explicit Health(const Metrics& metrics) : metrics_(metrics) {}
  std::vector<web::HealthPart> parts() const override;

 private:
  const Metrics& metrics_;
};

}  // namespace heliograph::app
