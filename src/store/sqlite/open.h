// The SQLite backend of store/store.h: one file in the data folder, one writer thread, a few reader threads.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "store/store.h"

namespace heliograph::store::sqlite {

struct Options {
  std::filesystem::path directory;         // created if missing
  unsigned readers = 2;                    // threads
  std::size_t write_queue_limit = 20'000;  // beyond: STORE_OVERLOADED
  std::size_t read_queue_limit = 20'000;
  Duration read_time = std::chrono::seconds(10);  // a longer read is broken off: STORE_DEADLINE
  std::size_t group_limit = 4'096;                // writes in one commit
  Duration group_time = std::chrono::milliseconds(5);
  std::int64_t checkpoint_pages = 16'000;  // of the log (4 KiB each), then written back to the database
  std::int64_t writer_cache_kib = 64 * 1024;
  std::int64_t reader_cache_kib = 16 * 1024;  // each
  const char* vfs = nullptr;                  // SQLite VFS by name; null: the system's. For tests.
};

// Opens or creates the database and brings its format up to date. Errors: unavailable STORE_LOCKED (another
// server uses this folder), STORE_TOO_NEW (written by a newer version), STORE_FOREIGN, STORE_READONLY,
// STORE_FULL, STORE_FAILED; their messages tell an operator what to do.
// The store's destructor finishes what is queued and calls every `done`.
Result<std::unique_ptr<Store>> open(const Options& options);

// The database file in a data folder.
std::filesystem::path database_in(const std::filesystem::path& directory);
// The database that `place` means: a folder that holds one, or the file itself. not_found STORE_NOT_FOUND.
Result<std::filesystem::path> find_database(const std::filesystem::path& place);

}  // namespace heliograph::store::sqlite
