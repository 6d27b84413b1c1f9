// Writes down from where accounts are connected. Whoever opens a session calls seen(), and again now and
// then while it lasts; what was seen is sealed before it goes to the store, on the caller's executor, never
// in a transaction. Nothing readable is kept: to know an address again while a session lasts, the journal
// remembers a keyed digest of it, with a key that is made anew on every start.
//
// Thread-safe.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "legal/journal/row.h"
#include "store/legal.h"
#include "store/store.h"

namespace heliograph::legal {

struct JournalParts {
  store::Store& store;
  const Clock& clock;
  Random& random;
};

struct JournalStats {
  std::atomic<std::uint64_t> written = 0;
  std::atomic<std::uint64_t> destroyed = 0;
  std::atomic<std::uint64_t> refused = 0;  // because there is no key
};

class Journal {
 public:
  // A session that goes on is written down again after so long: times are right to it.
  static constexpr UnixSeconds again_seconds = 600;
  // And begins a new row after so long, so that none tells more than a day.
  static constexpr UnixSeconds row_seconds = 86'400;
  static constexpr std::size_t remembered_most = 200'000;
  static constexpr std::size_t ready_most = 256;  // secrets made ahead
  static constexpr std::size_t ready_at_once = 16;
  static constexpr std::size_t swept_at_once = 500;

  explicit Journal(JournalParts parts);

  // True: written down, and on disk; false: it was not long ago. `port` 0: not known. invalid
  // ADDRESS_INVALID; unavailable JOURNAL_KEY_MISSING: no ceremony was held, and nothing is written down.
  Task<Result<bool>> seen(UserId user, AuthKeyId session, std::string address, std::uint16_t port);

  // Makes some secrets ahead, if there is a key, so that seen() need not. Again and again, about once a
  // second: a call takes about a millisecond.
  Task<Status> make_ready();

  // Destroys what is older than `days` and not held. Gives how many rows.
  Task<Result<std::size_t>> sweep(std::int32_t days);

  // Reads the key that is in use again, after a ceremony. Also done by itself, once a minute.
  Task<Status> reload();

  const JournalStats& stats() const { return stats_; }

 private:
  struct Key {
    std::int64_t number = 0;
    crypto::Point point;
  };
  // An open session's row.
  struct Entry {
    std::array<std::uint8_t, 16> tag{};
    UnixSeconds first = 0, written_at = 0;
    std::int64_t key = 0;
  };
  using Mark = std::array<std::uint8_t, 32>;
  struct MarkHash {
    std::size_t operator()(const Mark& mark) const { return load_le<std::size_t>(mark.data()); }
  };

  Task<Result<Key>> key();
  Mark mark_of(UserId user, AuthKeyId session, const IpAddress& address, std::uint16_t port) const;
  std::optional<Entry> recall(const Mark& mark);
  void remember(const Mark& mark, const Entry& entry);
  RowSecret take_secret(const Key& key);

  JournalParts parts_;
  const crypto::SecretKey marks_;
  std::mutex mutex_;
  // Under mutex_. Two generations: the older one is forgotten when the younger is full.
  std::unordered_map<Mark, Entry, MarkHash> young_, old_;
  std::vector<RowSecret> ready_;
  std::int64_t ready_for_ = 0;  // the number of the key
  std::optional<Key> key_;
  bool key_read_ = false;
  Monotonic key_read_at_;
  JournalStats stats_;
};

}  // namespace heliograph::legal
