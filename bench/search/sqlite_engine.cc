// FTS5 as one would use it alone: text in the table, prefix indexes for two and three letters, WAL.
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "search/engine.h"

namespace heliograph::bench {

namespace {

void must(sqlite3* db, int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  std::fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db));
  std::exit(1);
}

sqlite3* open(const std::string& file) {
  sqlite3* db = nullptr;
  must(db, sqlite3_open(file.c_str(), &db));
  must(db, sqlite3_exec(db,
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -200000;"
                        "PRAGMA mmap_size = 4000000000",
                        nullptr, nullptr, nullptr));
  return db;
}

class SqliteClient final : public Engine::Client {
 public:
  explicit SqliteClient(const std::string& file) : db_(open(file)) {
    must(db_, sqlite3_prepare_v2(db_, "SELECT rowid FROM posts WHERE posts MATCH ? ORDER BY rank LIMIT 20",
                                 -1, &ranked_, nullptr));
    must(db_,
         sqlite3_prepare_v2(db_, "SELECT rowid FROM posts WHERE posts MATCH ? ORDER BY rowid DESC LIMIT 20",
                            -1, &newest_, nullptr));
  }
  ~SqliteClient() override {
    sqlite3_finalize(ranked_);
    sqlite3_finalize(newest_);
    sqlite3_close(db_);
  }
  std::size_t search(const std::string& query, bool newest_first) override {
    auto* statement = newest_first ? newest_ : ranked_;
    const auto match = query.back() == ' ' ? query : query + "*";
    sqlite3_bind_text(statement, 1, match.data(), static_cast<int>(match.size()), SQLITE_STATIC);
    std::size_t found = 0;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) ++found;
    must(db_, code);
    sqlite3_reset(statement);
    return found;
  }

 private:
  sqlite3* db_;
  sqlite3_stmt* ranked_ = nullptr;
  sqlite3_stmt* newest_ = nullptr;
};

class SqliteEngine final : public Engine {
 public:
  explicit SqliteEngine(const std::string& folder) : folder_(folder), file_(folder + "/fts5.sqlite") {
    std::filesystem::create_directories(folder);
    db_ = open(file_);
    must(db_, sqlite3_exec(db_, "CREATE VIRTUAL TABLE posts USING fts5(text, prefix = '2 3')", nullptr,
                           nullptr, nullptr));
    must(db_,
         sqlite3_prepare_v2(db_, "INSERT INTO posts (rowid, text) VALUES (?, ?)", -1, &insert_, nullptr));
  }
  ~SqliteEngine() override {
    sqlite3_finalize(insert_);
    sqlite3_close(db_);
  }
  std::string name() const override { return "SQLite FTS5"; }
  void add(const std::vector<GeneratedPost>& posts, std::int64_t first_id) override {
    must(db_, sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr));
    for (const auto& post : posts) {
      sqlite3_bind_int64(insert_, 1, first_id++);
      sqlite3_bind_text(insert_, 2, post.text.data(), static_cast<int>(post.text.size()), SQLITE_STATIC);
      must(db_, sqlite3_step(insert_));
      sqlite3_reset(insert_);
    }
    must(db_, sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr));
  }
  void finish() override {
    must(db_, sqlite3_exec(db_, "PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr));
  }
  std::uint64_t bytes_on_disk() override { return folder_bytes(folder_); }
  std::unique_ptr<Client> connect() override { return std::make_unique<SqliteClient>(file_); }

 private:
  const std::string folder_;
  const std::string file_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

}  // namespace

std::unique_ptr<Engine> sqlite_engine(const std::string& folder) {
  return std::make_unique<SqliteEngine>(folder);
}

}  // namespace heliograph::bench
