// A post in a channel reaches everybody who is connected. Two runs: all subscribers connected, from sending
// until the last has it; and few of very many connected, where a post must cost the same whatever their
// number. Beside the first: the same bytes written to as many plain sockets, until the last is read.
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server_process.h"
#include "tl/fn_messages.h"
#include "workload.h"

namespace heliograph::bench {

namespace {

constexpr std::size_t rounds = 40;
constexpr Duration limit = std::chrono::seconds(60);

void check(bool good, const char* what) {
  if (!good) give_up(what);
}

// One end of `count` connections over the loopback interface writes, the other reads.
class PlainSockets {
 public:
  explicit PlainSockets(std::size_t count) : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    check(::bind(listener, reinterpret_cast<sockaddr*>(&at), size) == 0 && ::listen(listener, 128) == 0 &&
              ::getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size) == 0,
          "cannot listen");
    for (std::size_t i = 0; i < count; ++i) {
      const int reader = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      check(::connect(reader, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0, "cannot connect");
      const int writer = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      check(writer >= 0, "cannot accept");
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.fd = reader;
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, reader, &event);
      readers_.push_back(reader);
      writers_.push_back(writer);
    }
    ::close(listener);
  }
  ~PlainSockets() {
    for (const int socket : readers_) ::close(socket);
    for (const int socket : writers_) ::close(socket);
    ::close(epoll_);
  }
  PlainSockets(const PlainSockets&) = delete;

  // Until the last has read what was written to all.
  Duration round(std::size_t bytes) {
    const std::vector<char> packet(bytes, 'x');
    std::vector<char> into(bytes);
    const auto begin = std::chrono::steady_clock::now();
    for (const int socket : writers_) {
      check(::send(socket, packet.data(), bytes, MSG_NOSIGNAL) == static_cast<ssize_t>(bytes),
            "cannot write");
    }
    std::size_t left = bytes * readers_.size();
    std::vector<epoll_event> events(1024);
    while (left > 0) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 1000);
      check(ready > 0, "nothing to read");
      for (int i = 0; i < ready; ++i) {
        const auto count =
            ::recv(events[static_cast<std::size_t>(i)].data.fd, into.data(), bytes, MSG_DONTWAIT);
        if (count > 0) left -= static_cast<std::size_t>(count);
      }
    }
    return std::chrono::steady_clock::now() - begin;
  }

 private:
  int epoll_;
  std::vector<int> readers_, writers_;
};

// Subscribers that are connected; the first of them owns the channel and posts.
class Audience {
 public:
  Audience(const ServerProcess& server, Random& random) : random_(random), channel_(server.channel()) {
    for (const auto& key : server.keys()) {
      clients_.push_back(std::make_unique<Client>(poller_, server.host(), server.port(), key, random));
    }
    std::size_t waiting = clients_.size();
    for (auto& client : clients_) client->start([&waiting] { --waiting; });
    check(poller_.run_until([&] { return waiting == 0; }, limit), "sessions do not start");
    for (std::size_t i = 1; i < clients_.size(); ++i) {
      clients_[i]->on_updates = [this](ByteView updates) {
        if (sample_number(updates) != number_) return;
        bytes_ = updates.size();
        ++heard_;
      };
    }
  }

  // From sending until the last has it.
  Duration post() {
    ++number_;
    heard_ = 0;
    bool answered = false;
    tl::inputPeerChannel to;
    to.channel_id = channel_.peer.id;
    to.access_hash = channel_.hash;
    tl::fn::messages::sendMessage request;
    request.peer = std::move(to);
    request.message = sample_text(number_);
    request.random_id = random_.next<std::int64_t>() | 1;
    const auto begin = std::chrono::steady_clock::now();
    clients_.front()->call(request, [&answered](ByteView) { answered = true; });
    check(poller_.run_until([&] { return answered && heard_ == clients_.size() - 1; }, limit),
          "a post does not reach everybody");
    const auto spent = std::chrono::steady_clock::now() - begin;
    for (auto& client : clients_) client->acknowledge();
    return spent;
  }
  std::size_t bytes() const { return bytes_; }

 private:
  Random& random_;
  const SeededChannel channel_;
  Poller poller_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::size_t number_ = 0, heard_ = 0, bytes_ = 0;
};

void all_connected(const Settings& settings, Report& report) {
  const auto count = settings.subscribers;
  ServerProcess server(settings.binary, settings.folder, {.accounts = count, .channel = true},
                       *settings.random);
  std::vector<Duration> times, plain;
  std::size_t bytes = 0;
  Duration cpu{};
  {
    Audience audience(server, *settings.random);
    for (std::size_t i = 0; i < rounds / 4; ++i) audience.post();
    const auto before = server.cpu_time();
    for (std::size_t i = 0; i < rounds; ++i) times.push_back(audience.post());
    cpu = server.cpu_time() - before;
    bytes = audience.bytes();
  }
  PlainSockets sockets(count - 1);
  for (std::size_t i = 0; i < rounds; ++i)
    plain.push_back(sockets.round(bytes + 40));  // what encryption adds
  const auto name = "fan-out, " + std::to_string(count) + " connected";
  report.add(name, "a post, until the last has it", quantiles(times), "plain sockets: " + quantiles(plain),
             percent(seconds(quantile(times, 0.5)), seconds(quantile(plain, 0.5))));
  report.add(name, "server's processor time a subscriber and post",
             number(seconds(cpu) * 1e6 / static_cast<double>(rounds * count), "µs"));
}

void few_connected(std::size_t absent, const Settings& settings, Report& report) {
  ServerProcess server(settings.binary, settings.folder, {.accounts = 100, .channel = true, .absent = absent},
                       *settings.random);
  Audience audience(server, *settings.random);
  for (std::size_t i = 0; i < rounds; ++i) audience.post();
  const auto cpu_before = server.cpu_time();
  const auto written_before = server.written_bytes();
  std::vector<Duration> times;
  for (std::size_t i = 0; i < rounds; ++i) times.push_back(audience.post());
  const auto name = "fan-out, 100 connected of " + std::to_string(absent + 100);
  report.add(name, "a post, until the last has it", quantiles(times));
  report.add(name, "server's processor time a post",
             milliseconds((server.cpu_time() - cpu_before) / static_cast<std::int64_t>(rounds)));
  report.add(name, "written to disk a post",
             number(static_cast<double>(server.written_bytes() - written_before) / rounds / 1024, "KiB"));
}

}  // namespace

void fan_out(const Settings& settings, Report& report) {
  all_connected(settings, report);
  few_connected(0, settings, report);
  few_connected(settings.absent, settings, report);
}

}  // namespace heliograph::bench
