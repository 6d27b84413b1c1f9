// The tables of built-in bots: see store/bots.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kBotTables = R"sql(
CREATE TABLE bot_mail (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  bot INTEGER NOT NULL,
  user INTEGER NOT NULL,
  link INTEGER NOT NULL,
  start TEXT NOT NULL,
  tries INTEGER NOT NULL,
  due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX bot_mail_user ON bot_mail (user);

CREATE TABLE bot_talks (
  bot INTEGER NOT NULL,
  user INTEGER NOT NULL,
  state BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (bot, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX bot_talks_expires ON bot_talks (expires_at);
CREATE INDEX bot_talks_user ON bot_talks (user);
)sql";

}  // namespace heliograph::store::sqlite
