#include "services/groups/migrate.h"

#include <gmock/gmock.h>

#include "services/groups/admin_log.h"
#include "services/groups/clear.h"
#include "services/groups/invites.h"
#include "services/groups/participants.h"
#include "services/testing/groups.h"

namespace heliograph::services {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::World;

class MigrateTest : public testing::GroupsTest {
 protected:
  store::Chat chat(Peer peer) {
    return *World::must(world.read([&](store::Tx& tx) { return tx.chats().find(peer); }));
  }
  store::Member member(Peer peer, const Caller& who) {
    return *World::must(world.read([&](store::Tx& tx) { return tx.chats().find_member(peer, who.user); }));
  }
  Status hand_over(Peer peer, const Caller& to, PasswordProof proof = {}) {
    return world.run(
        edit_creator(world.environment, world.services.passwords, ada, peer, to.user, std::move(proof)));
  }
  void set_password(const std::string& password) {
    auto salts = world.run(world.services.passwords.state(ada))->new_salts;
    append(salts.salt1, world.random.bytes(32));
    const auto value = crypto::srp_make_verifier(password, salts);
    NewPassword wanted;
    wanted.verifier = PasswordVerifier{salts.salt1, salts.salt2, Bytes(value.begin(), value.end())};
    World::must(world.run(world.services.passwords.update(ada, {}, wanted)));
  }
  PasswordProof proof(const std::string& password) {
    const auto state = World::must(world.run(world.services.passwords.state(ada)));
    const auto answer =
        crypto::srp_answer(password, state.salts, *crypto::dh_number(state.srp_b), world.random);
    PasswordProof made;
    made.given = true;
    made.srp_id = state.srp_id;
    made.a.assign(answer.public_value.begin(), answer.public_value.end());
    made.m1.assign(answer.proof.begin(), answer.proof.end());
    return made;
  }
};

TEST_F(MigrateTest, AGroupBecomesASupergroupWithAllThatIsInIt) {
  const auto eve = world.sign_up("Eve");
  const auto old = group({bob.user, eve.user});
  ASSERT_TRUE(post(bob, old, "before"));
  ASSERT_TRUE(world.run(promote(world.environment, ada, {old, bob.user, admin_ban_users, "Guard"})));
  const auto link = World::must(world.run(export_invite(world.environment, ada, old, {})));
  const auto sam = world.sign_up("Sam");
  ASSERT_TRUE(world.run(import_invite(world.environment, sam, link.invite.hash)));
  ASSERT_TRUE(world.run(remove_member(world.environment, ada, old, sam.user)));
  EXPECT_EQ(code_of(world.run(migrate_group(world.environment, bob, old))), "CHAT_ADMIN_REQUIRED");
  const auto migrated = World::must(world.run(migrate_group(world.environment, ada, old)));

  const auto now = chat(migrated.channel);
  EXPECT_EQ(now.kind, store::ChatKind::supergroup);
  EXPECT_EQ(now.title, "Friends");
  EXPECT_EQ(now.members, 3);
  EXPECT_EQ(now.admins, 2);
  EXPECT_EQ(now.migrated, old);
  EXPECT_EQ(now.migrated_max_id, migrated.moved_to.message.id);
  EXPECT_EQ(member(migrated.channel, ada).status, store::MemberStatus::creator);
  EXPECT_EQ(member(migrated.channel, bob).admin_rights, admin_ban_users);
  EXPECT_EQ(member(migrated.channel, bob).rank, "Guard");
  EXPECT_TRUE(chat(old).flags & store::chat_deleted);
  EXPECT_EQ(chat(old).migrated, migrated.channel);
  EXPECT_EQ(content_of(migrated.moved_to.message).action->peer, migrated.channel);
  EXPECT_EQ(content_of(migrated.moved_from.message).action->peer, old);

  EXPECT_THAT(texts_in(eve, old), ElementsAre("before"));
  EXPECT_EQ(code_of(post(eve, old, "still here?")), "CHAT_WRITE_FORBIDDEN");
  EXPECT_TRUE(post(eve, migrated.channel, "here"));
  EXPECT_EQ(code_of(world.run(migrate_group(world.environment, ada, old))), "CHAT_ID_INVALID");
  const auto paul = world.sign_up("Paul");
  ASSERT_TRUE(world.run(import_invite(world.environment, paul, link.invite.hash)));
  EXPECT_EQ(chat(migrated.channel).members, 4);
  EXPECT_EQ(code_of(world.run(import_invite(world.environment, sam, link.invite.hash))),
            "INVITE_HASH_EXPIRED");
}

TEST_F(MigrateTest, AChannelIsGivenAwayWithThePasswordAlone) {
  const auto peer = channel(true, "the_news");
  EXPECT_EQ(code_of(hand_over(peer, bob)), "PARTICIPANT_MISSING");
  ASSERT_TRUE(enter_by_name(bob, peer));
  EXPECT_EQ(code_of(hand_over(peer, ada)), "USER_ID_INVALID");
  EXPECT_EQ(code_of(hand_over(peer, bob)), "PASSWORD_MISSING");
  set_password("correct horse");
  const auto fresh = hand_over(peer, bob);
  EXPECT_EQ(code_of(fresh), "PASSWORD_TOO_FRESH");
  EXPECT_EQ(fresh.error().wait_seconds, fresh_password);
  world.clock.advance(std::chrono::seconds(fresh_password));
  EXPECT_EQ(code_of(hand_over(peer, bob)), "PASSWORD_HASH_INVALID");
  EXPECT_EQ(code_of(hand_over(peer, bob, proof("battery staple"))), "PASSWORD_HASH_INVALID");
  ASSERT_TRUE(hand_over(peer, bob, proof("correct horse")));
  EXPECT_EQ(chat(peer).creator, bob.user);
  EXPECT_EQ(member(peer, bob).status, store::MemberStatus::creator);
  EXPECT_EQ(member(peer, ada).status, store::MemberStatus::admin);
  EXPECT_EQ(code_of(hand_over(peer, bob, proof("correct horse"))), "CHAT_ADMIN_REQUIRED");
  const auto acts = World::must(world.run(admin_log(world.environment, bob, peer, {})));
  ASSERT_EQ(acts.size(), 2u);
  EXPECT_EQ(acts[0].body.member_before->status, store::MemberStatus::creator);
  EXPECT_EQ(acts[1].body.member_after->status, store::MemberStatus::creator);
}

TEST_F(MigrateTest, ABasicGroupIsGivenAwayInTheSameWay) {
  const auto peer = group({bob.user});
  EXPECT_EQ(code_of(hand_over(peer, bob)), "PASSWORD_MISSING");
  set_password("correct horse");
  world.clock.advance(std::chrono::seconds(fresh_password));
  ASSERT_TRUE(hand_over(peer, bob, proof("correct horse")));
  EXPECT_EQ(chat(peer).creator, bob.user);
  EXPECT_EQ(member(peer, bob).status, store::MemberStatus::creator);
  EXPECT_EQ(member(peer, ada).status, store::MemberStatus::admin);
}

TEST_F(MigrateTest, HistoryIsClearedForEveryoneOrForOneself) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  ASSERT_TRUE(post(ada, peer, "one"));
  const auto two = World::must(post(bob, peer, "two"));
  EXPECT_EQ(code_of(world.run(clear_channel(world.environment, bob, peer, {}, true))), "CHAT_ADMIN_REQUIRED");
  EXPECT_EQ(World::must(world.run(clear_channel(world.environment, bob, peer, {}, false))), two.message.id);
  EXPECT_THAT(texts_in(bob, peer), IsEmpty());
  EXPECT_THAT(texts_in(ada, peer), ElementsAre("two", "one"));
  ASSERT_TRUE(post(ada, peer, "three"));
  EXPECT_THAT(texts_in(bob, peer), ElementsAre("three"));
  ASSERT_TRUE(world.run(clear_channel(world.environment, ada, peer, two.message.id, true)));
  EXPECT_THAT(texts_in(ada, peer), ElementsAre("three"));
}

TEST_F(MigrateTest, AllThatOneMemberWroteGoes) {
  const auto peer = channel(false, "the_talk");
  ASSERT_TRUE(enter_by_name(bob, peer));
  ASSERT_TRUE(post(ada, peer, "hers"));
  ASSERT_TRUE(post(bob, peer, "his"));
  EXPECT_EQ(code_of(world.run(clear_participant(world.environment, bob, peer, Peer::of(ada.user)))),
            "CHAT_ADMIN_REQUIRED");
  const auto cleared =
      World::must(world.run(clear_participant(world.environment, ada, peer, Peer::of(bob.user))));
  EXPECT_FALSE(cleared.more);
  EXPECT_THAT(texts_in(ada, peer), ElementsAre("hers"));
}

}  // namespace
}  // namespace heliograph::services
