#include "store/sqlite/staff_reads.h"

#include "store/sqlite/open.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/staff_table.h"

namespace heliograph::store::sqlite {

Status record_staff_read(const std::filesystem::path& place, const StaffRead& read) {
  return change_staff(place, [&](Staff& staff) { return staff.record_read(read); });
}

Result<std::vector<StaffRead>> staff_reads(const std::filesystem::path& place) {
  HG_ASSIGN(const auto path, find_database(place));
  HG_ASSIGN(const auto db, Connection::open(path.string(), {.read_only = true, .cache_kib = 256}));
  HG_TRY(current(*db));
  return db->all("SELECT id, at, who, what, account, reason FROM staff_reads ORDER BY id", [](Row& row) {
    StaffRead read;
    row.read(read.id, read.at, read.who, read.what, read.account, read.reason);
    return read;
  });
}

}  // namespace heliograph::store::sqlite
