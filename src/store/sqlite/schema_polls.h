// The step of the schema that brings polls; see store/polls.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kPollTables = R"sql(
CREATE TABLE polls (
  id INTEGER PRIMARY KEY,
  closed INTEGER NOT NULL,
  close_at INTEGER NOT NULL,              -- 0: does not close by itself
  voters INTEGER NOT NULL,
  words TEXT NOT NULL
) STRICT;
CREATE INDEX polls_close_at ON polls (close_at) WHERE close_at != 0 AND closed = 0;

-- Which messages show it.
CREATE TABLE poll_places (
  link INTEGER PRIMARY KEY,
  poll INTEGER NOT NULL
) STRICT;
CREATE INDEX poll_places_poll ON poll_places (poll, link);

-- All rows of one user's vote bear the same date.
CREATE TABLE poll_votes (
  poll INTEGER NOT NULL,
  user INTEGER NOT NULL,
  answer INTEGER NOT NULL,
  date INTEGER NOT NULL,
  PRIMARY KEY (poll, user, answer)
) STRICT, WITHOUT ROWID;
CREATE INDEX poll_votes_date ON poll_votes (poll, date, user);
CREATE INDEX poll_votes_answer ON poll_votes (poll, answer, date, user);

-- How many rows of `poll_votes` there are of each.
CREATE TABLE poll_counts (
  poll INTEGER NOT NULL,
  answer INTEGER NOT NULL,
  votes INTEGER NOT NULL,
  PRIMARY KEY (poll, answer)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace heliograph::store::sqlite
