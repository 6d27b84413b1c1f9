// Scheduled messages: a small table of their own, outside the box until they are sent.
#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_SCHEDULED_COLUMNS                                                                               \
  "owner, id, peer, from_user, link, flags, date, edited_at, expires_at, random_id, kind, thread, album, " \
  "text, content"

Message read_scheduled(Row& row) {
  Message message;
  row.read(message.owner, message.id, message.peer, message.from, message.link, message.flags, message.date,
           message.edited_at, message.expires_at, message.random_id, message.kind, message.thread,
           message.album, message.text, message.content);
  return message;
}

}  // namespace

Result<Message> SqliteMessages::append_scheduled(Message message) {
  HG_TRY(session_.changing());
  HG_ASSIGN(Box * box, session_.boxes->change(message.owner));
  message.id = MessageId{++box->last_scheduled};
  HG_TRY(db_.run("INSERT INTO scheduled_messages (" HG_SCHEDULED_COLUMNS
                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 message.owner, message.id, message.peer, message.from, message.link, message.flags,
                 message.date, message.edited_at, message.expires_at, message.random_id, message.kind,
                 message.thread, message.album, message.text, message.content));
  return message;
}

Result<std::vector<Message>> SqliteMessages::scheduled(BoxId owner, Peer peer) {
  return db_.all("SELECT " HG_SCHEDULED_COLUMNS
                 " FROM scheduled_messages WHERE owner = ? AND peer = ? ORDER BY date, id",
                 read_scheduled, owner, peer);
}

Result<std::optional<Message>> SqliteMessages::find_scheduled(BoxId owner, MessageId id) {
  return db_.one("SELECT " HG_SCHEDULED_COLUMNS " FROM scheduled_messages WHERE owner = ? AND id = ?",
                 read_scheduled, owner, id);
}

Status SqliteMessages::update_scheduled(const Message& message) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "UPDATE scheduled_messages SET flags = ?, kind = ?, date = ?, edited_at = ?, expires_at = ?, text = ?, "
      "content = ? WHERE owner = ? AND id = ?",
      message.flags, message.kind, message.date, message.edited_at, message.expires_at, message.text,
      message.content, message.owner, message.id));
  if (db_.changes() == 0) return fail(Error::not_found("MESSAGE_ID_INVALID"));
  return {};
}

Status SqliteMessages::erase_scheduled(BoxId owner, MessageId id) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM scheduled_messages WHERE owner = ? AND id = ?", owner, id);
}

Result<std::vector<Message>> SqliteMessages::due(UnixSeconds now, std::size_t limit) {
  return db_.all("SELECT " HG_SCHEDULED_COLUMNS
                 " FROM scheduled_messages WHERE date <= ? ORDER BY date, owner, id LIMIT ?",
                 read_scheduled, now, limit);
}

Result<std::vector<Message>> SqliteMessages::scheduled_for(Peer peer, UnixSeconds date, UserId after_owner,
                                                           MessageId after_id, std::size_t limit) {
  return db_.all("SELECT " HG_SCHEDULED_COLUMNS
                 " FROM scheduled_messages WHERE date = ? AND peer = ? AND (owner, id) > (?, ?) ORDER BY "
                 "owner, id LIMIT ?",
                 read_scheduled, date, peer, after_owner, after_id, limit);
}

}  // namespace heliograph::store::sqlite
