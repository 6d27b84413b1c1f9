// The step of the schema that brings stickers; see schema.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kStickerTables = R"sql(
CREATE TABLE sticker_sets (
  id INTEGER PRIMARY KEY,
  owner INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  short_name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,          -- short_name, folded
  title TEXT NOT NULL,
  search_key TEXT NOT NULL,               -- title and short_name, folded
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX sticker_sets_owner ON sticker_sets (owner, id);

CREATE TABLE stickers (
  sticker_set INTEGER NOT NULL,
  position INTEGER NOT NULL,
  document INTEGER NOT NULL,
  emoji TEXT NOT NULL,
  PRIMARY KEY (sticker_set, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE installed_sets (
  account INTEGER NOT NULL,
  sticker_set INTEGER NOT NULL,
  number INTEGER NOT NULL,                -- the highest is at the top
  archived INTEGER NOT NULL,
  installed_at INTEGER NOT NULL,
  PRIMARY KEY (account, sticker_set)
) STRICT, WITHOUT ROWID;
CREATE INDEX installed_sets_set ON installed_sets (sticker_set);
)sql";

}  // namespace heliograph::store::sqlite
