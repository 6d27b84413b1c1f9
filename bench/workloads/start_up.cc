// From starting the process to accepting connections, on a data folder that a server has used before: keys
// made, 1,000 accounts and the history workload's messages in the store. The median of several starts.
#include "server_process.h"
#include "workload.h"

namespace heliograph::bench {

void start_up(const Settings& settings, Report& report) {
  ServerProcess server(settings.binary, settings.folder, {.accounts = 1'000, .messages = settings.messages},
                       *settings.random);
  std::vector<Duration> times;
  for (int i = 0; i < settings.starts; ++i) {
    server.restart();
    times.push_back(server.start_time());
  }
  const auto median = quantile(times, 0.5);
  report.add("start_up", "process start to listening", milliseconds(median), "aim 300 ms",
             percent(seconds(median), 0.3));
}

}  // namespace heliograph::bench
