// People write to each other, as fast as they are served: accounts in pairs, both sides sending, each with
// the same number of messages outstanding. A message counts when its sender has the answer (it is on disk
// then) and its recipient has the push. One load client on the same cores. Beside it, in the same folder:
//   the disk       fdatasync calls a second; a message each would be the rate without group commit
//   the store      the same sends through the service, without sockets, protocol and encryption
#include <sys/resource.h>

#include <optional>

#include "bounds.h"
#include "server_process.h"
#include "tl/fn_messages.h"
#include "workload.h"

namespace heliograph::bench {

namespace {

constexpr Duration warm_up = std::chrono::seconds(2);

class Conversation {
 public:
  Conversation(const ServerProcess& server, const Settings& settings) : random_(*settings.random) {
    for (const auto& key : server.keys()) {
      clients_.push_back(std::make_unique<Client>(poller_, server.host(), server.port(), key, random_));
    }
    std::size_t waiting = clients_.size();
    for (auto& client : clients_) client->start([&waiting] { --waiting; });
    if (!poller_.run_until([&] { return waiting == 0; }, std::chrono::seconds(30)))
      give_up("sessions do not start");
    for (auto& client : clients_) client->on_updates = [this](ByteView updates) { pushed(updates); };
  }

  void begin(std::size_t window) {
    for (std::size_t i = 0; i < window; ++i) send(*clients_[i % clients_.size()]);
  }
  void run(Duration length) {
    poller_.run_until([] { return false; }, length);
  }
  // Sends no more, and waits for what is under way.
  void end() {
    stopping_ = true;
    if (!poller_.run_until([this] { return outstanding_ == 0; }, std::chrono::seconds(30))) {
      give_up(std::to_string(outstanding_) + " messages have not arrived");
    }
  }

  std::size_t delivered() const { return delivered_; }
  // Of what has been delivered since the last call.
  std::vector<Duration> take_times() { return std::exchange(times_, {}); }

 private:
  struct Message {
    Client* sender = nullptr;
    Monotonic sent;
    bool answered = false, pushed = false;
  };

  void send(Client& from) {
    const auto number = messages_.size();
    messages_.push_back({&from, std::chrono::steady_clock::now()});
    ++outstanding_;
    tl::fn::messages::sendMessage request;
    request.peer = from.partner();
    request.message = sample_text(number);
    request.random_id = random_.next<std::int64_t>() | 1;
    from.call(request, [this, number](ByteView) {
      messages_[number].answered = true;
      check(number);
    });
  }

  void pushed(ByteView updates) {
    if (load_le<std::uint32_t>(updates.data()) == 0xe317af7e) give_up("the server says updatesTooLong");
    const auto number = sample_number(updates);
    if (!number || *number >= messages_.size() || messages_[*number].pushed) return;
    messages_[*number].pushed = true;
    check(*number);
  }

  void check(std::size_t number) {
    const auto message = messages_[number];
    if (!message.answered || !message.pushed) return;
    --outstanding_;
    ++delivered_;
    times_.push_back(std::chrono::steady_clock::now() - message.sent);
    if (!stopping_) send(*message.sender);
  }

  Random& random_;
  Poller poller_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<Message> messages_;
  std::vector<Duration> times_;
  std::size_t outstanding_ = 0;
  std::size_t delivered_ = 0;
  bool stopping_ = false;
};

Duration own_cpu_time() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) -> Duration {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

void sends_with(std::size_t each, double syncs, const Settings& settings, Report& report) {
  const auto window = each * settings.accounts;
  const auto store = store_sends_per_second(settings.folder, settings.accounts, window, *settings.random);
  ServerProcess server(settings.binary, settings.folder, {.accounts = settings.accounts}, *settings.random);
  std::optional<Conversation> open(std::in_place, server, settings);
  auto& conversation = *open;
  conversation.begin(window);
  conversation.run(warm_up);

  conversation.take_times();
  const auto delivered_before = conversation.delivered();
  const auto cpu_before = server.cpu_time(), own_before = own_cpu_time();
  const auto written_before = server.written_bytes();
  const auto begin = std::chrono::steady_clock::now();
  conversation.run(std::chrono::seconds(settings.seconds));
  const auto spent = seconds(std::chrono::steady_clock::now() - begin);
  const auto messages = static_cast<double>(conversation.delivered() - delivered_before);
  const auto cpu = seconds(server.cpu_time() - cpu_before), own = seconds(own_cpu_time() - own_before);
  const auto written = static_cast<double>(server.written_bytes() - written_before);
  const auto times = conversation.take_times();
  conversation.end();
  if (times.empty()) give_up("no message has been delivered");
  open.reset();
  server.crash();

  const auto rate = messages / spent;
  const auto name = "sends, " + std::to_string(settings.accounts) + " accounts × " + std::to_string(each);
  report.add(name, "durable and delivered", number(rate, "messages/s"),
             "the store alone: " + number(store, "messages/s"), percent(rate, store));
  report.add(name, "", "", "the disk: " + number(syncs, "fdatasync/s"), percent(rate, syncs));
  report.add(name, "from sending to answer and push", quantiles(times));
  report.add(name, "server's processor time a message", number(cpu / messages * 1e6, "µs"),
             "all of 2 cores: " + number(2e6 / rate, "µs"), percent(cpu / messages, 2 / rate));
  report.add(name, "client's processor time a message", number(own / messages * 1e6, "µs"));
  report.add(name, "written to disk a message", number(written / messages / 1024, "KiB"));
  report.add(name, "start after kill -9 there", milliseconds(server.start_time()), "aim 300 ms",
             percent(seconds(server.start_time()), 0.3));
}

}  // namespace

void sends(const Settings& settings, Report& report) {
  const auto syncs = syncs_per_second(settings.folder);
  for (const auto each : settings.windows) sends_with(each, syncs, settings, report);
}

}  // namespace heliograph::bench
