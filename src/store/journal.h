// The sealed journal of addresses: from where each account was connected, and when. What is sealed can be
// read with the shares of several officers alone (src/legal/journal); the store knows whose a row is and in
// which hours it lies, so that rows can be found, kept and destroyed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

struct JournalRow {
  std::int64_t id = 0;  // 0 on add: the store numbers it
  UserId user;
  Bytes tag;             // 16 random bytes, unique: what the seal is bound to
  std::int64_t key = 0;  // JournalKey::number, which it is sealed to
  UnixSeconds from = 0;  // the first second of the hour in which it was first seen
  UnixSeconds to = 0;    // the first second after the hour in which it was last seen
  Bytes sealed;
};

// What rows are sealed to. The newest one that is not retired is in use; older ones stay as long as rows do.
struct JournalKey {
  std::int64_t number = 0;  // 0 on add
  std::string text;         // legal/journal/key.h
  UnixSeconds installed_at = 0;
  UnixSeconds retired_at = 0;  // 0: in use
};

// Somebody may ask for these rows later: until then they are not destroyed.
struct JournalHold {
  std::int64_t id = 0;       // 0 on add
  std::int64_t request = 0;  // why
  UserId user;
  UnixSeconds from = 0, to = 0;  // which rows: those that overlap [from, to)
  UnixSeconds until = 0;         // when the hold ends by itself
};

struct JournalFigures {
  std::int64_t rows = 0;
  UnixSeconds oldest = 0;  // the smallest `from`; 0: there are none
  std::int64_t held = 0;   // holds that have not ended
};

class JournalTable {
 public:
  virtual ~JournalTable() = default;

  // internal JOURNAL_TAG_TWICE.
  virtual Result<std::int64_t> add(const JournalRow& row) = 0;
  // Replaces key, times and what is sealed. False: it is gone.
  virtual Result<bool> update(const JournalRow& row) = 0;
  // Of the user, those that overlap [from, to), by number, after `after`.
  virtual Result<std::vector<JournalRow>> rows(UserId user, UnixSeconds from, UnixSeconds to,
                                               std::int64_t after, std::size_t limit) = 0;
  // Destroys rows that end at `before` or earlier, and that no hold keeps at `now`; and forgets who had a
  // name that was given up before. Gives how many rows; as many as `limit`: there may be more.
  virtual Result<std::size_t> sweep(UnixSeconds before, UnixSeconds now, std::size_t limit) = 0;

  // Gives its number; those in use before are retired.
  virtual Result<std::int64_t> add_key(const JournalKey& key) = 0;
  // Another text for the same key: its shares were dealt again. not_found JOURNAL_KEY_UNKNOWN.
  virtual Status update_key(const JournalKey& key) = 0;
  virtual Result<std::vector<JournalKey>> keys() = 0;  // newest first
  virtual Result<std::optional<JournalKey>> find_key(std::int64_t number) = 0;

  // Gives its number.
  virtual Result<std::int64_t> add_hold(const JournalHold& hold) = 0;
  virtual Result<std::vector<JournalHold>> holds_of(std::int64_t request) = 0;
  // They end at `until`, unless they end before.
  virtual Status end_holds(std::int64_t request, UnixSeconds until) = 0;
  // They end at `until`, in place of what was said before.
  virtual Status extend_holds(std::int64_t request, UnixSeconds until) = 0;

  virtual Result<JournalFigures> figures(UnixSeconds now) = 0;
};

}  // namespace heliograph::store
