#include "store/sqlite/wal_vfs.h"

#include <sqlite3.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/bytes.h"

namespace heliograph::store::sqlite {

namespace {

// SQLite's own file layer takes no more than 128 KiB - 1 in one call.
constexpr std::size_t kPiece = 120 * 1024;
static_assert(kPiece > 65536 + 24, "the largest page and its header fit");

struct Gathered {
  Bytes bytes;
  sqlite3_int64 at = 0;  // where in the file they belong
};

// SQLite gives room for szOsFile bytes: this, and behind it the file object of the VFS underneath.
struct LogFile {
  sqlite3_file base;
  Gathered* gathered;
};

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<LogFile*>(file) + 1);
}
Gathered& gathered(sqlite3_file* file) {
  return *reinterpret_cast<LogFile*>(file)->gathered;
}

int write_out(sqlite3_file* file) {
  auto& [bytes, at] = gathered(file);
  if (bytes.empty()) return SQLITE_OK;
  const int code = real(file)->pMethods->xWrite(real(file), bytes.data(), static_cast<int>(bytes.size()), at);
  // After a failure too: SQLite gives the commit up and writes the place again.
  bytes.clear();
  return code;
}

int close_log(sqlite3_file* file) {
  const int written = write_out(file);
  delete reinterpret_cast<LogFile*>(file)->gathered;
  const int closed = real(file)->pMethods->xClose(real(file));
  return written == SQLITE_OK ? closed : written;
}
int write_log(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  auto& buffer = gathered(file);
  const auto full = buffer.bytes.size() + static_cast<std::size_t>(size) > kPiece;
  if (full || at != buffer.at + static_cast<sqlite3_int64>(buffer.bytes.size())) {
    const int code = write_out(file);
    if (code != SQLITE_OK) return code;
    buffer.at = at;
  }
  append(buffer.bytes, {static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(size)});
  return SQLITE_OK;
}
int read_log(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  const int code = write_out(file);
  return code == SQLITE_OK ? real(file)->pMethods->xRead(real(file), to, size, at) : code;
}
int truncate_log(sqlite3_file* file, sqlite3_int64 size) {
  const int code = write_out(file);
  return code == SQLITE_OK ? real(file)->pMethods->xTruncate(real(file), size) : code;
}
int sync_log(sqlite3_file* file, int flags) {
  const int code = write_out(file);
  return code == SQLITE_OK ? real(file)->pMethods->xSync(real(file), flags) : code;
}
int size_of_log(sqlite3_file* file, sqlite3_int64* size) {
  const int code = write_out(file);
  return code == SQLITE_OK ? real(file)->pMethods->xFileSize(real(file), size) : code;
}
int lock_log(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock_log(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control_log(sqlite3_file* file, int what, void* with) {
  return real(file)->pMethods->xFileControl(real(file), what, with);
}
int sector_size(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

// Version 1: the log is neither mapped nor does it carry shared memory; those belong to the database file.
constexpr sqlite3_io_methods kLogMethods = {
    1,        close_log,  read_log,   write_log,   truncate_log, sync_log,        size_of_log,
    lock_log, unlock_log, check_lock, control_log, sector_size,  characteristics, nullptr,
    nullptr,  nullptr,    nullptr,    nullptr,     nullptr};

sqlite3_vfs* under(sqlite3_vfs* vfs) {
  return static_cast<sqlite3_vfs*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  auto* below = under(vfs);
  if (!(flags & SQLITE_OPEN_WAL)) return below->xOpen(below, name, file, flags, out_flags);
  file->pMethods = nullptr;
  const int code = below->xOpen(below, name, real(file), flags, out_flags);
  if (code != SQLITE_OK) return code;
  reinterpret_cast<LogFile*>(file)->gathered = new Gathered;
  file->pMethods = &kLogMethods;
  return SQLITE_OK;
}

// The rest goes straight to the VFS underneath, which may look at its own pAppData.
int delete_file(sqlite3_vfs* vfs, const char* name, int sync) {
  return under(vfs)->xDelete(under(vfs), name, sync);
}
int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
  return under(vfs)->xAccess(under(vfs), name, flags, out);
}
int full_pathname(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  return under(vfs)->xFullPathname(under(vfs), name, size, out);
}
int randomness(sqlite3_vfs* vfs, int size, char* out) {
  return under(vfs)->xRandomness(under(vfs), size, out);
}
int sleep(sqlite3_vfs* vfs, int microseconds) {
  return under(vfs)->xSleep(under(vfs), microseconds);
}
int current_time(sqlite3_vfs* vfs, double* out) {
  return under(vfs)->xCurrentTime(under(vfs), out);
}
int last_error(sqlite3_vfs* vfs, int size, char* out) {
  return under(vfs)->xGetLastError(under(vfs), size, out);
}
int current_time_64(sqlite3_vfs* vfs, sqlite3_int64* out) {
  return under(vfs)->xCurrentTimeInt64(under(vfs), out);
}

struct Registered {
  std::string name;
  sqlite3_vfs vfs{};
};

}  // namespace

const char* buffered_log_vfs(const char* name) {
  static std::mutex mutex;
  static std::map<sqlite3_vfs*, std::unique_ptr<Registered>> registered;
  std::lock_guard lock(mutex);
  auto* below = sqlite3_vfs_find(name);
  if (!below) return nullptr;
  auto& entry = registered[below];
  if (!entry) {
    entry = std::make_unique<Registered>();
    entry->name = std::string("heliograph-log-over-") + below->zName;
    auto& vfs = entry->vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = static_cast<int>(sizeof(LogFile)) + below->szOsFile;
    vfs.mxPathname = below->mxPathname;
    vfs.zName = entry->name.c_str();
    vfs.pAppData = below;
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    vfs.xFullPathname = full_pathname;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleep;
    vfs.xCurrentTime = current_time;
    vfs.xGetLastError = last_error;
    vfs.xCurrentTimeInt64 = current_time_64;
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK) return nullptr;
  }
  return entry->name.c_str();
}

}  // namespace heliograph::store::sqlite
