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

// People and channels are found in the index; these were for finding them here.
inline constexpr std::string_view kNoNameIndexes = R"sql(
DROP INDEX accounts_name;
DROP INDEX chats_title;
ALTER TABLE chats DROP COLUMN title_key;
)sql";

}  // namespace heliograph::store::sqlite
