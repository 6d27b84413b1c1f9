// A thin, typed skin over one sqlite3 connection: prepared statements kept by their SQL, values bound and
// read in order, result codes turned into Error. Not thread-safe: one thread uses a connection at a time.
//
//   HG_TRY(db.run("UPDATE t SET a = ? WHERE id = ?", a, id));
//   HG_ASSIGN(auto row, db.one("SELECT a, b FROM t WHERE id = ?", [](Row& r) { ... r.read(a, b) ... }, id));
//
// The SQL must be a string literal (the cache is keyed by its address).
#pragma once

#include <sqlite3.h>

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store::sqlite {

// Binds as NULL when empty: for unique columns that most rows leave out.
struct OrNull {
  ByteView bytes;
  std::string_view text;
  static OrNull of(ByteView value) { return {value, {}}; }
  static OrNull of(std::string_view value) { return {{}, value}; }
};

// Peers are stored as one integer, so that they compare and index as one.
constexpr std::int64_t pack(Peer peer) {
  return peer.id * 4 + static_cast<std::int64_t>(peer.kind);
}
constexpr Peer unpack_peer(std::int64_t packed) {
  if (packed == 0) return {};  // none
  return {static_cast<PeerKind>(packed & 3), packed >> 2};
}

// The current row of a running statement. read() takes the next columns in order.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}

  template <typename... T>
  void read(T&... values) {
    (read_one(values), ...);
  }
  template <typename T>
  T get() {
    T value{};
    read_one(value);
    return value;
  }
  // Valid until the next step; spares a copy where text is only looked at.
  std::string_view text_view();

 private:
  template <typename T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  void read_one(T& value) {
    value = static_cast<T>(sqlite3_column_int64(statement_, column_++));
  }
  template <typename Tag, typename Rep>
  void read_one(Id<Tag, Rep>& value) {
    value.value = static_cast<Rep>(sqlite3_column_int64(statement_, column_++));
  }
  void read_one(BoxId& value) { value = BoxId::from_value(sqlite3_column_int64(statement_, column_++)); }
  void read_one(Peer& value) { value = unpack_peer(sqlite3_column_int64(statement_, column_++)); }
  void read_one(std::string& value);
  void read_one(Bytes& value);

  sqlite3_stmt* statement_;
  int column_ = 0;
};

enum class Journal : std::uint8_t {
  wal,   // durable: an answer means that it is on disk
  none,  // for a file that nobody relies on before it is finished and synced
};

struct ConnectionOptions {
  bool read_only = false;  // refuses changes; the file must exist
  std::int64_t cache_kib = 16 * 1024;
  std::int64_t mmap_bytes = 0;
  Journal journal = Journal::wal;  // ignored by a read-only connection, which leaves the file's mode alone
  bool buffer_log = false;         // see wal_vfs.h; for the one connection that writes
  const char* vfs = nullptr;       // null: the system's; tests put a failing one here
  int busy_timeout_ms = 5000;
};

class Connection {
 public:
  // Creates the file unless read_only. Never writes the log back by itself (see checkpointer.h).
  static Result<std::unique_ptr<Connection>> open(const std::string& path, const ConnectionOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Several statements without parameters; nothing is cached.
  Status script(const std::string& sql);

  template <typename... Args>
  Status run(const char* sql, const Args&... args) {
    HG_ASSIGN(Running running, start(sql, args...));
    HG_ASSIGN([[maybe_unused]] const bool row, step(running));
    return {};
  }
  // Calls `each(Row&)` for every row until it returns false.
  template <typename Each, typename... Args>
  Status each(const char* sql, Each each_row, const Args&... args) {
    HG_ASSIGN(Running running, start(sql, args...));
    for (;;) {
      HG_ASSIGN(const bool more, step(running));
      if (!more) return {};
      Row row(running.statement);
      if (!each_row(row)) return {};
    }
  }
  template <typename Read, typename... Args>
  auto one(const char* sql, Read read, const Args&... args)
      -> Result<std::optional<std::invoke_result_t<Read&, Row&>>> {
    HG_ASSIGN(Running running, start(sql, args...));
    HG_ASSIGN(const bool found, step(running));
    if (!found) return std::nullopt;
    Row row(running.statement);
    return read(row);
  }
  template <typename Read, typename... Args>
  auto all(const char* sql, Read read, const Args&... args)
      -> Result<std::vector<std::invoke_result_t<Read&, Row&>>> {
    std::vector<std::invoke_result_t<Read&, Row&>> rows;
    HG_TRY(each(
        sql,
        [&](Row& row) {
          rows.push_back(read(row));
          return true;
        },
        args...));
    return rows;
  }
  // The first column of the first row; `otherwise` when there is none.
  template <typename... Args>
  Result<std::int64_t> number(const char* sql, std::int64_t otherwise, const Args&... args) {
    HG_ASSIGN(auto found, one(sql, [](Row& row) { return row.get<std::int64_t>(); }, args...));
    return found.value_or(otherwise);
  }

  // Rows changed by the last run().
  std::int64_t changes() const { return sqlite3_changes64(handle_); }
  // False while a transaction is open. SQLite ends one by itself after some errors (disk full, I/O).
  bool idle() const { return sqlite3_get_autocommit(handle_) != 0; }
  // The last constraint violated, e.g. "accounts.username_key"; only right after a run() that failed with
  // code STORE_CONFLICT.
  std::string conflict() const { return sqlite3_errmsg(handle_); }
  // What the storage last failed with, if anything since clear_failure(): a body may not swallow it.
  const std::optional<Error>& failure() const { return failure_; }
  void clear_failure() { failure_.reset(); }
  sqlite3* handle() { return handle_; }

 private:
  // A statement between its first step and its reset.
  struct Running {
    sqlite3_stmt* statement;
    explicit Running(sqlite3_stmt* s) : statement(s) {}
    Running(Running&& other) noexcept : statement(std::exchange(other.statement, nullptr)) {}
    Running& operator=(Running&&) = delete;
    ~Running() {
      if (statement) sqlite3_reset(statement);
    }
  };
  explicit Connection(sqlite3* handle) : handle_(handle) {}

  Result<sqlite3_stmt*> prepare(const char* sql);
  Result<bool> step(const Running& running);
  Error failed(int code);

  template <typename... Args>
  Result<Running> start(const char* sql, const Args&... args) {
    HG_ASSIGN(sqlite3_stmt * statement, prepare(sql));
    Running running(statement);
    int index = 0;
    int code = SQLITE_OK;
    ((code = code == SQLITE_OK ? bind(statement, ++index, args) : code), ...);
    if (code != SQLITE_OK) return fail(failed(code));
    return running;
  }

  template <typename T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  static int bind(sqlite3_stmt* statement, int index, T value) {
    return sqlite3_bind_int64(statement, index, static_cast<std::int64_t>(value));
  }
  template <typename Tag, typename Rep>
  static int bind(sqlite3_stmt* statement, int index, Id<Tag, Rep> value) {
    return sqlite3_bind_int64(statement, index, value.value);
  }
  static int bind(sqlite3_stmt* statement, int index, BoxId value) {
    return sqlite3_bind_int64(statement, index, value.value);
  }
  static int bind(sqlite3_stmt* statement, int index, Peer value) {
    return sqlite3_bind_int64(statement, index, pack(value));
  }
  static int bind(sqlite3_stmt* statement, int index, std::string_view value);
  static int bind(sqlite3_stmt* statement, int index, const std::string& value) {
    return bind(statement, index, std::string_view(value));
  }
  static int bind(sqlite3_stmt* statement, int index, ByteView value);
  static int bind(sqlite3_stmt* statement, int index, const Bytes& value) {
    return bind(statement, index, ByteView(value));
  }
  static int bind(sqlite3_stmt* statement, int index, const OrNull& value);

  sqlite3* handle_;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
  std::optional<Error> failure_;
};

// What a caller of the store is told when SQLite answers `code` (an extended result code).
Error to_error(int code);

}  // namespace heliograph::store::sqlite
