#include "store/sqlite/backup.h"

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <future>
#include <thread>

#include "store/sqlite/check.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/open.h"
#include "store/suite/temp_directory.h"

namespace heliograph::store::sqlite {
namespace {

using ::testing::IsEmpty;

Status write(Store& store, Store::Body body) {
  std::promise<Status> done;
  store.submit(Store::Mode::write, std::move(body), std::chrono::seconds(10),
               [&](Status status) { done.set_value(std::move(status)); });
  return done.get_future().get();
}

Result<std::unique_ptr<Store>> with_account(const std::filesystem::path& directory, const char* username) {
  HG_ASSIGN(auto store, open({.directory = directory}));
  HG_TRY(write(*store, [=](Tx& tx) -> Status {
    Account account;
    account.username = username;
    HG_TRY(tx.accounts().insert(account));
    return {};
  }));
  return store;
}

bool has_account(const std::filesystem::path& directory, const char* username) {
  auto store = open({.directory = directory});
  EXPECT_TRUE(store) << store.error().message;
  std::promise<bool> found;
  (*store)->submit(
      Store::Mode::read,
      [&](Tx& tx) -> Status {
        HG_ASSIGN(const auto account, tx.accounts().find_by_username(username));
        found.set_value(account.has_value());
        return {};
      },
      std::chrono::seconds(10), [](Status) {});
  return found.get_future().get();
}

TEST(Backup, ComesBackInAnotherFolder) {
  const suite::TempDirectory place;
  auto live = with_account(place / "data", "ann");
  ASSERT_TRUE(live) << live.error().message;
  // While the server runs.
  auto done = backup(place / "data", place / "backup");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(check(place / "backup")->ok());
  // One file, nothing half-made beside it.
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(place / "backup")) {
    files.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(files, ::testing::ElementsAre("store.sqlite"));
  done = restore(place / "backup", place / "restored");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(has_account(place / "restored", "ann"));
}

TEST(Backup, IsConsistentUnderWrites) {
  const suite::TempDirectory place;
  auto live = with_account(place / "data", "ann");
  ASSERT_TRUE(live);
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    while (!stop) {
      static_cast<void>(write(**live, [](Tx& tx) -> Status {
        Message message;
        message.owner = message.from = UserId{1'000'001};
        message.peer = Peer::of(message.from);
        message.flags = message_out;
        message.text.assign(1000, 'x');
        HG_ASSIGN(const auto appended, tx.messages().append(message));
        HG_TRY(tx.dialogs().bump(message.owner.user(), message.peer, appended.message.id, 1, true));
        Publication publication;
        publication.update.box = message.owner;
        publication.update.kind = UpdateKind::new_message;
        HG_TRY(tx.updates().append(publication));
        return {};
      }));
    }
  });
  for (int i = 0; i < 5; ++i) {
    const auto target = place.path() / ("backup" + std::to_string(i));
    const auto done = backup(place / "data", target);
    EXPECT_TRUE(done) << done.error().message;
    const auto report = check(target);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(report->findings, IsEmpty());
  }
  stop = true;
  writer.join();
}

TEST(Backup, OverwritesNothing) {
  const suite::TempDirectory place;
  ASSERT_TRUE(with_account(place / "data", "ann"));
  ASSERT_TRUE(backup(place / "data", place / "backup"));
  EXPECT_EQ(backup(place / "data", place / "backup").error().code, "BACKUP_EXISTS");
  std::ofstream(place / "file") << "something";
  EXPECT_EQ(backup(place / "data", place / "file").error().code, "BACKUP_EXISTS");
  EXPECT_EQ(restore(place / "backup", place / "data").error().code, "DATA_EXISTS");
  // The rest of a database is in the way as well: its log would be replayed onto the restored one.
  std::filesystem::create_directory(place / "other");
  std::ofstream(place / "other" / "store.sqlite-wal") << "log";
  EXPECT_EQ(restore(place / "backup", place / "other").error().code, "DATA_EXISTS");
}

TEST(Backup, RestoreStaysOutOfARunningServersFolder) {
  const suite::TempDirectory place;
  auto live = with_account(place / "data", "ann");
  ASSERT_TRUE(backup(place / "data", place / "backup"));
  std::filesystem::remove(database_in(place / "data"));
  EXPECT_EQ(restore(place / "backup", place / "data").error().code, "STORE_LOCKED");
}

TEST(Backup, ADamagedBackupIsNotRestored) {
  const suite::TempDirectory place;
  ASSERT_TRUE(with_account(place / "data", "ann"));
  ASSERT_TRUE(backup(place / "data", place / "backup"));
  const auto file = database_in(place / "backup");
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  EXPECT_FALSE(restore(place / "backup", place / "data2"));
  EXPECT_FALSE(std::filesystem::exists(database_in(place / "data2")));
  std::ofstream(file, std::ios::trunc) << "not a database at all, but long enough to be looked at";
  EXPECT_FALSE(restore(place / "backup", place / "data2"));
  EXPECT_EQ(restore(place / "nowhere", place / "data2").error().code, "STORE_NOT_FOUND");
  EXPECT_EQ(backup(place / "nowhere", place / "backup2").error().code, "STORE_NOT_FOUND");
}

TEST(Backup, AnUnwritableTargetIsNamed) {
  const suite::TempDirectory place;
  ASSERT_TRUE(with_account(place / "data", "ann"));
  const auto refused = backup(place / "data", "/proc/backup");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "STORE_READONLY");
}

}  // namespace
}  // namespace heliograph::store::sqlite
