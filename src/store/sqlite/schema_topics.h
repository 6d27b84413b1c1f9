// The step of the schema that brings the topics of forums; see schema.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kTopicTables = R"sql(
CREATE TABLE topics (
  key INTEGER PRIMARY KEY,                -- as of messages: the one it begins with
  box INTEGER AS (key >> 31),
  creator INTEGER NOT NULL,
  shown_as INTEGER NOT NULL,
  date INTEGER NOT NULL,
  title TEXT NOT NULL,
  icon_color INTEGER NOT NULL,
  icon_emoji INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  titled_by INTEGER NOT NULL,
  top INTEGER NOT NULL,                   -- the newest message in it
  pinned_order INTEGER NOT NULL
) STRICT;
CREATE INDEX topics_order ON topics (box, top);

-- What an account keeps about a thread beside how far it has read.
ALTER TABLE thread_reads ADD COLUMN draft BLOB NOT NULL DEFAULT x'';
ALTER TABLE thread_reads ADD COLUMN notify BLOB NOT NULL DEFAULT x'';

-- Forums that there are already have one topic.
UPDATE messages SET thread = 1 WHERE key < 0 AND
  peer IN (SELECT peer FROM chats WHERE (flags & 33) = 32);
UPDATE messages SET flags = flags & ~131072 WHERE key < 0 AND
  peer IN (SELECT peer FROM chats WHERE (flags & 33) = 32);
DELETE FROM threads WHERE (key >> 31) IN (SELECT -(peer >> 2) FROM chats WHERE (flags & 33) = 32);
INSERT INTO topics (key, creator, shown_as, date, title, icon_color, icon_emoji, flags, titled_by, top, pinned_order)
  SELECT -(peer >> 2) * 2147483648 + 1, creator, 0, created_at, 'General', 7322096, 0, 0, 0,
    coalesce((SELECT max(m.id) FROM messages m WHERE m.owner = -(c.peer >> 2) AND m.peer = c.peer), 1), 0
  FROM chats c WHERE (flags & 33) = 32 AND (peer & 3) = 3;
)sql";

}  // namespace heliograph::store::sqlite
