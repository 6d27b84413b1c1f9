// A device comes back after its account has received 10,000 updates, and catches up with
// updates.getDifference until nothing is left. The limit is the same reading through the
// service, without protocol, encryption and sockets.
#include "bounds.h"
#include "server_process.h"
#include "tl/decode.h"
#include "tl/fn_updates.h"
#include "tl/updates.h"
#include "workload.h"

namespace heliograph::bench {

namespace {

struct CatchUp {
  std::int32_t pts = 1;
  std::size_t messages = 0;
  bool whole = false;

  void take(ByteView answer) {
    const auto decoded = tl::decode_boxed<tl::updates::Difference>(answer);
    if (!decoded) give_up("updates.getDifference answers " + decoded.error().message);
    if (const auto* slice = decoded->get_if<tl::updates::differenceSlice>()) {
      messages += slice->new_messages.size();
      pts = slice->intermediate_state.get_if<tl::updates::state>()->pts;
    } else if (const auto* last = decoded->get_if<tl::updates::difference>()) {
      messages += last->new_messages.size();
      whole = true;
    } else if (decoded->is<tl::updates::differenceEmpty>()) {
      whole = true;
    } else {
      give_up("the server sends this device back to its dialogs");
    }
  }
};

}  // namespace

void difference(const Settings& settings, Report& report) {
  const auto updates = settings.messages / 2;
  const auto store = store_updates_per_second(settings.folder, updates, *settings.random);
  ServerProcess server(settings.binary, settings.folder, {.accounts = 2, .messages = updates},
                       *settings.random);
  Poller poller;
  std::vector<Duration> times;
  Duration total{0};
  std::size_t messages = 0;
  const auto cpu_before = server.cpu_time();
  for (const auto& key : server.keys()) {
    Client client(poller, server.host(), server.port(), key, *settings.random);
    bool ready = false;
    client.start([&] { ready = true; });
    poller.run_until([&] { return ready; }, std::chrono::seconds(10));
    CatchUp progress;
    while (!progress.whole) {
      tl::fn::updates::getDifference request;
      request.pts = progress.pts;
      request.date = static_cast<std::int32_t>(SystemClock().unix_seconds());
      Bytes answer;
      const auto begin = std::chrono::steady_clock::now();
      client.call(request, [&](ByteView result) { answer = to_bytes(result); });
      if (!poller.run_until([&] { return !answer.empty(); }, std::chrono::seconds(10)))
        give_up("no difference comes");
      times.push_back(std::chrono::steady_clock::now() - begin);
      total += times.back();
      progress.take(answer);
    }
    if (progress.messages + 1 < updates) give_up("the difference is not whole");
    messages += progress.messages;
  }
  const auto count = static_cast<double>(messages);
  const auto cpu = seconds(server.cpu_time() - cpu_before);
  const auto rate = count / seconds(total);
  report.add("difference", "updates, " + number(static_cast<double>(updates), "behind"),
             number(rate, "updates/s"), "the store alone: " + number(store, "updates/s"),
             percent(rate, store));
  report.add("difference", "a slice", quantiles(times));
  report.add("difference", "server's processor time an update", number(cpu / count * 1e6, "µs"));
}

}  // namespace heliograph::bench
