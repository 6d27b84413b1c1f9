#include "store/sqlite/beside.h"

#include "store/sqlite/open.h"
#include "store/sqlite/schema.h"

namespace heliograph::store::sqlite {

Status change_beside(const std::filesystem::path& place, const std::function<Status(Session&)>& body) {
  HG_ASSIGN(const auto path, find_database(place));
  HG_ASSIGN(const auto db, Connection::open(path.string(), {.cache_kib = 256}));
  HG_TRY(current(*db));
  HG_TRY(db->script("BEGIN IMMEDIATE"));
  Boxes boxes(*db);
  Session session{*db, &boxes};
  auto done = body(session);
  if (done) done = db->script("COMMIT");
  if (!done && !db->idle()) static_cast<void>(db->script("ROLLBACK"));
  return done;
}

}  // namespace heliograph::store::sqlite
