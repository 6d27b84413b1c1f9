#include "services/chats/read_participants.h"

#include <gmock/gmock.h>

#include "services/chats/read.h"
#include "services/chats/read_marks.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::World;

class ReadParticipantsTest : public testing::GroupsTest {
 protected:
  Result<std::vector<ReadBy>> readers(const Caller& of, Peer peer, MessageId id) {
    return world.run(read_participants(world.environment, of.user, peer, id));
  }
  std::vector<UserId> who(const Result<std::vector<ReadBy>>& found) {
    std::vector<UserId> users;
    for (const auto& one : World::must(found)) users.push_back(one.user);
    return users;
  }
  Caller eve = world.sign_up("Eve");
};

TEST_F(ReadParticipantsTest, WhoReadAMessageOfAGroupAndWhen) {
  const auto friends = group({bob.user, eve.user});
  const auto sent = World::must(post(ada, friends, "hello")).message;
  EXPECT_THAT(who(readers(ada, friends, sent.id)), IsEmpty());
  world.clock.advance(std::chrono::seconds(60));
  ASSERT_TRUE(world.run(read_history(world.environment, eve, friends, MessageId{})));
  world.clock.advance(std::chrono::seconds(60));
  ASSERT_TRUE(world.run(read_history(world.environment, bob, friends, MessageId{})));
  const auto found = World::must(readers(ada, friends, sent.id));
  EXPECT_THAT(who(found), ElementsAre(eve.user, bob.user));
  EXPECT_EQ(found[0].at, sent.date + 60);
  EXPECT_EQ(found[1].at, sent.date + 120);
}

TEST_F(ReadParticipantsTest, InASupergroupThoseWhoReadThatFar) {
  const auto talk = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, talk));
  const auto first = World::must(post(ada, talk, "one")).message;
  const auto second = World::must(post(ada, talk, "two")).message;
  ASSERT_TRUE(world.run(read_channel(world.environment, bob, talk, first.id)));
  EXPECT_THAT(who(readers(ada, talk, first.id)), ElementsAre(bob.user));
  EXPECT_THAT(who(readers(ada, talk, second.id)), IsEmpty());
  // Who comes later has read nothing.
  ASSERT_TRUE(enter_by_name(eve, talk));
  EXPECT_THAT(who(readers(ada, talk, first.id)), ElementsAre(bob.user));
}

TEST_F(ReadParticipantsTest, OnlyOfOnesOwnInASmallGroupAndNotForLong) {
  const auto talk = channel(false, "the_talk"), news = channel(true, "the_news");
  ASSERT_TRUE(enter_by_name(bob, talk));
  const auto sent = World::must(post(ada, talk, "one")).message;
  const auto story = World::must(post(ada, news, "story")).message;
  EXPECT_EQ(code_of(readers(bob, talk, sent.id)), "MSG_ID_INVALID");
  EXPECT_EQ(code_of(readers(ada, talk, MessageId{900})), "MSG_ID_INVALID");
  EXPECT_EQ(code_of(readers(ada, news, story.id)), "PEER_ID_INVALID");
  EXPECT_EQ(code_of(readers(ada, Peer::of(bob.user), sent.id)), "PEER_ID_INVALID");
  EXPECT_EQ(code_of(readers(eve, talk, sent.id)), "PEER_ID_INVALID");
  world.clock.advance(std::chrono::seconds(read_dates_kept + 1));
  EXPECT_EQ(code_of(readers(ada, talk, sent.id)), "MSG_TOO_OLD");
  ASSERT_TRUE(world.write([&](store::Tx& tx) -> Status {
    for (int i = 0; i < group_reads_members_max; ++i) {
      store::Member member;
      member.chat = talk;
      member.user = UserId{100'000 + i};
      HG_TRY(tx.chats().put_member(member));
    }
    return {};
  }));
  EXPECT_EQ(code_of(readers(ada, talk, sent.id)), "CHAT_TOO_BIG");
}

}  // namespace
}  // namespace heliograph::services
