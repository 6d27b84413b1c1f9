// The step of the schema that files saved messages by where they came from; see schema.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

// What was saved before is filed under the account itself: where it came from is not for SQL to read.
inline constexpr std::string_view kSavedMessages = R"sql(
ALTER TABLE messages ADD COLUMN saved_peer INTEGER NOT NULL DEFAULT 0;
UPDATE messages SET saved_peer = peer WHERE key > 0 AND peer = (key >> 31) * 4 + 1;
CREATE INDEX messages_saved ON messages (owner, saved_peer, key) WHERE saved_peer != 0;
)sql";

}  // namespace heliograph::store::sqlite
