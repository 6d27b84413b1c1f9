#include "services/groups/invites.h"

#include <gmock/gmock.h>

#include "services/groups/participants.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using testing::World;

class InvitesTest : public testing::GroupsTest {
 protected:
  InviteView make(Peer peer, NewInvite wanted = {}) {
    return World::must(world.run(export_invite(world.environment, ada, peer, std::move(wanted))));
  }
  Result<Joined> come(const Caller& who, const InviteView& view) {
    return world.run(import_invite(world.environment, who, view.invite.hash));
  }
  bool is_in(const Caller& who, Peer peer) {
    const auto member =
        World::must(world.read([&](store::Tx& tx) { return tx.chats().find_member(peer, who.user); }));
    return member && store::is_in(member->status);
  }
  // The kind of the newest service message that a member sees.
  ActionKind last_notice(const Caller& of, Peer peer) {
    const auto page = World::must(world.run(services::history(world.environment, of.user, peer, {})));
    const auto content = content_of(page.messages.front());
    return content.action ? content.action->kind : ActionKind::none;
  }
  InviteView again(const InviteView& view) {
    return World::must(world.run(invite(world.environment, ada, view.invite.chat, view.invite.hash)));
  }
};

TEST_F(InvitesTest, ALinkLetsIntoAPrivateChannelAndAGroup) {
  for (const auto peer : {channel(true), channel(false), group({})}) {
    const auto link = make(peer);
    EXPECT_TRUE(link.invite.flags & store::invite_permanent);
    const auto preview = World::must(world.run(check_invite(world.environment, bob, link.invite.hash)));
    EXPECT_FALSE(preview.already);
    EXPECT_EQ(preview.chat.peer, peer);
    ASSERT_TRUE(come(bob, link));
    EXPECT_TRUE(is_in(bob, peer));
    EXPECT_EQ(code_of(come(bob, link)), "USER_ALREADY_PARTICIPANT");
    EXPECT_TRUE(World::must(world.run(check_invite(world.environment, bob, link.invite.hash))).already);
    EXPECT_EQ(again(link).invite.usage, 1);
    const auto came = World::must(world.run(importers(world.environment, ada, peer, {})));
    ASSERT_EQ(came.importers.size(), 1u);
    EXPECT_EQ(came.importers[0].importer.user, bob.user);
    EXPECT_EQ(came.importers[0].importer.link, link.invite.id);
  }
}

TEST_F(InvitesTest, AGroupSaysThroughWhoseLinkSomebodyCame) {
  const auto talk = channel(false);
  ASSERT_TRUE(come(bob, make(talk)));
  EXPECT_EQ(last_notice(ada, talk), ActionKind::chat_joined_by_link);
  const auto friends = group({});
  ASSERT_TRUE(come(bob, make(friends)));
  EXPECT_EQ(last_notice(ada, friends), ActionKind::chat_joined_by_link);
}

TEST_F(InvitesTest, ALinkEndsByTimeByUseAndByRevocation) {
  const auto peer = channel(true);
  const auto now = world.clock.unix_seconds();
  const auto timed = make(peer, {.expires_at = now + 60});
  const auto counted = make(peer, {.usage_limit = 1});
  const auto revoked = make(peer, {.title = "For friends"});
  const auto eve = world.sign_up("Eve");
  ASSERT_TRUE(come(bob, counted));
  EXPECT_EQ(code_of(come(eve, counted)), "INVITE_HASH_EXPIRED");
  world.clock.advance(std::chrono::seconds(60));
  EXPECT_EQ(code_of(come(eve, timed)), "INVITE_HASH_EXPIRED");
  InviteEdit edit;
  edit.hash = revoked.invite.hash;
  edit.revoke = true;
  ASSERT_TRUE(world.run(edit_invite(world.environment, ada, peer, edit)));
  EXPECT_EQ(code_of(come(eve, revoked)), "INVITE_HASH_EXPIRED");
  EXPECT_EQ(code_of(world.run(check_invite(world.environment, eve, ""))), "INVITE_HASH_EMPTY");
  EXPECT_EQ(code_of(world.run(check_invite(world.environment, eve, "no such!"))), "INVITE_HASH_INVALID");
  EXPECT_EQ(code_of(world.run(check_invite(world.environment, eve, "nothing"))), "INVITE_HASH_EXPIRED");
  EXPECT_EQ(code_of(world.run(export_invite(world.environment, ada, peer, {.expires_at = now}))),
            "EXPIRE_DATE_INVALID");
  EXPECT_EQ(code_of(world.run(export_invite(world.environment, ada, peer, {.usage_limit = 100'000}))),
            "USAGE_LIMIT_INVALID");
}

TEST_F(InvitesTest, APermanentLinkIsReplacedNotLimited) {
  const auto peer = channel(true);
  const auto first = make(peer);
  EXPECT_FALSE(make(peer).invite.flags & store::invite_permanent);  // there is one already
  InviteEdit edit;
  edit.hash = first.invite.hash;
  edit.usage_limit = 5;
  EXPECT_EQ(code_of(world.run(edit_invite(world.environment, ada, peer, edit))), "CHAT_INVITE_PERMANENT");
  edit.revoke = true;
  const auto edited = World::must(world.run(edit_invite(world.environment, ada, peer, edit)));
  ASSERT_TRUE(edited.replacement);
  EXPECT_TRUE(edited.replacement->invite.flags & store::invite_permanent);
  const auto third = make(peer, {.replace_permanent = true});
  EXPECT_EQ(code_of(come(bob, *edited.replacement)), "INVITE_HASH_EXPIRED");
  EXPECT_TRUE(come(bob, third));
  EXPECT_EQ(code_of(world.run(delete_invite(world.environment, ada, peer, third.invite.hash))),
            "INVITE_REVOKED_MISSING");
  ASSERT_TRUE(world.run(delete_invite(world.environment, ada, peer, first.invite.hash)));
  ASSERT_TRUE(world.run(delete_revoked_invites(world.environment, ada, peer, ada.user)));
  InvitesQuery query;
  query.admin = ada.user;
  query.revoked = true;
  EXPECT_EQ(World::must(world.run(invites(world.environment, ada, peer, query))).total, 0u);
}

TEST_F(InvitesTest, LinksAreForAdministratorsAndOthersForTheCreator) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  EXPECT_EQ(code_of(world.run(export_invite(world.environment, bob, peer, {}))), "CHAT_ADMIN_REQUIRED");
  ASSERT_TRUE(world.run(promote(world.environment, ada, {peer, bob.user, admin_invite_users, ""})));
  const auto his = World::must(world.run(export_invite(world.environment, bob, peer, {})));
  const auto hers = make(peer);
  EXPECT_EQ(code_of(world.run(invite(world.environment, bob, peer, hers.invite.hash))),
            "CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(again(his).invite.admin, bob.user);
  EXPECT_EQ(code_of(world.run(admins_with_invites(world.environment, bob, peer))), "CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(World::must(world.run(admins_with_invites(world.environment, ada, peer))).size(), 2u);
  const auto elsewhere = channel(true);
  EXPECT_EQ(code_of(world.run(invite(world.environment, ada, elsewhere, his.invite.hash))),
            "INVITE_HASH_EXPIRED");
}

TEST_F(InvitesTest, WhoAsksWaitsUntilAnAdministratorAnswers) {
  const auto peer = channel(false);
  const auto eve = world.sign_up("Eve");
  const auto link = make(peer, {.request_needed = true});
  const auto live = world.listen(ada.user);
  EXPECT_EQ(code_of(come(bob, link)), "INVITE_REQUEST_SENT");
  EXPECT_EQ(code_of(come(eve, link)), "INVITE_REQUEST_SENT");
  EXPECT_FALSE(is_in(bob, peer));
  world.executor.run();
  ASSERT_FALSE(live->heard.empty());
  EXPECT_EQ(live->heard.back()->update.kind, events::PendingJoinRequests::kind);
  const auto full = World::must(world.run(full_chat(world.environment, ada, peer)));
  EXPECT_EQ(full.pending.count, 2);
  EXPECT_EQ(again(link).requested, 2);

  ASSERT_TRUE(world.run(answer_request(world.environment, ada, peer, bob.user, true)));
  EXPECT_TRUE(is_in(bob, peer));
  EXPECT_EQ(last_notice(bob, peer), ActionKind::chat_joined_by_request);
  ASSERT_TRUE(world.run(answer_request(world.environment, ada, peer, eve.user, false)));
  EXPECT_FALSE(is_in(eve, peer));
  EXPECT_EQ(code_of(world.run(answer_request(world.environment, ada, peer, eve.user, true))),
            "HIDE_REQUESTER_MISSING");
  const auto came = World::must(world.run(importers(world.environment, ada, peer, {})));
  ASSERT_EQ(came.importers.size(), 1u);
  EXPECT_EQ(came.importers[0].importer.approved_by, ada.user);
}

TEST_F(InvitesTest, APublicGroupMayWantToApproveToo) {
  const auto peer = channel(false, "the_talk");
  const auto eve = world.sign_up("Eve");
  ASSERT_TRUE(world.run(set_flags(world.environment, ada, peer, store::chat_join_request, 0)));
  EXPECT_EQ(code_of(enter_by_name(bob, peer)), "INVITE_REQUEST_SENT");
  EXPECT_EQ(code_of(enter_by_name(eve, peer)), "INVITE_REQUEST_SENT");
  EXPECT_EQ(code_of(world.run(answer_requests(world.environment, bob, peer, "", true))),
            "CHAT_ADMIN_REQUIRED");
  ASSERT_TRUE(world.run(answer_requests(world.environment, ada, peer, "", true)));
  EXPECT_TRUE(is_in(bob, peer));
  EXPECT_TRUE(is_in(eve, peer));
  EXPECT_EQ(World::must(world.run(full_chat(world.environment, ada, peer))).pending.count, 0);
}

TEST_F(InvitesTest, ALinkIsOfNoUseToTheBanned) {
  const auto peer = channel(false);
  const auto link = make(peer);
  ASSERT_TRUE(come(bob, link));
  ASSERT_TRUE(world.run(restrict_member(world.environment, ada, {peer, bob.user, banned_view_messages, 0})));
  EXPECT_EQ(code_of(come(bob, link)), "INVITE_HASH_EXPIRED");
}

}  // namespace
}  // namespace heliograph::services
