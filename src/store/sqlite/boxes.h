// Where each box's numbering stands (last message id, pts, seq): touched by every message, so the writer
// keeps it in memory and writes each changed row once a group. The only writer of these rows is this object.
// Owned by the writer's thread.
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "store/sqlite/connection.h"

namespace heliograph::store::sqlite {

struct Box {
  std::int32_t last_message = 0;
  std::int32_t last_scheduled = 0;
  std::int32_t pts = 1;
  std::int32_t seq = 1;
  UnixSeconds date = 0;
  std::int32_t oldest_pts = 1;
  std::int64_t erasures = 0;
  UnixSeconds logged_from = 0;
  bool stored = false;  // has a row, with this logged_from:
  UnixSeconds stored_logged_from = 0;
};

// As stored, for readers; the defaults when there is no row.
Result<Box> load_box(Connection& db, BoxId account);

class Boxes {
 public:
  // `capacity`: how many boxes are remembered from one group to the next.
  explicit Boxes(Connection& db, std::size_t capacity = 100'000) : db_(db), capacity_(capacity) {}

  // To look at. Valid until the next call.
  Result<const Box*> find(BoxId account);
  // To change; written by flush(). Valid until the next call.
  Result<Box*> change(BoxId account);
  Result<std::int64_t> next_link();
  Result<std::int64_t> next_user();
  Result<std::int64_t> next_group();
  Result<std::int64_t> next_channel();

  // One body of the group: commit_body() keeps its changes, undo_body() takes them back.
  void commit_body() { undo_.clear(), counters_before_ = counters_; }
  void undo_body();
  // Writes what the group has changed. Call inside its transaction.
  Status flush();
  // After the group's commit: everything in memory is on disk.
  void committed();
  // After the group's rollback: nothing in memory can be trusted.
  void forget();

 private:
  struct Entry {
    Box box;
    bool dirty = false;
  };
  struct Counters {
    std::int64_t link = -1;  // -1: not read yet
    std::int64_t user = -1;
    std::int64_t group = -1;
    std::int64_t channel = -1;
    bool dirty = false;
  };
  Result<Entry*> entry(BoxId account);
  Status load_counters();

  Connection& db_;
  std::size_t capacity_;
  std::unordered_map<BoxId, Entry> entries_;
  std::vector<BoxId> dirty_;
  std::vector<std::pair<BoxId, Entry>> undo_;
  Counters counters_;
  Counters counters_before_;
};

}  // namespace heliograph::store::sqlite
