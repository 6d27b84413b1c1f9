// The tables of groups and channels: see store/chats.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kChatTables = R"sql(
-- Boxes of channels have negative numbers: see base/ids.h (BoxId).
ALTER TABLE messages ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN thread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN album INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scheduled_messages ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scheduled_messages ADD COLUMN thread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scheduled_messages ADD COLUMN album INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_thread ON messages (owner, thread, key) WHERE thread != 0;
CREATE INDEX messages_kind ON messages (owner, peer, kind, key) WHERE kind != 0;

CREATE TABLE chats (
  peer INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  creator INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,                -- folded
  about TEXT NOT NULL,
  username TEXT NOT NULL,                 -- as spelt; empty: private
  username_key TEXT UNIQUE,               -- folded; NULL: private
  default_banned INTEGER NOT NULL,
  slow_mode INTEGER NOT NULL,
  ttl_period INTEGER NOT NULL,
  linked INTEGER NOT NULL,
  migrated INTEGER NOT NULL,
  migrated_max_id INTEGER NOT NULL,
  photo INTEGER NOT NULL,
  members INTEGER NOT NULL,
  admins INTEGER NOT NULL,
  restricted INTEGER NOT NULL,
  banned INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  details BLOB NOT NULL
) STRICT;
CREATE INDEX chats_title ON chats (title_key) WHERE username_key IS NOT NULL;

CREATE TABLE members (
  chat INTEGER NOT NULL,
  user INTEGER NOT NULL,
  status INTEGER NOT NULL,
  admin_rights INTEGER NOT NULL,
  banned INTEGER NOT NULL,
  until INTEGER NOT NULL,
  rank TEXT NOT NULL,
  by_user INTEGER NOT NULL,
  inviter INTEGER NOT NULL,
  date INTEGER NOT NULL,
  joined_at INTEGER NOT NULL,
  history_from INTEGER NOT NULL,
  link INTEGER NOT NULL,
  wrote_at INTEGER NOT NULL,
  PRIMARY KEY (chat, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_user ON members (user, status, chat);
CREATE INDEX members_order ON members (chat, status, date DESC, user);
CREATE INDEX members_until ON members (until) WHERE until != 0;

-- Accounts and channels share one space of names.
CREATE TABLE usernames (
  key TEXT PRIMARY KEY,                   -- folded
  peer INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX usernames_peer ON usernames (peer);
INSERT INTO usernames SELECT username_key, id * 4 + 1 FROM accounts WHERE username_key IS NOT NULL;
)sql";

// Channels that supergroups do not want.
inline constexpr std::string_view kChannelBans = R"sql(
CREATE TABLE channel_bans (
  chat INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  by_user INTEGER NOT NULL,
  date INTEGER NOT NULL,
  PRIMARY KEY (chat, channel)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace heliograph::store::sqlite
