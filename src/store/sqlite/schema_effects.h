// What enforcement does to channels and by country, and what of it ends by itself: see store/deadlines.h,
// store/chats.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kEffectTables = R"sql(
CREATE TABLE deadlines (
  case_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  kind INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (case_id, subject, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX deadlines_at ON deadlines (at);

ALTER TABLE accounts ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN closed_why TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN barred_in TEXT NOT NULL DEFAULT '';
ALTER TABLE chats ADD COLUMN barred_why TEXT NOT NULL DEFAULT '';
)sql";

}  // namespace heliograph::store::sqlite
