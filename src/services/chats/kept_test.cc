// Pins, times to live, dialog filters: what is kept about a dialog.
#include "services/chats/filters.h"
#include "services/chats/pin.h"
#include "services/chats/ttl.h"
#include "services/people/blocking.h"
#include "services/testing/chat.h"

namespace heliograph::services {
namespace {

using testing::World;

class KeptTest : public testing::ChatTest {
 protected:
  Result<Pinned> pin(MessageId id, bool pinned, bool one_side = false) {
    PinMessage request;
    request.peer = Peer::of(bob.user);
    request.id = id;
    request.pinned = pinned;
    request.one_side = one_side;
    return world.run(pin_message(world.environment, ada, request));
  }
  bool is_pinned(const store::Message& message) { return (message.flags & store::message_pinned) != 0; }
  DialogFilter filter(std::int32_t id, std::string title) {
    DialogFilter wanted;
    wanted.id = id;
    wanted.title = std::move(title);
    wanted.contacts = true;
    return wanted;
  }
  Status put(DialogFilter wanted) { return world.run(put_filter(world.environment, ada, std::move(wanted))); }
  DialogFilters filters() { return World::must(world.run(dialog_filters(world.environment, ada.user))); }
};

TEST_F(KeptTest, APinIsSeenByBothAndSaidInTheDialog) {
  const auto sent = send(ada, bob.user, "Important").message;
  const auto pinned = pin(sent.id, true);
  ASSERT_TRUE(pinned);
  EXPECT_TRUE(is_pinned(*find(ada, sent.id)));
  EXPECT_TRUE(is_pinned(copy_of(sent, bob)));
  const auto notice = history(bob, ada.user).front();
  EXPECT_EQ(content_of(notice).action->kind, ActionKind::pin_message);
  EXPECT_EQ(content_of(notice).reply->id, copy_of(sent, bob).id);
  EXPECT_EQ(code_of(pin(sent.id, true)), "CHAT_NOT_MODIFIED");
  ASSERT_TRUE(pin(sent.id, false));
  EXPECT_FALSE(is_pinned(copy_of(sent, bob)));
  EXPECT_EQ(history(bob, ada.user).size(), 2U);  // unpinning is not said
}

TEST_F(KeptTest, OrForOneselfAlone) {
  const auto sent = send(ada, bob.user, "Important").message;
  const auto pinned = pin(sent.id, true, true);
  ASSERT_TRUE(pinned);
  EXPECT_FALSE(pinned->notice);
  EXPECT_TRUE(is_pinned(*find(ada, sent.id)));
  EXPECT_FALSE(is_pinned(copy_of(sent, bob)));
  EXPECT_EQ(code_of(pin(MessageId{999}, true)), "MESSAGE_ID_INVALID");
}

TEST_F(KeptTest, AllPinsGoAtOnceOrInSteps) {
  world.write([this](store::Tx& tx) -> Status {
    for (int i = 0; i < 150; ++i) {
      Outgoing one;
      one.from = ada.user;
      one.to = Peer::of(bob.user);
      one.text = "x";
      one.flags = store::message_pinned;
      HG_TRY(append_message(tx, ada, one));
    }
    return {};
  });
  const auto first = World::must(world.run(unpin_all(world.environment, ada, Peer::of(bob.user))));
  EXPECT_TRUE(first.more);
  EXPECT_EQ(first.update.pts_count, 100);
  const auto second = World::must(world.run(unpin_all(world.environment, ada, Peer::of(bob.user))));
  EXPECT_FALSE(second.more);
  EXPECT_EQ(second.update.pts_count, 50);
  for (const auto& one : history(bob, ada.user)) EXPECT_FALSE(is_pinned(one));
}

TEST_F(KeptTest, MessagesVanishOnBothSidesWhenTheirTimeIsUp) {
  send(ada, bob.user, "stays");
  ASSERT_TRUE(world.run(set_history_ttl(world.environment, ada, Peer::of(bob.user), 86'400)));
  EXPECT_EQ(dialog(bob, ada.user)->ttl_period, 86'400);
  EXPECT_EQ(content_of(history(bob, ada.user).front()).action->ttl_period, 86'400);
  send(bob, ada.user, "goes");
  EXPECT_EQ(history(ada, bob.user).front().expires_at, world.clock.unix_seconds() + 86'400);
  world.clock.advance(std::chrono::seconds(86'399));
  EXPECT_EQ(World::must(world.run(sweep_expired(world.environment))), 0U);
  world.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(World::must(world.run(sweep_expired(world.environment))), 2U);
  EXPECT_EQ(history(ada, bob.user).size(), 2U);
  EXPECT_EQ(dialog(bob, ada.user)->unread_count, 2);  // "stays" and the notice
}

TEST_F(KeptTest, TimesToLiveAreWholeDays) {
  const auto set = [&](std::int32_t period) {
    return code_of(world.run(set_history_ttl(world.environment, ada, Peer::of(bob.user), period)));
  };
  EXPECT_EQ(set(60), "TTL_PERIOD_INVALID");
  EXPECT_EQ(set(-86'400), "TTL_PERIOD_INVALID");
  EXPECT_EQ(set(400 * 86'400), "TTL_PERIOD_INVALID");
  EXPECT_EQ(set(0), "CHAT_NOT_MODIFIED");
  EXPECT_EQ(set(7 * 86'400), "");
  EXPECT_EQ(set(7 * 86'400), "CHAT_NOT_MODIFIED");
  EXPECT_EQ(set(0), "");
  ASSERT_TRUE(world.run(world.services.blocking.block(bob, ada.user)));
  EXPECT_EQ(set(86'400), "USER_IS_BLOCKED");
}

TEST_F(KeptTest, NewDialogsBeginWithTheDefault) {
  ASSERT_TRUE(world.run(set_default_ttl(world.environment, ada, 7 * 86'400)));
  EXPECT_EQ(World::must(world.run(default_ttl(world.environment, ada.user))), 7 * 86'400);
  const auto sent = send(ada, bob.user, "Hello");
  EXPECT_EQ(sent.message.expires_at, sent.message.date + 7 * 86'400);
  EXPECT_EQ(dialog(bob, ada.user)->ttl_period, 7 * 86'400);
  EXPECT_EQ(history(bob, ada.user).size(), 2U);  // it is said first
}

TEST_F(KeptTest, FiltersAreKeptInTheirOrder) {
  ASSERT_TRUE(put(filter(2, "Work")));
  ASSERT_TRUE(put(filter(3, "Home")));
  ASSERT_TRUE(put(filter(2, "Office")));
  EXPECT_EQ(filters().order, (std::vector{0, 2, 3}));
  EXPECT_EQ(filters().filters[0].title, "Office");
  ASSERT_TRUE(world.run(order_filters(world.environment, ada, {3, 77, 0})));
  EXPECT_EQ(filters().order, (std::vector{3, 0, 2}));
  ASSERT_TRUE(world.run(delete_filter(world.environment, ada, 3)));
  ASSERT_TRUE(world.run(delete_filter(world.environment, ada, 3)));
  EXPECT_EQ(filters().order, (std::vector{0, 2}));
}

TEST_F(KeptTest, FiltersAreChecked) {
  EXPECT_EQ(code_of(put(filter(1, "Work"))), "FILTER_ID_INVALID");
  EXPECT_EQ(code_of(put(filter(256, "Work"))), "FILTER_ID_INVALID");
  EXPECT_EQ(code_of(put(filter(2, " "))), "FILTER_TITLE_EMPTY");
  EXPECT_EQ(code_of(put(filter(2, "A title that is too long"))), "MESSAGE_TOO_LONG");
  auto nothing = filter(2, "Work");
  nothing.contacts = false;
  EXPECT_EQ(code_of(put(nothing)), "FILTER_INCLUDE_EMPTY");
  for (std::int32_t id = 2; id < 12; ++id) EXPECT_TRUE(put(filter(id, "Work")));
  EXPECT_EQ(code_of(put(filter(12, "Work"))), "DIALOG_FILTERS_TOO_MUCH");
}

}  // namespace
}  // namespace heliograph::services
