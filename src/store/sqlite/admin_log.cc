#include <algorithm>

#include "store/sqlite/invite_tables.h"
#include "store/text.h"

namespace heliograph::store::sqlite {

Result<std::int64_t> SqliteAdminLog::append(const AdminAct& act) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("INSERT INTO admin_log (chat, user, date, kind, body, text_key) VALUES (?, ?, ?, ?, ?, ?)",
                 act.chat, act.user, act.date, act.kind, act.body, fold(act.text)));
  return db_.number("SELECT last_insert_rowid()", 0);
}

Result<std::vector<AdminAct>> SqliteAdminLog::list(Peer chat, const AdminLogFilter& filter) {
  std::vector<AdminAct> found;
  if (filter.limit == 0) return found;
  HG_TRY(db_.each(
      "SELECT id, chat, user, date, kind, body FROM admin_log WHERE chat = ?1 AND (?2 = 0 OR id < ?2) AND id "
      "> ?3 AND (?4 >> kind) & 1 AND (?5 = '' OR instr(text_key, ?5) > 0) ORDER BY id DESC",
      [&](Row& row) {
        AdminAct act;
        row.read(act.id, act.chat, act.user, act.date, act.kind, act.body);
        if (filter.users.empty() || std::ranges::find(filter.users, act.user) != filter.users.end()) {
          found.push_back(std::move(act));
        }
        return found.size() < filter.limit;
      },
      chat, filter.below, filter.above, filter.kinds, fold(filter.query)));
  return found;
}

Result<std::size_t> SqliteAdminLog::trim(UnixSeconds date, std::size_t limit) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run(
      "DELETE FROM admin_log WHERE id IN (SELECT id FROM admin_log WHERE date < ? ORDER BY date LIMIT ?)",
      date, limit));
  return static_cast<std::size_t>(db_.changes());
}

}  // namespace heliograph::store::sqlite
