#include "store/sqlite/connection.h"

#include <mutex>
#include <utility>

#include "base/log.h"
#include "store/sqlite/wal_vfs.h"

namespace heliograph::store::sqlite {

namespace {
constexpr const char* kNothing = "";
}

Error to_error(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return Error::unavailable("STORE_FULL",
                                "The disk is full. Free some space; reading goes on meanwhile.");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Error::unavailable("STORE_READONLY",
                                "The data folder cannot be written to. Check its permissions.");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error::unavailable("STORE_BUSY", "Another program holds the database. Try again.");
    case SQLITE_INTERRUPT:
      return Error::unavailable("STORE_DEADLINE", "That took too long. Ask for less.");
    case SQLITE_CONSTRAINT:
      return Error::internal("STORE_CONFLICT", "A row with this key exists.");
    case SQLITE_CANTOPEN:
      return Error::unavailable("STORE_FAILED", "The database file cannot be opened.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Error::unavailable("STORE_FAILED", "The database file is damaged. Restore a backup.");
    default:
      return Error::unavailable("STORE_FAILED", "The storage failed.");
  }
}

std::string_view Row::text_view() {
  const int column = column_++;
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
              : std::string_view();
}

void Row::read_one(std::string& value) {
  value = text_view();
}

void Row::read_one(Bytes& value) {
  const int column = column_++;
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  if (data) {
    value.assign(data, data + sqlite3_column_bytes(statement_, column));
  } else {
    value.clear();
  }
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path,
                                                     const ConnectionOptions& options) {
  // SQLite's own count of its memory costs a lock for every allocation, shared by all threads.
  static std::once_flag configured;
  std::call_once(configured, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
  // Readers open the file for writing as well (the WAL's shared memory needs it) and are held back by
  // query_only.
  const int flags =
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (options.read_only ? 0 : SQLITE_OPEN_CREATE);
  sqlite3* handle = nullptr;
  const char* vfs = options.buffer_log ? buffered_log_vfs(options.vfs) : options.vfs;
  int code = sqlite3_open_v2(path.c_str(), &handle, flags, vfs);
  std::unique_ptr<Connection> connection(new Connection(handle));
  if (handle) sqlite3_extended_result_codes(handle, 1);
  if (code == SQLITE_OK) code = sqlite3_busy_timeout(handle, options.busy_timeout_ms);
  if (code != SQLITE_OK) return fail(to_error(code));
  HG_TRY(connection->script("PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -" +
                            std::to_string(options.cache_kib) +
                            "; PRAGMA mmap_size = " + std::to_string(options.mmap_bytes)));
  if (options.read_only) {
    HG_TRY(connection->script("PRAGMA query_only = ON"));
    // Looking at a database must not move its log.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  } else if (options.journal == Journal::none) {
    HG_TRY(connection->script("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"));
  } else {
    HG_TRY(connection->script(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0"));
  }
  return connection;
}

Connection::~Connection() {
  for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

Status Connection::script(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(failed(code));
  return {};
}

Result<sqlite3_stmt*> Connection::prepare(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) {
    const int code = sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return fail(failed(code));
  }
  return statement;
}

Result<bool> Connection::step(const Running& running) {
  const int code = sqlite3_step(running.statement);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return fail(failed(code));
}

Error Connection::failed(int code) {
  auto error = to_error(code);
  if ((code & 0xff) != SQLITE_CONSTRAINT) {
    // The message names tables and files, never values.
    log::error("sqlite: {} ({}): {}", sqlite3_errstr(code), code, sqlite3_errmsg(handle_));
    if (!failure_) failure_ = error;
  }
  return error;
}

int Connection::bind(sqlite3_stmt* statement, int index, std::string_view value) {
  return sqlite3_bind_text64(statement, index, value.empty() ? kNothing : value.data(), value.size(),
                             SQLITE_STATIC, SQLITE_UTF8);
}

int Connection::bind(sqlite3_stmt* statement, int index, ByteView value) {
  return sqlite3_bind_blob64(statement, index,
                             value.empty() ? kNothing : static_cast<const void*>(value.data()), value.size(),
                             SQLITE_STATIC);
}

int Connection::bind(sqlite3_stmt* statement, int index, const OrNull& value) {
  if (!value.bytes.empty()) return bind(statement, index, value.bytes);
  if (!value.text.empty()) return bind(statement, index, value.text);
  return sqlite3_bind_null(statement, index);
}

}  // namespace heliograph::store::sqlite
