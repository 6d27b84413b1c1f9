#include "services/chats/comments.h"

#include <gmock/gmock.h>

#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/chats/post_views.h"
#include "services/chats/react.h"
#include "services/chats/responses.h"
#include "services/chats/threads.h"
#include "services/groups/discussion.h"
#include "services/groups/topics.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::World;

// Ada's public channel and the private group in which it is discussed; Bob and Eve are in neither.
class CommentsTest : public testing::GroupsTest {
 protected:
  CommentsTest() { World::must(world.run(set_discussion_group(world.environment, ada, news, talk))); }

  store::Message must_post(std::string text) { return World::must(post(ada, news, std::move(text))).message; }
  SendMessage answer(Peer to, MessageId what, std::string text) {
    SendMessage request;
    request.to = to;
    request.text = std::move(text);
    request.random_id = ++last_random_id;
    request.reply.emplace();
    request.reply->id = what;
    return request;
  }
  Result<Discussion> opened(const Caller& of, Peer peer, MessageId id) {
    return world.run(discussion(world.environment, of.user, peer, id));
  }
  store::Message copy_of_post(const store::Message& message) {
    return World::must(opened(ada, news, message.id)).first.back();
  }
  Result<Sent> comment(const Caller& from, const store::Message& under, std::string text) {
    return try_send(from, answer(talk, copy_of_post(under).id, std::move(text)));
  }
  std::optional<ThreadSummary> shown(const Caller& to, const store::Message& message) {
    const auto fresh =
        World::must(world.read([&](store::Tx& tx) { return tx.messages().find(message.owner, message.id); }));
    const auto map = World::must(world.run(responses_to(world.environment, to.user, {&*fresh})));
    return map ? map->at({message.owner, message.id}).thread : std::nullopt;
  }
  std::vector<std::string> comments(const Caller& of, Peer peer, MessageId id) {
    std::vector<std::string> out;
    const auto page = World::must(world.run(thread_history(world.environment, of.user, peer, id, {})));
    for (const auto& message : page.messages) out.push_back(message.text);
    return out;
  }

  Caller eve = world.sign_up("Eve");
  Peer news = channel(true, "the_news");
  Peer talk = channel(false);
};

TEST_F(CommentsTest, APostIsCopiedIntoTheGroupAsTheChannels) {
  const auto story = must_post("it happened");
  EXPECT_THAT(texts_in(ada, talk), ElementsAre("it happened"));
  const auto copy = copy_of_post(story);
  EXPECT_EQ(copy.owner, BoxId::of(talk.channel()));
  EXPECT_NE(copy.flags & store::message_pinned, 0u);
  const auto content = content_of(copy);
  EXPECT_EQ(content.shown_as, news);
  ASSERT_TRUE(content.forward);
  EXPECT_EQ(content.forward->from_chat, news);
  EXPECT_EQ(content.forward->post, story.id);
  EXPECT_EQ(content.forward->saved_from_peer, news);
  EXPECT_EQ(content.forward->saved_from_id, story.id);
  // Sent again it is not copied again.
  SendMessage again;
  again.to = news;
  again.text = "it happened";
  again.random_id = last_random_id;
  EXPECT_TRUE(World::must(try_send(ada, again)).duplicate);
  EXPECT_THAT(texts_in(ada, talk), ElementsAre("it happened"));
}

TEST_F(CommentsTest, WhoSeesTheChannelCommentsWithoutBeingInTheGroup) {
  const auto story = must_post("story");
  const auto first = World::must(comment(bob, story, "really?")).message;
  ASSERT_TRUE(try_send(eve, answer(talk, first.id, "yes")));
  EXPECT_THAT(comments(bob, news, story.id), ElementsAre("yes", "really?"));
  EXPECT_THAT(comments(ada, talk, copy_of_post(story).id), ElementsAre("yes", "really?"));
  const auto seen = shown(bob, story);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->count.replies, 2);
  EXPECT_EQ(seen->group, talk);
  EXPECT_THAT(seen->count.recent, ElementsAre(Peer::of(eve.user), Peer::of(bob.user)));
  EXPECT_GT(seen->box_pts, 1);
  // Not beside the posts, and not where members alone write.
  EXPECT_EQ(code_of(post(bob, talk, "by the way")), "CHAT_WRITE_FORBIDDEN");
  ASSERT_TRUE(world.run(set_flags(world.environment, ada, talk, store::chat_join_to_send, 0)));
  EXPECT_EQ(code_of(comment(bob, story, "more")), "CHAT_WRITE_FORBIDDEN");
  // What they wrote they take back.
  EXPECT_EQ(code_of(world.run(delete_channel_messages(world.environment, eve, talk, {first.id}))),
            "MESSAGE_DELETE_FORBIDDEN");
  ASSERT_TRUE(world.run(delete_channel_messages(world.environment, bob, talk, {first.id})));
  EXPECT_EQ(shown(ada, story)->count.replies, 1);
  EXPECT_THAT(shown(ada, story)->count.recent, ElementsAre(Peer::of(eve.user)));
}

TEST_F(CommentsTest, EditsAndReactionsAreThoseOfThePost) {
  const auto story = must_post("stroy");
  EditMessage edit;
  edit.peer = news;
  edit.id = story.id;
  edit.text = "story";
  ASSERT_TRUE(world.run(edit_message(world.environment, ada, edit)));
  EXPECT_THAT(texts_in(ada, talk), ElementsAre("story"));
  edit.peer = talk;
  edit.id = copy_of_post(story).id;
  edit.text = "something else";
  EXPECT_EQ(code_of(world.run(edit_message(world.environment, ada, edit))), "MESSAGE_AUTHOR_REQUIRED");
  React react;
  react.peer = news;
  react.id = story.id;
  react.reactions = {std::string(known_reactions().front().emoji)};
  ASSERT_TRUE(world.run(send_reaction(world.environment, bob, react)));
  const auto copy = copy_of_post(story);
  EXPECT_NE(copy.flags & store::message_reactions, 0u);
  const auto map = World::must(world.run(responses_to(world.environment, ada.user, {&copy})));
  // Who reacted to a post is nobody's to know.
  EXPECT_THAT(map->at({copy.owner, copy.id}).reactions->recent, IsEmpty());
  EXPECT_EQ(code_of(world.run(list_reactions(world.environment, ada.user, talk, copy.id, {}, 0, 10))),
            "BROADCAST_FORBIDDEN");
}

TEST_F(CommentsTest, TheCopyGoesWithThePostAndTheCommentsWithTheCopy) {
  const auto story = must_post("story"), other = must_post("other");
  ASSERT_TRUE(comment(bob, story, "comment"));
  ASSERT_TRUE(world.run(delete_channel_messages(world.environment, ada, talk, {copy_of_post(other).id})));
  EXPECT_FALSE(shown(bob, other));
  EXPECT_EQ(code_of(opened(bob, news, other.id)), "MSG_ID_INVALID");
  ASSERT_TRUE(world.run(delete_channel_messages(world.environment, ada, news, {story.id})));
  EXPECT_THAT(texts_in(ada, talk), ElementsAre("comment"));
  EXPECT_EQ(code_of(opened(bob, news, story.id)), "MSG_ID_INVALID");
}

TEST_F(CommentsTest, WithoutTheLinkThereAreNoComments) {
  const auto story = must_post("story");
  ASSERT_TRUE(comment(bob, story, "comment"));
  ASSERT_TRUE(world.run(set_discussion_group(world.environment, ada, news, {})));
  EXPECT_FALSE(shown(ada, story));
  EXPECT_EQ(code_of(opened(bob, news, story.id)), "MSG_ID_INVALID");
  const auto later = must_post("later");
  EXPECT_FALSE(shown(ada, later));
  EXPECT_THAT(texts_in(ada, talk), ElementsAre("comment", "story"));
  // With it they are back, under the posts that had them.
  ASSERT_TRUE(world.run(set_discussion_group(world.environment, ada, news, talk)));
  EXPECT_EQ(shown(ada, story)->count.replies, 1);
  EXPECT_FALSE(shown(ada, later));
}

TEST_F(CommentsTest, ACopyThatCameToLieInGeneralHasItsThreadWithinIt) {
  const auto story = must_post("story");
  const auto copy = copy_of_post(story);
  ASSERT_TRUE(comment(bob, story, "before"));
  ASSERT_TRUE(world.run(set_discussion_group(world.environment, ada, news, {})));
  ASSERT_TRUE(world.run(set_forum(world.environment, ada, talk, true, false)));
  const auto forum = World::must(try_send(ada, answer(talk, copy.id, "in the forum"))).message;
  EXPECT_EQ(forum.thread, general_topic);
  EXPECT_EQ(forum.subthread, copy.id);
  ASSERT_TRUE(world.run(set_forum(world.environment, ada, talk, false, false)));
  ASSERT_TRUE(world.run(set_discussion_group(world.environment, ada, news, talk)));
  const auto again = World::must(comment(bob, story, "again")).message;
  EXPECT_EQ(again.thread, general_topic);
  EXPECT_EQ(again.subthread, copy.id);
  EXPECT_THAT(comments(bob, news, story.id), ElementsAre("again", "in the forum", "before"));
}

TEST_F(CommentsTest, APostThatAnswersAnotherDoesSoInTheGroup) {
  const auto first = must_post("first"), other = must_post("other");
  const auto second = World::must(try_send(ada, answer(news, first.id, "second"))).message;
  const auto copy = copy_of_post(second);
  EXPECT_EQ(content_of(copy).reply->id, copy_of_post(first).id);
  EXPECT_FALSE(content_of(copy).reply->top);
  EXPECT_FALSE(copy.thread);  // it begins one
  EXPECT_EQ(shown(ada, first)->count.replies, 0);
  // Of an answered post without a copy the quotation is left, if there is one.
  ASSERT_TRUE(world.run(delete_channel_messages(world.environment, ada, talk, {copy_of_post(other).id})));
  EXPECT_FALSE(
      content_of(copy_of_post(World::must(try_send(ada, answer(news, other.id, "x"))).message)).reply);
  auto quoting = answer(news, other.id, "y");
  quoting.reply->quote_text = "oth";
  const auto quoted = content_of(copy_of_post(World::must(try_send(ada, quoting)).message)).reply;
  EXPECT_FALSE(quoted->id);
  EXPECT_EQ(quoted->quote_text, "oth");
}

TEST_F(CommentsTest, AnAlbumHasOneThread) {
  std::vector<SendMessage> album;
  for (int i = 0; i < 3; ++i) {
    SendMessage one;
    one.to = news;
    one.random_id = ++last_random_id;
    one.media.emplace();
    one.media->kind = MediaKind::photo;
    one.media->photo.emplace();
    album.push_back(std::move(one));
  }
  const auto sent = World::must(world.run(send_album(world.environment, ada, std::move(album))));
  const auto found = World::must(opened(bob, news, sent[2].message.id));
  ASSERT_EQ(found.first.size(), 3u);
  EXPECT_EQ(found.first[0].album, found.first[2].album);
  EXPECT_NE(found.first[0].album, sent[0].message.album);
  // Under the last picture or the first: it is the same.
  ASSERT_TRUE(try_send(bob, answer(talk, found.first[0].id, "beautiful")));
  for (const auto& one : sent) EXPECT_EQ(shown(eve, one.message)->count.replies, 1);
  EXPECT_THAT(comments(eve, news, sent[1].message.id), ElementsAre("beautiful"));
  EXPECT_THAT(comments(ada, talk, found.first[1].id), ElementsAre("beautiful"));
}

TEST_F(CommentsTest, WhatIsReadIsToldToReaderAndWriter) {
  const auto story = must_post("story");
  const auto first = World::must(comment(bob, story, "one")).message;
  const auto second = World::must(comment(bob, story, "two")).message;
  EXPECT_EQ(World::must(opened(eve, news, story.id)).unread, 2);
  const auto readers = world.listen(eve.user), writers = world.listen(bob.user);
  ASSERT_TRUE(world.run(read_discussion(world.environment, eve, news, story.id, first.id)));
  world.executor.run();
  const auto read = World::must(opened(eve, news, story.id));
  EXPECT_EQ(read.unread, 1);
  EXPECT_EQ(read.read.inbox, first.id);
  EXPECT_EQ(shown(eve, story)->read_max_id, first.id);
  ASSERT_EQ(readers->heard.size(), 1u);
  const auto inbox = World::must(decode<events::ReadDiscussionInbox>(readers->heard[0]->update.body));
  EXPECT_EQ(inbox.channel, news);
  EXPECT_EQ(inbox.post, story.id);
  EXPECT_EQ(inbox.max_id, first.id);
  ASSERT_EQ(writers->heard.size(), 1u);
  EXPECT_EQ(writers->heard[0]->update.kind, store::UpdateKind::read_discussion_outbox);
  EXPECT_EQ(World::must(opened(bob, news, story.id)).read.outbox, first.id);
  // Not further than there is anything, and never back.
  const auto copy = copy_of_post(story).id;
  ASSERT_TRUE(world.run(read_discussion(world.environment, eve, talk, copy, MessageId{1'000'000})));
  ASSERT_TRUE(world.run(read_discussion(world.environment, eve, talk, copy, first.id)));
  EXPECT_EQ(World::must(opened(eve, news, story.id)).read.inbox, second.id);
  EXPECT_EQ(code_of(world.run(read_discussion(world.environment, eve, news, MessageId{900}, first.id))),
            "MSG_ID_INVALID");
}

TEST_F(CommentsTest, CommentsAreForThoseWhoSeeTheChannel) {
  const auto hidden = channel(true), behind = channel(false);
  ASSERT_TRUE(world.run(set_discussion_group(world.environment, ada, hidden, behind)));
  const auto secret = World::must(post(ada, hidden, "secret")).message;
  const auto copy = World::must(opened(ada, hidden, secret.id)).first.back();
  EXPECT_EQ(code_of(opened(bob, hidden, secret.id)), "CHANNEL_PRIVATE");
  EXPECT_EQ(code_of(opened(bob, behind, copy.id)), "CHANNEL_PRIVATE");
  EXPECT_EQ(code_of(try_send(bob, answer(behind, copy.id, "hm"))), "CHANNEL_PRIVATE");
}

TEST_F(CommentsTest, GuestsKeepTheGroupsPace) {
  ASSERT_TRUE(world.run(set_slow_mode(world.environment, ada, talk, 30)));
  const auto story = must_post("story");
  ASSERT_TRUE(comment(bob, story, "one"));
  EXPECT_EQ(code_of(comment(bob, story, "two")), "SLOWMODE_WAIT");
  world.clock.advance(std::chrono::seconds(30));
  EXPECT_TRUE(comment(bob, story, "two"));
}

TEST_F(CommentsTest, PostViewsSayHowManyCommentsThereAre) {
  const auto story = must_post("story");
  ASSERT_TRUE(comment(bob, story, "comment"));
  const auto views =
      World::must(world.run(world.services.post_views.views(eve.user, news, {story.id}, true)));
  ASSERT_TRUE(views[0].thread);
  EXPECT_EQ(views[0].thread->count.replies, 1);
  EXPECT_EQ(views[0].thread->group, talk);
}

TEST_F(CommentsTest, AnswersInAnyGroupAreCounted) {
  const auto group = channel(false, "the_group");
  ASSERT_TRUE(enter_by_name(bob, group));
  const auto question = World::must(post(ada, group, "question")).message;
  EXPECT_FALSE(shown(bob, question));
  const auto reply = World::must(try_send(bob, answer(group, question.id, "answer"))).message;
  ASSERT_TRUE(try_send(ada, answer(group, reply.id, "thanks")));
  EXPECT_EQ(shown(bob, question)->count.replies, 2);
  EXPECT_FALSE(shown(bob, question)->group);
  EXPECT_EQ(World::must(opened(bob, group, reply.id)).first.back().id, question.id);
}

}  // namespace
}  // namespace heliograph::services
