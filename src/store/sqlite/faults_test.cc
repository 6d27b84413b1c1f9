// The disk fails, at every single call that it can fail at: nothing acknowledged is lost, nothing is half
// done, and the store serves again as soon as the disk does.
#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <latch>
#include <set>

#include "store/sqlite/check.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/fault_vfs.h"
#include "store/sqlite/open.h"
#include "store/suite/temp_directory.h"

namespace heliograph::store::sqlite {
namespace {

using ::testing::AnyOf;
using ::testing::IsEmpty;
using Fault = FaultVfs::Fault;
using Left = FaultVfs::Left;

const UserId ann{1001};
const UserId bob{1002};

Status wait(Store& store, Store::Mode mode, Store::Body body) {
  std::latch done(1);
  Status result;
  store.submit(mode, std::move(body), std::chrono::seconds(10), [&](Status status) {
    result = std::move(status);
    done.count_down();
  });
  done.wait();
  return result;
}

Status send(Tx& tx, std::int64_t random_id) {
  std::int64_t link = 0;
  for (const bool out : {true, false}) {
    Message message;
    message.owner = out ? ann : bob;
    message.peer = Peer::of(out ? bob : ann);
    message.from = ann;
    message.link = link;
    if (out) {
      message.flags = message_out;
      message.random_id = random_id;
    }
    message.date = 1000 + random_id;
    message.text.assign(400, 'x');
    HG_ASSIGN(const auto appended, tx.messages().append(message));
    link = appended.message.link;
    HG_TRY(tx.dialogs().bump(message.owner.user(), message.peer, appended.message.id, message.date, out));
    Publication publication;
    publication.update.box = message.owner;
    publication.update.kind = UpdateKind::new_message;
    publication.update.date = message.date;
    publication.update.message_id = appended.message.id;
    HG_TRY(tx.updates().append(publication));
  }
  return {};
}

class Listener final : public CommitListener {
 public:
  void on_commit(std::vector<Publication> publications) override { count += publications.size(); }
  std::size_t count = 0;
};

class FaultsTest : public ::testing::Test {
 protected:
  static constexpr int kRounds = 12;
  static constexpr int kTogether = 3;

  void SetUp() override {
    faults.reset();
    // A database with two accounts, as every round begins with.
    auto store = open({.directory = place / "template"});
    ASSERT_TRUE(store) << store.error().message;
    ASSERT_TRUE(wait(**store, Store::Mode::write, [](Tx& tx) -> Status {
      for (const auto id : {ann, bob}) {
        Account account;
        account.id = id;
        HG_TRY(tx.accounts().insert(account));
      }
      return {};
    }));
  }
  void TearDown() override { faults.reset(); }

  // A fresh copy of that database, on the disk that fails.
  Result<std::unique_ptr<Store>> begin() {
    std::filesystem::remove_all(place / "data");
    std::filesystem::copy(place / "template", place / "data");
    faults.reset();
    acknowledged.clear();
    refused.clear();
    return reopen();
  }
  Result<std::unique_ptr<Store>> reopen() {
    // A log of few pages, so that it is written back in the middle of things.
    return open({.directory = place / "data", .readers = 1, .checkpoint_pages = 12, .vfs = faults.name()});
  }

  // Sends in groups of some; what came of each is noted.
  void work(Store& store, int rounds = kRounds) {
    for (int round = 0; round < rounds; ++round) {
      std::latch done(kTogether);
      std::array<Status, kTogether> results;
      for (int i = 0; i < kTogether; ++i) {
        store.submit(
            Store::Mode::write, [id = next_id + i](Tx& tx) { return send(tx, id); }, std::chrono::seconds(10),
            [&, i](Status status) {
              results[static_cast<std::size_t>(i)] = std::move(status);
              done.count_down();
            });
      }
      done.wait();
      for (int i = 0; i < kTogether; ++i) {
        const auto& result = results[static_cast<std::size_t>(i)];
        if (result) {
          acknowledged.insert(next_id + i);
        } else {
          refused[next_id + i] = std::string(result.error().code);
        }
      }
      next_id += kTogether;
    }
  }

  // With the store closed and the disk sound again.
  void verify(const std::string& when) {
    const auto report = check(place / "data");
    ASSERT_TRUE(report) << when << ": " << report.error().message;
    EXPECT_THAT(report->findings, IsEmpty()) << when;
    auto db = Connection::open(database_in(place / "data").string(), {.read_only = true});
    ASSERT_TRUE(db) << when;
    std::multiset<std::int64_t> found;
    ASSERT_TRUE(
        (*db)->each("SELECT random_id, (SELECT count(*) FROM messages c WHERE c.link = m.link) "
                    "FROM messages m WHERE random_id != 0",
                    [&](Row& row) {
                      found.insert(row.get<std::int64_t>());
                      EXPECT_EQ(row.get<std::int64_t>(), 2) << when << ": one copy of two";
                      return true;
                    }));
    for (const auto id : acknowledged)
      EXPECT_EQ(found.count(id), 1u) << when << ": message " << id << " is lost";
    for (const auto id : found) {
      // What was refused may only be there after a failure whose outcome was said to be unknown.
      EXPECT_TRUE(acknowledged.contains(id) || refused[id] == "STORE_FAILED") << when << ": message " << id;
    }
  }

  // With the closing, which writes the log back: how much of that happens before is up to the checkpointer's
  // thread, so that two runs need not make the same calls.
  std::int64_t calls_of_a_run() {
    auto store = begin();
    EXPECT_TRUE(store);
    work(**store);
    EXPECT_EQ(acknowledged.size(), std::size_t{kRounds * kTogether});
    store->reset();
    return faults.calls();
  }

  suite::TempDirectory place;
  FaultVfs& faults = FaultVfs::instance();
  std::int64_t next_id = 1;
  std::set<std::int64_t> acknowledged;
  std::map<std::int64_t, std::string> refused;
};

TEST_F(FaultsTest, OneCallFails) {
  const auto calls = calls_of_a_run();
  ASSERT_GT(calls, 50);
  for (std::int64_t n = 1; n <= calls; ++n) {
    auto store = begin();
    ASSERT_TRUE(store);
    Listener listener;
    (*store)->set_listener(&listener);
    faults.arm(Fault::once, n);
    work(**store);
    EXPECT_EQ(listener.count, 2 * acknowledged.size()) << "call " << n;
    // It goes on.
    if (faults.fired()) {
      work(**store, 1);
      EXPECT_TRUE(acknowledged.contains(next_id - 1)) << "call " << n;
    }
    store->reset();
    faults.heal();
    verify("call " + std::to_string(n) + " failed");
  }
}

TEST_F(FaultsTest, TheProcessOrTheMachineDies) {
  const auto calls = calls_of_a_run();
  for (const auto left : {Left::everything, Left::nothing, Left::database_only}) {
    for (std::int64_t n = 1; n <= calls; ++n) {
      auto store = begin();
      ASSERT_TRUE(store);
      faults.arm(Fault::death, n);
      work(**store);
      store->reset();
      faults.heal();
      faults.pull_plug(left);
      verify("died at call " + std::to_string(n) + ", left " + std::to_string(static_cast<int>(left)));
    }
  }
}

TEST_F(FaultsTest, DeathWhileTheDatabaseIsCreated) {
  const auto create = [&] {
    std::filesystem::remove_all(place / "data");
    faults.reset();
  };
  create();
  ASSERT_TRUE(reopen());
  const auto calls = faults.calls();
  ASSERT_GT(calls, 3);
  for (std::int64_t n = 1; n <= calls; ++n) {
    create();
    faults.arm(Fault::death, n);
    static_cast<void>(reopen());
    faults.heal();
    faults.pull_plug(Left::nothing);
    const auto again = reopen();
    ASSERT_TRUE(again) << "call " << n << ": " << again.error().message;
  }
}

TEST_F(FaultsTest, AFullDisk) {
  const auto calls = calls_of_a_run();
  for (std::int64_t n = 1; n <= calls; n += 3) {
    auto store = begin();
    ASSERT_TRUE(store);
    work(**store, 2);
    const auto before = acknowledged.size();
    faults.arm(Fault::full, n);
    work(**store, 4);
    for (const auto& [id, code] : refused) EXPECT_EQ(code, "STORE_FULL") << "call " << n;
    // Reading goes on.
    ASSERT_TRUE(wait(**store, Store::Mode::read, [&](Tx& tx) -> Status {
      HG_ASSIGN(const auto page, tx.messages().history(ann, Peer::of(bob), {}));
      EXPECT_EQ(page.total, static_cast<std::int64_t>(acknowledged.size())) << "call " << n;
      EXPECT_GE(acknowledged.size(), before);
      return {};
    }));
    // And writing as soon as there is space.
    faults.heal();
    ASSERT_TRUE(wait(**store, Store::Mode::write, [id = next_id](Tx& tx) { return send(tx, id); }))
        << "call " << n;
    acknowledged.insert(next_id++);
    store->reset();
    verify("full from call " + std::to_string(n) + " on");
  }
}

// Root may write anything: for as long as this lives, the process is nobody.
class Nobody {
 public:
  Nobody() : user_(::geteuid()) {
    if (user_ == 0) became_ = ::seteuid(65534) == 0;
  }
  ~Nobody() {
    if (became_) {
      EXPECT_EQ(::seteuid(user_), 0);
    }
  }

 private:
  ::uid_t user_;
  bool became_ = false;
};

TEST_F(FaultsTest, AFolderThatMayNotBeWritten) {
  {
    auto store = begin();
    ASSERT_TRUE(store);
    work(**store, 1);
  }
  using std::filesystem::perms;
  std::filesystem::permissions(place.path(), perms(0755));
  std::filesystem::permissions(place / "data", perms(0555));
  for (const auto& file : std::filesystem::directory_iterator(place / "data")) {
    std::filesystem::permissions(file.path(), perms(0444));
  }
  {
    const Nobody nobody;
    const auto refused_open = reopen();
    ASSERT_FALSE(refused_open);
    EXPECT_EQ(refused_open.error().code, "STORE_READONLY");
    EXPECT_THAT(refused_open.error().message, ::testing::HasSubstr((place / "data").string()));
  }
  std::filesystem::permissions(place / "data", perms(0755));
}

}  // namespace
}  // namespace heliograph::store::sqlite
