// The step of the schema that finds what is pinned or has a link without reading a whole dialog; see
// schema.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kOverviewIndexes = R"sql(
CREATE INDEX messages_pinned ON messages (owner, peer, key) WHERE (flags & 16) != 0;
CREATE INDEX messages_links ON messages (owner, peer, key) WHERE (flags & 512) != 0;
)sql";

}  // namespace heliograph::store::sqlite
