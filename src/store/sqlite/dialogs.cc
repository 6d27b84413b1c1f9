#include <algorithm>
#include <limits>

#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_DIALOG_COLUMNS                                                                       \
  "owner, peer, top_message, top_date, read_inbox_max_id, read_outbox_max_id, read_outbox_at, " \
  "unread_count, unread_mark, pinned_order, folder_id, ttl_period, draft"

Dialog read_dialog(Row& row) {
  Dialog dialog;
  row.read(dialog.owner, dialog.peer, dialog.top_message, dialog.top_date, dialog.read_inbox_max_id,
           dialog.read_outbox_max_id, dialog.read_outbox_at, dialog.unread_count, dialog.unread_mark,
           dialog.pinned_order, dialog.folder_id, dialog.ttl_period, dialog.draft);
  return dialog;
}

}  // namespace

Result<std::optional<Dialog>> SqliteDialogs::find(UserId owner, Peer peer) {
  return db_.one("SELECT " HG_DIALOG_COLUMNS " FROM dialogs WHERE owner = ? AND peer = ?", read_dialog, owner,
                 peer);
}

Status SqliteDialogs::put(const Dialog& dialog) {
  HG_TRY(session_.changing());
  return db_.run("INSERT OR REPLACE INTO dialogs (" HG_DIALOG_COLUMNS
                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 dialog.owner, dialog.peer, dialog.top_message, dialog.top_date, dialog.read_inbox_max_id,
                 dialog.read_outbox_max_id, dialog.read_outbox_at, dialog.unread_count, dialog.unread_mark,
                 dialog.pinned_order, dialog.folder_id, dialog.ttl_period, dialog.draft);
}

Status SqliteDialogs::erase(UserId owner, Peer peer) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM dialogs WHERE owner = ? AND peer = ?", owner, peer);
}

Result<std::vector<Dialog>> SqliteDialogs::list(UserId owner, std::int32_t folder_id, bool with_pinned,
                                                const DialogOffset& offset, std::size_t limit) {
  return db_.all("SELECT " HG_DIALOG_COLUMNS
                 " FROM dialogs WHERE owner = ?1 AND folder_id = ?2 AND (?3 OR pinned_order = 0) AND "
                 "(?4 = 0 OR top_date < ?4 OR (top_date = ?4 AND (top_message < ?5 OR "
                 "(top_message = ?5 AND peer > ?6)))) "
                 "ORDER BY top_date DESC, top_message DESC, peer LIMIT ?7",
                 read_dialog, owner, folder_id, with_pinned, offset.date, offset.id, offset.peer, limit);
}

Result<std::vector<Dialog>> SqliteDialogs::pinned(UserId owner, std::int32_t folder_id) {
  return db_.all("SELECT " HG_DIALOG_COLUMNS
                 " FROM dialogs WHERE owner = ? AND folder_id = ? AND pinned_order != 0 "
                 "ORDER BY pinned_order DESC, peer",
                 read_dialog, owner, folder_id);
}

Result<std::size_t> SqliteDialogs::count(UserId owner, std::int32_t folder_id) {
  HG_ASSIGN(const auto count, db_.number("SELECT count(*) FROM dialogs WHERE owner = ? AND folder_id = ?", 0,
                                         owner, folder_id));
  return static_cast<std::size_t>(count);
}

Result<std::int32_t> SqliteDialogs::count_unread(UserId owner) {
  HG_ASSIGN(const auto count,
            db_.number("SELECT coalesce(sum(unread_count), 0) FROM dialogs WHERE owner = ?", 0, owner));
  return static_cast<std::int32_t>(std::min<std::int64_t>(count, std::numeric_limits<std::int32_t>::max()));
}

Result<std::vector<Dialog>> SqliteDialogs::unread(UserId owner, std::int32_t folder_id) {
  return db_.all(
      "SELECT " HG_DIALOG_COLUMNS
      " FROM dialogs WHERE owner = ? AND folder_id = ? AND (unread_count != 0 OR unread_mark != 0)",
      read_dialog, owner, folder_id);
}

Result<std::vector<Dialog>> SqliteDialogs::with_drafts(UserId owner) {
  return db_.all("SELECT " HG_DIALOG_COLUMNS
                 " FROM dialogs WHERE owner = ? AND length(draft) > 0 ORDER BY top_date DESC, peer",
                 read_dialog, owner);
}

Result<std::vector<Dialog>> SqliteDialogs::marked_unread(UserId owner) {
  return db_.all("SELECT " HG_DIALOG_COLUMNS
                 " FROM dialogs WHERE owner = ? AND unread_mark != 0 ORDER BY top_date DESC, peer",
                 read_dialog, owner);
}

Result<Dialog> SqliteDialogs::bump(UserId owner, Peer peer, MessageId message_id, UnixSeconds date,
                                   bool outgoing) {
  HG_TRY(session_.changing());
  HG_ASSIGN(auto found, find(owner, peer));
  Dialog dialog;
  if (found) dialog = std::move(*found);
  dialog.owner = owner;
  dialog.peer = peer;
  if (message_id > dialog.top_message) {
    dialog.top_message = message_id;
    dialog.top_date = dialog.draft.empty() ? date : std::max(date, dialog.top_date);
  }
  if (!outgoing) {
    ++dialog.unread_count;
  } else if (dialog.unread_count == 0) {
    dialog.read_inbox_max_id = std::max(dialog.read_inbox_max_id, message_id);
  }
  if (!found) {
    HG_TRY(put(dialog));
  } else {
    HG_TRY(db_.run(
        "UPDATE dialogs SET top_message = ?, top_date = ?, read_inbox_max_id = ?, unread_count = ? "
        "WHERE owner = ? AND peer = ?",
        dialog.top_message, dialog.top_date, dialog.read_inbox_max_id, dialog.unread_count, owner, peer));
  }
  return dialog;
}

Result<std::vector<UserId>> SqliteDialogs::owners_with(UserId user, std::size_t limit) {
  return db_.all(
      "SELECT owner FROM dialogs WHERE peer = ? AND owner != ? ORDER BY owner LIMIT ?",
      [](Row& row) { return row.get<UserId>(); }, Peer::of(user), user, limit);
}

}  // namespace heliograph::store::sqlite
