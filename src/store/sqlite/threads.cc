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
  return db_.run("INSERT OR REPLACE INTO thread_reads (thread, account, inbox, outbox) VALUES (?, ?, ?, ?)",
                 key_of(box, top.value), account, read.inbox, read.outbox);
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
  return static_cast<std::int32_t>(count);
}

}  // namespace heliograph::store::sqlite
