#include "store/sqlite/schema.h"

#include <gmock/gmock.h>

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

TEST_F(SchemaTest, CasesThatAreThereAlreadyAreCounted) {
  ASSERT_TRUE(migrate(*db, 24));
  ASSERT_TRUE(db->script(
      "INSERT INTO cases (subject, user, state, category, effect, severity, strike, strike_until, opened_at, "
      "decided_at, record, sealed, due_at) VALUES ('account/1', 1, 1, 3, 0, 1, 0, 0, 172800, 0, 0, x'', "
      "176400), ('account/2', 1, 2, 3, 6, 1, 0, 0, 172800, 259200, 0, x'', 0);"
      "INSERT INTO appeals (case_id, user, state, at, decided_at, first, second, assignee, assigned_until, "
      "sealed) VALUES (2, 1, 2, 259200, 345600, 0, 1, 0, 0, x'')"));
  ASSERT_TRUE(migrate(*db));
  const auto rows = db->all(
      "SELECT day || ' ' || category || ' ' || opened || ' ' || change || ' ' || decided || ' ' || appealed "
      "|| ' ' || upheld FROM case_days ORDER BY day",
      [](Row& row) { return row.get<std::string>(); });
  EXPECT_THAT(*rows, ::testing::ElementsAre("2 3 2 2 0 0 0", "3 3 0 -1 1 1 0", "4 3 0 0 0 0 1"));
  EXPECT_EQ(
      *db->number("SELECT open FROM case_waiting WHERE queue = 0 AND category = 3 AND due_hour = 49", 0), 1);
  EXPECT_EQ(*db->number("SELECT open FROM case_ages WHERE opened_hour = 48", 0), 1);
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

}  // namespace
}  // namespace heliograph::store::sqlite
