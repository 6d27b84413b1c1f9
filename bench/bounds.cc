#include "bounds.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "client.h"
#include "report.h"
#include "seed.h"
#include "services/chats/history.h"
#include "services/chats/send.h"
#include "services/updates/difference.h"
#include "store/sqlite/open.h"

namespace heliograph::bench {

namespace {

constexpr Duration measured = std::chrono::seconds(3);

}  // namespace

double syncs_per_second(const std::filesystem::path& folder) {
  const auto path = folder / "syncs";
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) give_up("cannot write in " + folder.string());
  const std::array<char, 4096> block{};
  constexpr std::size_t blocks = 1024;
  const auto write = [&](std::size_t at) {
    const auto count = ::pwrite(file, block.data(), block.size(), static_cast<off_t>(at * block.size()));
    if (count != static_cast<ssize_t>(block.size())) give_up("cannot write in " + folder.string());
  };
  // Over blocks that are there already, as the store's log does it.
  for (std::size_t i = 0; i < blocks; ++i) write(i);
  ::fsync(file);
  std::size_t count = 0;
  const auto begin = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - begin < measured) {
    write(count % blocks);
    if (::fdatasync(file) != 0) give_up("cannot write in " + folder.string());
    ++count;
  }
  const auto spent = std::chrono::steady_clock::now() - begin;
  ::close(file);
  std::filesystem::remove(path);
  return static_cast<double>(count) / seconds(spent);
}

double store_sends_per_second(const std::filesystem::path& folder, std::size_t accounts, std::size_t window,
                              Random& random) {
  const TemporaryFolder place(folder);
  Seed seed(place.path() / "data", random);
  const auto keys = seed.accounts(accounts);
  std::size_t done = 0, running = 0, next = 0;
  const auto begin = std::chrono::steady_clock::now();
  const auto over = [&] { return std::chrono::steady_clock::now() - begin > measured; };
  // Each message that is acknowledged makes room for one.
  const std::function<void()> send = [&] {
    const auto& key = keys[next++ % keys.size()];
    services::SendMessage message;
    message.to = Peer::of(key.partner);
    message.text = sample_text(next);
    message.random_id = static_cast<std::int64_t>(next);
    ++running;
    spawn(services::send_message(seed.environment(), services::Caller{key.user, key.key.id(), SessionId{1}},
                                 std::move(message)),
          [&](const Result<services::Sent>& sent) {
            if (!sent) give_up("the store answers " + std::string(sent.error().code));
            --running;
            ++done;
            if (!over()) send();
          });
  };
  for (std::size_t i = 0; i < window; ++i) send();
  if (!seed.executor().run_until([&] { return running == 0; }, measured * 10)) give_up("the store hangs");
  return static_cast<double>(done) / seconds(std::chrono::steady_clock::now() - begin);
}

double store_pages_per_second(const std::filesystem::path& folder, std::size_t messages, Random& random) {
  const TemporaryFolder place(folder);
  Seed seed(place.path() / "data", random);
  const auto keys = seed.accounts(2);
  seed.dialog(keys[0], keys[1], messages);
  std::size_t pages = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (auto offset = static_cast<std::int32_t>(messages) + 1; offset > 1; offset -= 100, ++pages) {
    bool done = false;
    store::HistoryRange range;
    range.offset_id = MessageId{offset};
    range.limit = 100;
    spawn(services::history(seed.environment(), keys[0].user, Peer::of(keys[1].user), range),
          [&](const Result<store::Page>& page) {
            if (!page) give_up("the store answers " + std::string(page.error().code));
            done = true;
          });
    seed.executor().run_until([&] { return done; });
  }
  return static_cast<double>(pages) / seconds(std::chrono::steady_clock::now() - begin);
}

double store_updates_per_second(const std::filesystem::path& folder, std::size_t messages, Random& random) {
  const TemporaryFolder place(folder);
  Seed seed(place.path() / "data", random);
  const auto keys = seed.accounts(2);
  seed.dialog(keys[0], keys[1], messages);
  services::Updates updates(seed.environment());
  std::size_t count = 0;
  std::int32_t pts = 1;
  const auto begin = std::chrono::steady_clock::now();
  for (auto kind = services::Difference::Kind::slice; kind == services::Difference::Kind::slice;) {
    bool done = false;
    spawn(updates.difference(services::Caller{keys[0].user, keys[0].key.id(), SessionId{1}}, pts, 0, 0),
          [&](const Result<services::Difference>& difference) {
            if (!difference) give_up("the store answers " + std::string(difference.error().code));
            kind = difference->kind;
            pts = difference->state.pts;
            count += difference->new_messages.size();
            done = true;
          });
    seed.executor().run_until([&] { return done; });
  }
  return static_cast<double>(count) / seconds(std::chrono::steady_clock::now() - begin);
}

}  // namespace heliograph::bench
