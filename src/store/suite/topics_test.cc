#include <gmock/gmock.h>

#include "store/suite/suite.h"

namespace heliograph::store::suite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Peer forum = Peer::of(ChannelId{1'000'000'077});
const BoxId box = BoxId::of(forum.channel());

std::vector<int> ids(const std::vector<Topic>& topics) {
  std::vector<int> out;
  for (const auto& topic : topics) out.push_back(topic.id.value);
  return out;
}

class Forum {
 public:
  explicit Forum(Tx& tx) : tx_(tx) {}
  // A message in this thread; 0: in none.
  Result<Message> say(MessageId thread, std::uint32_t flags = 0) {
    Message message;
    message.owner = box;
    message.peer = forum;
    message.from = ann;
    message.date = 1000;
    message.flags = flags;
    message.thread = thread;
    message.text = "text";
    HG_ASSIGN(auto appended, tx_.messages().append(std::move(message)));
    if (thread) HG_TRY(tx_.topics().reached(box, thread, appended.message.id));
    return std::move(appended.message);
  }
  Status topic(MessageId id, std::string title) {
    Topic topic;
    topic.box = box;
    topic.id = id;
    topic.creator = ann;
    topic.date = 1000;
    topic.title = std::move(title);
    topic.top = id;
    return tx_.topics().put(topic);
  }
  // One that a message begins.
  Result<MessageId> begin(std::string title) {
    HG_ASSIGN(const auto first, say({}, message_service | message_topic));
    HG_TRY(topic(first.id, std::move(title)));
    return first.id;
  }

 private:
  Tx& tx_;
};

TEST_P(StoreSuite, TopicsAreListedByTheirNewestMessage) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    Forum of(tx);
    HG_TRY(of.topic(general_topic, "General"));
    HG_TRY(of.say(general_topic));                      // 1
    HG_ASSIGN(const auto red, of.begin("Red cars"));    // 2
    HG_ASSIGN(const auto blue, of.begin("Blue cars"));  // 3
    HG_TRY(of.say(blue));                               // 4
    HG_TRY(of.say(red));                                // 5
    return {};
  }));
  reopen();
  const auto list = [&](std::string text, int below = 0, std::size_t limit = 10) {
    return ids(must_read([=](Tx& tx) { return tx.topics().list(box, text, MessageId{below}, limit); }));
  };
  EXPECT_THAT(list({}), ElementsAre(2, 3, 1));
  EXPECT_THAT(list({}, 0, 1), ElementsAre(2));
  EXPECT_THAT(list({}, 5), ElementsAre(3, 1));
  EXPECT_THAT(list("CAR"), ElementsAre(2, 3));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.topics().count(box, ""); }), 3U);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.topics().count(box, "blue"); }), 1U);

  // The newest goes, and then the only one.
  const auto top = [&](int id) {
    return must_read([=](Tx& tx) { return tx.topics().find(box, MessageId{id}); })->top;
  };
  const auto erase = [&](int thread, int id) {
    ASSERT_TRUE(write([=](Tx& tx) -> Status {
      HG_TRY(tx.messages().erase(box, MessageId{id}));
      return tx.topics().left(box, MessageId{thread}, MessageId{id});
    }));
  };
  EXPECT_EQ(top(2), MessageId{5});
  erase(2, 5);
  EXPECT_EQ(top(2), MessageId{2});
  EXPECT_THAT(list({}), ElementsAre(3, 2, 1));
}

TEST_P(StoreSuite, PinnedAndDeletedTopicsAreNotAmongTheOthers) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    Forum of(tx);
    HG_TRY(of.topic(general_topic, "General"));
    for (const auto* title : {"a", "b", "c"}) HG_TRY(of.begin(title));  // 1, 2, 3: General has no message
    for (const int id : {2, 3}) {
      HG_ASSIGN(auto topic, tx.topics().find(box, MessageId{id}));
      topic->pinned_order = id == 2 ? 2 : 1;
      topic->top = MessageId{99};  // not for put() to say
      HG_TRY(tx.topics().put(*topic));
    }
    return {};
  }));
  const auto pinned = must_read([](Tx& tx) { return tx.topics().pinned(box, ""); });
  EXPECT_THAT(ids(pinned), ElementsAre(2, 3));
  EXPECT_EQ(pinned.front().top, MessageId{2});
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    HG_ASSIGN(auto topic, tx.topics().find(box, MessageId{3}));
    topic->flags = topic_deleted;
    return tx.topics().put(*topic);
  }));
  EXPECT_THAT(ids(must_read([](Tx& tx) { return tx.topics().pinned(box, ""); })), ElementsAre(2));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.topics().count(box, ""); }), 2U);
  EXPECT_TRUE(must_read([](Tx& tx) { return tx.topics().find(box, MessageId{3}); }).has_value());
  ASSERT_TRUE(write([](Tx& tx) { return tx.topics().erase_all(box); }));
  EXPECT_FALSE(must_read([](Tx& tx) { return tx.topics().find(box, general_topic); }).has_value());
}

TEST_P(StoreSuite, WhatLiesInNoTopicIsGatheredInGeneral) {
  ASSERT_TRUE(write([](Tx& tx) -> Status {
    Forum of(tx);
    HG_TRY(of.say({}));                  // 1
    HG_TRY(of.say({}, message_thread));  // 2, answered by
    HG_TRY(of.say(MessageId{2}));        // 3
    HG_TRY(tx.threads().put(box, MessageId{2}, {1, MessageId{3}, {}}));
    HG_ASSIGN(const auto old, of.begin("old"));  // 4, a topic of former times
    HG_TRY(of.say(old));                         // 5
    HG_TRY(of.say({}));                          // 6
    return of.topic(general_topic, "General");
  }));
  EXPECT_EQ(must_write([](Tx& tx) { return tx.topics().gather(box, {}, 2); }), MessageId{2});
  EXPECT_EQ(must_write([](Tx& tx) { return tx.topics().gather(box, MessageId{2}, 100); }), MessageId{});
  const auto thread = [&](int id) {
    return must_read([=](Tx& tx) { return tx.messages().find(box, MessageId{id}); })->thread.value;
  };
  EXPECT_EQ((std::vector{thread(1), thread(2), thread(3), thread(4), thread(5), thread(6)}),
            (std::vector{1, 1, 1, 0, 4, 1}));
  EXPECT_EQ(must_read([](Tx& tx) { return tx.topics().find(box, general_topic); })->top, MessageId{6});
  // A thread stays one, within General.
  EXPECT_EQ(must_read([](Tx& tx) { return tx.threads().find(box, MessageId{2}); }).replies, 1);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.messages().find(box, MessageId{3}); })->subthread, MessageId{2});
  HistoryRange range;
  range.thread = MessageId{2};
  range.in_general = true;
  const auto page = must_read([=](Tx& tx) { return tx.messages().history(box, forum, range); });
  ASSERT_EQ(page.messages.size(), 1U);
  EXPECT_EQ(page.messages.front().id, MessageId{3});
  EXPECT_EQ(page.total, 1);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.threads().count_after(box, MessageId{2}, {}, ann); }), 0);
  EXPECT_EQ(must_read([](Tx& tx) { return tx.threads().count_after(box, MessageId{2}, {}, bob); }), 1);
}

TEST_P(StoreSuite, AnAccountKeepsNotesAboutAThread) {
  using Note = Threads::Note;
  const MessageId top{4};
  const Bytes draft{1, 2}, notify{3};
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    HG_TRY(tx.threads().set_note(ann, box, top, Note::draft, draft));
    HG_TRY(tx.threads().set_read(ann, box, top, {MessageId{7}, {}}));
    return tx.threads().set_note(ann, box, top, Note::notify, notify);
  }));
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().note(ann, box, top, Note::draft); }), draft);
  EXPECT_EQ(must_read([=](Tx& tx) { return tx.threads().read_by(ann, box, top); }).inbox, MessageId{7});
  EXPECT_THAT(must_read([=](Tx& tx) { return tx.threads().note(bob, box, top, Note::draft); }), IsEmpty());
  const auto all = must_read([=](Tx& tx) { return tx.threads().notes(ann, Note::notify); });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.front().box, box);
  EXPECT_EQ(all.front().top, top);
  EXPECT_EQ(all.front().value, notify);
  ASSERT_TRUE(write([=](Tx& tx) { return tx.threads().set_note(ann, box, top, Note::draft, {}); }));
  EXPECT_THAT(must_read([](Tx& tx) { return tx.threads().notes(ann, Note::draft); }), IsEmpty());
  ASSERT_TRUE(write([=](Tx& tx) { return tx.threads().erase(box, top); }));
  EXPECT_THAT(must_read([=](Tx& tx) { return tx.threads().notes(ann, Note::notify); }), IsEmpty());
}

TEST_P(StoreSuite, AttentionIsCountedByThread) {
  constexpr auto mention = AttentionKind::mention;
  const MessageId red{50};
  ASSERT_TRUE(write([=](Tx& tx) -> Status {
    Forum of(tx);
    for (const auto thread : {red, general_topic, red}) {  // 1, 2, 3
      HG_ASSIGN(const auto message, of.say(thread));
      HG_TRY(tx.attention().ask(bob, forum, mention, message.id));
    }
    return {};
  }));
  const auto count = [&](MessageId thread) {
    return must_read([=](Tx& tx) { return tx.attention().count_unread(bob, forum, mention, thread); });
  };
  EXPECT_EQ(count({}), 3);
  EXPECT_EQ(count(red), 2);
  EXPECT_EQ(count(general_topic), 1);
  EXPECT_THAT(must_read([=](Tx& tx) { return tx.attention().unread(bob, forum, mention, red, {}, 10); }),
              ElementsAre(MessageId{3}, MessageId{1}));
}

}  // namespace
}  // namespace heliograph::store::suite
