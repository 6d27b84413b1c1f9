// The shared suite, run on SQLite.
#include "store/sqlite/open.h"
#include "store/suite/suite.h"
#include "store/suite/temp_directory.h"

namespace heliograph::store::suite {
namespace {

class SqliteDatabase final : public Database {
 public:
  std::unique_ptr<Store> open(const Limits& limits) override {
    sqlite::Options options;
    options.directory = directory_.path();
    options.write_queue_limit = limits.write_queue;
    options.read_queue_limit = limits.read_queue;
    auto store = sqlite::open(options);
    EXPECT_TRUE(store.has_value()) << store.error().message;
    return store ? std::move(*store) : nullptr;
  }

 private:
  TempDirectory directory_;
};

}  // namespace

HELIOGRAPH_STORE_SUITE(Sqlite, Backend{"sqlite", [] { return std::make_unique<SqliteDatabase>(); }});

}  // namespace heliograph::store::suite
