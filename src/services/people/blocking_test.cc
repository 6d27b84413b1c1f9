#include "services/people/blocking.h"

#include <gtest/gtest.h>

#include "services/chats/append.h"
#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

class BlockingTest : public ::testing::Test {
 protected:
  std::string_view refusal(const Caller& from, const Caller& to) {
    const auto status = world.read([=](store::Tx& tx) { return may_write(tx, from.user, to.user); });
    return status ? "" : status.error().code;
  }
  World world;
  Caller ada = world.sign_up("Ada");
  Caller bob = world.sign_up("Bob");
  Blocking& blocking = world.services.blocking;
};

TEST_F(BlockingTest, NeitherSideWritesUntilUnblocked) {
  EXPECT_EQ(refusal(bob, ada), "");
  ASSERT_TRUE(world.run(blocking.block(ada, bob.user)));
  EXPECT_EQ(refusal(bob, ada), "USER_IS_BLOCKED");
  EXPECT_EQ(refusal(ada, bob), "YOU_BLOCKED_USER");
  ASSERT_TRUE(world.run(blocking.unblock(ada, bob.user)));
  EXPECT_EQ(refusal(bob, ada), "");
}

TEST_F(BlockingTest, OneselfAndNobodyCannotBeBlocked) {
  EXPECT_EQ(world.run(blocking.block(ada, ada.user)).error().code, "CONTACT_ID_INVALID");
  EXPECT_EQ(world.run(blocking.block(ada, UserId{987654})).error().code, "PEER_ID_INVALID");
}

TEST_F(BlockingTest, TheListIsPaged) {
  std::vector<UserId> blocked;
  for (const auto* name : {"C", "D", "E"}) {
    blocked.push_back(world.sign_up(name).user);
    ASSERT_TRUE(world.run(blocking.block(ada, blocked.back())));
    world.clock.advance(std::chrono::seconds(1));
  }
  const auto page = *world.run(blocking.list(ada.user, 1, 1));
  EXPECT_EQ(page.total, 3u);
  ASSERT_EQ(page.blocks.size(), 1u);
  EXPECT_EQ(page.blocks[0].user, blocked[1]);
}

TEST_F(BlockingTest, SettingReplacesTheList) {
  const auto eve = world.sign_up("Eve");
  ASSERT_TRUE(world.run(blocking.block(ada, bob.user)));
  ASSERT_TRUE(world.run(blocking.set(ada, {eve.user, ada.user}, 10)));
  EXPECT_EQ(refusal(bob, ada), "");
  EXPECT_EQ(refusal(eve, ada), "USER_IS_BLOCKED");
  EXPECT_EQ(world.run(blocking.list(ada.user, 0, 10))->total, 1u);
}

TEST_F(BlockingTest, OwnDevicesHearOnce) {
  const auto heard = world.listen(ada.user);
  ASSERT_TRUE(world.run(blocking.block(ada, bob.user)));
  ASSERT_TRUE(world.run(blocking.block(ada, bob.user)));
  world.executor.run();
  ASSERT_EQ(heard->heard.size(), 1u);
  EXPECT_EQ(heard->heard[0]->update.kind, store::UpdateKind::peer_blocked);
}

TEST_F(BlockingTest, ContactsOnly) {
  GlobalPrivacy settings;
  settings.new_noncontact_peers_require_premium = true;
  ASSERT_TRUE(world.run(world.services.privacy.set_global(ada, settings)));
  EXPECT_EQ(refusal(bob, ada), "PRIVACY_PREMIUM_REQUIRED");
  EXPECT_TRUE(world.run(world.services.users.view_one(bob.user, ada.user))->contact_require_premium);
  EXPECT_EQ(refusal(ada, bob), "");

  // Ada has written to Bob: he may answer.
  ASSERT_TRUE(world.write([&](store::Tx& tx) {
    Outgoing hello;
    hello.from = ada.user;
    hello.to = Peer::of(bob.user);
    hello.date = world.clock.unix_seconds();
    hello.text = "Hello";
    return append_message(tx, ada, hello);
  }));
  EXPECT_EQ(refusal(bob, ada), "");

  const auto eve = world.sign_up("Eve");
  EXPECT_EQ(refusal(eve, ada), "PRIVACY_PREMIUM_REQUIRED");
  ASSERT_TRUE(world.run(world.services.contacts.add(ada, {.user = eve.user, .first_name = "Eve"})));
  EXPECT_EQ(refusal(eve, ada), "");
}

}  // namespace
}  // namespace heliograph::services
