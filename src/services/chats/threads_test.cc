#include "services/chats/threads.h"

#include <gmock/gmock.h>

#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using testing::World;

class ThreadsTest : public testing::GroupsTest {
 protected:
  MessageId answer(const Caller& from, Peer to, MessageId what, std::string text) {
    SendMessage request;
    request.to = to;
    request.text = std::move(text);
    request.random_id = ++last_random_id;
    request.reply.emplace();
    request.reply->id = what;
    return World::must(try_send(from, std::move(request))).message.id;
  }
  Result<PlacePage> thread(const Caller& of, Peer group, MessageId top, store::HistoryRange range = {}) {
    return world.run(thread_history(world.environment, of.user, group, top, range));
  }
  std::vector<std::string> texts_of(const Result<PlacePage>& page) {
    std::vector<std::string> out;
    for (const auto& message : World::must(page).messages) out.push_back(message.text);
    return out;
  }
};

TEST_F(ThreadsTest, AnswersAndAnswersToThemAreOneThread) {
  const auto talk = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, talk));
  const auto first = World::must(post(ada, talk, "question")).message.id;
  const auto second = answer(bob, talk, first, "answer");
  ASSERT_TRUE(post(bob, talk, "beside it"));
  answer(ada, talk, second, "thanks");
  const auto page = thread(bob, talk, first);
  EXPECT_THAT(texts_of(page), ElementsAre("thanks", "answer"));
  EXPECT_EQ(page->total, 2);
  EXPECT_GT(page->channel_pts, 0);
  store::HistoryRange older;
  older.limit = 1;
  older.add_offset = 1;
  EXPECT_THAT(texts_of(thread(bob, talk, first, older)), ElementsAre("answer"));
}

TEST_F(ThreadsTest, AThreadIsSearched) {
  const auto talk = channel(false);
  const auto first = World::must(post(ada, talk, "a red question")).message.id;
  answer(ada, talk, first, "red answer");
  answer(ada, talk, first, "blue answer");
  ASSERT_TRUE(post(ada, talk, "red beside it"));
  Search what;
  what.peer = talk;
  what.text = "red";
  what.thread = first;
  EXPECT_THAT(texts_of(world.run(search_messages(world.environment, ada.user, what, {}))),
              ElementsAre("red answer"));
}

TEST_F(ThreadsTest, AThreadIsReadWhereItIsAndByWhoMayRead) {
  const auto talk = channel(false), news = channel(true, "the_news");
  const auto first = World::must(post(ada, talk, "question")).message.id;
  const auto story = World::must(post(ada, news, "story")).message.id;
  EXPECT_EQ(code_of(thread(bob, talk, first)), "CHANNEL_PRIVATE");
  EXPECT_EQ(code_of(thread(ada, talk, MessageId{first.value + 100})), "MSG_ID_INVALID");
  EXPECT_EQ(code_of(thread(ada, talk, MessageId{-1})), "MSG_ID_INVALID");
  EXPECT_EQ(code_of(thread(ada, news, story)), "MSG_ID_INVALID");  // a post without comments
  EXPECT_EQ(code_of(thread(ada, Peer::of(bob.user), first)), "PEER_ID_INVALID");
}

}  // namespace
}  // namespace heliograph::services
