// One device sends a file and fetches it again, with a few requests under way at a time, as clients do. Both
// ends are on this machine: every byte is encrypted once and decrypted once, by two threads at most. So the
// limit of either direction is what one core can do of AES-256-IGE, which is measured in the same run.
#include "client.h"
#include "crypto/aes.h"
#include "server_process.h"
#include "tl/core_d.h"
#include "tl/core_i.h"
#include "tl/core_m.h"
#include "tl/decode.h"
#include "tl/fn_messages.h"
#include "tl/fn_upload.h"
#include "tl/upload.h"
#include "workload.h"

namespace heliograph::bench {

namespace {

constexpr std::size_t part = 512 * 1024;
constexpr std::size_t piece = 1024 * 1024;
constexpr std::size_t window = 4;  // requests under way
constexpr Duration limit = std::chrono::seconds(120);

double ige_rate(Random& random) {
  crypto::AesKey key;
  crypto::IgeIv iv;
  random.fill(key);
  random.fill(iv);
  Bytes data = random.bytes(part);
  double best = 0;
  for (int round = 0; round < 5; ++round) {
    const auto begin = thread_cpu_time();
    for (int i = 0; i < 40; ++i) crypto::ige_encrypt(key, iv, data, data);
    best = std::max(best, 40.0 * part / seconds(thread_cpu_time() - begin) / 1e6);
  }
  return best;
}

// Calls `next(i)` for 0 .. count - 1 with `window` of them unfinished at a time; each calls its argument when
// it is done.
template <typename Next>
void in_turns(Poller& poller, std::size_t count, Next next) {
  std::size_t begun = 0, done = 0;
  std::function<void()> finished = [&] {
    ++done;
    if (begun < count) next(begun++, finished);
  };
  while (begun < std::min(window, count)) next(begun++, finished);
  if (!poller.run_until([&] { return done == count; }, limit)) give_up("the file does not get through");
}

}  // namespace

void files(const Settings& settings, Report& report) {
  const std::size_t size = settings.file_mib << 20;
  const double ige = ige_rate(*settings.random);
  ServerProcess server(settings.binary, settings.folder, {.accounts = 2, .messages = 0}, *settings.random);
  Poller poller;
  Client client(poller, server.host(), server.port(), server.keys().front(), *settings.random);
  bool ready = false;
  client.start([&] { ready = true; });
  poller.run_until([&] { return ready; }, std::chrono::seconds(10));
  const Bytes data = settings.random->bytes(size);

  auto cpu = server.cpu_time();
  auto begin = std::chrono::steady_clock::now();
  const auto parts = size / part;
  in_turns(poller, parts, [&](std::size_t i, std::function<void()>& finished) {
    tl::fn::upload::saveBigFilePart request;
    request.file_id = 7;
    request.file_part = static_cast<std::int32_t>(i);
    request.file_total_parts = static_cast<std::int32_t>(parts);
    request.bytes = to_bytes(ByteView(data).subspan(i * part, part));
    client.call(request, [&](ByteView) { finished(); });
  });
  const auto limit_text = "AES-256-IGE on one core: " + number(ige, "MB/s");
  auto rate = static_cast<double>(size) / seconds(std::chrono::steady_clock::now() - begin) / 1e6;
  report.add("files", "sent in parts of 512 KiB, 4 under way", number(rate, "MB/s"), limit_text,
             percent(rate, ige));
  report.add("files", "server's processor time a MB sent",
             number(seconds(server.cpu_time() - cpu) * 1e3 / (static_cast<double>(size) / 1e6), "ms"));

  tl::fn::messages::uploadMedia use;
  use.peer = tl::inputPeerSelf{};
  tl::inputMediaUploadedDocument media;
  media.file = tl::inputFileBig{.id = 7, .parts = static_cast<std::int32_t>(parts), .name = "file"};
  media.mime_type = "application/octet-stream";
  use.media = std::move(media);
  Bytes answer;
  begin = std::chrono::steady_clock::now();
  client.call(use, [&](ByteView result) { answer = to_bytes(result); });
  poller.run_until([&] { return !answer.empty(); }, limit);
  report.add(
      "files", "put together, hashed, synced",
      number(static_cast<double>(size) / seconds(std::chrono::steady_clock::now() - begin) / 1e6, "MB/s"));
  const auto sent = tl::decode_boxed<tl::MessageMedia>(answer);
  if (!sent || sent->get_if<tl::messageMediaDocument>() == nullptr) give_up("the file is not taken");
  const auto* document = sent->get_if<tl::messageMediaDocument>()->document.get_if<tl::document>();

  cpu = server.cpu_time();
  begin = std::chrono::steady_clock::now();
  std::size_t received = 0;
  in_turns(poller, size / piece, [&](std::size_t i, std::function<void()>& finished) {
    tl::fn::upload::getFile request;
    tl::inputDocumentFileLocation place;
    place.id = document->id;
    place.access_hash = document->access_hash;
    place.file_reference = document->file_reference;
    request.location = std::move(place);
    request.offset = static_cast<std::int64_t>(i * piece);
    request.limit = piece;
    client.call(request, [&](ByteView result) {
      received += result.size();
      client.acknowledge();
      finished();
    });
  });
  if (received < size) give_up("what comes back is too short");
  rate = static_cast<double>(size) / seconds(std::chrono::steady_clock::now() - begin) / 1e6;
  report.add("files", "fetched in pieces of 1 MiB, 4 under way", number(rate, "MB/s"), limit_text,
             percent(rate, ige));
  report.add("files", "server's processor time a MB fetched",
             number(seconds(server.cpu_time() - cpu) * 1e3 / (static_cast<double>(size) / 1e6), "ms"));
}

}  // namespace heliograph::bench
