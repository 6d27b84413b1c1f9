// What the workloads have found, as the table that bench/README.md keeps.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"

namespace heliograph::bench {

class Report {
 public:
  // `limit` is what bounds the figure, measured in the same run; empty: nothing does. `share` is figure /
  // limit.
  void add(std::string workload, std::string figure, std::string value, std::string limit = {},
           std::string share = {});
  std::string markdown() const;

 private:
  struct Row {
    std::string workload, figure, value, limit, share;
  };
  std::vector<Row> rows_;
};

// Three significant digits and a unit: number(20412.7, "messages/s") -> "20,400 messages/s".
std::string number(double value, const std::string& unit);
std::string percent(double part, double whole);
double seconds(Duration duration);
// Of this thread so far: what a computation costs on a machine that is not ours alone.
Duration thread_cpu_time();
std::string milliseconds(Duration duration);
// Of unsorted, not empty `samples`; `at` from 0 to 1.
Duration quantile(std::vector<Duration> samples, double at);
// "p50 1.2 ms, p99 3.4 ms"
std::string quantiles(const std::vector<Duration>& samples);

}  // namespace heliograph::bench
