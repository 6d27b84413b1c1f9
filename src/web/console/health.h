// How the parts are that safety rests on, for the console's page; whoever runs them knows.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace heliograph::web {

struct HealthPart {
  enum class Status { ok, warning, failing, off };
  std::string name;  // docs/api/console.yaml, Health
  Status status = Status::ok;
  std::string detail;  // what is wrong, in a sentence; empty: nothing is
  std::vector<std::pair<std::string, std::string>> facts;
};

// Thread-safe, and quick: numbers that are at hand.
class HealthSource {
 public:
  virtual ~HealthSource() = default;
  virtual std::vector<HealthPart> parts() const = 0;
};

}  // namespace heliograph::web
