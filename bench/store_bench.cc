// What one machine's SQLite store can do, and what it is held against.
//
//   store_bench [--dir DIR] [--accounts N] [--seconds S] [--in-flight N] [--checkpoint PAGES] [--only NAME]
//
// Workloads, each printed as one line:
//   fsync       appending 4 KiB and syncing, one after the other: commits a second without any grouping
//   wal         appending what one group of sends writes to the log, and syncing: the disk's part of `send`
// , `in-flight` at a time: look-ups as the service does
//   them
//               (recipient, block, privacy, dialog), two messages, two dialogs, two updates; durable
//   send-nosync the same with nothing to wait for but the CPU (a body at a time in one group): the writer's
//   part history     pages of 50 messages out of a dialog of 10,000 difference  100 updates after a random
//   pts
//   words       a word looked for in a private group of a million messages: in all of them, and in as many as
//   one search looks at
#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <random>
#include <semaphore>
#include <string>
#include <vector>

#include "store/sqlite/open.h"

namespace {

using namespace heliograph;
using namespace heliograph::store;
using Seconds = std::chrono::duration<double>;

struct Arguments {
  std::filesystem::path directory = "/tmp/heliograph-store-bench";
  int accounts = 5'000;
  double seconds = 5;
  int in_flight = 1000;
  int checkpoint = 16'000;
  std::string only;
};

double now() {
  return Seconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double thread_cpu() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double cpu(int who) {
  rusage usage{};
  getrusage(who, &usage);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

// Bytes this process has handed to write(), so far.
double written() {
  std::ifstream io("/proc/self/io");
  std::string name;
  double value = 0;
  while (io >> name >> value) {
    if (name == "wchar:") return value;
  }
  return 0;
}

// Appends `bytes` and syncs, for `seconds`; calls a second.
double sync_rate(const std::filesystem::path& file, std::size_t bytes, double seconds) {
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  std::vector<char> block(bytes, 'x');
  // As SQLite's log after its first round: the blocks are there already.
  for (int i = 0; i < 64; ++i) {
    if (::write(out, block.data(), block.size()) < 0) std::abort();
  }
  ::fsync(out);
  long count = 0;
  const double start = now();
  while (now() - start < seconds) {
    if (::pwrite(out, block.data(), block.size(),
                 static_cast<off_t>(count % 64) * static_cast<off_t>(bytes)) < 0)
      std::abort();
    if (::fdatasync(out) != 0) std::abort();
    ++count;
  }
  const double rate = static_cast<double>(count) / (now() - start);
  ::close(out);
  std::filesystem::remove(file);
  return rate;
}

class Bench {
 public:
  explicit Bench(const Arguments& arguments) : arguments_(arguments) {
    std::filesystem::remove_all(arguments.directory);
    auto opened = sqlite::open({.directory = arguments.directory, .checkpoint_pages = arguments.checkpoint});
    if (!opened) {
      std::fprintf(stderr, "%s\n", opened.error().message.c_str());
      std::exit(1);
    }
    store_ = std::move(*opened);
    for (int first = 0; first < arguments.accounts; first += 1000) {
      wait([&](Tx& tx) -> Status {
        for (int i = first; i < std::min(first + 1000, arguments.accounts); ++i) {
          Account account;
          account.id = user(i);
          account.first_name = "Person " + std::to_string(i);
          account.phone_sealed = Bytes(40, 1);
          account.phone_index = Bytes(32, 0);
          for (int b = 0; b < 4; ++b)
            account.phone_index[static_cast<std::size_t>(b)] = static_cast<std::uint8_t>(i >> (8 * b));
          HG_TRY(tx.accounts().insert(account));
        }
        return {};
      });
    }
  }

  void send() {
    // Twice: into an empty store, and into what that has left.
    for (const char* name : {"send (filling)", "send (again)"}) {
      std::counting_semaphore<> slots(arguments_.in_flight);
      std::atomic<long> done = 0;
      std::atomic<long> failed = 0;
      std::mt19937_64 random(name[6] == 'f' ? 1 : 2);
      const double start = now();
      const double written_start = written();
      const double cpu_start = cpu(RUSAGE_SELF);
      const double own_start = cpu(RUSAGE_THREAD);
      while (now() - start < arguments_.seconds) {
        slots.acquire();
        const auto [from, to] = pair(random);
        const auto random_id = static_cast<std::int64_t>(random());
        store_->submit(
            Store::Mode::write,
            [from = from, to = to, random_id](Tx& tx) { return send_one(tx, from, to, random_id); },
            std::chrono::seconds(60),
            [&](Status status) {
              (status ? done : failed).fetch_add(1, std::memory_order_relaxed);
              slots.release();
            });
      }
      for (int i = 0; i < arguments_.in_flight; ++i) slots.acquire();
      const double elapsed = now() - start;
      const double used = cpu(RUSAGE_SELF) - cpu_start - (cpu(RUSAGE_THREAD) - own_start);
      const auto count = static_cast<double>(done);
      std::printf("%-16s %9.0f sends/s   %5.1f us of store CPU and %5.1f KiB written each, %ld failed\n",
                  name, count / elapsed, 1e6 * used / count, (written() - written_start) / count / 1024,
                  failed.load());
    }
  }

  void send_nosync() {
    std::mt19937_64 random(2);
    double elapsed = 0;
    long count = 0;
    double commit = 0;
    const double end = now() + arguments_.seconds;
    while (now() < end) {
      double in_body = 0;
      const double start = now();
      wait([&](Tx& tx) -> Status {
        const double begun = thread_cpu();
        for (int i = 0; i < 2000; ++i) {
          const auto [from, to] = pair(random);
          HG_TRY(send_one(tx, from, to, static_cast<std::int64_t>(random())));
        }
        in_body = thread_cpu() - begun;
        return {};
      });
      elapsed += in_body;
      commit += now() - start - in_body;
      count += 2000;
    }
    std::printf("%-16s %9.0f sends/s   %5.1f us each in the body, %5.1f us of commit\n", "send-nosync",
                static_cast<double>(count) / elapsed, 1e6 * elapsed / static_cast<double>(count),
                1e6 * commit / static_cast<double>(count));
  }

  void history() {
    const auto from = user(0);
    const auto to = user(1);
    for (int i = 0; i < 10; ++i) {
      wait([&](Tx& tx) -> Status {
        for (int k = 0; k < 1000; ++k) HG_TRY(send_one(tx, from, to, 0));
        return {};
      });
    }
    reads("history", [=](Tx& tx, std::mt19937_64& random) -> Status {
      HistoryRange range;
      range.offset_id = MessageId{static_cast<std::int32_t>(random() % 10'000 + 1)};
      range.limit = 50;
      HG_TRY(tx.messages().history(from, Peer::of(to), range));
      return {};
    });
  }

  void difference() {
    const auto account = user(0);
    reads("difference", [=](Tx& tx, std::mt19937_64& random) -> Status {
      HG_TRY(tx.updates().after_pts(account, static_cast<std::int32_t>(random() % 9'000), 100));
      return {};
    });
  }

  // What people search a group for: a word that every tenth message has, a rare one, one that is nowhere.
  void words() {
    constexpr int messages = 1'000'000;
    const auto group = Peer::of(ChannelId{1'234'567'890});
    const auto box = BoxId::of(group.channel());
    std::mt19937_64 random(4);
    for (int first = 0; first < messages; first += 10'000) {
      wait([&](Tx& tx) -> Status {
        for (int i = first; i < first + 10'000; ++i) {
          Message message;
          message.owner = box;
          message.peer = group;
          message.from = user(static_cast<int>(random() % static_cast<unsigned>(arguments_.accounts)));
          message.date = 1'700'000'000 + i;
          message.text = "A line of text about as long as people write, number " + std::to_string(i);
          if (i % 10 == 0) message.text += " common";
          if (i % 100'000 == 7) message.text += " rare";
          HG_TRY(tx.messages().append(std::move(message)));
        }
        return {};
      });
    }
    for (const std::size_t looks_at : {std::size_t{0}, std::size_t{100'000}}) {
      for (const char* word : {"common", "rare", "absent"}) {
        SearchFilter filter;
        filter.text = word;
        filter.looks_at = looks_at;
        HistoryRange range;
        range.limit = 100;
        double best = 1e9;
        std::int64_t found = 0;
        for (int i = 0; i < 5; ++i) {
          std::binary_semaphore done(0);
          const double start = now();
          store_->submit(
              Store::Mode::read,
              [&](Tx& tx) -> Status {
                HG_ASSIGN(const auto page, tx.messages().search(box, group, filter, range));
                found = page.total;
                return {};
              },
              std::chrono::seconds(60), [&](Status) { done.release(); });
          done.acquire();
          best = std::min(best, now() - start);
        }
        std::printf("words            %9.1f ms, %s of %d, looks at %s: %lld\n", best * 1e3, word, messages,
                    looks_at == 0 ? "all" : "100,000", static_cast<long long>(found));
      }
    }
  }

 private:
  static UserId user(int index) { return UserId{1'000'001 + index}; }

  // Everybody writes to ten others.
  std::pair<UserId, UserId> pair(std::mt19937_64& random) const {
    const auto from = static_cast<int>(random() % static_cast<unsigned>(arguments_.accounts));
    return {user(from), user((from + 1 + static_cast<int>(random() % 10)) % arguments_.accounts)};
  }

  static Status send_one(Tx& tx, UserId from, UserId to, std::int64_t random_id) {
    HG_ASSIGN(const auto recipient, tx.accounts().find(to));
    if (!recipient) return fail(Error::invalid("PEER_ID_INVALID"));
    HG_ASSIGN(const bool blocked, tx.contacts().is_blocked(to, from));
    if (blocked) return fail(Error::forbidden("USER_IS_BLOCKED"));
    HG_TRY(tx.settings().find(to, SettingKind::privacy, 9));
    HG_TRY(tx.dialogs().find(from, Peer::of(to)));
    std::int64_t link = 0;
    for (const bool out : {true, false}) {
      if (!out && from == to) break;
      Message message;
      message.owner = out ? from : to;
      message.peer = Peer::of(out ? to : from);
      message.from = from;
      message.link = link;
      if (out) {
        message.flags = message_out;
        message.random_id = random_id;
      }
      message.date = 1'700'000'000;
      message.text = "A line of text about as long as people write.";
      message.content = Bytes(16, 3);
      HG_ASSIGN(auto appended, tx.messages().append(std::move(message)));
      if (appended.duplicate) return {};
      const auto stored = std::make_shared<const Message>(std::move(appended.message));
      link = stored->link;
      HG_TRY(tx.dialogs().bump(stored->owner.user(), stored->peer, stored->id, stored->date, out));
      Publication publication;
      publication.update.box = stored->owner;
      publication.update.kind = UpdateKind::new_message;
      publication.update.date = stored->date;
      publication.update.message_id = stored->id;
      publication.message = stored;
      HG_TRY(tx.updates().append(std::move(publication)));
    }
    return {};
  }

  void reads(const char* name, std::function<Status(Tx&, std::mt19937_64&)> body) {
    std::counting_semaphore<> slots(64);
    std::atomic<long> done = 0;
    std::mt19937_64 seeds(3);
    const double start = now();
    while (now() - start < arguments_.seconds) {
      slots.acquire();
      store_->submit(
          Store::Mode::read,
          [&body, seed = seeds()](Tx& tx) -> Status {
            std::mt19937_64 random(seed);
            return body(tx, random);
          },
          std::chrono::seconds(60),
          [&](Status status) {
            if (status) ++done;
            slots.release();
          });
    }
    for (int i = 0; i < 64; ++i) slots.acquire();
    std::printf("%-16s %9.0f pages/s\n", name, static_cast<double>(done) / (now() - start));
  }

  void wait(Store::Body body) {
    std::binary_semaphore done(0);
    store_->submit(Store::Mode::write, std::move(body), std::chrono::seconds(60), [&](Status status) {
      if (!status) {
        std::fprintf(stderr, "failed: %s\n", std::string(status.error().code).c_str());
        std::exit(1);
      }
      done.release();
    });
    done.acquire();
  }

  Arguments arguments_;
  std::unique_ptr<Store> store_;
};

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const char* value = argv[i + 1];
    if (name == "--dir") arguments.directory = value;
    if (name == "--accounts") arguments.accounts = std::atoi(value);
    if (name == "--seconds") arguments.seconds = std::atof(value);
    if (name == "--in-flight") arguments.in_flight = std::atoi(value);
    if (name == "--checkpoint") arguments.checkpoint = std::atoi(value);
    if (name == "--only") arguments.only = value;
  }
  const auto wanted = [&](const char* name) { return arguments.only.empty() || arguments.only == name; };
  Bench bench(arguments);
  if (wanted("fsync")) {
    std::printf("%-16s %9.0f commits/s of 4 KiB\n", "fsync",
                sync_rate(arguments.directory / "raw", 4096, arguments.seconds / 2));
  }
  if (wanted("wal")) {
    std::printf("%-16s %9.0f groups/s of 1 MiB\n", "wal",
                sync_rate(arguments.directory / "raw", 1 << 20, arguments.seconds / 2));
  }
  if (wanted("send")) bench.send();
  if (wanted("send-nosync")) bench.send_nosync();
  if (wanted("history") || wanted("difference")) bench.history();
  if (wanted("difference")) bench.difference();
  if (arguments.only == "words") bench.words();  // fills a quarter of a gigabyte
}
