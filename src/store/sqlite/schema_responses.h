// The step of the schema that brings mentions, views and reactions; see schema.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kResponseTables = R"sql(
CREATE TABLE attention (
  account INTEGER NOT NULL,
  peer INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  message INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  PRIMARY KEY (account, peer, kind, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX attention_unread ON attention (account, peer, kind, message) WHERE unread != 0;
CREATE INDEX attention_message ON attention (peer, message);

CREATE TABLE post_counts (
  key INTEGER PRIMARY KEY,                -- as of messages
  views INTEGER NOT NULL,
  forwards INTEGER NOT NULL
) STRICT;

CREATE TABLE reactions (
  link INTEGER NOT NULL,
  user INTEGER NOT NULL,
  position INTEGER NOT NULL,
  reaction TEXT NOT NULL,
  date INTEGER NOT NULL,
  big INTEGER NOT NULL,
  PRIMARY KEY (link, user, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX reactions_date ON reactions (link, date, user);

-- How many rows of `reactions` there are of each; a post may have very many.
CREATE TABLE reaction_counts (
  link INTEGER NOT NULL,
  reaction TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (link, reaction)
) STRICT, WITHOUT ROWID;

CREATE TABLE reaction_policies (
  peer INTEGER PRIMARY KEY,
  everything INTEGER NOT NULL,
  some TEXT NOT NULL,                     -- separated by spaces
  count_limit INTEGER NOT NULL
) STRICT;
)sql";

}  // namespace heliograph::store::sqlite
