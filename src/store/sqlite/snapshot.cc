#include "store/sqlite/snapshot.h"

#include "store/sqlite/open.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/tables.h"

namespace heliograph::store::sqlite {

namespace {

class SqliteSnapshot final : public Snapshot {
 public:
  explicit SqliteSnapshot(std::unique_ptr<Connection> db) : db_(std::move(db)) {}

  void set_listener(CommitListener*) override {}
  void submit(Mode, Body body, Duration, Done done) override { done(body(tx_)); }

  Result<std::vector<Peer>> ever_in(UserId user) override {
    return db_->all(
        "SELECT chat FROM members WHERE user = ? ORDER BY chat", [](Row& row) { return row.get<Peer>(); },
        user);
  }

 private:
  std::unique_ptr<Connection> db_;
  Session session_{.db = *db_};
  SqliteTx tx_{session_};
};

}  // namespace

Result<std::unique_ptr<Snapshot>> Snapshot::open(const std::filesystem::path& place) {
  HG_ASSIGN(const auto path, find_database(place));
  HG_ASSIGN(auto db, Connection::open(path.string(), {.read_only = true, .cache_kib = 16 * 1024}));
  HG_TRY(db->run("BEGIN"));
  HG_TRY(current(*db));  // reads, and so fixes the moment
  return std::make_unique<SqliteSnapshot>(std::move(db));
}

}  // namespace heliograph::store::sqlite
