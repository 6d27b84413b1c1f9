#include <algorithm>
#include <limits>

#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {

// A dialog with a channel (kind 3) takes its newest message from the channel's box, whose rows have keys from
// -channel << 31 on (session.h); the key's lower 31 bits are the id.
#define HG_NEWEST(what)                                              \
  "(SELECT " what                                                    \
  " FROM messages m WHERE m.key >= -(d.peer >> 2) * 2147483648 AND " \
  "m.key < (1 - (d.peer >> 2)) * 2147483648 ORDER BY m.key DESC LIMIT 1)"
#define HG_DIALOGS \
  "(SELECT d.owner, d.peer, CASE d.peer & 3 WHEN 3 THEN coalesce(" HG_NEWEST(                            \
      "m.key & 2147483647") ", 0) ELSE d.top_message END AS top_message, CASE d.peer & 3 WHEN 3 THEN "   \
  "max(d.top_date, coalesce(" HG_NEWEST("m.date") ", 0)) ELSE d.top_date END AS top_date, "              \
  "d.read_inbox_max_id, d.read_outbox_max_id, d.read_outbox_at, d.unread_count, d.unread_mark, "         \
  "d.pinned_order, d.folder_id, d.ttl_period, d.draft FROM dialogs d)"
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

static_assert(chat_forum == 32 && message_discussed == 262144, "the SQL below tests these bits");

// A forum's topics are read each on its own. The copy of a post is the channel's, also for who wrote the
// post.
Status SqliteDialogs::count_unread_of(Dialog& dialog) {
  if (!dialog.peer.is_channel()) return {};
  HG_ASSIGN(
      const auto unread,
      db_.number("SELECT count(*) FROM messages m WHERE m.key > ?1 AND m.key < ?2 AND (m.from_user != ?3 OR "
                 "(m.flags & 262144) != 0) AND ((SELECT flags & 32 FROM chats WHERE peer = ?4) IS NOT 32 OR "
                 "NOT EXISTS (SELECT 1 "
                 "FROM thread_reads r WHERE r.thread = (m.key >> 31) * 2147483648 + CASE m.thread WHEN 0 "
                 "THEN m.id ELSE m.thread END AND r.account = ?3 AND r.inbox >= m.id))",
                 0, key_of(BoxId::of(dialog.peer.channel()), dialog.read_inbox_max_id.value),
                 end_of(BoxId::of(dialog.peer.channel())), dialog.owner, dialog.peer));
  dialog.unread_count = static_cast<std::int32_t>(unread);
  return {};
}

Result<std::vector<Dialog>> SqliteDialogs::counted(Result<std::vector<Dialog>> dialogs) {
  if (!dialogs) return dialogs;
  for (auto& dialog : *dialogs) HG_TRY(count_unread_of(dialog));
  return dialogs;
}

Result<std::optional<Dialog>> SqliteDialogs::find(UserId owner, Peer peer) {
  HG_ASSIGN(auto dialog,
            db_.one("SELECT " HG_DIALOG_COLUMNS " FROM " HG_DIALOGS " WHERE owner = ? AND peer = ?",
                    read_dialog, owner, peer));
  if (dialog) HG_TRY(count_unread_of(*dialog));
  return dialog;
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
  return counted(db_.all("SELECT " HG_DIALOG_COLUMNS " FROM " HG_DIALOGS
                         " WHERE owner = ?1 AND folder_id = ?2 AND (?3 OR pinned_order = 0) AND "
                         "(?4 = 0 OR top_date < ?4 OR (top_date = ?4 AND (top_message < ?5 OR "
                         "(top_message = ?5 AND peer > ?6)))) "
                         "ORDER BY top_date DESC, top_message DESC, peer LIMIT ?7",
                         read_dialog, owner, folder_id, with_pinned, offset.date, offset.id, offset.peer,
                         limit));
}

Result<std::vector<Dialog>> SqliteDialogs::pinned(UserId owner, std::int32_t folder_id) {
  return counted(db_.all("SELECT " HG_DIALOG_COLUMNS " FROM " HG_DIALOGS
                         " WHERE owner = ? AND folder_id = ? AND pinned_order != 0 "
                         "ORDER BY pinned_order DESC, peer",
                         read_dialog, owner, folder_id));
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
  return counted(db_.all("SELECT " HG_DIALOG_COLUMNS " FROM " HG_DIALOGS
                         " WHERE owner = ? AND length(draft) > 0 ORDER BY top_date DESC, peer",
                         read_dialog, owner));
}

Result<std::vector<Dialog>> SqliteDialogs::marked_unread(UserId owner) {
  return counted(db_.all("SELECT " HG_DIALOG_COLUMNS " FROM " HG_DIALOGS
                         " WHERE owner = ? AND unread_mark != 0 ORDER BY top_date DESC, peer",
                         read_dialog, owner));
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
