// An index in a folder of its own, and short ways to fill and ask it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/executor.h"
#include "search/index.h"
#include "search/searcher.h"
#include "store/suite/temp_directory.h"

namespace heliograph::search::testing {

inline constexpr Peer channel{PeerKind::channel, 7};

class Fixture : public ::testing::Test {
 protected:
  void SetUp() override { open(); }

  void open() {
    index.reset();
    auto opened = Index::open(directory.path() / "search", clock, options);
    ASSERT_TRUE(opened) << opened.error().code;
    index = std::move(*opened);
  }

  template <typename T>
  T wait(Task<T> task) {
    std::optional<T> result;
    executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
    EXPECT_TRUE(executor.run_until([&] { return result.has_value(); }));
    if (!result) std::abort();  // an index that never answers: nothing after this can be trusted
    return std::move(*result);
  }

  UnixSeconds now() const { return clock.unix_seconds(); }
  static Key key(std::int32_t id) { return {channel, id}; }

  void apply(std::vector<Change> changes) {
    const auto status =
        wait(index->apply(std::move(changes), {.log = ++log, .filling = false, .filled_up_to = {}}));
    ASSERT_TRUE(status) << status.error().code;
  }
  void put(std::int32_t id, std::string text, UnixSeconds date = 1'000, Standing standing = {}) {
    apply({Put{key(id), Post{.text = std::move(text), .date = date, .sender = {}, .standing = standing}}});
  }

  Result<ResultPage> ask(Query query, Filter filter = {}, Asker asker = {}) {
    const Searcher searcher(*index, guard);
    return wait(searcher.search(std::move(query), std::move(filter), std::move(asker)));
  }
  ResultPage page(Query query, Filter filter = {}, Asker asker = {}) {
    auto result = ask(std::move(query), std::move(filter), std::move(asker));
    EXPECT_TRUE(result) << result.error().code;
    if (!result) std::abort();
    return std::move(*result);
  }
  // Numbers of the posts found.
  std::vector<std::int32_t> found(std::string text, Query query = {}) {
    query.text = std::move(text);
    std::vector<std::int32_t> out;
    const auto got = page(std::move(query));
    for (const auto& hit : got.hits()) out.push_back(hit.key.message);
    return out;
  }
  std::string error(std::string text) {
    auto result = ask({.text = std::move(text)});
    return result ? "" : std::string(result.error().code);
  }

  store::suite::TempDirectory directory;
  ManualClock clock;
  IndexOptions options;
  ManualExecutor executor;
  Guard guard;
  std::unique_ptr<Index> index;
  std::int64_t log = 0;
};

}  // namespace heliograph::search::testing
