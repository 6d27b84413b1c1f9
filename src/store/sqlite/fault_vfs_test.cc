#include "store/sqlite/fault_vfs.h"

#include <cstring>
#include <fstream>
#include <new>

namespace heliograph::store::sqlite {

namespace {

// SQLite gives room for vfs.szOsFile bytes; the system's own file object lies behind ours.
struct File {
  sqlite3_file base;
  std::string* path;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* of(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return of(file)->real();
}
sqlite3_vfs* system_vfs() {
  static sqlite3_vfs* const vfs = sqlite3_vfs_find("unix");
  return vfs;
}
FaultVfs& faults() {
  return FaultVfs::instance();
}

int close_file(sqlite3_file* file) {
  delete of(file)->path;
  return real(file)->pMethods->xClose(real(file));
}
int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), to, size, at);
}
int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  const int code = faults().next(FaultVfs::Call::write);
  if (code == SQLITE_OK) return real(file)->pMethods->xWrite(real(file), from, size, at);
  // A failed write may have got half way.
  if (code == SQLITE_IOERR_WRITE && !faults().dead()) {
    static_cast<void>(real(file)->pMethods->xWrite(real(file), from, size / 2, at));
  }
  return code;
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const int code = faults().next(FaultVfs::Call::truncate);
  return code == SQLITE_OK ? real(file)->pMethods->xTruncate(real(file), size) : code;
}
int sync_file(sqlite3_file* file, int) {
  const int code = faults().next(FaultVfs::Call::sync);
  if (code == SQLITE_OK) faults().synced(*of(file)->path);  // the real disk is not bothered
  return code;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control(sqlite3_file* file, int what, void* with) {
  return real(file)->pMethods->xFileControl(real(file), what, with);
}
int sector_size(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods kMethods = {
    2,         close_file,  read_file,  write_file, truncate_file, sync_file,       file_size,
    lock_file, unlock_file, check_lock, control,    sector_size,   characteristics, shm_map,
    shm_lock,  shm_barrier, shm_unmap,  nullptr,    nullptr};

int open_file(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  const int code = system_vfs()->xOpen(system_vfs(), name, real(file), flags, out_flags);
  if (code != SQLITE_OK) return code;
  of(file)->path = new std::string(name ? name : "");
  file->pMethods = &kMethods;
  if (name) faults().opened(name);
  return SQLITE_OK;
}
int delete_file(sqlite3_vfs*, const char* name, int sync) {
  const int code = faults().next(FaultVfs::Call::remove);
  if (code != SQLITE_OK) return code;
  faults().removed(name);
  return system_vfs()->xDelete(system_vfs(), name, sync);
}

Bytes content(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  Bytes bytes(error ? 0 : size);
  std::ifstream(path, std::ios::binary)
      .read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

}  // namespace

FaultVfs& FaultVfs::instance() {
  static FaultVfs vfs;
  return vfs;
}

FaultVfs::FaultVfs() {
  vfs_ = *system_vfs();
  vfs_.zName = name();
  vfs_.szOsFile = static_cast<int>(sizeof(File)) + system_vfs()->szOsFile;
  vfs_.xOpen = open_file;
  vfs_.xDelete = delete_file;
  sqlite3_vfs_register(&vfs_, 0);
}

void FaultVfs::reset() {
  std::lock_guard lock(mutex_);
  files_.clear();
  on_disk_.clear();
  fail_at_ = 0;
  calls_ = 0;
  fired_ = false;
}

void FaultVfs::arm(Fault fault, std::int64_t nth) {
  std::lock_guard lock(mutex_);
  fault_ = fault;
  fail_at_ = nth;
  calls_ = 0;
  fired_ = false;
}

void FaultVfs::heal() {
  std::lock_guard lock(mutex_);
  fail_at_ = 0;
}

int FaultVfs::next(Call call) {
  std::lock_guard lock(mutex_);
  const auto number = ++calls_;
  if (fail_at_ == 0 || number < fail_at_ || (fault_ == Fault::once && number > fail_at_)) return SQLITE_OK;
  if (fault_ == Fault::full && call != Call::write) return SQLITE_OK;
  fired_ = true;
  if (fault_ == Fault::full) return SQLITE_FULL;
  switch (call) {
    case Call::write:
      return SQLITE_IOERR_WRITE;
    case Call::sync:
      return SQLITE_IOERR_FSYNC;
    case Call::truncate:
      return SQLITE_IOERR_TRUNCATE;
    case Call::remove:
      return SQLITE_IOERR_DELETE;
  }
  return SQLITE_IOERR;
}

bool FaultVfs::dead() {
  std::lock_guard lock(mutex_);
  return fault_ == Fault::death && fired_ && calls_ > fail_at_;
}

void FaultVfs::opened(const std::string& path) {
  std::lock_guard lock(mutex_);
  if (files_.insert(path).second && !on_disk_.contains(path)) {
    // What was there before the test began is on disk.
    std::error_code error;
    if (std::filesystem::file_size(path, error) > 0 && !error) on_disk_[path] = content(path);
  }
}

void FaultVfs::synced(const std::string& path) {
  std::lock_guard lock(mutex_);
  on_disk_[path] = content(path);
}

void FaultVfs::removed(const std::string& path) {
  std::lock_guard lock(mutex_);
  on_disk_.erase(path);
}

void FaultVfs::pull_plug(Left left) {
  std::lock_guard lock(mutex_);
  for (const auto& path : files_) {
    std::filesystem::remove(path + "-shm");
    const bool log = path.ends_with("-wal");
    if (left == Left::everything || (left == Left::database_only && !log)) continue;
    const auto known = on_disk_.find(path);
    if (known == on_disk_.end()) {
      std::filesystem::remove(path);
    } else {
      std::ofstream(path, std::ios::binary | std::ios::trunc)
          .write(reinterpret_cast<const char*>(known->second.data()),
                 static_cast<std::streamsize>(known->second.size()));
    }
  }
}

}  // namespace heliograph::store::sqlite
