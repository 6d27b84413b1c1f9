// The shared suite, run on SQLite.
#include <stdlib.h>

#include <filesystem>

#include "store/sqlite/open.h"
#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase() {
    std::string pattern = (std::filesystem::temp_directory_path() / "heliograph-store-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
  }
  ~SqliteDatabase() override { std::filesystem::remove_all(directory_); }
  std::unique_ptr<Store> open(const Limits& limits) override {
    sqlite::Options options;
    options.directory = directory_;
    options.write_queue_limit = limits.write_queue;
    options.read_queue_limit = limits.read_queue;
    auto store = sqlite::open(options);
    EXPECT_TRUE(store.has_value()) << store.error().message;
    return store ? std::move(*store) : nullptr;
  }

 private:
  std::filesystem::path directory_;
};

}  // namespace

HELIOGRAPH_STORE_SUITE(Sqlite, Backend{"sqlite", [] { return std::make_unique<SqliteDatabase>(); }});

}  // namespace heliograph::store::suite
