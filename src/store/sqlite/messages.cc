// Messages in their boxes; scheduled ones are in scheduled.cc, reading by ranges in history.cc.
#include "store/sqlite/message_rows.h"

namespace heliograph::store::sqlite {

Result<std::optional<Message>> SqliteMessages::find_by_random_id(BoxId owner, UserId from,
                                                                 std::int64_t random_id) {
  return db_.one("SELECT " HG_MESSAGE_COLUMNS
                 " FROM messages WHERE owner = ? AND random_id = ? AND random_id != 0 AND from_user = ? "
                 "ORDER BY key LIMIT 1",
                 read_message, owner, random_id, from);
}

Result<Messages::Appended> SqliteMessages::append(Message message) {
  HG_TRY(session_.changing());
  if (message.random_id != 0) {
    HG_ASSIGN(auto first, find_by_random_id(message.owner, message.from, message.random_id));
    if (first) return Appended{std::move(*first), true};
  }
  HG_ASSIGN(Box * box, session_.boxes->change(message.owner));
  message.id = MessageId{++box->last_message};
  if (message.link == 0) {
    HG_ASSIGN(message.link, session_.boxes->next_link());
  }
  const auto& owner = message.owner;
  if (!message.saved_peer && !owner.is_channel() && message.peer == Peer::of(owner.user())) {
    message.saved_peer = message.peer;
  }
  HG_TRY(db_.run(
      "INSERT INTO messages (" HG_MESSAGE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      key_of(message.owner, message.id.value), message.peer, message.from, message.link, message.flags,
      message.date, message.edited_at, message.expires_at, message.random_id, message.kind, message.thread,
      message.album, message.saved_peer ? pack(message.saved_peer) : 0, message.text, message.content,
      message.subthread));
  return Appended{std::move(message), false};
}

Result<std::optional<Message>> SqliteMessages::find(BoxId owner, MessageId id) {
  if (id.value <= 0) return std::nullopt;
  return db_.one("SELECT " HG_MESSAGE_COLUMNS " FROM messages WHERE key = ?", read_message,
                 key_of(owner, id.value));
}

Result<std::vector<Message>> SqliteMessages::find_many(BoxId owner, const std::vector<MessageId>& ids) {
  std::vector<Message> messages;
  messages.reserve(ids.size());
  for (const auto id : ids) {
    HG_ASSIGN(auto found, find(owner, id));
    if (found) messages.push_back(std::move(*found));
  }
  return messages;
}

Result<std::vector<Message>> SqliteMessages::copies(std::int64_t link) {
  return db_.all("SELECT " HG_MESSAGE_COLUMNS " FROM messages WHERE link = ? ORDER BY key", read_message,
                 link);
}

Status SqliteMessages::update(const Message& message) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("UPDATE messages SET flags = ?, kind = ?, thread = ?, edited_at = ?, expires_at = ?, text = ?, "
              "content = ? WHERE key = ?",
              message.flags, message.kind, message.thread, message.edited_at, message.expires_at,
              message.text, message.content, key_of(message.owner, message.id.value)));
  if (db_.changes() == 0) return fail(Error::not_found("MESSAGE_ID_INVALID"));
  return {};
}

Status SqliteMessages::erase(BoxId owner, MessageId id) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM messages WHERE key = ?", key_of(owner, id.value)));
  if (db_.changes() == 0) return {};
  HG_ASSIGN(Box * box, session_.boxes->change(owner));
  ++box->erasures;
  return {};
}

Result<std::optional<Message>> SqliteMessages::newest(BoxId owner, Peer peer) {
  return db_.one("SELECT " HG_MESSAGE_COLUMNS
                 " FROM messages WHERE owner = ? AND peer = ? ORDER BY key DESC LIMIT 1",
                 read_message, owner, peer);
}

Result<std::vector<MessageId>> SqliteMessages::ids_up_to(BoxId owner, Peer peer, MessageId max_id,
                                                         std::size_t limit) {
  return db_.all(
      "SELECT id FROM messages WHERE owner = ? AND peer = ? AND key <= ? ORDER BY key LIMIT ?",
      [](Row& row) { return row.get<MessageId>(); }, owner, peer, key_of(owner, max_id.value), limit);
}

Result<std::int32_t> SqliteMessages::count_incoming(BoxId owner, Peer peer, MessageId after,
                                                    MessageId up_to) {
  HG_ASSIGN(const auto count,
            db_.number("SELECT count(*) FROM messages WHERE owner = ? AND peer = ? AND key > ? AND key <= ? "
                       "AND (flags & 1) = 0",
                       0, owner, peer, key_of(owner, after.value), key_of(owner, up_to.value)));
  return static_cast<std::int32_t>(count);
}

Result<std::int32_t> SqliteMessages::count_between(BoxId owner, MessageId after, MessageId up_to,
                                                   UserId except) {
  HG_ASSIGN(const auto count,
            db_.number("SELECT count(*) FROM messages WHERE key > ? AND key <= ? AND from_user != ?", 0,
                       key_of(owner, after.value), key_of(owner, up_to.value), except));
  return static_cast<std::int32_t>(count);
}

Result<MessageId> SqliteMessages::newest_outgoing(BoxId owner, Peer peer, MessageId up_to) {
  HG_ASSIGN(const auto id, db_.number("SELECT id FROM messages WHERE owner = ? AND peer = ? AND key <= ? AND "
                                      "(flags & 1) != 0 ORDER BY key DESC LIMIT 1",
                                      0, owner, peer, key_of(owner, up_to.value)));
  return MessageId{static_cast<std::int32_t>(id)};
}

Result<std::vector<Message>> SqliteMessages::expired(UnixSeconds now, std::size_t limit) {
  return db_.all("SELECT " HG_MESSAGE_COLUMNS
                 " FROM messages WHERE expires_at != 0 AND expires_at <= ? ORDER BY expires_at, key LIMIT ?",
                 read_message, now, limit);
}

static_assert(message_out == 1, "the SQL above tests this bit");

}  // namespace heliograph::store::sqlite
