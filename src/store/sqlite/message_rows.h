// The columns of a message and how they are read: shared by the files that implement SqliteMessages.
#pragma once

#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

#define HG_MESSAGE_COLUMNS                                                                           \
  "key, peer, from_user, link, flags, date, edited_at, expires_at, random_id, kind, thread, album, " \
  "saved_peer, text, content, subthread"

inline Message read_message(Row& row) {
  Message message;
  std::int64_t key = 0;
  row.read(key, message.peer, message.from, message.link, message.flags, message.date, message.edited_at,
           message.expires_at, message.random_id, message.kind, message.thread, message.album,
           message.saved_peer, message.text, message.content, message.subthread);
  message.owner = owner_of(key);
  message.id = MessageId{number_of(key)};
  return message;
}

}  // namespace heliograph::store::sqlite
