#include "report.h"

#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace heliograph::bench {

void Report::add(std::string workload, std::string figure, std::string value, std::string limit,
                 std::string share) {
  std::fprintf(stderr, "%s: %s: %s%s%s%s%s\n", workload.c_str(), figure.c_str(), value.c_str(),
               limit.empty() ? "" : " | ", limit.c_str(), share.empty() ? "" : " | ", share.c_str());
  rows_.push_back(
      {std::move(workload), std::move(figure), std::move(value), std::move(limit), std::move(share)});
}

std::string Report::markdown() const {
  std::string out =
      "| workload | figure | value | limit in the same run | of the limit |\n|---|---|---|---|---|\n";
  for (const auto& row : rows_) {
    out += "| " + row.workload + " | " + row.figure + " | " + row.value + " | " + row.limit + " | " +
           row.share + " |\n";
  }
  return out;
}

std::string number(double value, const std::string& unit) {
  char text[64];
  if (value < 100) {
    std::snprintf(text, sizeof text, value < 10 ? "%.2f" : "%.1f", value);
    return std::string(text) + " " + unit;
  }
  const double step = std::pow(10.0, std::floor(std::log10(value)) - 2);
  std::snprintf(text, sizeof text, "%.0f", std::round(value / step) * step);
  std::string digits = text;
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return digits + " " + unit;
}

std::string percent(double part, double whole) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0f %%", whole > 0 ? 100 * part / whole : 0);
  return text;
}

double seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

Duration thread_cpu_time() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::string milliseconds(Duration duration) {
  return number(seconds(duration) * 1000, "ms");
}

Duration quantile(std::vector<Duration> samples, double at) {
  const auto index = static_cast<std::size_t>(at * static_cast<double>(samples.size() - 1));
  std::ranges::nth_element(samples, samples.begin() + static_cast<std::ptrdiff_t>(index));
  return samples[index];
}

std::string quantiles(const std::vector<Duration>& samples) {
  return "p50 " + milliseconds(quantile(samples, 0.5)) + ", p99 " + milliseconds(quantile(samples, 0.99));
}

}  // namespace heliograph::bench
