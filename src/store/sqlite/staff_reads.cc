#include "store/sqlite/staff_reads.h"

#include "store/sqlite/open.h"
#include "store/sqlite/schema.h"

namespace heliograph::store::sqlite {

namespace {

Result<std::unique_ptr<Connection>> connect(const std::filesystem::path& place, bool read_only) {
  HG_ASSIGN(const auto path, find_database(place));
  HG_ASSIGN(auto db, Connection::open(path.string(), {.read_only = read_only, .cache_kib = 256}));
  HG_TRY(current(*db));
  return db;
}

}  // namespace

Status record_staff_read(const std::filesystem::path& place, const StaffRead& read) {
  HG_ASSIGN(const auto db, connect(place, false));
  return db->run("INSERT INTO staff_reads (at, who, what, account, reason) VALUES (?, ?, ?, ?, ?)", read.at,
                 read.who, read.what, read.account, read.reason);
}

Result<std::vector<StaffRead>> staff_reads(const std::filesystem::path& place) {
  HG_ASSIGN(const auto db, connect(place, true));
  return db->all("SELECT id, at, who, what, account, reason FROM staff_reads ORDER BY id", [](Row& row) {
    StaffRead read;
    row.read(read.id, read.at, read.who, read.what, read.account, read.reason);
    return read;
  });
}

}  // namespace heliograph::store::sqlite
