// What people on the staff have read of others' data: see store/sqlite/staff_reads.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kStaffTables = R"sql(
CREATE TABLE staff_reads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  account INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE TRIGGER staff_reads_stay BEFORE DELETE ON staff_reads
  BEGIN SELECT raise(ABORT, 'the journal of staff reads is only added to'); END;
CREATE TRIGGER staff_reads_are_so BEFORE UPDATE ON staff_reads
  BEGIN SELECT raise(ABORT, 'the journal of staff reads is only added to'); END;
)sql";

}  // namespace heliograph::store::sqlite
