#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

const Peer talk = Peer::of(ChannelId{77});

TEST_P(StoreSuite, AttentionIsAskedForAndGivenOncePerMessage) {
  const auto mention = AttentionKind::mention;
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    for (const int id : {3, 5, 9}) HG_TRY(tx.attention().ask(ann, talk, mention, MessageId{id}));
    HG_TRY(tx.attention().ask(ann, talk, AttentionKind::reaction, MessageId{4}));
    return tx.attention().ask(bob, talk, mention, MessageId{5});
  }));
  reopen();
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.attention().count_unread(ann, talk, mention, {}); }), 3);
  EXPECT_THAT(
      must_read([=](Tx& tx) { return tx.attention().unread(ann, talk, mention, {}, MessageId{9}, 10); }),
      testing::ElementsAre(MessageId{5}, MessageId{3}));
  EXPECT_TRUE(must_write([=](Tx& tx) { return tx.attention().mark_read(ann, talk, mention, MessageId{5}); }));
  EXPECT_FALSE(
      must_write([=](Tx& tx) { return tx.attention().mark_read(ann, talk, mention, MessageId{5}); }));
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.attention().find(ann, talk, mention, MessageId{5}); }), false);
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.attention().find(ann, talk, mention, MessageId{6}); }),
            std::nullopt);
  // A message of a channel is gone for everybody.
  ASSERT_TRUE(
      write([](Tx& tx) { return tx.attention().erase(BoxId::of(talk.channel()), talk, MessageId{5}); }));
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.attention().count_unread(bob, talk, mention, {}); }), 0);
  // One of a basic group from one box alone.
  const auto group = Peer::of(ChatId{8});
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    HG_TRY(tx.attention().ask(ann, group, mention, MessageId{1}));
    HG_TRY(tx.attention().ask(bob, group, mention, MessageId{1}));
    return tx.attention().erase(ann, group, MessageId{1});
  }));
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.attention().count_unread(ann, group, mention, {}); }), 0);
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.attention().count_unread(bob, group, mention, {}); }), 1);
}

TEST_P(StoreSuite, ViewsAndForwardsAddUp) {
  const auto box = BoxId::of(talk.channel());
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    HG_TRY(tx.post_counts().add(box, MessageId{1}, {2, 0}));
    HG_TRY(tx.post_counts().add(box, MessageId{1}, {1, 1}));
    return {};
  }));
  const auto counted = must_read([=](Tx& tx) { return tx.post_counts().find(box, MessageId{1}); });
  EXPECT_EQ(counted.views, 3);
  EXPECT_EQ(counted.forwards, 1);
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.post_counts().find(box, MessageId{2}); }).views, 0);
}

TEST_P(StoreSuite, ThreadsAreCountedAndReadByEachAccountOnItsOwn) {
  const auto box = BoxId::of(talk.channel());
  const MessageId top{4};
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().find(box, top); }).replies, 0);
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    HG_TRY(tx.threads().put(box, top, {1, MessageId{5}, {Peer::of(ann)}}));
    HG_TRY(tx.threads().put(box, top, {2, MessageId{9}, {talk, Peer::of(ann)}}));
    HG_TRY(tx.threads().set_read(ann, box, top, {MessageId{5}, {}}));
    return tx.threads().set_read(bob, box, top, {{}, MessageId{9}});
  }));
  reopen();
  const auto count = must_read([=](Tx& tx) { return tx.threads().find(box, top); });
  EXPECT_EQ(count.replies, 2);
  EXPECT_EQ(count.max_id, MessageId{9});
  EXPECT_THAT(count.recent, testing::ElementsAre(talk, Peer::of(ann)));
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().read_by(ann, box, top); }).inbox, MessageId{5});
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().read_by(bob, box, top); }).outbox, MessageId{9});
  ASSERT_TRUE(write([](Tx& tx) { return tx.threads().forget_reader(bob); }));
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().read_by(bob, box, top); }).outbox, MessageId{});
  ASSERT_TRUE(write([=](Tx& tx) { return tx.threads().erase(box, top); }));
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().find(box, top); }).replies, 0);
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().read_by(ann, box, top); }).inbox, MessageId{});
}

TEST_P(StoreSuite, WhatIsNewInAThreadIsCounted) {
  const auto box = BoxId::of(talk.channel());
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    for (const int thread : {0, 1, 1, 1, 2}) {
      Message message;
      message.owner = box;
      message.peer = talk;
      message.from = thread == 2 ? bob : ann;
      message.thread = MessageId{thread};
      HG_TRY(tx.messages().append(std::move(message)));
    }
    return {};
  }));
  const MessageId top{1};
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().count_after(box, top, {}, bob); }), 3);
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().count_after(box, top, MessageId{3}, bob); }), 1);
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().count_after(box, top, {}, ann); }), 0);
}

TEST_P(StoreSuite, ReactionsAreCountedAndReplaced) {
  const auto heart = GivenReaction{ann, "\xe2\x9d\xa4", 0, 100, false};
  const auto fire = GivenReaction{ann, "\xf0\x9f\x94\xa5", 1, 100, true};
  auto theirs = fire;
  theirs.user = bob;
  theirs.position = 0;
  theirs.date = 200;
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    HG_TRY(tx.reactions().replace(7, ann, {heart, fire}));
    return tx.reactions().replace(7, bob, {theirs});
  }));
  auto counts = must_read([](Tx& tx) { return tx.reactions().counts(7); });
  ASSERT_EQ(counts.size(), 2u);
  EXPECT_EQ(counts[0].reaction, fire.reaction);
  EXPECT_EQ(counts[0].count, 2);
  const auto listed = must_read([](Tx& tx) { return tx.reactions().list(7, "", 0, 10); });
  ASSERT_EQ(listed.size(), 3u);
  EXPECT_EQ(listed[0].user, bob);
  EXPECT_EQ(must_read([&](Tx& tx) { return tx.reactions().list(7, heart.reaction, 0, 10); }).size(), 1u);
  ASSERT_TRUE(write([](Tx& tx) { return tx.reactions().replace(7, ann, {}); }));
  counts = must_read([](Tx& tx) { return tx.reactions().counts(7); });
  ASSERT_EQ(counts.size(), 1u);
  EXPECT_EQ(counts[0].count, 1);
  ASSERT_TRUE(write([](Tx& tx) { return tx.reactions().erase(7); }));
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.reactions().list(7, "", 0, 10); }).empty());
}

TEST_P(StoreSuite, AChatSaysWhichReactionsItTakes) {
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.reactions().policy(talk); }).all);
  ASSERT_TRUE(write([](Tx& tx) { return tx.reactions().set_policy(talk, {false, {"a", "b"}, 5}); }));
  const auto policy = must_read([](Tx& tx) { return tx.reactions().policy(talk); });
  EXPECT_FALSE(policy.all);
  EXPECT_THAT(policy.some, testing::ElementsAre("a", "b"));
  EXPECT_EQ(policy.limit, 5);
}

}  // namespace
}  // namespace heliograph::store::suite
