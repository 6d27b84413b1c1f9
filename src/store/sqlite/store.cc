#include <system_error>

#include "store/sqlite/lock.h"
#include "store/sqlite/open.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/writer.h"

namespace heliograph::store::sqlite {

namespace {

class SqliteStore final : public Store {
 public:
  SqliteStore(FolderLock lock, std::unique_ptr<Connection> writer, std::unique_ptr<Connection> beside,
              const WriterLimits& limits, std::vector<std::unique_ptr<Connection>> readers,
              std::size_t read_limit, Duration read_time)
      : lock_(std::move(lock)),
        writer_(std::move(writer), std::move(beside), limits),
        readers_(std::move(readers), read_limit, read_time) {}

  void set_listener(CommitListener* listener) override { writer_.set_listener(listener); }

  void submit(Mode mode, Body body, Duration deadline, Done done) override {
    Job job{std::move(body), std::move(done), std::chrono::steady_clock::now() + deadline};
    const bool taken = mode == Mode::write ? writer_.submit(job) : readers_.submit(job);
    if (!taken) {
      job.done(
          fail(Error::unavailable("STORE_OVERLOADED", "The store has too much to do. Try again later.")));
    }
  }

 private:
  FolderLock lock_;  // first: given back last
  Writer writer_;
  Readers readers_;
};

}  // namespace

std::filesystem::path database_in(const std::filesystem::path& directory) {
  return directory / "store.sqlite";
}

Result<std::filesystem::path> find_database(const std::filesystem::path& place) {
  std::error_code error;
  auto file = std::filesystem::is_directory(place, error) ? database_in(place) : place;
  if (!std::filesystem::is_regular_file(file, error)) {
    return fail(Error::not_found("STORE_NOT_FOUND", "There is no database at " + place.string() + "."));
  }
  return file;
}

Result<std::unique_ptr<Store>> open(const Options& options) {
  std::error_code error;
  std::filesystem::create_directories(options.directory, error);
  HG_ASSIGN(auto lock, FolderLock::take(options.directory));
  const auto path = database_in(options.directory).string();

  HG_ASSIGN(auto writer,
            Connection::open(
                path, {.cache_kib = options.writer_cache_kib, .buffer_log = true, .vfs = options.vfs}));
  HG_TRY(migrate(*writer));
  HG_ASSIGN(auto beside, Connection::open(path, {.cache_kib = 1024, .vfs = options.vfs}));
  std::vector<std::unique_ptr<Connection>> readers;
  for (unsigned i = 0; i < std::max(options.readers, 1u); ++i) {
    HG_ASSIGN(auto reader,
              Connection::open(
                  path, {.read_only = true, .cache_kib = options.reader_cache_kib, .vfs = options.vfs}));
    readers.push_back(std::move(reader));
  }
  const WriterLimits limits{options.write_queue_limit, options.group_limit, options.group_time,
                            options.checkpoint_pages};
  return std::make_unique<SqliteStore>(std::move(lock), std::move(writer), std::move(beside), limits,
                                       std::move(readers), options.read_queue_limit, options.read_time);
}

}  // namespace heliograph::store::sqlite
