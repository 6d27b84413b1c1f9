// Devices that are signed in, connected and silent: a connection each, an account each, subscribed to
// updates, everything acknowledged. What the server's resident memory has grown by, divided by their number.
// The first few hundred are not counted: they pay for what all share. The kernel's socket buffers are not in
// it.
#include <thread>

#include "server_process.h"
#include "workload.h"

namespace heliograph::bench {

namespace {

constexpr std::size_t warm_up = 100;
constexpr std::size_t together = 100;

class Crowd {
 public:
  Crowd(const ServerProcess& server, Random& random) : server_(server), random_(random) {}

  void grow_to(std::size_t count) {
    while (clients_.size() < count) {
      const auto until = std::min(count, clients_.size() + together);
      std::size_t waiting = 0;
      while (clients_.size() < until) {
        auto& client = clients_.emplace_back(std::make_unique<Client>(
            poller_, server_.host(), server_.port(), server_.keys()[clients_.size()], random_));
        ++waiting;
        client->start([&waiting, &client = *client] {
          --waiting;
          client.acknowledge();
        });
      }
      if (!poller_.run_until([&] { return waiting == 0; }, std::chrono::seconds(30)))
        give_up("sessions do not start");
    }
    // What is on its way, and what the server does behind its answers.
    poller_.run_until([] { return false; }, std::chrono::seconds(2));
  }

 private:
  const ServerProcess& server_;
  Random& random_;
  Poller poller_;
  std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace

void idle(const Settings& settings, Report& report) {
  ServerProcess server(settings.binary, settings.folder, {.accounts = settings.connections},
                       *settings.random);
  Crowd crowd(server, *settings.random);
  crowd.grow_to(warm_up);
  const auto before = server.resident_bytes();
  crowd.grow_to(settings.connections);
  const auto after = server.resident_bytes();
  const auto added = static_cast<double>(settings.connections - warm_up);
  const auto each = static_cast<double>(after - before) / added / 1024;
  report.add("idle", "resident memory a connection, " + number(added, "more connections"),
             number(each, "KiB"), "aim 10 KiB", percent(each, 10));
  report.add("idle", "resident memory in all", number(static_cast<double>(after) / 1024 / 1024, "MiB"));
}

}  // namespace heliograph::bench
