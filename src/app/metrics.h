// What the server counts, in Prometheus' text format.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::app {

// Numbers are read when they are asked for; components keep plain counters and know nothing of this.
class Metrics {
 public:
  using Read = std::function<double()>;
  // Before serving starts. `name` as Prometheus wants it; `labels` like {{"reason", "slow"}}.
  void counter(std::string name, std::string help, Read read,
               std::vector<std::pair<std::string, std::string>> labels = {});
  void gauge(std::string name, std::string help, Read read,
             std::vector<std::pair<std::string, std::string>> labels = {});
  // Any thread.
  std::string text() const;
  // Now, all labels together; none: nothing of this name was described. Any thread.
  std::optional<double> value(std::string_view name) const;

 private:
  struct Metric {
    bool counts_up = false;
    std::string name;
    std::string help;
    std::vector<std::pair<std::string, std::string>> labels;
    Read read;
  };
  std::vector<Metric> metrics_;
};

}  // namespace heliograph::app
