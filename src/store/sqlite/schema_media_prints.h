// What files' contents look like: see store/media_prints.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kMediaPrints = R"sql(
CREATE TABLE media_prints (
  content BLOB PRIMARY KEY,
  origin BLOB NOT NULL,
  pdq_quality INTEGER NOT NULL,
  pdq BLOB NOT NULL,
  image_model TEXT NOT NULL,
  sexual INTEGER NOT NULL                 -- thousandths
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace heliograph::store::sqlite
