// What every backend of store/store.h must do, as tests. A backend joins in with one line in a test file of
// its own:
//   HELIOGRAPH_STORE_SUITE(Sqlite, (Backend{"sqlite", make}));
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/executor.h"
#include "store/store.h"

namespace heliograph::store::suite {

struct Limits {
  std::size_t write_queue = 10'000;
  std::size_t read_queue = 10'000;
};

// One database, as it outlives the stores opened on it; removed with the last of them.
class Database {
 public:
  virtual ~Database() = default;
  virtual std::unique_ptr<Store> open(const Limits& limits) = 0;
};

struct Backend {
  std::string name;
  std::function<std::unique_ptr<Database>()> create;
};

inline std::string name_of(const ::testing::TestParamInfo<Backend>& info) {
  return info.param.name;
}

// Keeps what it hears.
class Recorder final : public CommitListener {
 public:
  void on_commit(std::vector<Publication> publications) override {
    for (auto& publication : publications) heard.push_back(std::move(publication));
  }
  std::vector<Publication> heard;  // read it only when no write is under way
};

inline const UserId ann{1'000'001};
inline const UserId bob{1'000'002};
inline const UserId eve{1'000'003};

class StoreSuite : public ::testing::TestWithParam<Backend> {
 protected:
  void SetUp() override;
  void reopen(const Limits& limits = {});

  // Run one transaction and wait for it.
  template <typename F>
  auto write(F body) {
    return wait(store->write(std::move(body)));
  }
  template <typename F>
  auto read(F body) {
    return wait(store->read(std::move(body)));
  }
  template <typename T>
  T wait(Task<T> task) {
    std::optional<T> result;
    executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
    EXPECT_TRUE(executor.run_until([&] { return result.has_value(); }));
    if (!result) std::abort();  // a store that never answers: nothing after this can be trusted
    return std::move(*result);
  }
  // For what must succeed: the value, or the test fails.
  template <typename F>
  auto must_write(F body) {
    auto result = write(std::move(body));
    EXPECT_TRUE(result.has_value()) << result.error().code;
    return std::move(result).value();
  }
  template <typename F>
  auto must_read(F body) {
    auto result = read(std::move(body));
    EXPECT_TRUE(result.has_value()) << result.error().code;
    return std::move(result).value();
  }

  UserId add_account(const std::string& first_name = "Ann");
  // `text` from `owner` to `peer`, in owner's box, on top of the dialog, logged.
  Message send(UserId owner, UserId peer, const std::string& text, UnixSeconds date = 1000);
  Message receive(UserId owner, UserId peer, const std::string& text, UnixSeconds date = 1000);

  ManualExecutor executor;
  std::unique_ptr<Database> database;
  std::unique_ptr<Store> store;
};

// With a box to page through: ann's messages 1..20 at dates 1010, 1020, ...; the even ones are her dialog
// with bob, the odd ones with eve.
class HistorySuite : public StoreSuite {
 protected:
  void SetUp() override;
  static std::vector<std::int32_t> ids(const Page& page);
  // Of the dialog with bob.
  std::vector<std::int32_t> page(const HistoryRange& range);
  std::vector<std::int32_t> found(const SearchFilter& filter, const HistoryRange& range = {});
  std::vector<std::int32_t> found(const SearchFilter& filter, const HistoryRange& range,
                                  std::optional<Peer> peer);

  std::int64_t total = 0;  // of the last search
};

}  // namespace heliograph::store::suite

// In namespace heliograph::store::suite.
#define HELIOGRAPH_STORE_SUITE(Name, ...)                                              \
  INSTANTIATE_TEST_SUITE_P(Name, StoreSuite, ::testing::Values(__VA_ARGS__), name_of); \
  INSTANTIATE_TEST_SUITE_P(Name, HistorySuite, ::testing::Values(__VA_ARGS__), name_of)
