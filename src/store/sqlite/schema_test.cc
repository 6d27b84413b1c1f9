#include "store/sqlite/schema.h"

#include <gmock/gmock.h>

#include <future>

#include "store/sqlite/open.h"
#include "store/suite/temp_directory.h"

namespace heliograph::store::sqlite {
namespace {

class SchemaTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = Connection::open((directory / "test.sqlite").string(), {});
    ASSERT_TRUE(opened) << opened.error().message;
    db = std::move(*opened);
  }
  std::vector<std::string> objects() {
    return db
        ->all("SELECT type || ' ' || name || coalesce(sql, '') FROM sqlite_schema ORDER BY 1",
              [](Row& row) { return row.get<std::string>(); })
        .value();
  }

  suite::TempDirectory directory;
  std::unique_ptr<Connection> db;
};

TEST_F(SchemaTest, StepsAreNumberedFromOneWithoutGaps) {
  int expected = 0;
  for (const auto& step : steps()) EXPECT_EQ(step.version, ++expected);
  EXPECT_EQ(newest_version(), expected);
}

TEST_F(SchemaTest, EachStepTakesItsPredecessorFurther) {
  EXPECT_EQ(version(*db), 0);
  for (const auto& step : steps()) {
    const auto before = objects();
    const auto done = migrate(*db, step.version);
    ASSERT_TRUE(done) << step.version << ": " << done.error().message;
    EXPECT_EQ(version(*db), step.version);
    EXPECT_NE(objects(), before);
  }
  EXPECT_TRUE(db->idle());
}

TEST_F(SchemaTest, AnUpToDateDatabaseIsLeftAlone) {
  ASSERT_TRUE(migrate(*db));
  const auto before = objects();
  ASSERT_TRUE(migrate(*db));
  EXPECT_EQ(objects(), before);
}

TEST_F(SchemaTest, AStepThatFailsLeavesTheVersionBeforeIt) {
  // A table of the first step is in the way.
  ASSERT_TRUE(db->script("PRAGMA application_id = 0x48656c67; CREATE TABLE settings (x)"));
  EXPECT_FALSE(migrate(*db));
  EXPECT_EQ(version(*db), 0);
  EXPECT_TRUE(db->idle());
  EXPECT_EQ(objects().size(), 1u);
}

TEST_F(SchemaTest, ANewerFormatIsRefusedUntouched) {
  ASSERT_TRUE(migrate(*db));
  ASSERT_TRUE(db->script("PRAGMA user_version = 999"));
  const auto refused = migrate(*db);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "STORE_TOO_NEW");
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("999"));
  EXPECT_EQ(version(*db), 999);
}

TEST_F(SchemaTest, AnotherProgramsDatabaseIsRefused) {
  ASSERT_TRUE(db->script("CREATE TABLE cookies (name)"));
  EXPECT_EQ(migrate(*db).error().code, "STORE_FOREIGN");
}

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

TEST(Open, AFolderThatCannotBe) {
  const auto refused = open({.directory = "/proc/heliograph"});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("/proc/heliograph"));
}

}  // namespace
}  // namespace heliograph::store::sqlite
