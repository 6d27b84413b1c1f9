// Forums: topics are made, changed, written in, read, and end; who may do what.
#include "services/groups/topics.h"

#include <gmock/gmock.h>

#include "services/chats/draft.h"
#include "services/chats/erase.h"
#include "services/chats/forward.h"
#include "services/chats/mentions.h"
#include "services/chats/pin.h"
#include "services/chats/read.h"
#include "services/chats/threads.h"
#include "services/chats/topic_views.h"
#include "services/groups/admin_log.h"
#include "services/groups/clear.h"
#include "services/groups/discussion.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::World;

class TopicsTest : public testing::GroupsTest {
 protected:
  Peer forum(std::string username = "the_forum") {
    const auto peer = channel(false, std::move(username));
    World::must(world.run(set_forum(world.environment, ada, peer, true, false)));
    return peer;
  }
  Result<Appended> try_create(const Caller& who, Peer peer, std::string title, std::int64_t random_id = 0) {
    NewTopic wanted;
    wanted.forum = peer;
    wanted.title = std::move(title);
    wanted.icon_color = topic_colors[2];
    wanted.random_id = random_id != 0 ? random_id : ++last_random_id;
    return world.run(create_topic(world.environment, world.services.limits, who, std::move(wanted)));
  }
  MessageId create(const Caller& who, Peer peer, std::string title) {
    return World::must(try_create(who, peer, std::move(title))).message.id;
  }
  Result<Sent> try_write(const Caller& from, Peer peer, MessageId to, std::string text, MessageId top = {}) {
    SendMessage request;
    request.to = peer;
    request.text = std::move(text);
    request.random_id = ++last_random_id;
    request.reply.emplace();
    request.reply->id = to;
    request.reply->top = top;
    return try_send(from, std::move(request));
  }
  store::Message write_in(const Caller& from, Peer peer, MessageId to, std::string text) {
    return World::must(try_write(from, peer, to, std::move(text))).message;
  }
  std::vector<std::string> texts(const Caller& of, Peer peer, MessageId topic) {
    std::vector<std::string> out;
    const auto page = World::must(world.run(thread_history(world.environment, of.user, peer, topic, {})));
    for (const auto& one : page.messages) {
      if ((one.flags & store::message_service) == 0) out.push_back(one.text);
    }
    return out;
  }
  TopicPage list(const Caller& of, Peer peer, TopicRange range = {}) {
    return World::must(world.run(forum_topics(world.environment, of.user, peer, std::move(range))));
  }
  std::vector<std::string> titles(const Caller& of, Peer peer, TopicRange range = {}) {
    std::vector<std::string> out;
    for (const auto& view : list(of, peer, std::move(range)).topics) out.push_back(view.topic.title);
    return out;
  }
  TopicView view(const Caller& of, Peer peer, MessageId topic) {
    std::vector<MessageId> ids{topic};
    auto page = World::must(world.run(topics_by_id(world.environment, of.user, peer, std::move(ids))));
    return std::move(page.topics.front());
  }
  Result<Appended> edit(const Caller& who, Peer peer, MessageId topic, auto set) {
    EditTopic wanted;
    wanted.forum = peer;
    wanted.id = topic;
    set(wanted);
    return world.run(edit_topic(world.environment, who, std::move(wanted)));
  }
  Result<Appended> close(const Caller& who, Peer peer, MessageId topic, bool closed = true) {
    return edit(who, peer, topic, [&](EditTopic& e) { e.closed = closed; });
  }
  std::int32_t unread(const Caller& of, Peer peer) {
    return World::must(world.read([=](store::Tx& tx) { return tx.dialogs().find(of.user, peer); }))
        ->unread_count;
  }
  void promote_to(const Caller& who, Peer peer, std::uint32_t rights) {
    Promotion promotion;
    promotion.chat = peer;
    promotion.user = who.user;
    promotion.rights = rights;
    World::must(world.run(promote(world.environment, ada, std::move(promotion))));
  }
};

TEST_F(TopicsTest, ATopicIsTheThreadOfTheMessageThatBeginsIt) {
  const auto talk = forum();
  ASSERT_TRUE(enter_by_name(bob, talk));
  const auto begun = World::must(try_create(bob, talk, "  Cars "));
  const auto action = content_of(begun.message).action.value();
  EXPECT_EQ(action.kind, ActionKind::topic_create);
  EXPECT_EQ(action.text, "Cars");
  EXPECT_EQ(action.number, topic_colors[2]);
  const auto cars = begun.message.id;

  const auto first = write_in(ada, talk, cars, "red ones");
  const auto header = content_of(first).reply.value();
  EXPECT_EQ(header.id, cars);
  EXPECT_TRUE(header.topic);
  EXPECT_FALSE(header.top);
  const auto answer = content_of(write_in(bob, talk, first.id, "blue ones")).reply.value();
  EXPECT_EQ(answer.id, first.id);
  EXPECT_EQ(answer.top, cars);
  EXPECT_TRUE(answer.topic);
  ASSERT_TRUE(post(bob, talk, "in general"));
  const auto general = write_in(ada, talk, general_topic, "here too");
  EXPECT_EQ(general.thread, general_topic);
  EXPECT_FALSE(content_of(general).reply);

  EXPECT_THAT(texts(bob, talk, cars), ElementsAre("blue ones", "red ones"));
  EXPECT_THAT(texts(bob, talk, general_topic), ElementsAre("here too", "in general"));
  EXPECT_THAT(titles(bob, talk), ElementsAre("General", "Cars"));
  const auto shown = view(bob, talk, cars);
  EXPECT_EQ(shown.topic.creator, bob.user);
  EXPECT_EQ(shown.top->text, "blue ones");
  EXPECT_EQ(shown.topic.icon_color, topic_colors[2]);
}

TEST_F(TopicsTest, TheSameRandomIdMakesOneTopic) {
  const auto talk = forum();
  const auto first = World::must(try_create(ada, talk, "Cars", 77));
  const auto again = World::must(try_create(ada, talk, "Cars", 77));
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.message.id, first.message.id);
  EXPECT_EQ(list(ada, talk).total, 2U);
}

TEST_F(TopicsTest, OnlyItsOwnerMakesAGroupAForum) {
  const auto talk = channel(false, "the_talk"), news = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, talk));
  promote_to(bob, talk, admin_change_info | admin_manage_topics);
  const auto turn = [&](const Caller& who, Peer peer, bool on, bool tabs = false) {
    return world.run(set_forum(world.environment, who, peer, on, tabs));
  };
  EXPECT_EQ(code_of(try_create(ada, talk, "Cars")), "CHANNEL_FORUM_MISSING");
  EXPECT_EQ(code_of(turn(bob, talk, true)), "CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(code_of(turn(ada, news, true)), "CHANNEL_INVALID");
  EXPECT_EQ(code_of(turn(ada, talk, false)), "CHAT_NOT_MODIFIED");
  ASSERT_TRUE(world.run(set_discussion_group(world.environment, ada, news, talk)));
  EXPECT_EQ(code_of(turn(ada, talk, true)), "CHAT_DISCUSSION_UNALLOWED");
  ASSERT_TRUE(world.run(set_discussion_group(world.environment, ada, news, {})));
  ASSERT_TRUE(turn(ada, talk, true));
  EXPECT_EQ(code_of(world.run(set_discussion_group(world.environment, ada, news, talk))),
            "MEGAGROUP_ID_INVALID");
  EXPECT_EQ(code_of(turn(ada, talk, true)), "CHAT_NOT_MODIFIED");
  ASSERT_TRUE(turn(ada, talk, true, true));
  const auto chat = World::must(world.read([=](store::Tx& tx) { return tx.chats().find(talk); }));
  EXPECT_EQ(chat->flags & (store::chat_forum | store::chat_forum_tabs),
            store::chat_forum | store::chat_forum_tabs);
}

TEST_F(TopicsTest, WhatWasWrittenBeforeIsInGeneralAndTopicsComeBack) {
  const auto talk = channel(false, "the_talk");
  const auto question = World::must(post(ada, talk, "question")).message.id;
  write_in(ada, talk, question, "answer");
  ASSERT_TRUE(world.run(set_forum(world.environment, ada, talk, true, false)));
  EXPECT_THAT(texts(ada, talk, general_topic), ElementsAre("answer", "question"));
  const auto cars = create(ada, talk, "Cars");
  write_in(ada, talk, cars, "red ones");
  ASSERT_TRUE(world.run(set_forum(world.environment, ada, talk, false, false)));
  // A group like others: the thread goes on as it was.
  const auto later = write_in(ada, talk, question, "another");
  EXPECT_EQ(later.subthread, question);
  EXPECT_FALSE(content_of(later).reply->topic);
  EXPECT_THAT(texts(ada, talk, question), ElementsAre("another", "answer"));
  ASSERT_TRUE(world.run(set_forum(world.environment, ada, talk, true, false)));
  EXPECT_THAT(texts(ada, talk, general_topic), ElementsAre("another", "answer", "question"));
  EXPECT_THAT(texts(ada, talk, cars), ElementsAre("red ones"));
  EXPECT_THAT(titles(ada, talk), ElementsAre("General", "Cars"));
}

TEST_F(TopicsTest, AnswersInGeneralAreThreadsWithinIt) {
  const auto talk = forum("the_talk");
  const auto question = World::must(post(ada, talk, "question")).message.id;
  const auto first = write_in(ada, talk, question, "answer");
  EXPECT_EQ(first.thread, general_topic);
  EXPECT_EQ(first.subthread, question);
  EXPECT_FALSE(content_of(first).reply->top);
  const auto second = write_in(ada, talk, first.id, "thanks");
  EXPECT_EQ(second.subthread, question);
  EXPECT_EQ(content_of(second).reply->top, question);
  EXPECT_FALSE(content_of(second).reply->topic);
  EXPECT_THAT(texts(ada, talk, question), ElementsAre("thanks", "answer"));
  EXPECT_THAT(texts(ada, talk, general_topic), ElementsAre("thanks", "answer", "question"));
  const auto seen = World::must(world.run(discussion(world.environment, ada.user, talk, second.id)));
  EXPECT_EQ(seen.first.back().id, question);  // one within it stands for the beginning
  EXPECT_EQ(seen.count.replies, 2);
  EXPECT_EQ(seen.count.max_id, second.id);
}

TEST_F(TopicsTest, AForumFromTheStartHasGeneral) {
  NewChannel wanted;
  wanted.forum = true;
  wanted.title = "Forum";
  const auto talk =
      World::must(world.run(create_channel(world.environment, world.services.limits, ada, wanted))).peer;
  EXPECT_THAT(titles(ada, talk), ElementsAre("General"));
  EXPECT_EQ(view(ada, talk, general_topic).top->id, general_topic);
  ASSERT_TRUE(world.run(delete_chat(world.environment, ada, talk)));
  EXPECT_FALSE(World::must(
      world.read([=](store::Tx& tx) { return tx.topics().find(BoxId::of(talk.channel()), general_topic); })));
}

TEST_F(TopicsTest, PagesAndSearches) {
  const auto talk = forum();
  for (const auto* title : {"Red cars", "Blue cars", "Boats"}) create(ada, talk, title);
  EXPECT_THAT(titles(ada, talk), ElementsAre("Boats", "Blue cars", "Red cars", "General"));
  TopicRange range;
  range.limit = 2;
  const auto first = list(ada, talk, range);
  EXPECT_EQ(first.total, 4U);
  EXPECT_GT(first.pts, 0);
  range.offset_id = first.topics.back().topic.top;
  range.offset_topic = first.topics.back().topic.id;
  range.offset_date = first.topics.back().top->date;
  EXPECT_THAT(titles(ada, talk, range), ElementsAre("Red cars", "General"));
  TopicRange found;
  found.text = "car";
  EXPECT_THAT(titles(ada, talk, found), ElementsAre("Blue cars", "Red cars"));
  EXPECT_EQ(list(ada, talk, found).total, 2U);
}

TEST_F(TopicsTest, EachTopicIsReadOnItsOwn) {
  const auto talk = forum();
  ASSERT_TRUE(enter_by_name(bob, talk));
  const auto cars = create(ada, talk, "Cars"), boats = create(ada, talk, "Boats");
  write_in(ada, talk, cars, "one");
  const auto two = write_in(ada, talk, cars, "two");
  write_in(ada, talk, boats, "three");
  EXPECT_EQ(view(bob, talk, cars).unread, 3);  // with the message that began it
  EXPECT_EQ(view(bob, talk, boats).unread, 2);
  EXPECT_EQ(unread(bob, talk), 5);
  ASSERT_TRUE(world.run(read_discussion(world.environment, bob, talk, cars, two.id)));
  EXPECT_EQ(view(bob, talk, cars).unread, 0);
  EXPECT_EQ(view(bob, talk, boats).unread, 2);
  EXPECT_EQ(unread(bob, talk), 2);
  EXPECT_EQ(view(ada, talk, cars).read.outbox, two.id);
  ASSERT_TRUE(world.run(read_channel(world.environment, bob, talk, {})));
  EXPECT_EQ(view(bob, talk, boats).unread, 0);
  EXPECT_EQ(unread(bob, talk), 0);
  EXPECT_EQ(World::must(world.run(discussion(world.environment, bob.user, talk, cars))).unread, 0);
}

TEST_F(TopicsTest, MentionsAndPinsAreOfATopic) {
  const auto talk = forum();
  ASSERT_TRUE(enter_by_name(bob, talk));
  const auto cars = create(ada, talk, "Cars"), boats = create(ada, talk, "Boats");
  const auto mine = write_in(bob, talk, cars, "mine");
  const auto said = write_in(ada, talk, mine.id, "you");
  write_in(ada, talk, write_in(bob, talk, boats, "mine, too").id, "you again");
  EXPECT_EQ(view(bob, talk, cars).unread_mentions, 1);
  EXPECT_EQ(view(ada, talk, cars).unread_mentions, 0);  // writing in a topic is no answer to who began it
  store::HistoryRange range;
  range.thread = cars;
  constexpr auto mention = store::AttentionKind::mention;
  const auto asked =
      World::must(world.run(unread_attention(world.environment, bob.user, talk, mention, range)));
  ASSERT_EQ(asked.messages.size(), 1U);
  EXPECT_EQ(asked.messages.front().id, said.id);
  ASSERT_TRUE(world.run(read_attention(world.environment, bob, talk, mention, cars)));
  EXPECT_EQ(view(bob, talk, cars).unread_mentions, 0);
  EXPECT_EQ(view(bob, talk, boats).unread_mentions, 1);

  for (const auto id : {mine.id, said.id}) {
    ASSERT_TRUE(world.run(pin_message(world.environment, ada, {talk, id, true, true, false})));
  }
  const auto elsewhere = World::must(post(ada, talk, "keep")).message.id;
  ASSERT_TRUE(world.run(pin_message(world.environment, ada, {talk, elsewhere, true, true, false})));
  EXPECT_EQ(World::must(world.run(unpin_all(world.environment, ada, talk, cars))).update.pts_count, 2);
  EXPECT_EQ(World::must(world.run(unpin_all(world.environment, ada, talk))).update.pts_count, 1);
}

TEST_F(TopicsTest, AClosedTopicTakesMessagesOfWhoMayOpenIt) {
  const auto talk = forum();
  const auto eve = world.sign_up("Eve");
  ASSERT_TRUE(enter_by_name(bob, talk));
  ASSERT_TRUE(enter_by_name(eve, talk));
  const auto cars = create(bob, talk, "Cars");
  EXPECT_EQ(code_of(close(eve, talk, cars)), "CHAT_ADMIN_REQUIRED");
  const auto said = content_of(World::must(close(bob, talk, cars)).message);
  EXPECT_EQ(said.action->flags, topic_edit_closed | topic_edit_is_closed);
  EXPECT_EQ(said.reply->id, cars);
  EXPECT_EQ(code_of(try_write(eve, talk, cars, "me?")), "TOPIC_CLOSED");
  EXPECT_TRUE(try_write(bob, talk, cars, "it is mine"));
  EXPECT_TRUE(try_write(ada, talk, cars, "and this is my group"));
  EXPECT_EQ(code_of(close(bob, talk, cars)), "TOPIC_NOT_MODIFIED");
  ASSERT_TRUE(close(ada, talk, cars, false));
  EXPECT_TRUE(try_write(eve, talk, cars, "me"));
}

TEST_F(TopicsTest, GeneralIsHiddenAndNotDeleted) {
  const auto talk = forum();
  ASSERT_TRUE(enter_by_name(bob, talk));
  const auto hide = [](bool hidden) { return [=](EditTopic& e) { e.hidden = hidden; }; };
  const auto cars = create(ada, talk, "Cars");
  EXPECT_EQ(code_of(edit(ada, talk, cars, hide(true))), "NOGENERAL_HIDE_FORBIDDEN");
  EXPECT_EQ(code_of(edit(bob, talk, general_topic, hide(true))), "CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(code_of(edit(ada, talk, general_topic, [](EditTopic& e) { e.icon_emoji = 0; })),
            "GENERAL_MODIFY_ICON_FORBIDDEN");
  ASSERT_TRUE(edit(ada, talk, general_topic, hide(true)));
  EXPECT_EQ(view(bob, talk, general_topic).topic.flags, store::topic_hidden | store::topic_closed);
  EXPECT_EQ(code_of(post(bob, talk, "hello?")), "TOPIC_CLOSED");
  ASSERT_TRUE(close(ada, talk, general_topic, false));
  EXPECT_EQ(view(bob, talk, general_topic).topic.flags, 0U);
  ASSERT_TRUE(edit(ada, talk, general_topic, [](EditTopic& e) { e.title = "Lobby"; }));
  EXPECT_EQ(view(bob, talk, general_topic).topic.title, "Lobby");
  EXPECT_EQ(code_of(world.run(delete_topic(world.environment, ada, talk, general_topic))),
            "TOPIC_ID_INVALID");
}

TEST_F(TopicsTest, WhatCannotBeChangedTogether) {
  const auto talk = forum();
  const auto cars = create(ada, talk, "Cars");
  const auto code = [&](MessageId id, auto set) { return std::string(code_of(edit(ada, talk, id, set))); };
  EXPECT_EQ(code(cars, [](EditTopic& e) { e.title = "Boats", e.closed = true; }), "TOPIC_CLOSE_SEPARATELY");
  EXPECT_EQ(code(general_topic, [](EditTopic& e) { e.title = "Lobby", e.hidden = true; }),
            "TOPIC_HIDE_SEPARATELY");
  EXPECT_EQ(code(cars, [](EditTopic& e) { e.title = "Cars"; }), "TOPIC_NOT_MODIFIED");
  EXPECT_EQ(code(cars, [](EditTopic& e) { e.title = "  "; }), "TOPIC_TITLE_EMPTY");
  EXPECT_EQ(code(cars, [](EditTopic& e) { e.icon_emoji = 12345; }), "DOCUMENT_INVALID");
  EXPECT_EQ(code(MessageId{4711}, [](EditTopic& e) { e.title = "Boats"; }), "TOPIC_ID_INVALID");
  EXPECT_EQ(code_of(try_create(ada, talk, "")), "TOPIC_TITLE_EMPTY");
  EXPECT_EQ(code_of(world.run(topics_by_id(world.environment, ada.user, talk, {}))), "TOPICS_EMPTY");
}

TEST_F(TopicsTest, WhoMayMakeTopics) {
  const auto talk = forum();
  EXPECT_EQ(code_of(try_create(bob, talk, "Cars")), "USER_NOT_PARTICIPANT");
  ASSERT_TRUE(enter_by_name(bob, talk));
  ASSERT_TRUE(world.run(set_default_banned(world.environment, ada, talk, banned_manage_topics)));
  EXPECT_EQ(code_of(try_create(bob, talk, "Cars")), "CHAT_ADMIN_REQUIRED");
  promote_to(bob, talk, admin_manage_topics);
  const auto cars = create(bob, talk, "Cars");
  ASSERT_TRUE(world.run(pin_topic(world.environment, bob, talk, cars, true)));
}

TEST_F(TopicsTest, PinnedTopicsComeFirstInTheirOrder) {
  const auto talk = forum();
  ASSERT_TRUE(enter_by_name(bob, talk));
  std::vector<MessageId> ids;
  for (const auto* title : {"a", "b", "c", "d", "e", "f"}) ids.push_back(create(ada, talk, title));
  const auto pin = [&](std::size_t at, bool pinned = true) {
    return world.run(pin_topic(world.environment, ada, talk, ids[at], pinned));
  };
  EXPECT_EQ(code_of(world.run(pin_topic(world.environment, bob, talk, ids[0], true))), "CHAT_ADMIN_REQUIRED");
  ASSERT_TRUE(pin(0));
  ASSERT_TRUE(pin(1));
  EXPECT_THAT(titles(bob, talk), ElementsAre("b", "a", "f", "e", "d", "c", "General"));
  TopicRange one;
  one.limit = 1;
  one.offset_topic = ids[1];
  EXPECT_THAT(titles(bob, talk, one), ElementsAre("a"));
  one.limit = 2;
  EXPECT_THAT(titles(bob, talk, one), ElementsAre("a", "f"));

  const auto reorder = [&](std::vector<std::size_t> at, bool force) {
    std::vector<MessageId> order;
    for (const auto i : at) order.push_back(ids[i]);
    return world.run(reorder_pinned_topics(world.environment, ada, talk, std::move(order), force));
  };
  EXPECT_THAT(World::must(reorder({0, 5}, false)), ElementsAre(ids[0], ids[1]));
  EXPECT_THAT(World::must(reorder({3, 0}, true)), ElementsAre(ids[3], ids[0]));
  EXPECT_EQ(code_of(reorder({0, 1, 2, 3, 4, 5}, true)), "PINNED_TOO_MUCH");
  for (const std::size_t i : {1, 2, 4}) ASSERT_TRUE(pin(i));
  EXPECT_EQ(code_of(pin(5)), "PINNED_TOO_MUCH");
  ASSERT_TRUE(pin(3, false));
  ASSERT_TRUE(pin(5));
}

TEST_F(TopicsTest, ATopicEndsWithAllThatIsInIt) {
  const auto talk = forum();
  ASSERT_TRUE(enter_by_name(bob, talk));
  const auto cars = create(bob, talk, "Cars");
  const auto said = write_in(ada, talk, cars, "red ones");
  ASSERT_TRUE(post(ada, talk, "in general"));
  const auto end = [&](const Caller& who) {
    return world.run(delete_topic(world.environment, who, talk, cars));
  };
  EXPECT_EQ(code_of(end(bob)), "CHAT_WRITE_FORBIDDEN");  // others have written in it
  std::vector<MessageId> ids{cars};
  EXPECT_EQ(code_of(world.run(delete_channel_messages(world.environment, ada, talk, ids))),
            "MESSAGE_DELETE_FORBIDDEN");
  EXPECT_EQ(World::must(end(ada)).pts_count, 2);
  EXPECT_EQ(code_of(end(ada)), "TOPIC_ID_INVALID");
  EXPECT_EQ(code_of(try_write(bob, talk, cars, "hello?")), "TOPIC_DELETED");
  EXPECT_EQ(code_of(try_write(bob, talk, said.id, "hello?")), "REPLY_MESSAGE_ID_INVALID");
  EXPECT_EQ(code_of(world.run(thread_history(world.environment, bob.user, talk, cars, {}))),
            "TOPIC_ID_INVALID");
  EXPECT_EQ(view(bob, talk, cars).topic.flags, store::topic_deleted);
  EXPECT_THAT(titles(bob, talk), ElementsAre("General"));
  EXPECT_THAT(texts_in(bob, talk), ElementsAre("in general"));

  // One's own, as long as nobody else has written in it.
  const auto boats = create(bob, talk, "Boats");
  write_in(bob, talk, boats, "mine");
  ASSERT_TRUE(world.run(delete_topic(world.environment, bob, talk, boats)));
}

TEST_F(TopicsTest, AnAnswerToWhatHasGoneStaysInItsTopic) {
  const auto talk = forum();
  const auto cars = create(ada, talk, "Cars");
  const auto said = write_in(ada, talk, cars, "red ones");
  std::vector<MessageId> ids{said.id};
  ASSERT_TRUE(world.run(delete_channel_messages(world.environment, ada, talk, ids)));
  const auto answer = World::must(try_write(ada, talk, said.id, "yes", cars)).message;
  EXPECT_EQ(answer.thread, cars);
  EXPECT_EQ(content_of(answer).reply->id, cars);
  EXPECT_EQ(view(ada, talk, cars).topic.top, answer.id);
}

TEST_F(TopicsTest, ForwardsGoToATopicTogether) {
  const auto talk = forum();
  const auto cars = create(ada, talk, "Cars");
  ForwardMessages forward;
  forward.from = Peer::of(bob.user);
  forward.to = talk;
  for (const auto* text : {"one", "two"}) {
    forward.ids.push_back(send(ada, bob.user, text).message.id);
    forward.random_ids.push_back(++last_random_id);
  }
  forward.reply.emplace();
  forward.reply->top = cars;
  ASSERT_TRUE(world.run(forward_messages(world.environment, ada, forward)));
  EXPECT_THAT(texts(ada, talk, cars), ElementsAre("two", "one"));
}

TEST_F(TopicsTest, DraftsAndSettingsAreOfATopic) {
  const auto talk = forum();
  const auto cars = create(ada, talk, "Cars");
  const auto save = [&](std::string text, MessageId top) {
    Draft draft;
    draft.text = std::move(text);
    if (top) {
      draft.reply.emplace();
      draft.reply->id = top;
      draft.reply->top = top;
    }
    return world.run(save_draft(world.environment, ada, talk, std::move(draft)));
  };
  ASSERT_TRUE(save("in cars", cars));
  ASSERT_TRUE(save("in the group", {}));
  EXPECT_EQ(code_of(save("nowhere", MessageId{4711})), "TOPIC_ID_INVALID");
  EXPECT_EQ(view(ada, talk, cars).draft->text, "in cars");
  auto all = World::must(world.run(all_drafts(world.environment, ada.user)));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_FALSE(all[0].top);
  EXPECT_EQ(all[1].top, cars);
  SendMessage sent;
  sent.to = talk;
  sent.text = "in cars, sent";
  sent.random_id = ++last_random_id;
  sent.clear_draft = true;
  sent.reply.emplace();
  sent.reply->id = cars;
  ASSERT_TRUE(try_send(ada, sent));
  EXPECT_FALSE(view(ada, talk, cars).draft);
  EXPECT_EQ(World::must(world.run(current_draft(world.environment, ada.user, talk, {})))->text,
            "in the group");

  auto& notify = world.services.notify;
  NotifyTarget target;
  target.peer = talk;
  target.topic = cars;
  NotifySettings muted;
  muted.mute_until = 2'000'000'000;
  ASSERT_TRUE(world.run(notify.set(ada, target, muted)));
  EXPECT_EQ(view(ada, talk, cars).notify, muted);
  target.topic = {};
  EXPECT_TRUE(World::must(world.run(notify.get(ada.user, target))).empty());
  target.topic = MessageId{4711};
  EXPECT_EQ(code_of(world.run(notify.set(ada, target, muted))), "TOPIC_ID_INVALID");
  ASSERT_TRUE(world.run(notify.reset(ada)));
  EXPECT_TRUE(view(ada, talk, cars).notify.empty());
}

TEST_F(TopicsTest, TheLogSaysWhatWasDoneToTopics) {
  const auto talk = forum();
  const auto cars = create(ada, talk, "Cars");
  ASSERT_TRUE(edit(ada, talk, cars, [](EditTopic& e) { e.title = "Boats"; }));
  ASSERT_TRUE(world.run(pin_topic(world.environment, ada, talk, cars, true)));
  ASSERT_TRUE(world.run(delete_topic(world.environment, ada, talk, cars)));
  std::vector<AdminActKind> kinds;
  const auto log = World::must(world.run(admin_log(world.environment, ada, talk, {})));
  for (const auto& one : log) kinds.push_back(static_cast<AdminActKind>(one.act.kind));
  using enum AdminActKind;
  kinds.resize(5);
  EXPECT_THAT(kinds, ElementsAre(topic_erase, topic_pin, topic_edit, topic_create, AdminActKind::forum));
  EXPECT_EQ(log[2].body.topic_before->title, "Cars");
  EXPECT_EQ(log[2].body.topic_after->title, "Boats");
}

TEST_F(TopicsTest, ClearingLeavesTopicsOfOthers) {
  const auto talk = forum();
  ASSERT_TRUE(enter_by_name(bob, talk));
  const auto cars = create(bob, talk, "Cars");
  write_in(bob, talk, cars, "mine");
  write_in(ada, talk, cars, "hers");
  ASSERT_TRUE(world.run(clear_participant(world.environment, ada, talk, Peer::of(bob.user))));
  EXPECT_THAT(texts(ada, talk, cars), ElementsAre("hers"));
  // All of it goes: General alone is there as before.
  ASSERT_TRUE(world.run(clear_channel(world.environment, ada, talk, {}, true)));
  EXPECT_THAT(titles(ada, talk), ElementsAre("General"));
  ASSERT_TRUE(post(ada, talk, "anew"));
  EXPECT_THAT(texts(ada, talk, general_topic), ElementsAre("anew"));
}

TEST_F(TopicsTest, ViewingAsMessagesIsForOneAccount) {
  const auto talk = forum();
  ASSERT_TRUE(enter_by_name(bob, talk));
  ASSERT_TRUE(world.run(view_forum_as_messages(world.environment, bob, talk, true)));
  const auto seen = [&](const Caller& who) {
    return World::must(world.read([=](store::Tx& tx) { return views_as_messages(tx, who.user, talk); }));
  };
  EXPECT_TRUE(seen(bob));
  EXPECT_FALSE(seen(ada));
  ASSERT_TRUE(world.run(view_forum_as_messages(world.environment, bob, talk, false)));
  EXPECT_FALSE(seen(bob));
}

}  // namespace
}  // namespace heliograph::services
