// The tables of invite links and of the administrators' log: see store/invites.h, store/admin_log.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kInviteTables = R"sql(
CREATE TABLE invites (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat INTEGER NOT NULL,
  admin INTEGER NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  flags INTEGER NOT NULL,
  title TEXT NOT NULL,
  date INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  usage_limit INTEGER NOT NULL,
  usage INTEGER NOT NULL
) STRICT;
CREATE INDEX invites_admin ON invites (chat, admin, id);

CREATE TABLE invite_importers (
  chat INTEGER NOT NULL,
  user INTEGER NOT NULL,
  link INTEGER NOT NULL,                  -- 0: the public name
  date INTEGER NOT NULL,
  requested INTEGER NOT NULL,
  approved_by INTEGER NOT NULL,
  PRIMARY KEY (chat, user, link)
) STRICT, WITHOUT ROWID;
CREATE INDEX invite_importers_chat ON invite_importers (chat, requested, date, user);
CREATE INDEX invite_importers_link ON invite_importers (link, requested, date, user);

CREATE TABLE admin_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat INTEGER NOT NULL,
  user INTEGER NOT NULL,
  date INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  body BLOB NOT NULL,
  text_key TEXT NOT NULL                  -- folded
) STRICT;
CREATE INDEX admin_log_chat ON admin_log (chat, id);
CREATE INDEX admin_log_date ON admin_log (date);
)sql";

}  // namespace heliograph::store::sqlite
