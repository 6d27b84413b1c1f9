#include "services/groups/discussion.h"

#include <gmock/gmock.h>

#include "services/groups/admin_log.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using testing::World;

class DiscussionTest : public testing::GroupsTest {
 protected:
  Status link(Peer news, Peer talk, const Caller& by) {
    return world.run(set_discussion_group(world.environment, by, news, talk));
  }
  Peer linked(Peer peer) {
    return World::must(world.read([&](store::Tx& tx) { return tx.chats().find(peer); }))->linked;
  }
  std::vector<Peer> fit() { return World::must(world.run(groups_for_discussion(world.environment, ada))); }
};

TEST_F(DiscussionTest, AChannelAndAGroupAreLinkedOneToOne) {
  const auto news = channel(true), other = channel(true), talk = channel(false), more = channel(false);
  EXPECT_EQ(fit().size(), 2u);
  ASSERT_TRUE(link(news, talk, ada));
  EXPECT_EQ(linked(news), talk);
  EXPECT_EQ(linked(talk), news);
  EXPECT_THAT(fit(), ElementsAre(more));
  EXPECT_EQ(code_of(link(news, talk, ada)), "LINK_NOT_MODIFIED");
  EXPECT_EQ(code_of(link(other, talk, ada)), "MEGAGROUP_ID_INVALID");
  EXPECT_EQ(code_of(link(talk, news, ada)), "BROADCAST_ID_INVALID");
  EXPECT_EQ(code_of(link(news, other, ada)), "MEGAGROUP_ID_INVALID");
  // Another group takes its place.
  ASSERT_TRUE(link(news, more, ada));
  EXPECT_FALSE(linked(talk));
  EXPECT_EQ(linked(more), news);
  // Either side ends it.
  ASSERT_TRUE(link({}, more, ada));
  EXPECT_FALSE(linked(news));
  EXPECT_FALSE(linked(more));
  EXPECT_EQ(code_of(link(news, {}, ada)), "LINK_NOT_MODIFIED");
}

TEST_F(DiscussionTest, BothSidesWantARightAndTheHistoryHasToBeOpen) {
  const auto news = channel(true, "the_news"), talk = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, news));
  ASSERT_TRUE(enter_by_name(bob, talk));
  EXPECT_EQ(code_of(link(news, talk, bob)), "CHAT_ADMIN_REQUIRED");
  const auto club = channel(false);
  ASSERT_TRUE(world.run(set_flags(world.environment, ada, club, store::chat_hidden_history, 0)));
  EXPECT_EQ(code_of(link(news, club, ada)), "MEGAGROUP_PREHISTORY_HIDDEN");
  ASSERT_TRUE(world.run(set_flags(world.environment, ada, club, 0, store::chat_hidden_history)));
  EXPECT_TRUE(link(news, club, ada));
  EXPECT_EQ(code_of(world.run(set_flags(world.environment, ada, club, store::chat_hidden_history, 0))),
            "CHAT_LINK_EXISTS");
  const auto log = World::must(world.run(admin_log(world.environment, ada, news, {})));
  EXPECT_EQ(static_cast<AdminActKind>(log.front().act.kind), AdminActKind::linked_chat);
}

TEST_F(DiscussionTest, ALinkOpensAPrivateGroupToThoseWhoSeeTheChannelAlone) {
  const auto news = channel(true, "the_news"), talk = channel(false);
  const auto hidden = channel(true), behind = channel(false);
  ASSERT_TRUE(link(news, talk, ada));
  ASSERT_TRUE(link(hidden, behind, ada));
  ASSERT_TRUE(post(ada, talk, "a comment"));
  EXPECT_THAT(texts_in(bob, talk), ElementsAre("a comment"));
  EXPECT_EQ(code_of(world.run(services::history(world.environment, bob.user, hidden, {}))),
            "CHANNEL_PRIVATE");
  EXPECT_EQ(code_of(world.run(services::history(world.environment, bob.user, behind, {}))),
            "CHANNEL_PRIVATE");
}

}  // namespace
}  // namespace heliograph::services
