// What a workload is: a function that puts its figures into the report. One file each, in workloads/.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/random.h"
#include "report.h"

namespace heliograph::bench {

struct Settings {
  std::filesystem::path binary = "build/release/heliograph";
  std::filesystem::path folder = "build/bench-data";  // on the disk that is to be measured
  std::size_t connections = 20'000;                   // idle, of which some warm up
  std::size_t accounts = 1'000;                       // sends
  std::vector<std::size_t> windows = {1, 4};          // sends: outstanding of an account; a run each
  int seconds = 10;                                   // of measuring, where a workload has no end of its own
  std::size_t messages = 20'000;                      // history; half of it: difference
  std::size_t file_mib = 256;                         // files
  std::size_t subscribers = 5'000;                    // fan_out: connected
  std::size_t absent = 200'000;                       // fan_out: not connected
  int starts = 9;                                     // start_up
  Random* random = nullptr;
};

struct Workload {
  std::string_view name;
  void (*run)(const Settings& settings, Report& report);
};

void aes(const Settings& settings, Report& report);
void start_up(const Settings& settings, Report& report);
void sign_in_storm(const Settings& settings, Report& report);
void idle(const Settings& settings, Report& report);
void sends(const Settings& settings, Report& report);
void history(const Settings& settings, Report& report);
void difference(const Settings& settings, Report& report);
void fan_out(const Settings& settings, Report& report);
void files(const Settings& settings, Report& report);

}  // namespace heliograph::bench
