#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Message full_message() {
  Message message;
  message.owner = ann;
  message.peer = Peer::of(bob);
  message.from = ann;
  message.flags = message_out | message_silent;
  message.date = 100;
  message.edited_at = 110;
  message.expires_at = 120;
  message.random_id = -42;
  message.text = "hello\0there";
  message.content = {0, 1, 2};
  return message;
}

std::vector<std::int32_t> ids(const std::vector<Message>& messages) {
  std::vector<std::int32_t> ids;
  for (const auto& message : messages) ids.push_back(message.id.value);
  return ids;
}

TEST_P(StoreSuite, AMessageComesBackAsItWasPut) {
  const auto put = full_message();
  const auto appended = must_write([&](Tx& tx) { return tx.messages().append(put); });
  EXPECT_FALSE(appended.duplicate);
  EXPECT_EQ(appended.message.id, MessageId{1});
  EXPECT_NE(appended.message.link, 0);
  reopen();
  const auto got = must_read([](Tx& tx) { return tx.messages().find(ann, MessageId{1}); });
  ASSERT_TRUE(got);
  EXPECT_EQ(got->owner, ann);
  EXPECT_EQ(got->id, MessageId{1});
  EXPECT_EQ(got->peer, Peer::of(bob));
  EXPECT_EQ(got->from, ann);
  EXPECT_EQ(got->link, appended.message.link);
  EXPECT_EQ(got->flags, put.flags);
  EXPECT_EQ(got->date, 100);
  EXPECT_EQ(got->edited_at, 110);
  EXPECT_EQ(got->expires_at, 120);
  EXPECT_EQ(got->random_id, -42);
  EXPECT_EQ(got->text, put.text);
  EXPECT_EQ(got->content, put.content);
}

TEST_P(StoreSuite, EveryBoxNumbersItsOwnMessages) {
  EXPECT_EQ(send(ann, bob, "1").id, MessageId{1});
  EXPECT_EQ(send(ann, eve, "2").id, MessageId{2});
  EXPECT_EQ(receive(bob, ann, "1").id, MessageId{1});
  reopen();
  EXPECT_EQ(send(ann, bob, "3").id, MessageId{3});
  // A number is not given out again after its message has gone.
  ASSERT_TRUE(write([](Tx& tx) { return tx.messages().erase(ann, MessageId{3}); }));
  EXPECT_EQ(send(ann, bob, "4").id, MessageId{4});
}

TEST_P(StoreSuite, ARandomIdIsUsedOnce) {
  const auto first = must_write([](Tx& tx) { return tx.messages().append(full_message()); });
  const auto again = must_write([](Tx& tx) {
    auto message = full_message();
    message.peer = Peer::of(eve);
    message.text = "other";
    return tx.messages().append(message);
  });
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.message.id, first.message.id);
  EXPECT_EQ(again.message.text, first.message.text);
  EXPECT_EQ(again.message.peer, Peer::of(bob));
  const auto found = must_write([](Tx& tx) { return tx.messages().find_by_random_id(ann, ann, -42); });
  EXPECT_EQ(found->id, first.message.id);
  EXPECT_FALSE(must_write([](Tx& tx) { return tx.messages().find_by_random_id(bob, bob, -42); }));
  const auto by_other = must_write([](Tx& tx) {
    auto message = full_message();
    message.owner = message.from = bob;
    return tx.messages().append(message);
  });
  EXPECT_FALSE(by_other.duplicate);
  // No random_id: nothing to compare.
  const auto none = must_write([](Tx& tx) -> Result<std::int32_t> {
    auto message = full_message();
    message.random_id = 0;
    HG_TRY(tx.messages().append(message));
    HG_ASSIGN(const auto second, tx.messages().append(message));
    EXPECT_FALSE(second.duplicate);
    return second.message.id.value;
  });
  EXPECT_EQ(none, 3);
}

TEST_P(StoreSuite, CopiesShareALink) {
  const auto link = must_write([](Tx& tx) -> Result<std::int64_t> {
    HG_ASSIGN(const auto mine, tx.messages().append(full_message()));
    auto theirs = full_message();
    theirs.owner = bob;
    theirs.peer = Peer::of(ann);
    theirs.flags = 0;
    theirs.random_id = 0;
    theirs.link = mine.message.link;
    HG_TRY(tx.messages().append(theirs));
    return mine.message.link;
  });
  send(ann, bob, "another");
  const auto copies = must_read([=](Tx& tx) { return tx.messages().copies(link); });
  ASSERT_EQ(copies.size(), 2u);
  EXPECT_EQ(copies[0].owner, ann);
  EXPECT_EQ(copies[1].owner, bob);
  EXPECT_THAT(must_read([=](Tx& tx) { return tx.messages().copies(link + 1000); }), IsEmpty());
}

TEST_P(StoreSuite, LinksAreNewEachTimeAlsoAfterReopening) {
  const auto first = send(ann, bob, "1").link;
  const auto second = send(eve, bob, "2").link;
  reopen();
  const auto third = send(ann, bob, "3").link;
  EXPECT_NE(first, second);
  EXPECT_NE(first, third);
  EXPECT_NE(second, third);
}

TEST_P(StoreSuite, MessagesAreUpdatedAndErased) {
  send(ann, bob, "before");
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    Message message = full_message();
    message.id = MessageId{1};
    message.text = "after";
    message.date = 9999;  // not one of those that change
    return tx.messages().update(message);
  }));
  const auto got = must_read([](Tx& tx) { return tx.messages().find(ann, MessageId{1}); });
  EXPECT_EQ(got->text, "after");
  EXPECT_EQ(got->content, (Bytes{0, 1, 2}));
  EXPECT_EQ(got->flags, message_out | message_silent);
  EXPECT_EQ(got->edited_at, 110);
  EXPECT_EQ(got->expires_at, 120);
  EXPECT_EQ(got->date, 1000);
  const auto missing = write([](Tx& tx) -> Status {
    auto message = full_message();
    message.id = MessageId{5};
    return tx.messages().update(message);
  });
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "MESSAGE_ID_INVALID");
  ASSERT_TRUE(write([](Tx& tx) { return tx.messages().erase(ann, MessageId{1}); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.messages().find(ann, MessageId{1}); }));
  EXPECT_TRUE(write([](Tx& tx) { return tx.messages().erase(ann, MessageId{1}); }));  // gone is gone
}

TEST_P(StoreSuite, MessagesAreFoundInTheOrderAskedFor) {
  for (int i = 0; i < 4; ++i) send(ann, bob, std::to_string(i));
  const std::vector<MessageId> wanted{MessageId{3}, MessageId{9}, MessageId{1}, MessageId{-1}, MessageId{0}};
  EXPECT_THAT(ids(must_read([&](Tx& tx) { return tx.messages().find_many(ann, wanted); })),
              ElementsAre(3, 1));
}

TEST_P(StoreSuite, TheNewestOfADialog) {
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.messages().newest(ann, Peer::of(bob)); }));
  send(ann, bob, "1");
  send(ann, bob, "2");
  send(ann, eve, "3");
  EXPECT_EQ(must_read([](Tx& tx) { return tx.messages().newest(ann, Peer::of(bob)); })->id, MessageId{2});
}

TEST_P(StoreSuite, IdsForDeletionOldestFirst) {
  for (int i = 0; i < 4; ++i) send(ann, i == 1 ? eve : bob, "");
  EXPECT_THAT(must_read([](Tx& tx) { return tx.messages().ids_up_to(ann, Peer::of(bob), MessageId{3}, 10); }),
              ElementsAre(MessageId{1}, MessageId{3}));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.messages().ids_up_to(ann, Peer::of(bob), MessageId{9}, 2); }),
              ElementsAre(MessageId{1}, MessageId{3}));
}

TEST_P(StoreSuite, IncomingAndOutgoingAreToldApart) {
  receive(ann, bob, "1");
  send(ann, bob, "2");
  receive(ann, bob, "3");
  receive(ann, eve, "4");
  receive(ann, bob, "5");
  const auto incoming = [&](int after, int up_to) {
    return must_read([=](Tx& tx) {
      return tx.messages().count_incoming(ann, Peer::of(bob), MessageId{after}, MessageId{up_to});
    });
  };
  EXPECT_EQ(incoming(0, 5), 3);
  EXPECT_EQ(incoming(1, 5), 2);
  EXPECT_EQ(incoming(1, 4), 1);
  EXPECT_EQ(incoming(5, 5), 0);
  const auto outgoing = [&](int up_to) {
    return must_read(
        [=](Tx& tx) { return tx.messages().newest_outgoing(ann, Peer::of(bob), MessageId{up_to}); });
  };
  EXPECT_EQ(outgoing(5), MessageId{2});
  EXPECT_EQ(outgoing(1), MessageId{0});
}

TEST_P(StoreSuite, MessagesExpire) {
  for (const UnixSeconds at : {0, 300, 100, 200}) {
    must_write([=](Tx& tx) {
      auto message = full_message();
      message.random_id = 0;
      message.expires_at = at;
      return tx.messages().append(message);
    });
  }
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.messages().expired(200, 10); })), ElementsAre(3, 4));
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.messages().expired(999, 1); })), ElementsAre(3));
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.messages().expired(99, 10); })), IsEmpty());
}

TEST_P(StoreSuite, ScheduledMessagesAreFoundByRecipientAndDate) {
  for (const auto& [owner, peer, date] :
       {std::tuple{eve, bob, 500}, {ann, bob, 500}, {ann, bob, 400}, {ann, eve, 500}, {ann, bob, 500}}) {
    auto message = full_message();
    message.owner = owner;
    message.peer = Peer::of(peer);
    message.date = date;
    ASSERT_TRUE(write([&](Tx& tx) { return tx.messages().append_scheduled(message); }));
  }
  const auto found = [&](UserId after_owner, int after_id, std::size_t limit) {
    return must_read([=](Tx& tx) {
      return tx.messages().scheduled_for(Peer::of(bob), 500, after_owner, MessageId{after_id}, limit);
    });
  };
  EXPECT_THAT(ids(found({}, 0, 10)), ElementsAre(1, 4, 1));
  EXPECT_EQ(found({}, 0, 10).back().owner, eve);
  EXPECT_THAT(ids(found({}, 0, 2)), ElementsAre(1, 4));
  EXPECT_THAT(ids(found(ann, 1, 10)), ElementsAre(4, 1));
  EXPECT_THAT(ids(found(ann, 4, 10)), ElementsAre(1));
  EXPECT_THAT(ids(found(eve, 1, 10)), IsEmpty());
}

TEST_P(StoreSuite, ScheduledMessagesStayOutOfTheBox) {
  auto later = full_message();
  later.date = 500;
  auto sooner = full_message();
  sooner.date = 400;
  EXPECT_EQ(must_write([&](Tx& tx) { return tx.messages().append_scheduled(later); }).id, MessageId{1});
  EXPECT_EQ(must_write([&](Tx& tx) { return tx.messages().append_scheduled(sooner); }).id, MessageId{2});
  EXPECT_EQ(must_read([](Tx& tx) { return tx.messages().history(ann, Peer::of(bob), {}); }).total, 0);
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.messages().scheduled(ann, Peer::of(bob)); })),
              ElementsAre(2, 1));
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.messages().scheduled(ann, Peer::of(eve)); })), IsEmpty());
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.messages().due(400, 10); })), ElementsAre(2));
  ASSERT_TRUE(write([&](Tx& tx) -> Status {
    later.id = MessageId{1};
    later.date = 390;
    later.text = "changed";
    return tx.messages().update_scheduled(later);
  }));
  const auto got = must_read([](Tx& tx) { return tx.messages().find_scheduled(ann, MessageId{1}); });
  ASSERT_TRUE(got);
  EXPECT_EQ(got->text, "changed");
  EXPECT_EQ(got->random_id, -42);
  EXPECT_EQ(got->content, later.content);
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.messages().due(400, 10); })), ElementsAre(1, 2));
  ASSERT_TRUE(write([](Tx& tx) { return tx.messages().erase_scheduled(ann, MessageId{1}); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.messages().find_scheduled(ann, MessageId{1}); }));
  later.id = MessageId{1};
  EXPECT_EQ(write([&](Tx& tx) { return tx.messages().update_scheduled(later); }).error().code,
            "MESSAGE_ID_INVALID");
}

}  // namespace
}  // namespace heliograph::store::suite
