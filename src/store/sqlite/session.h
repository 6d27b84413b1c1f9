// What the tables of one connection share: the connection, and on the writer the state of the running body.
#pragma once

#include <vector>

#include "store/sqlite/boxes.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counts.h"
#include "store/updates.h"

namespace heliograph::store::sqlite {

// Rows of one box, by their number in it: see schema.cc.
constexpr std::int64_t key_of(BoxId owner, std::int32_t number) {
  return owner.value * (std::int64_t{1} << 31) | number;
}
// Just behind the box's last row.
constexpr std::int64_t end_of(BoxId owner) {
  return key_of(BoxId::from_value(owner.value + 1), 0);
}
constexpr BoxId owner_of(std::int64_t key) {
  return BoxId::from_value(key >> 31);
}
constexpr std::int32_t number_of(std::int64_t key) {
  return static_cast<std::int32_t>(key & 0x7fffffff);
}
// The largest id of an account or a channel that leaves room for the number.
inline constexpr std::int64_t kOwnerLimit = (std::int64_t{1} << 32) - 1;

struct Session {
  Connection& db;
  Boxes* boxes = nullptr;                            // null on a reader
  std::vector<Publication>* publications = nullptr;  // null on a reader
  Counts* counts = nullptr;                          // null on the writer, whose counts may be rolled back
  bool savepoints = false;  // each body that changes something gets one: see writer.h
  bool changed = false;     // by the running body

  // First call of everything that changes a row; refuses on a reader.
  Status changing() {
    if (!boxes) return fail(Error::internal("STORE_READ_TX", "A read transaction cannot change anything."));
    if (changed) return {};
    if (savepoints) HG_TRY(db.run("SAVEPOINT body"));
    changed = true;
    return {};
  }
  Result<Box> box(BoxId account) {
    if (!boxes) return load_box(db, account);
    HG_ASSIGN(const Box* found, boxes->find(account));
    return *found;
  }
};

}  // namespace heliograph::store::sqlite
