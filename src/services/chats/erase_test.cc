#include "services/chats/erase.h"

#include "services/testing/chat.h"

namespace heliograph::services {
namespace {

using store::UpdateKind;

class EraseTest : public testing::ChatTest {
 protected:
  store::Update erase(const Caller& who, std::vector<MessageId> ids, bool revoke) {
    return testing::World::must(world.run(delete_messages(world.environment, who, std::move(ids), revoke)));
  }
  Result<HistoryDeleted> clear(const Caller& who, UserId with, bool just_clear, bool revoke) {
    DeleteHistory request;
    request.peer = Peer::of(with);
    request.just_clear = just_clear;
    request.revoke = revoke;
    return world.run(delete_history(world.environment, who, request));
  }
};

TEST_F(EraseTest, ForOneselfAlone) {
  const auto sent = send(ada, bob.user, "Hello");
  const auto update = erase(ada, {sent.message.id}, false);
  EXPECT_EQ(update.pts_count, 1);
  EXPECT_EQ(update.pts, state(ada).pts);
  EXPECT_TRUE(history(ada, bob.user).empty());
  EXPECT_EQ(texts(bob, ada.user), std::vector<std::string>{"Hello"});
}

TEST_F(EraseTest, ForBothTakesUnreadBackToo) {
  const auto sent = send(ada, bob.user, "Oops");
  const auto before = state(bob).pts;
  erase(ada, {sent.message.id}, true);
  EXPECT_TRUE(history(bob, ada.user).empty());
  EXPECT_EQ(log_after(bob, before), std::vector{UpdateKind::delete_messages});
  EXPECT_FALSE(dialog(bob, ada.user));  // nothing keeps it
}

TEST_F(EraseTest, EitherSideMayTakeAwayForBoth) {
  const auto sent = send(ada, bob.user, "Hello");
  erase(bob, {copy_of(sent.message, bob).id}, true);
  EXPECT_TRUE(history(ada, bob.user).empty());
}

TEST_F(EraseTest, TheOneBeforeComesOnTop) {
  send(ada, bob.user, "first");
  world.clock.advance(std::chrono::seconds(10));
  const auto second = send(ada, bob.user, "second");
  erase(ada, {second.message.id}, true);
  const auto at_bob = dialog(bob, ada.user);
  EXPECT_EQ(at_bob->top_message, history(bob, ada.user).front().id);
  EXPECT_EQ(at_bob->top_date, world.clock.unix_seconds() - 10);
  EXPECT_EQ(at_bob->unread_count, 1);
}

TEST_F(EraseTest, WhatIsNotThereCountsForNothing) {
  const auto before = state(ada).pts;
  const auto sent = send(ada, bob.user, "Hello");
  const auto update = erase(ada, {MessageId{12345}, sent.message.id, sent.message.id}, false);
  EXPECT_EQ(update.pts_count, 1);
  EXPECT_EQ(erase(ada, {sent.message.id}, false).pts_count, 0);
  EXPECT_EQ(state(ada).pts, before + 2);
}

TEST_F(EraseTest, AWholeHistoryForOneselfLeavesTheOtherSide) {
  for (int i = 0; i < 5; ++i) send(ada, bob.user, "Hello");
  const auto deleted = clear(ada, bob.user, false, false);
  EXPECT_FALSE(deleted->more);
  EXPECT_EQ(deleted->update.pts_count, 5);
  EXPECT_FALSE(dialog(ada, bob.user));
  EXPECT_EQ(history(bob, ada.user).size(), 5U);
}

TEST_F(EraseTest, AClearedDialogStaysAndSaysSo) {
  send(ada, bob.user, "Hello");
  ASSERT_TRUE(clear(ada, bob.user, true, false));
  const auto left = history(ada, bob.user);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(content_of(left[0]).action->kind, ActionKind::history_clear);
  EXPECT_EQ(dialog(ada, bob.user)->top_message, left[0].id);
  EXPECT_EQ(texts(bob, ada.user), std::vector<std::string>{"Hello"});
}

TEST_F(EraseTest, ForBothTakesWhatOneSideHadDeletedAlready) {
  const auto first = send(ada, bob.user, "Deleted by Ada, kept by Bob");
  send(bob, ada.user, "Hello");
  erase(ada, {first.message.id}, false);
  ASSERT_TRUE(clear(ada, bob.user, false, true));
  EXPECT_TRUE(history(bob, ada.user).empty());
  EXPECT_FALSE(dialog(ada, bob.user));
}

TEST_F(EraseTest, LongHistoriesGoInSteps) {
  world.write([this](store::Tx& tx) -> Status {
    for (int i = 0; i < 1200; ++i) {
      Outgoing one;
      one.from = ada.user;
      one.to = Peer::of(bob.user);
      one.date = 1'700'000'000;
      one.text = "x";
      HG_TRY(append_message(tx, ada, one));
    }
    return {};
  });
  int steps = 1;
  while (clear(ada, bob.user, false, true)->more) ++steps;
  EXPECT_GE(steps, 3);
  EXPECT_TRUE(history(ada, bob.user).empty());
  EXPECT_TRUE(history(bob, ada.user).empty());
}

TEST_F(EraseTest, OnlyUpToAMessageOrBetweenDates) {
  std::vector<Sent> sent;
  for (int i = 0; i < 6; ++i) {
    sent.push_back(send(ada, bob.user, std::to_string(i)));
    world.clock.advance(std::chrono::hours(1));
  }
  DeleteHistory request;
  request.peer = Peer::of(bob.user);
  request.max_id = sent[1].message.id;
  ASSERT_TRUE(world.run(delete_history(world.environment, ada, request)));
  EXPECT_EQ(texts(ada, bob.user), (std::vector<std::string>{"5", "4", "3", "2"}));
  request.max_id = {};
  request.min_date = sent[3].message.date;
  request.max_date = sent[4].message.date;
  EXPECT_EQ(world.run(delete_history(world.environment, ada, request))->update.pts_count, 2);
  EXPECT_EQ(texts(ada, bob.user), (std::vector<std::string>{"5", "2"}));
  request.max_date = request.min_date - 1;
  EXPECT_EQ(code_of(world.run(delete_history(world.environment, ada, request))), "MAX_DATE_INVALID");
}

}  // namespace
}  // namespace heliograph::services
