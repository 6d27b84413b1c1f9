// Programs beside a running server: what they see, and the journal of who looked.
#include "store/sqlite/snapshot.h"

#include <gtest/gtest.h>

#include "store/sqlite/connection.h"
#include "store/sqlite/open.h"
#include "store/sqlite/staff_reads.h"
#include "store/suite/temp_directory.h"

namespace heliograph::store::sqlite {
namespace {

class SnapshotTest : public ::testing::Test {
 protected:
  template <typename T>
  T run(Task<T> task) {
    std::optional<T> result;
    executor.post([&] { spawn(std::move(task), [&](T value) { result.emplace(std::move(value)); }); });
    EXPECT_TRUE(executor.run_until([&] { return result.has_value(); }));
    return std::move(*result);
  }
  static auto insert(std::string name) {
    return [name](Tx& tx) {
      Account account;
      account.first_name = name;
      return tx.accounts().insert(account);
    };
  }
  static auto name_of(UserId id) {
    return [id](Tx& tx) -> Result<std::string> {
      HG_ASSIGN(const auto account, tx.accounts().find(id));
      return account ? account->first_name : "";
    };
  }

  suite::TempDirectory directory;
  ManualExecutor executor;
  std::unique_ptr<Store> store = std::move(*open({.directory = directory.path(), .readers = 1}));
};

TEST_F(SnapshotTest, ShowsOneMomentAndChangesNothing) {
  const auto ada = *run(store->write(insert("Ada")));
  const auto snapshot = Snapshot::open(directory.path());
  ASSERT_TRUE(snapshot) << snapshot.error().message;
  const auto bob = *run(store->write(insert("Bob")));
  EXPECT_EQ(*run((*snapshot)->read(name_of(ada))), "Ada");
  EXPECT_EQ(*run((*snapshot)->read(name_of(bob))), "");
  EXPECT_EQ(run((*snapshot)->write(insert("Eve"))).error().code, "STORE_READ_TX");
  const auto later = Snapshot::open(directory.path());
  EXPECT_EQ(*run((*later)->read(name_of(bob))), "Bob");
}

TEST_F(SnapshotTest, TheJournalIsWrittenBesideTheServerAndStays) {
  const auto ada = *run(store->write(insert("Ada")));
  StaffRead read{0, 1'000, "root (uid 0)", "export", ada, "asked to"};
  ASSERT_TRUE(record_staff_read(directory.path(), read));
  ASSERT_TRUE(run(store->write(insert("Bob"))));
  read.at = 2'000;
  ASSERT_TRUE(record_staff_read(directory.path(), read));
  ASSERT_TRUE(run(store->write(insert("Eve"))));
  const auto reads = staff_reads(directory.path());
  ASSERT_TRUE(reads);
  ASSERT_EQ(reads->size(), 2U);
  EXPECT_EQ(reads->at(0).at, 1'000);
  EXPECT_EQ(reads->at(0).who, "root (uid 0)");
  EXPECT_EQ(reads->at(0).account, ada);
  EXPECT_EQ(reads->at(1).at, 2'000);

  const auto db = Connection::open(database_in(directory.path()).string(), {});
  EXPECT_FALSE((*db)->script("DELETE FROM staff_reads"));
  EXPECT_FALSE((*db)->script("UPDATE staff_reads SET who = ''"));
  EXPECT_EQ(staff_reads(directory.path())->size(), 2U);
}

TEST_F(SnapshotTest, AFolderWithoutADatabaseIsRefused) {
  suite::TempDirectory empty;
  EXPECT_EQ(Snapshot::open(empty.path()).error().code, "STORE_NOT_FOUND");
  EXPECT_EQ(record_staff_read(empty.path(), {}).error().code, "STORE_NOT_FOUND");
}

}  // namespace
}  // namespace heliograph::store::sqlite
