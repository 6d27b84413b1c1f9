#include "services/groups/admin_log.h"

#include <gmock/gmock.h>

#include "services/chats/edit.h"
#include "services/chats/erase.h"
#include "services/chats/pin.h"
#include "services/chats/ttl.h"
#include "services/groups/clear.h"
#include "services/groups/invites.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::World;

class AdminLogTest : public testing::GroupsTest {
 protected:
  std::vector<LoggedAct> log(Peer peer, AdminLogQuery query = {}) {
    return World::must(world.run(admin_log(world.environment, ada, peer, std::move(query))));
  }
  // Newest first.
  std::vector<AdminActKind> kinds(Peer peer, AdminLogQuery query = {}) {
    std::vector<AdminActKind> out;
    for (const auto& one : log(peer, std::move(query)))
      out.push_back(static_cast<AdminActKind>(one.act.kind));
    return out;
  }
};

TEST_F(AdminLogTest, WhatIsSetIsLoggedWithWhatWasBefore) {
  const auto peer = channel(false);
  ASSERT_TRUE(world.run(set_title(world.environment, ada, peer, "Talk")));
  ASSERT_TRUE(world.run(set_about(world.environment, ada, peer, "All of it")));
  ASSERT_TRUE(world.run(set_slow_mode(world.environment, ada, peer, 30)));
  ASSERT_TRUE(world.run(set_flags(world.environment, ada, peer, store::chat_hidden_history, 0)));
  const auto all = log(peer);
  ASSERT_TRUE(world.run(set_history_ttl(world.environment, ada, peer, 86'400)));
  EXPECT_THAT(kinds(peer), ElementsAre(AdminActKind::history_ttl, AdminActKind::hidden_history,
                                       AdminActKind::slow_mode, AdminActKind::about, AdminActKind::title));
  EXPECT_EQ(all[3].body.before, "News");
  EXPECT_EQ(all[3].body.after, "Talk");
  EXPECT_EQ(all[3].act.user, ada.user);
  EXPECT_EQ(all[1].body.number_after, 30);
}

TEST_F(AdminLogTest, ComingGoingAndRankAreLogged) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  ASSERT_TRUE(world.run(promote(world.environment, ada, {peer, bob.user, admin_ban_users, "Guard"})));
  ASSERT_TRUE(world.run(promote(world.environment, ada, {peer, bob.user, 0, ""})));
  ASSERT_TRUE(world.run(restrict_member(world.environment, ada, {peer, bob.user, banned_send_media, 0})));
  ASSERT_TRUE(world.run(restrict_member(world.environment, ada, {peer, bob.user, 0, 0})));
  ASSERT_TRUE(world.run(restrict_member(world.environment, ada, {peer, bob.user, banned_view_messages, 0})));
  using enum AdminActKind;
  EXPECT_THAT(kinds(peer), ElementsAre(kick, unban, ban, demote, promote, join, username));
  const auto promoted = log(peer, {.kinds = {promote}});
  ASSERT_EQ(promoted.size(), 1u);
  EXPECT_EQ(promoted[0].body.member_before->status, store::MemberStatus::member);
  EXPECT_EQ(promoted[0].body.member_after->rank, "Guard");
  EXPECT_THAT(kinds(peer, {.admins = {bob.user}}), ElementsAre(join));
  EXPECT_THAT(kinds(peer, {.text = "bob"}).size(), 5u);
}

TEST_F(AdminLogTest, MessagesAreKeptAsTheyWere) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  const auto said = World::must(post(bob, peer, "first words")).message;
  EditMessage edit;
  edit.peer = peer;
  edit.id = said.id;
  edit.text = "other words";
  ASSERT_TRUE(world.run(edit_message(world.environment, bob, edit)));
  PinMessage pin;
  pin.peer = peer;
  pin.id = said.id;
  pin.pinned = true;
  ASSERT_TRUE(world.run(pin_message(world.environment, ada, pin)));
  ASSERT_TRUE(world.run(delete_channel_messages(world.environment, ada, peer, {said.id})));
  const auto all = log(peer);
  ASSERT_GE(all.size(), 3u);
  EXPECT_EQ(all[0].body.message_before->text, "other words");
  EXPECT_EQ(static_cast<AdminActKind>(all[1].act.kind), AdminActKind::pin);
  EXPECT_EQ(all[2].body.message_before->text, "first words");
  EXPECT_EQ(all[2].body.message_after->text, "other words");
}

TEST_F(AdminLogTest, WhatIsDoneToManyAtOnceIsLoggedOneByOne) {
  using enum AdminActKind;
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  for (const auto* text : {"one", "two"}) {
    PinMessage pin;
    pin.peer = peer;
    pin.id = World::must(post(bob, peer, text)).message.id;
    ASSERT_TRUE(world.run(pin_message(world.environment, ada, pin)));
  }
  ASSERT_TRUE(world.run(unpin_all(world.environment, ada, peer)));
  const auto pins = log(peer, {.kinds = {pin}});
  ASSERT_EQ(pins.size(), 4u);
  for (std::size_t i = 0; i < pins.size(); ++i) {
    EXPECT_EQ((pins[i].body.message_after->flags & store::message_pinned) != 0, i >= 2);
  }
  ASSERT_TRUE(world.run(clear_participant(world.environment, ada, peer, Peer::of(bob.user))));
  EXPECT_THAT(kinds(peer, {.kinds = {erase}, .text = "one"}), ElementsAre(erase));
  EXPECT_GE(kinds(peer, {.kinds = {erase}}).size(), 2u);
  ASSERT_TRUE(post(bob, peer, "three"));
  ASSERT_TRUE(world.run(clear_channel(world.environment, ada, peer, {}, true)));
  EXPECT_THAT(kinds(peer, {.kinds = {erase}, .text = "three"}), ElementsAre(erase));

  const auto link = World::must(world.run(export_invite(world.environment, ada, peer, {.title = "old"})));
  InviteEdit wanted;
  wanted.hash = link.invite.hash;
  wanted.revoke = true;
  ASSERT_TRUE(world.run(edit_invite(world.environment, ada, peer, wanted)));
  ASSERT_TRUE(world.run(delete_revoked_invites(world.environment, ada, peer, ada.user)));
  EXPECT_EQ(log(peer, {.kinds = {invite_delete}}).at(0).body.invite_before->title, "old");
}

TEST_F(AdminLogTest, ItIsForAdministratorsAndForTwoDays) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  EXPECT_EQ(code_of(world.run(admin_log(world.environment, bob, peer, {}))), "CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(kinds(peer).size(), 2u);
  world.clock.advance(std::chrono::seconds(admin_log_kept + 1));
  EXPECT_THAT(kinds(peer), IsEmpty());
  ASSERT_TRUE(world.run(set_title(world.environment, ada, peer, "Talk")));
  // What has run out is gone from the disk, too.
  const auto left = World::must(world.read([&](store::Tx& tx) { return tx.admin_log().list(peer, {}); }));
  EXPECT_EQ(left.size(), 1u);
}

TEST_F(AdminLogTest, LinksAndWhoCameThroughThem) {
  const auto peer = channel(false);
  const auto link = World::must(world.run(export_invite(world.environment, ada, peer, {})));
  ASSERT_TRUE(world.run(import_invite(world.environment, bob, link.invite.hash)));
  InviteEdit wanted;
  wanted.hash = link.invite.hash;
  wanted.revoke = true;
  ASSERT_TRUE(world.run(edit_invite(world.environment, ada, peer, wanted)));
  ASSERT_TRUE(world.run(delete_invite(world.environment, ada, peer, link.invite.hash)));
  using enum AdminActKind;
  EXPECT_THAT(kinds(peer), ElementsAre(invite_delete, invite_revoke, join_by_invite));
  EXPECT_EQ(log(peer)[2].body.invite_after->hash, link.invite.hash);
}

}  // namespace
}  // namespace heliograph::services
