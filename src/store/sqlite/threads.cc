#include "store/sqlite/response_tables.h"

namespace heliograph::store::sqlite {

Result<ThreadCount> SqliteThreads::find(BoxId box, MessageId top) {
  HG_ASSIGN(auto found, db_.one(
                            "SELECT replies, max_id, recent_1, recent_2, recent_3 FROM threads WHERE key = ?",
                            [](Row& row) {
                              ThreadCount count;
                              row.read(count.replies, count.max_id);
                              for (std::size_t i = 0; i < ThreadCount::recent_max; ++i) {
                                if (const auto peer = row.get<Peer>()) count.recent.push_back(peer);
                              }
                              return count;
                            },
                            key_of(box, top.value)));
  return found ? std::move(*found) : ThreadCount{};
}

Status SqliteThreads::put(BoxId box, MessageId top, const ThreadCount& count) {
  HG_TRY(session_.changing());
  const auto recent = [&](std::size_t at) { return at < count.recent.size() ? count.recent[at] : Peer{}; };
  return db_.run(
      "INSERT OR REPLACE INTO threads (key, replies, max_id, recent_1, recent_2, recent_3) VALUES "
      "(?, ?, ?, ?, ?, ?)",
      key_of(box, top.value), count.replies, count.max_id, recent(0), recent(1), recent(2));
}

Status SqliteThreads::erase(BoxId box, MessageId top) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM threads WHERE key = ?", key_of(box, top.value)));
  return db_.run("DELETE FROM thread_reads WHERE thread = ?", key_of(box, top.value));
}

Result<ThreadRead> SqliteThreads::read_by(UserId account, BoxId box, MessageId top) {
  HG_ASSIGN(const auto found, db_.one(
                                  "SELECT inbox, outbox FROM thread_reads WHERE thread = ? AND account = ?",
                                  [](Row& row) {
                                    ThreadRead read;
                                    row.read(read.inbox, read.outbox);
                                    return read;
                                  },
                                  key_of(box, top.value), account));
  return found.value_or(ThreadRead{});
}

Status SqliteThreads::set_read(UserId account, BoxId box, MessageId top, ThreadRead read) {
  HG_TRY(session_.changing());
  return db_.run(
      "INSERT INTO thread_reads (thread, account, inbox, outbox) VALUES (?1, ?2, ?3, ?4) ON CONFLICT "
      "(thread, "
      "account) DO UPDATE SET inbox = ?3, outbox = ?4",
      key_of(box, top.value), account, read.inbox, read.outbox);
}

// The statements differ in the column alone, whose name cannot be bound.
#define HG_NOTE_COLUMN(note, before, after) \
  ((note) == Note::draft ? before "draft" after : before "notify" after)

Result<Bytes> SqliteThreads::note(UserId account, BoxId box, MessageId top, Note note) {
  HG_ASSIGN(auto found,
            db_.one(
                HG_NOTE_COLUMN(note, "SELECT ", " FROM thread_reads WHERE thread = ? AND account = ?"),
                [](Row& row) { return row.get<Bytes>(); }, key_of(box, top.value), account));
  return found ? std::move(*found) : Bytes();
}

Status SqliteThreads::set_note(UserId account, BoxId box, MessageId top, Note note, ByteView value) {
  HG_TRY(session_.changing());
  HG_TRY(
      db_.run("INSERT INTO thread_reads (thread, account, inbox, outbox) VALUES (?, ?, 0, 0) ON CONFLICT DO "
              "NOTHING",
              key_of(box, top.value), account));
  return db_.run(HG_NOTE_COLUMN(note, "UPDATE thread_reads SET ", " = ? WHERE thread = ? AND account = ?"),
                 value, key_of(box, top.value), account);
}

Result<std::vector<Threads::Noted>> SqliteThreads::notes(UserId account, Note note) {
  const auto read = [](Row& row) {
    Noted noted;
    std::int64_t key = 0;
    row.read(key, noted.value);
    noted.box = owner_of(key);
    noted.top = MessageId{number_of(key)};
    return noted;
  };
  if (note == Note::draft) {
    return db_.all(
        "SELECT thread, draft FROM thread_reads WHERE account = ? AND length(draft) > 0 ORDER BY thread",
        read, account);
  }
  return db_.all(
      "SELECT thread, notify FROM thread_reads WHERE account = ? AND length(notify) > 0 ORDER BY thread",
      read, account);
}

Status SqliteThreads::forget_reader(UserId account) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM thread_reads WHERE account = ?", account);
}

Result<std::int32_t> SqliteThreads::count_after(BoxId box, MessageId top, MessageId after, UserId except) {
  HG_ASSIGN(const auto count,
            db_.number("SELECT count(*) FROM messages WHERE owner = ? AND thread != 0 AND thread = ? AND "
                       "key > ? AND from_user != ?",
                       0, box, top, key_of(box, after.value), except));
  HG_ASSIGN(const auto in_general,
            db_.number("SELECT count(*) FROM messages WHERE owner = ? AND subthread != 0 AND subthread = ? "
                       "AND key > ? AND from_user != ?",
                       0, box, top, key_of(box, after.value), except));
  return static_cast<std::int32_t>(count + in_general);
}

}  // namespace heliograph::store::sqlite
