// The step of the schema that brings threads of answers to the General topic; see schema.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kGeneralThreads = R"sql(
ALTER TABLE messages ADD COLUMN subthread INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_subthread ON messages (owner, subthread, key) WHERE subthread != 0;
)sql";

}  // namespace heliograph::store::sqlite
