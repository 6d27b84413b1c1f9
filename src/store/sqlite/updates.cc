#include <algorithm>
#include <limits>

#include "base/log.h"
#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_PTS_COLUMNS "key, pts_count, kind, date, message, body"
#define HG_SEQ_COLUMNS "key, kind, date, message, body"

Update read_pts_update(Row& row) {
  Update update;
  std::int64_t key = 0;
  row.read(key, update.pts_count, update.kind, update.date, update.message_id, update.body);
  update.box = owner_of(key);
  update.pts = number_of(key);
  return update;
}

Update read_seq_update(Row& row) {
  Update update;
  std::int64_t key = 0;
  row.read(key, update.kind, update.date, update.message_id, update.body);
  update.box = owner_of(key);
  update.seq = number_of(key);
  return update;
}

}  // namespace

Result<Update> SqliteUpdates::append(Publication publication) {
  HG_TRY(session_.changing());
  auto& update = publication.update;
  HG_ASSIGN(Box * box, session_.boxes->change(update.box));
  if (counts_in_pts(update.kind)) {
    update.pts_count = std::max(update.pts_count, 1);
    if (box->pts > std::numeric_limits<std::int32_t>::max() - update.pts_count) {
      return fail(Error::internal("STORE_BOX_FULL", "A box has used up its numbers."));
    }
    update.pts = box->pts += update.pts_count;
    update.seq = 0;
  } else {
    update.seq = ++box->seq;
    update.pts = update.pts_count = 0;
  }
  box->date = std::max(box->date, update.date);
  if (box->logged_from == 0 || update.date < box->logged_from)
    box->logged_from = std::max<UnixSeconds>(update.date, 1);
  if (update.pts) {
    HG_TRY(db_.run("INSERT INTO pts_updates (" HG_PTS_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)",
                   key_of(update.box, update.pts), update.pts_count, update.kind, update.date,
                   update.message_id, update.body));
  } else {
    HG_TRY(db_.run("INSERT INTO seq_updates (" HG_SEQ_COLUMNS ") VALUES (?, ?, ?, ?, ?)",
                   key_of(update.box, update.seq), update.kind, update.date, update.message_id, update.body));
  }
  session_.publications->push_back(std::move(publication));
  return session_.publications->back().update;
}

void SqliteUpdates::publish_transient(Publication publication) {
  if (!session_.publications) {
    log::error("store: a read transaction published an update; it is dropped");
    return;
  }
  publication.update.pts = publication.update.pts_count = publication.update.seq = 0;
  session_.publications->push_back(std::move(publication));
}

Result<State> SqliteUpdates::state(BoxId box_id) {
  HG_ASSIGN(const Box box, session_.box(box_id));
  return State{box.pts, box.seq, box.date};
}

Result<std::vector<Update>> SqliteUpdates::after_pts(BoxId box_id, std::int32_t pts, std::size_t limit) {
  return db_.all("SELECT " HG_PTS_COLUMNS " FROM pts_updates WHERE key > ? AND key < ? ORDER BY key LIMIT ?",
                 read_pts_update, key_of(box_id, std::max(pts, 0)), end_of(box_id), limit);
}

Result<std::size_t> SqliteUpdates::count_after_pts(BoxId box_id, std::int32_t pts, std::size_t limit) {
  HG_ASSIGN(const auto count,
            db_.number("SELECT count(*) FROM (SELECT 1 FROM pts_updates WHERE key > ? AND key < ? LIMIT ?)",
                       0, key_of(box_id, std::max(pts, 0)), end_of(box_id), limit));
  return static_cast<std::size_t>(count);
}

Result<std::int32_t> SqliteUpdates::oldest_pts(BoxId box_id) {
  HG_ASSIGN(const Box box, session_.box(box_id));
  return box.oldest_pts;
}

Result<std::vector<Update>> SqliteUpdates::since(BoxId box_id, UnixSeconds date, std::size_t limit) {
  return db_.all("SELECT " HG_SEQ_COLUMNS
                 " FROM seq_updates WHERE account = ? AND date >= ? ORDER BY key LIMIT ?",
                 read_seq_update, box_id, date, limit);
}

Result<std::size_t> SqliteUpdates::trim(UnixSeconds date, std::size_t limit) {
  HG_TRY(session_.changing());
  // Rows of this group are still in memory; they are too young to matter.
  HG_ASSIGN(
      const auto accounts,
      db_.all(
          "SELECT account FROM boxes WHERE logged_from != 0 AND logged_from < ? ORDER BY logged_from LIMIT ?",
          [](Row& row) { return row.get<BoxId>(); }, date, limit));
  std::size_t dropped = 0;
  for (const auto box_id : accounts) {
    if (dropped >= limit) break;
    HG_ASSIGN(const auto here, trim_box(box_id, date, limit - dropped));
    dropped += here;
  }
  return dropped;
}

Result<std::size_t> SqliteUpdates::trim_box(BoxId box_id, UnixSeconds date, std::size_t limit) {
  HG_ASSIGN(Box * box, session_.boxes->change(box_id));
  const auto begin = key_of(box_id, 0);
  const auto end = end_of(box_id);
  const auto too_old = [&](const char* sql, std::size_t most) -> Result<std::vector<std::int64_t>> {
    // Only the leading run of old entries: the log has no holes, whatever the clock did.
    std::vector<std::int64_t> keys;
    HG_TRY(db_.each(
        sql,
        [&](Row& row) {
          const auto key = row.get<std::int64_t>();
          if (row.get<UnixSeconds>() >= date) return false;
          keys.push_back(key);
          return true;
        },
        begin, end, most));
    return keys;
  };
  HG_ASSIGN(
      const auto pts,
      too_old("SELECT key, date FROM pts_updates WHERE key > ? AND key < ? ORDER BY key LIMIT ?", limit));
  HG_ASSIGN(const auto seq,
            too_old("SELECT key, date FROM seq_updates WHERE key > ? AND key < ? ORDER BY key LIMIT ?",
                    limit - pts.size()));
  if (!pts.empty()) {
    HG_TRY(db_.run("DELETE FROM pts_updates WHERE key > ? AND key <= ?", begin, pts.back()));
    box->oldest_pts = number_of(pts.back());
  }
  if (!seq.empty()) HG_TRY(db_.run("DELETE FROM seq_updates WHERE key > ? AND key <= ?", begin, seq.back()));
  // The first entries that are left. Entries behind a younger one may be older still; then the lower bound is
  // not one, and they are dropped with it next time.
  HG_ASSIGN(const auto pts_date,
            db_.number("SELECT date FROM pts_updates WHERE key > ? AND key < ? ORDER BY key LIMIT 1", 0,
                       begin, end));
  HG_ASSIGN(const auto seq_date,
            db_.number("SELECT date FROM seq_updates WHERE key > ? AND key < ? ORDER BY key LIMIT 1", 0,
                       begin, end));
  box->logged_from = pts_date == 0 ? seq_date : seq_date == 0 ? pts_date : std::min(pts_date, seq_date);
  return pts.size() + seq.size();
}

Status SqliteUpdates::erase_all(BoxId box_id) {
  HG_TRY(session_.changing());
  HG_ASSIGN(Box * box, session_.boxes->change(box_id));
  box->oldest_pts = box->pts;
  box->logged_from = 0;
  const auto begin = key_of(box_id, 0);
  const auto end = end_of(box_id);
  HG_TRY(db_.run("DELETE FROM pts_updates WHERE key > ? AND key < ?", begin, end));
  return db_.run("DELETE FROM seq_updates WHERE key > ? AND key < ?", begin, end);
}

}  // namespace heliograph::store::sqlite
