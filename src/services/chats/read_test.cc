#include "services/chats/read.h"

#include "services/chats/erase.h"
#include "services/testing/chat.h"

namespace heliograph::services {
namespace {

using store::UpdateKind;

class ReadTest : public testing::ChatTest {
 protected:
  store::Update read(const Caller& who, UserId with, MessageId up_to = {}) {
    return testing::World::must(world.run(read_history(world.environment, who, Peer::of(with), up_to)));
  }
  Result<UnixSeconds> read_date_of(const Caller& who, UserId with, MessageId id) {
    return world.run(outbox_read_date(world.environment, who.user, Peer::of(with), id));
  }
};

TEST_F(ReadTest, ReadingAllClearsTheCounterAndTicksTheOtherSide) {
  const auto first = send(ada, bob.user, "one");
  const auto second = send(ada, bob.user, "two");
  EXPECT_EQ(dialog(bob, ada.user)->unread_count, 2);
  const auto before = state(ada).pts;
  const auto update = read(bob, ada.user);
  EXPECT_EQ(update.pts_count, 1);
  EXPECT_EQ(update.pts, state(bob).pts);
  EXPECT_EQ(dialog(bob, ada.user)->unread_count, 0);
  EXPECT_EQ(dialog(ada, bob.user)->read_outbox_max_id, second.message.id);
  EXPECT_EQ(log_after(ada, before), std::vector{UpdateKind::read_outbox});
  EXPECT_GT(second.message.id, first.message.id);
}

TEST_F(ReadTest, ReadingPartLeavesTheRest) {
  const auto first = send(ada, bob.user, "one");
  send(ada, bob.user, "two");
  send(ada, bob.user, "three");
  read(bob, ada.user, copy_of(first.message, bob).id);
  EXPECT_EQ(dialog(bob, ada.user)->unread_count, 2);
  EXPECT_EQ(dialog(ada, bob.user)->read_outbox_max_id, first.message.id);
}

TEST_F(ReadTest, ReadingAgainOrNothingChangesNothing) {
  EXPECT_EQ(read(bob, ada.user).pts_count, 0);
  send(ada, bob.user, "one");
  read(bob, ada.user);
  const auto pts = state(ada).pts;
  EXPECT_EQ(read(bob, ada.user).pts_count, 0);
  EXPECT_EQ(read(bob, ada.user, MessageId{1}).pts_count, 0);
  EXPECT_EQ(read(ada, bob.user).pts_count, 0);  // her own message is not unread
  EXPECT_EQ(state(ada).pts, pts);
}

TEST_F(ReadTest, AMessageTheWriterDeletedIsNotTicked) {
  const auto first = send(ada, bob.user, "one");
  const auto second = send(ada, bob.user, "two");
  ASSERT_TRUE(world.run(delete_messages(world.environment, ada, {second.message.id}, false)));
  read(bob, ada.user);
  EXPECT_EQ(dialog(ada, bob.user)->read_outbox_max_id, first.message.id);
}

TEST_F(ReadTest, TheReadDateIsThatOfTheFirstReading) {
  const auto first = send(ada, bob.user, "one");
  EXPECT_EQ(code_of(read_date_of(ada, bob.user, first.message.id)), "MESSAGE_NOT_READ_YET");
  world.clock.advance(std::chrono::minutes(5));
  const auto first_read_at = world.clock.unix_seconds();
  read(bob, ada.user);
  world.clock.advance(std::chrono::minutes(5));
  const auto second = send(ada, bob.user, "two");
  read(bob, ada.user);
  EXPECT_EQ(read_date_of(ada, bob.user, first.message.id).value(), first_read_at);
  EXPECT_EQ(read_date_of(ada, bob.user, second.message.id).value(), world.clock.unix_seconds());
  EXPECT_EQ(code_of(read_date_of(bob, ada.user, copy_of(first.message, bob).id)), "MESSAGE_ID_INVALID");
  world.clock.advance(std::chrono::hours(24 * 8));
  EXPECT_EQ(code_of(read_date_of(ada, bob.user, first.message.id)), "MESSAGE_TOO_OLD");
}

TEST_F(ReadTest, WhoHidesTheirPresenceHidesAndSeesNoReadDates) {
  const auto sent = send(ada, bob.user, "one");
  read(bob, ada.user);
  PrivacyRules nobody;
  nobody.rules.push_back({PrivacyRule::Kind::disallow_all, {}});
  ASSERT_TRUE(world.run(world.services.privacy.set(bob, PrivacyKey::status_timestamp, nobody)));
  EXPECT_EQ(code_of(read_date_of(ada, bob.user, sent.message.id)), "USER_PRIVACY_RESTRICTED");
  ASSERT_TRUE(world.run(world.services.privacy.set(ada, PrivacyKey::status_timestamp, nobody)));
  EXPECT_EQ(code_of(read_date_of(ada, bob.user, sent.message.id)), "YOUR_PRIVACY_RESTRICTED");
}

TEST_F(ReadTest, AMarkOfOnesOwnGoesWithReading) {
  send(ada, bob.user, "one");
  read(bob, ada.user);
  ASSERT_TRUE(world.run(mark_unread(world.environment, bob, Peer::of(ada.user), true)));
  EXPECT_EQ(world.run(marked_unread(world.environment, bob.user)).value(), std::vector{Peer::of(ada.user)});
  read(bob, ada.user);
  EXPECT_TRUE(world.run(marked_unread(world.environment, bob.user))->empty());
  EXPECT_EQ(code_of(world.run(mark_unread(world.environment, bob, Peer::of(UserId{5}), true))),
            "PEER_ID_INVALID");
}

TEST_F(ReadTest, ContentsAreReadOnBothSides) {
  Outgoing voice;
  voice.from = ada.user;
  voice.to = Peer::of(bob.user);
  voice.date = world.clock.unix_seconds();
  voice.flags = store::message_media_unread;
  const auto sent = world.write([&](store::Tx& tx) { return append_message(tx, ada, voice); }).value();
  const auto at_bob = copy_of(sent.message, bob);
  const auto update = world.run(read_contents(world.environment, bob, {at_bob.id, MessageId{99}})).value();
  EXPECT_EQ(update.pts_count, 1);
  EXPECT_FALSE(find(bob, at_bob.id)->flags & store::message_media_unread);
  EXPECT_FALSE(find(ada, sent.message.id)->flags & store::message_media_unread);
  EXPECT_EQ(world.run(read_contents(world.environment, bob, {at_bob.id}))->pts_count, 0);
}

}  // namespace
}  // namespace heliograph::services
