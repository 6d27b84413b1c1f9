// The log of what is to be indexed: see store/search_log.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kSearchTables = R"sql(
CREATE TABLE search_changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given out twice
  kind INTEGER NOT NULL,
  peer INTEGER NOT NULL,
  message INTEGER NOT NULL
) STRICT;
)sql";

}  // namespace heliograph::store::sqlite
