// A device scrolls through a long dialog from its newest message to its oldest, page after page of 100, as
// fast as the answers come; then the partner does the same. Nothing else is going on. The
// limit is the same reading through the service, without protocol, encryption and sockets.
#include "bounds.h"
#include "server_process.h"
#include "tl/decode.h"
#include "tl/fn_messages.h"
#include "tl/messages.h"
#include "workload.h"

namespace heliograph::bench {

namespace {

constexpr std::int32_t page = 100;

std::size_t count_of(ByteView answer) {
  const auto decoded = tl::decode_boxed<tl::messages::Messages>(answer);
  if (!decoded) give_up("messages.getHistory answers " + decoded.error().message);
  if (const auto* slice = decoded->get_if<tl::messages::messagesSlice>()) return slice->messages.size();
  if (const auto* whole = decoded->get_if<tl::messages::messages>()) return whole->messages.size();
  return 0;
}

}  // namespace

void history(const Settings& settings, Report& report) {
  const auto store = store_pages_per_second(settings.folder, settings.messages, *settings.random);
  ServerProcess server(settings.binary, settings.folder, {.accounts = 2, .messages = settings.messages},
                       *settings.random);
  Poller poller;
  std::vector<Duration> times;
  Duration total{0};
  std::size_t bytes = 0;
  const auto cpu_before = server.cpu_time();
  for (const auto& key : server.keys()) {
    Client client(poller, server.host(), server.port(), key, *settings.random);
    bool ready = false;
    client.start([&] { ready = true; });
    poller.run_until([&] { return ready; }, std::chrono::seconds(10));
    auto offset = static_cast<std::int32_t>(settings.messages) + 1;
    for (; offset > 1; offset -= page) {
      tl::fn::messages::getHistory request;
      request.peer = client.partner();
      request.offset_id = offset;
      request.limit = page;
      Bytes answer;
      const auto begin = std::chrono::steady_clock::now();
      client.call(request, [&](ByteView result) { answer = to_bytes(result); });
      if (!poller.run_until([&] { return !answer.empty(); }, std::chrono::seconds(10)))
        give_up("no page comes");
      times.push_back(std::chrono::steady_clock::now() - begin);
      total += times.back();
      bytes += answer.size();
      if (count_of(answer) != page) give_up("a page is not full");
    }
  }
  const auto pages = static_cast<double>(times.size());
  const auto cpu = seconds(server.cpu_time() - cpu_before);
  const auto rate = pages / seconds(total);
  report.add("history", "pages of 100 messages, one after the other", number(rate, "pages/s"),
             "the store alone: " + number(store, "pages/s"), percent(rate, store));
  report.add("history", "a page of " + number(static_cast<double>(bytes) / pages / 1024, "KiB"),
             quantiles(times));
  report.add("history", "server's processor time a page", number(cpu / pages * 1000, "ms"));
}

}  // namespace heliograph::bench
