// Ten thousand pinned messages: found, counted, opened and taken down without anything taking long or being
// left.
#include "services/chats/pin.h"
#include "services/groups/participants.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using testing::World;

class ManyPinsTest : public testing::GroupsTest {
 protected:
  static constexpr int count = 10'000;

  // As so many calls would leave it, in one transaction.
  void write_pinned(Peer peer) {
    World::must(world.write([&](store::Tx& tx) -> Status {
      for (int i = 0; i < count; ++i) {
        store::Message message;
        message.owner = BoxId::of(peer.channel());
        message.peer = peer;
        message.from = ada.user;
        message.date = world.clock.unix_seconds();
        message.flags = store::message_pinned;
        message.text = "pinned";
        HG_TRY(tx.messages().append(std::move(message)));
      }
      return {};
    }));
  }
  std::int64_t pinned_in(Peer peer) {
    Search pinned{.peer = peer, .filter = Search::Filter::pinned};
    return World::must(world.run(search_messages(world.environment, ada.user, pinned, {.limit = 1}))).total;
  }
};

TEST_F(ManyPinsTest, AreCountedOpenedAndTakenDownInSteps) {
  const auto peer = channel(false);
  write_pinned(peer);
  EXPECT_EQ(pinned_in(peer), count);
  const auto full = World::must(world.run(full_chat(world.environment, ada, peer)));
  EXPECT_TRUE(full.pinned_message);

  EXPECT_EQ(code_of(world.run(unpin_all(world.environment, bob, peer))), "CHANNEL_PRIVATE");
  EXPECT_EQ(pinned_in(peer), count);

  int steps = 0;
  for (bool more = true; more; ++steps) {
    more = World::must(world.run(unpin_all(world.environment, ada, peer))).more;
    ASSERT_LE(steps, count / 100 + 1);
  }
  EXPECT_EQ(pinned_in(peer), 0);
  EXPECT_FALSE(World::must(world.run(full_chat(world.environment, ada, peer))).pinned_message);
}

}  // namespace
}  // namespace heliograph::services
