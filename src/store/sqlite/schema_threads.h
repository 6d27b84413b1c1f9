// The step of the schema that brings the counts of threads; see schema.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kThreadTables = R"sql(
CREATE TABLE threads (
  key INTEGER PRIMARY KEY,                -- as of messages: the one it begins with
  replies INTEGER NOT NULL,
  max_id INTEGER NOT NULL,
  recent_1 INTEGER NOT NULL,              -- peers; the latest first
  recent_2 INTEGER NOT NULL,
  recent_3 INTEGER NOT NULL
) STRICT;

CREATE TABLE thread_reads (
  thread INTEGER NOT NULL,                -- as of threads
  account INTEGER NOT NULL,
  inbox INTEGER NOT NULL,
  outbox INTEGER NOT NULL,
  PRIMARY KEY (thread, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_reads_account ON thread_reads (account);
-- Threads that are there already.
INSERT INTO threads SELECT (owner << 31) | thread, count(*), max(id), 0, 0, 0 FROM messages
  WHERE thread != 0 AND (flags & 32) = 0 GROUP BY owner, thread;
DELETE FROM threads WHERE key NOT IN (SELECT key FROM messages);
UPDATE messages SET flags = flags | 131072 WHERE key IN (SELECT key FROM threads);
)sql";

}  // namespace heliograph::store::sqlite
