// Groups and channels; who is in them is in members.cc.
#include <algorithm>

#include "store/sqlite/tables.h"
#include "store/sqlite/usernames.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_CHAT_COLUMNS                                                                                   \
  "peer, kind, creator, flags, title, about, username, default_banned, slow_mode, ttl_period, linked, "   \
  "migrated, migrated_max_id, photo, members, admins, restricted, banned, version, created_at, details, " \
  "closed_why, barred_in, barred_why"

Chat read_chat(Row& row) {
  Chat chat;
  row.read(chat.peer, chat.kind, chat.creator, chat.flags, chat.title, chat.about, chat.username,
           chat.default_banned, chat.slow_mode, chat.ttl_period, chat.linked, chat.migrated,
           chat.migrated_max_id, chat.photo, chat.members, chat.admins, chat.restricted, chat.banned,
           chat.version, chat.created_at, chat.details, chat.closed_why, chat.barred_in, chat.barred_why);
  return chat;
}

}  // namespace

Result<Peer> SqliteChats::insert(const Chat& chat) {
  HG_TRY(session_.changing());
  HG_ASSIGN(const auto id,
            chat.peer.is_channel() ? session_.boxes->next_channel() : session_.boxes->next_group());
  if (id > kOwnerLimit) return fail(Error::internal("STORE_ID_RANGE", "Ids of chats have 32 bits here."));
  const Peer peer{chat.peer.kind, id};
  const auto key = fold_username(chat.username);
  HG_TRY(take_username(session_, peer, key));
  HG_TRY(db_.run("INSERT INTO chats (" HG_CHAT_COLUMNS
                 ", username_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, "
                 "?, ?, ?, ?, ?, ?, ?)",
                 peer, chat.kind, chat.creator, chat.flags, chat.title, chat.about, chat.username,
                 chat.default_banned, chat.slow_mode, chat.ttl_period, chat.linked, chat.migrated,
                 chat.migrated_max_id, chat.photo, chat.version, chat.created_at, chat.details,
                 chat.closed_why, chat.barred_in, chat.barred_why, OrNull::of(std::string_view(key))));
  return peer;
}

Result<std::optional<Chat>> SqliteChats::find(Peer peer) {
  return db_.one("SELECT " HG_CHAT_COLUMNS " FROM chats WHERE peer = ?", read_chat, peer);
}

Result<std::vector<Chat>> SqliteChats::find_many(const std::vector<Peer>& peers) {
  std::vector<Chat> chats;
  chats.reserve(peers.size());
  for (const auto peer : peers) {
    HG_ASSIGN(auto found, find(peer));
    if (found) chats.push_back(std::move(*found));
  }
  return chats;
}

Status SqliteChats::update(const Chat& chat) {
  HG_TRY(session_.changing());
  const auto key = fold_username(chat.username);
  HG_TRY(take_username(session_, chat.peer, key));
  HG_TRY(
      db_.run("UPDATE chats SET kind = ?, creator = ?, flags = ?, title = ?, about = ?, username = ?, "
              "default_banned = ?, slow_mode = ?, ttl_period = ?, linked = ?, migrated = ?, "
              "migrated_max_id = ?, photo = ?, version = ?, details = ?, closed_why = ?, barred_in = ?, "
              "barred_why = ?, username_key = ? "
              "WHERE peer = ?",
              chat.kind, chat.creator, chat.flags, chat.title, chat.about, chat.username, chat.default_banned,
              chat.slow_mode, chat.ttl_period, chat.linked, chat.migrated, chat.migrated_max_id, chat.photo,
              chat.version, chat.details, chat.closed_why, chat.barred_in, chat.barred_why,
              OrNull::of(std::string_view(key)), chat.peer));
  if (db_.changes() == 0) return fail(Error::not_found("CHAT_ID_INVALID"));
  return {};
}

Result<std::optional<Peer>> SqliteChats::resolve(std::string_view username) {
  return owner_of_username(session_, fold_username(username));
}

Result<std::vector<Peer>> SqliteChats::named(Peer after, std::size_t limit) {
  std::vector<Peer> found;
  for (const auto kind : {PeerKind::user, PeerKind::channel}) {
    if (kind < after.kind || found.size() >= limit) continue;
    const Peer from{kind, kind == after.kind ? after.id : 0};
    HG_TRY(db_.each(
        "SELECT peer FROM usernames WHERE peer > ?1 AND (peer & 3) = (?1 & 3) ORDER BY peer LIMIT ?2",
        [&](Row& row) {
          found.push_back(row.get<Peer>());
          return true;
        },
        from, limit - found.size()));
  }
  return found;
}

Result<std::vector<Peer>> SqliteChats::list(Peer after, std::size_t limit) {
  return db_.all(
      "SELECT peer FROM chats WHERE peer > ? AND (flags & 1) = 0 ORDER BY peer LIMIT ?",
      [](Row& row) { return row.get<Peer>(); }, after ? pack(after) : std::int64_t{0}, limit);
}

static_assert(chat_deleted == 1, "the SQL above tests this bit");

}  // namespace heliograph::store::sqlite
