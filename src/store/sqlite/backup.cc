#include "store/sqlite/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <memory>
#include <system_error>

#include "store/sqlite/connection.h"
#include "store/sqlite/lock.h"
#include "store/sqlite/open.h"
#include "store/sqlite/schema.h"

namespace heliograph::store::sqlite {

namespace fs = std::filesystem;

namespace {

Status sync(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return fail(Error::unavailable("STORE_FAILED", "Cannot open " + path.string() + "."));
  const bool done = ::fsync(file) == 0;
  ::close(file);
  if (!done) return fail(Error::unavailable("STORE_FAILED", "Cannot write " + path.string() + " to disk."));
  return {};
}

Error about(Error error, const std::string& where) {
  error.message = where + ": " + error.message;
  return error;
}

// Removes a half-made copy unless told that it is whole.
class Draft {
 public:
  explicit Draft(fs::path path) : path_(std::move(path)) {}
  ~Draft() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  const fs::path& path() const { return path_; }
  Status finish(const fs::path& name) {
    HG_TRY(sync(path_));
    std::error_code error;
    fs::rename(path_, name, error);
    if (error) return fail(Error::unavailable("STORE_FAILED", "Cannot create " + name.string() + "."));
    path_.clear();
    return sync(name.parent_path());
  }

 private:
  fs::path path_;
};

// All pages of `from`, as of one moment, into the new file `to`.
Status copy(Connection& from, const fs::path& to) {
  HG_ASSIGN(auto target, Connection::open(to.string(), {.journal = Journal::none}));
  auto* running = sqlite3_backup_init(target->handle(), "main", from.handle(), "main");
  if (!running) return fail(to_error(sqlite3_extended_errcode(target->handle())));
  // In one step: it reads one snapshot, which writers do not disturb. In several it would begin again after
  // every commit of theirs.
  int code = sqlite3_backup_step(running, -1);
  const int finished = sqlite3_backup_finish(running);
  if (code == SQLITE_DONE) code = finished;
  if (code != SQLITE_OK) return fail(to_error(code));
  // Without a write-ahead log of its own it can be read from a medium that cannot be written to.
  return target->script("PRAGMA journal_mode = DELETE");
}

Status verify(const fs::path& file) {
  HG_ASSIGN(auto db, Connection::open(file.string(), {.read_only = true}));
  HG_TRY(known(*db));
  HG_ASSIGN(const auto answer,
            db->one("PRAGMA quick_check(1)", [](Row& row) { return row.get<std::string>(); }));
  if (answer != "ok") return fail(Error::unavailable("STORE_FAILED", "The copy is damaged."));
  return {};
}

Status prepare(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error || !fs::is_directory(directory, error)) {
    const bool full = error == std::errc::no_space_on_device;
    return fail(Error::unavailable(full ? "STORE_FULL" : "STORE_READONLY",
                                   "The folder " + directory.string() + " cannot be created."));
  }
  return {};
}

}  // namespace

Status backup(const fs::path& place, const fs::path& target) {
  HG_ASSIGN(const auto file, find_database(place));
  std::error_code error;
  if (fs::exists(target, error) && (!fs::is_directory(target, error) || !fs::is_empty(target, error))) {
    return fail(Error::invalid("BACKUP_EXISTS", target.string() + " is not empty. Choose a new folder."));
  }
  HG_ASSIGN(auto source, Connection::open(file.string(), {.read_only = true}));
  HG_TRY(known(*source));
  HG_TRY(prepare(target));
  Draft draft(target / "store.sqlite.partial");
  const auto copied = copy(*source, draft.path());
  if (!copied) return fail(about(copied.error(), "The backup could not be written to " + target.string()));
  const auto sound = verify(draft.path());
  if (!sound) return fail(about(sound.error(), "The backup is not usable"));
  return draft.finish(database_in(target));
}

Status restore(const fs::path& source, const fs::path& data) {
  HG_ASSIGN(const auto file, find_database(source));
  const auto sound = verify(file);
  if (!sound) return fail(about(sound.error(), "The backup in " + source.string() + " cannot be restored"));
  HG_TRY(prepare(data));
  HG_ASSIGN([[maybe_unused]] const auto lock, FolderLock::take(data));
  const auto name = database_in(data);
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::error_code error;
    if (fs::exists(name.string() + suffix, error)) {
      return fail(Error::invalid(
          "DATA_EXISTS",
          name.string() + suffix + " exists. Move it away first; a restore overwrites nothing."));
    }
  }
  HG_ASSIGN(auto from, Connection::open(file.string(), {.read_only = true}));
  Draft draft(data / "store.sqlite.partial");
  const auto copied = copy(*from, draft.path());
  if (!copied) return fail(about(copied.error(), "The backup could not be copied to " + data.string()));
  return draft.finish(name);
}

}  // namespace heliograph::store::sqlite
