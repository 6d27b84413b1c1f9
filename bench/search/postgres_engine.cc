// PostgreSQL's own full text: a generated tsvector column under a GIN index, ts_rank for the order.
#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "search/engine.h"

namespace heliograph::bench {

namespace {

PGconn* open(const std::string& connection) {
  auto* db = PQconnectdb(connection.c_str());
  if (PQstatus(db) != CONNECTION_OK) {
    std::fprintf(stderr, "postgres: %s", PQerrorMessage(db));
    std::exit(1);
  }
  return db;
}

void must(PGconn* db, PGresult* result, ExecStatusType expected) {
  if (PQresultStatus(result) != expected) {
    std::fprintf(stderr, "postgres: %s", PQerrorMessage(db));
    std::exit(1);
  }
  PQclear(result);
}

void run(PGconn* db, const char* sql) {
  must(db, PQexec(db, sql), PGRES_COMMAND_OK);
}

class PostgresClient final : public Engine::Client {
 public:
  explicit PostgresClient(const std::string& connection) : db_(open(connection)) {
    must(db_,
         PQprepare(db_, "ranked",
                   "SELECT id FROM posts, to_tsquery('simple', $1) q WHERE words @@ q "
                   "ORDER BY ts_rank(words, q) DESC LIMIT 20",
                   1, nullptr),
         PGRES_COMMAND_OK);
    must(db_,
         PQprepare(db_, "newest",
                   "SELECT id FROM posts WHERE words @@ to_tsquery('simple', $1) ORDER BY id DESC LIMIT 20",
                   1, nullptr),
         PGRES_COMMAND_OK);
  }
  ~PostgresClient() override { PQfinish(db_); }
  std::size_t search(const std::string& query, bool newest_first) override {
    std::string match;
    for (std::size_t i = 0; i < query.size(); ++i) {
      if (query[i] != ' ') {
        match += query[i];
      } else if (i + 1 < query.size()) {
        match += " & ";
      }
    }
    if (query.back() != ' ') match += ":*";
    const char* values[] = {match.c_str()};
    auto* result = PQexecPrepared(db_, newest_first ? "newest" : "ranked", 1, values, nullptr, nullptr, 0);
    const auto found = static_cast<std::size_t>(PQntuples(result));
    must(db_, result, PGRES_TUPLES_OK);
    return found;
  }

 private:
  PGconn* db_;
};

class PostgresEngine final : public Engine {
 public:
  explicit PostgresEngine(const std::string& connection) : connection_(connection), db_(open(connection)) {
    run(db_,
        "CREATE TABLE posts (id bigint PRIMARY KEY, text text NOT NULL, words tsvector NOT NULL "
        "GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED)");
    run(db_, "CREATE INDEX posts_words ON posts USING gin (words)");
  }
  ~PostgresEngine() override { PQfinish(db_); }
  std::string name() const override { return "PostgreSQL"; }
  void add(const std::vector<GeneratedPost>& posts, std::int64_t first_id) override {
    must(db_, PQexec(db_, "COPY posts (id, text) FROM STDIN"), PGRES_COPY_IN);
    for (const auto& post : posts) {  // the generated text has nothing to escape
      const auto line = std::to_string(first_id++) + "\t" + post.text + "\n";
      if (PQputCopyData(db_, line.data(), static_cast<int>(line.size())) != 1) std::exit(1);
    }
    if (PQputCopyEnd(db_, nullptr) != 1) std::exit(1);
    while (auto* result = PQgetResult(db_)) must(db_, result, PGRES_COMMAND_OK);
  }
  void finish() override { run(db_, "VACUUM ANALYZE posts"); }
  std::uint64_t bytes_on_disk() override {
    auto* result = PQexec(db_, "SELECT pg_total_relation_size('posts')");
    const auto bytes = std::strtoull(PQgetvalue(result, 0, 0), nullptr, 10);
    PQclear(result);
    return bytes;
  }
  std::unique_ptr<Client> connect() override { return std::make_unique<PostgresClient>(connection_); }

 private:
  const std::string connection_;
  PGconn* db_;
};

}  // namespace

std::unique_ptr<Engine> postgres_engine(const std::string& connection) {
  return std::make_unique<PostgresEngine>(connection);
}

}  // namespace heliograph::bench
