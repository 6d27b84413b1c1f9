#include "store/sqlite/open.h"

#include <gmock/gmock.h>

#include <future>

#include "store/suite/temp_directory.h"

namespace heliograph::store::sqlite {
namespace {

TEST(Open, OneServerAFolder) {
  const suite::TempDirectory directory;
  auto first = open({.directory = directory / "data"});
  ASSERT_TRUE(first) << first.error().message;
  const auto second = open({.directory = directory / "data"});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "STORE_LOCKED");
  EXPECT_THAT(second.error().message, ::testing::HasSubstr((directory / "data").string()));
  first->reset();
  EXPECT_TRUE(open({.directory = directory / "data"}));
}

TEST(Open, ATransactionLargerThanTheCache) {
  const suite::TempDirectory directory;
  auto store = open({.directory = directory.path(), .writer_cache_kib = 100});
  ASSERT_TRUE(store);
  constexpr int kCount = 3000;
  std::promise<Status> done;
  (*store)->submit(
      Store::Mode::write,
      [](Tx& tx) -> Status {
        Message message;
        message.owner = message.from = UserId{1};
        message.peer = Peer::of(UserId{2});
        message.text.assign(1500, 'x');
        for (int i = 0; i < kCount; ++i) {
          HG_TRY(tx.messages().append(message));
          if (i % 100 == 0) HG_TRY(tx.messages().find(UserId{1}, MessageId{i / 2 + 1}));
        }
        return {};
      },
      std::chrono::seconds(60), [&](Status status) { done.set_value(std::move(status)); });
  ASSERT_TRUE(done.get_future().get());
  std::promise<std::int64_t> total;
  (*store)->submit(
      Store::Mode::read,
      [&](Tx& tx) -> Status {
        HG_ASSIGN(const auto page, tx.messages().history(UserId{1}, Peer::of(UserId{2}), {}));
        total.set_value(page.total);
        return {};
      },
      std::chrono::seconds(60), [](Status) {});
  EXPECT_EQ(total.get_future().get(), kCount);
}

TEST(Open, TheLogDoesNotGrowWithoutEnd) {
  const suite::TempDirectory directory;
  auto store = open({.directory = directory.path(), .checkpoint_pages = 50});
  ASSERT_TRUE(store);
  for (int i = 0; i < 600; ++i) {
    std::promise<Status> done;
    (*store)->submit(
        Store::Mode::write,
        [](Tx& tx) -> Status {
          Message message;
          message.owner = message.from = UserId{1};
          message.peer = Peer::of(UserId{2});
          message.text.assign(4000, 'x');
          HG_TRY(tx.messages().append(message));
          return {};
        },
        std::chrono::seconds(60), [&](Status status) { done.set_value(std::move(status)); });
    ASSERT_TRUE(done.get_future().get());
  }
  // Some 4,000 pages have been written; without writing back they would all be there.
  EXPECT_LT(std::filesystem::file_size(database_in(directory.path()).string() + "-wal"), 600u * 4096u);
}

TEST(Open, AReadThatGoesOnTooLongIsBrokenOff) {
  const suite::TempDirectory directory;
  auto store = open({.directory = directory.path(), .readers = 1, .read_time = std::chrono::milliseconds(1)});
  ASSERT_TRUE(store);
  std::promise<Status> filled;
  (*store)->submit(
      Store::Mode::write,
      [](Tx& tx) -> Status {
        Message message;
        message.owner = message.from = UserId{1};
        message.peer = Peer::of(UserId{2});
        message.text = "Grüße an alle, die das lesen";
        for (int i = 0; i < 20'000; ++i) HG_TRY(tx.messages().append(message));
        return {};
      },
      std::chrono::seconds(60), [&](Status status) { filled.set_value(std::move(status)); });
  ASSERT_TRUE(filled.get_future().get());
  const auto search = [&](Store::Body body) {
    std::promise<Status> done;
    (*store)->submit(Store::Mode::read, std::move(body), std::chrono::seconds(60),
                     [&](Status status) { done.set_value(std::move(status)); });
    return done.get_future().get();
  };
  const auto broken_off = search([](Tx& tx) -> Status {
    SearchFilter filter;
    filter.text = "niemand";
    HG_TRY(tx.messages().search(UserId{1}, std::nullopt, filter, {}));
    return {};
  });
  ASSERT_FALSE(broken_off);
  EXPECT_EQ(broken_off.error().code, "STORE_DEADLINE");
  // The next is not held up by it.
  EXPECT_TRUE(search([](Tx& tx) -> Status {
    HG_TRY(tx.messages().find(UserId{1}, MessageId{5}));
    return {};
  }));
}

TEST(Open, AFolderThatCannotBe) {
  const auto refused = open({.directory = "/proc/heliograph"});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("/proc/heliograph"));
}

}  // namespace
}  // namespace heliograph::store::sqlite
