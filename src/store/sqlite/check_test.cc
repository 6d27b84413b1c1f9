#include "store/sqlite/check.h"

#include <gmock/gmock.h>

#include <future>

#include "store/sqlite/connection.h"
#include "store/sqlite/open.h"
#include "store/suite/temp_directory.h"

namespace heliograph::store::sqlite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const UserId ann{1001};
const UserId bob{1002};

Status write(Store& store, Store::Body body) {
  std::promise<Status> done;
  store.submit(Store::Mode::write, std::move(body), std::chrono::seconds(10),
               [&](Status status) { done.set_value(std::move(status)); });
  return done.get_future().get();
}

Status put_copy(Tx& tx, UserId owner, UserId peer, bool out, std::int64_t& link) {
  Message message;
  message.owner = owner;
  message.peer = Peer::of(peer);
  message.from = out ? owner : peer;
  message.link = link;
  if (out) message.flags = message_out;
  static std::int64_t random_id = 0;
  if (out) message.random_id = ++random_id;
  message.date = 5;
  HG_ASSIGN(const auto appended, tx.messages().append(message));
  link = appended.message.link;
  HG_TRY(tx.dialogs().bump(owner, message.peer, appended.message.id, message.date, out));
  Publication publication;
  publication.update.box = owner;
  publication.update.kind = UpdateKind::new_message;
  publication.update.date = message.date;
  publication.update.message_id = appended.message.id;
  HG_TRY(tx.updates().append(publication));
  publication.update.kind = UpdateKind::draft;
  HG_TRY(tx.updates().append(publication));
  return {};
}

// A folder with two people who have written to each other.
class CheckTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto store = open({.directory = directory.path()});
    ASSERT_TRUE(store) << store.error().message;
    ASSERT_TRUE(write(**store, [](Tx& tx) -> Status {
      for (const auto id : {ann, bob}) {
        Account account;
        account.id = id;
        HG_TRY(tx.accounts().insert(account));
      }
      for (int i = 0; i < 3; ++i) {
        std::int64_t link = 0;
        HG_TRY(put_copy(tx, ann, bob, true, link));
        HG_TRY(put_copy(tx, bob, ann, false, link));
      }
      return {};
    }));
  }
  // What is found after somebody has run `sql` on the file.
  std::vector<std::string> after(const char* sql) {
    auto db = Connection::open(database_in(directory.path()).string(), {});
    EXPECT_TRUE(db);
    EXPECT_TRUE((*db)->script(sql));
    db->reset();
    const auto report = check(directory.path());
    EXPECT_TRUE(report) << report.error().message;
    return report->findings;
  }

  suite::TempDirectory directory;
};

TEST_F(CheckTest, ASoundDatabaseHasNoFindings) {
  const auto report = check(directory.path());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_THAT(report->findings, IsEmpty());
  EXPECT_EQ(report->accounts, 2);
  EXPECT_EQ(report->messages, 6);
  EXPECT_EQ(report->updates, 12);
}

TEST_F(CheckTest, RunsBesideALiveServer) {
  auto store = open({.directory = directory.path()});
  ASSERT_TRUE(store);
  ASSERT_TRUE(write(**store, [](Tx& tx) -> Status {
    std::int64_t link = 0;
    HG_TRY(put_copy(tx, bob, ann, true, link));
    return put_copy(tx, ann, bob, false, link);
  }));
  const auto report = check(directory.path());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_THAT(report->findings, IsEmpty());
  EXPECT_EQ(report->messages, 8);  // what was acknowledged is there
}

TEST_F(CheckTest, ATrimmedLogIsSound) {
  {
    auto store = open({.directory = directory.path()});
    ASSERT_TRUE(write(**store, [](Tx& tx) -> Status {
      HG_TRY(tx.updates().trim(100, 2));
      return tx.updates().erase_all(bob);
    }));
  }
  EXPECT_THAT(check(directory.path())->findings, IsEmpty());
}

TEST_F(CheckTest, AGapInTheLog) {
  EXPECT_THAT(after("DELETE FROM pts_updates WHERE key = 1001 << 31 | 3"),
              ElementsAre("account 1001: pts goes from 2 to 4 by a step of 1."));
  EXPECT_THAT(after("DELETE FROM seq_updates WHERE key = 1002 << 31 | 3"),
              ElementsAre(HasSubstr("account 1001"), "account 1002: seq goes from 2 to 4 by a step of 1."));
}

TEST_F(CheckTest, ALogThatEndsEarly) {
  EXPECT_THAT(after("DELETE FROM pts_updates WHERE key = 1002 << 31 | 4"),
              ElementsAre("account 1002: the log ends at pts 3, the box stands at 4."));
  EXPECT_THAT(after("DELETE FROM pts_updates WHERE key > 1002 << 31"),
              ElementsAre("account 1002: the log is empty, but should lead from pts 1 to 4."));
}

TEST_F(CheckTest, AWrongUnreadCount) {
  EXPECT_THAT(after("UPDATE dialogs SET unread_count = 2 WHERE owner = 1002"),
              ElementsAre("account 1002, dialog with user 1001: 2 messages are counted as unread, 3 are."));
}

TEST_F(CheckTest, AWrongTopMessage) {
  EXPECT_THAT(after("DELETE FROM messages WHERE key = 1001 << 31 | 3"),
              ElementsAre("account 1001, dialog with user 1002: the top message is said to be 3, it is 2."));
}

TEST_F(CheckTest, AMissingDialog) {
  EXPECT_THAT(after("DELETE FROM dialogs WHERE owner = 1001"),
              ElementsAre("account 1001, dialog with user 1002: there are messages, but no dialog."));
}

TEST_F(CheckTest, ANumberThatWasNotGivenOut) {
  EXPECT_THAT(after("UPDATE boxes SET last_message = 2 WHERE account = 1001"),
              ElementsAre("account 1001: message 3 exists, but the last number given out is 2.",
                          "account 1001, dialog with user 1002: read further than there are messages."));
  EXPECT_THAT(after("UPDATE boxes SET last_message = 3; UPDATE counters SET value = 1 WHERE name = 'link'"),
              ElementsAre("A message has link 3, but the last one given out is 1."));
}

TEST_F(CheckTest, CopiesThatDisagree) {
  EXPECT_THAT(after("UPDATE messages SET date = 6 WHERE key = 1001 << 31 | 2"),
              ElementsAre(HasSubstr("The copies of one message (link 2) disagree")));
}

TEST_F(CheckTest, AThreadMiscounted) {
  EXPECT_THAT(after("INSERT INTO threads VALUES (1001 << 31 | 2, 5, 3, 0, 0, 0)"),
              ElementsAre("account 1001: the thread of message 2 is said to have 5 messages, it has 0."));
}

TEST_F(CheckTest, AMessageStoredTwice) {
  EXPECT_THAT(after("UPDATE messages SET random_id = 7 WHERE owner = 1001"),
              ElementsAre("account 1001: one message was stored twice (the same random_id)."));
}

TEST_F(CheckTest, RowsOfNobody) {
  EXPECT_THAT(after("INSERT INTO blocks VALUES (5, 6, 7)"),
              ElementsAre("account 5 does not exist, but has blocks."));
}

TEST_F(CheckTest, ADamagedFile) {
  std::filesystem::resize_file(database_in(directory.path()), 3 * 4096 + 100);
  const auto report = check(directory.path());
  EXPECT_TRUE(!report || !report->ok());
}

TEST_F(CheckTest, FindingsAreBounded) {
  const auto findings = after(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
      "INSERT INTO blocks SELECT i, 1, 1 FROM n");
  EXPECT_EQ(findings.size(), 200u);
  EXPECT_THAT(findings.back(), HasSubstr("more"));
}

TEST(Check, NoDatabase) {
  const suite::TempDirectory directory;
  EXPECT_EQ(check(directory.path()).error().code, "STORE_NOT_FOUND");
  EXPECT_EQ(check(directory / "nowhere").error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace heliograph::store::sqlite
