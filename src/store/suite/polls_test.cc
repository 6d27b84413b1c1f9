#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Poll poll_of(std::int64_t id, UnixSeconds close_at = 0) {
  Poll poll;
  poll.id = id;
  poll.close_at = close_at;
  poll.words = "Tea or coffee";
  return poll;
}

std::vector<UserId> users_of(const std::vector<PollVote>& votes) {
  std::vector<UserId> users;
  for (const auto& vote : votes) users.push_back(vote.user);
  return users;
}

TEST_P(StoreSuite, VotesAreCountedReplacedAndTakenBack) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.polls().open(poll_of(7), 100));
    HG_TRY(tx.polls().vote(7, {ann, 50, {0, 2}}));
    return tx.polls().vote(7, {bob, 60, {2}});
  }));
  reopen();
  EXPECT_EQ(must_read([](Tx& tx) { return tx.polls().find(7); })->voters, 2);
  auto counts = must_read([](Tx& tx) { return tx.polls().counts(7); });
  ASSERT_EQ(counts.size(), 2u);
  EXPECT_EQ(counts[1].answer, 2);
  EXPECT_EQ(counts[1].votes, 2);
  EXPECT_THAT(must_read([](Tx& tx) { return tx.polls().chosen(7, ann); }), ElementsAre(0, 2));
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.polls().vote(7, {ann, 70, {1}}));
    return tx.polls().vote(7, {bob, 70, {}});
  }));
  counts = must_read([](Tx& tx) { return tx.polls().counts(7); });
  ASSERT_EQ(counts.size(), 1u);
  EXPECT_EQ(counts[0].answer, 1);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.polls().find(7); })->voters, 1);
  EXPECT_THAT(must_read([](Tx& tx) { return tx.polls().chosen(7, bob); }), IsEmpty());
}

TEST_P(StoreSuite, VotesAreListedTheLatestFirst) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.polls().open(poll_of(7), 100));
    HG_TRY(tx.polls().open(poll_of(8), 101));
    HG_TRY(tx.polls().vote(7, {ann, 50, {0, 1}}));
    HG_TRY(tx.polls().vote(7, {bob, 60, {1}}));
    HG_TRY(tx.polls().vote(7, {eve, 60, {0}}));
    return tx.polls().vote(8, {eve, 99, {0}});
  }));
  const auto list = [this](std::optional<std::int32_t> answer, std::optional<PollVotePlace> after) {
    return must_read([=](Tx& tx) { return tx.polls().list(7, answer, after, 2); });
  };
  const auto first = list({}, {});
  EXPECT_THAT(users_of(first), ElementsAre(eve, bob));
  const auto rest = list({}, PollVotePlace{60, bob});
  ASSERT_THAT(users_of(rest), ElementsAre(ann));
  EXPECT_THAT(rest[0].answers, ElementsAre(0, 1));
  EXPECT_THAT(users_of(list(1, {})), ElementsAre(bob, ann));
  EXPECT_THAT(users_of(list(0, PollVotePlace{60, eve})), ElementsAre(ann));
}

TEST_P(StoreSuite, APollGoesWithItsLastPlace) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.polls().open(poll_of(7), 100));
    HG_TRY(tx.polls().vote(7, {ann, 50, {0}}));
    HG_TRY(tx.polls().open(poll_of(7), 101));  // forwarded: its votes stay
    return tx.polls().erase_place(100);
  }));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.polls().places(7, 10); }), ElementsAre(101));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.polls().find(7); })->voters, 1);
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.polls().erase_place(5));  // no poll is there
    return tx.polls().erase_place(101);
  }));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.polls().find(7); }), std::nullopt);
  EXPECT_THAT(must_read([](Tx& tx) { return tx.polls().counts(7); }), IsEmpty());
  EXPECT_THAT(must_read([](Tx& tx) { return tx.polls().chosen(7, ann); }), IsEmpty());
}

TEST_P(StoreSuite, PollsAreDueOnceTheirTimeHasCome) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_TRY(tx.polls().open(poll_of(1), 100));
    HG_TRY(tx.polls().open(poll_of(2, 500), 101));
    return tx.polls().open(poll_of(3, 400), 102);
  }));
  const auto due = [this](UnixSeconds now) {
    std::vector<std::int64_t> ids;
    for (const auto& poll : must_read([=](Tx& tx) { return tx.polls().due(now, 10); }))
      ids.push_back(poll.id);
    return ids;
  };
  EXPECT_THAT(due(399), IsEmpty());
  EXPECT_THAT(due(500), ElementsAre(3, 2));
  ASSERT_TRUE(write([](Tx& tx) { return tx.polls().close(3); }));
  EXPECT_THAT(due(500), ElementsAre(2));
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.polls().find(3); })->closed);
}

TEST_P(StoreSuite, ASearchFindsWhatAPollAsks) {
  const auto group = Peer::of(ChannelId{77});
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    Message message;
    message.owner = BoxId::of(group.channel());
    message.peer = group;
    message.from = ann;
    message.kind = MessageKind::poll;
    HG_ASSIGN(const auto asked, tx.messages().append(message));
    HG_TRY(tx.polls().open(poll_of(7), asked.message.link));
    message.kind = MessageKind::plain;
    message.text = "I like cocoa";
    HG_TRY(tx.messages().append(message));
    return {};
  }));
  const auto found = [&](std::string text, std::vector<MessageKind> kinds) {
    SearchFilter filter;
    filter.text = std::move(text);
    filter.kinds = std::move(kinds);
    return must_read(
               [=](Tx& tx) { return tx.messages().search(BoxId::of(group.channel()), group, filter, {}); })
        .total;
  };
  EXPECT_EQ(found("coffee", {}), 1);
  EXPECT_EQ(found("cocoa", {}), 1);
  EXPECT_EQ(found("", {MessageKind::poll}), 1);
  EXPECT_EQ(found("milk", {}), 0);
}

}  // namespace
}  // namespace heliograph::store::suite
