#include "services/accounts/deletion.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/chats/append.h"
#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

class DeletionTest : public ::testing::Test {
 protected:
  DeletionTest() {
    ada = world.sign_up("Ada", "Lovelace", phone);
    bob = world.sign_up("Bob");
    world.write([this](store::Tx& tx) -> Status {
      Outgoing message;
      message.from = ada.user;
      message.to = Peer::of(bob.user);
      message.date = world.clock.unix_seconds();
      message.text = "farewell";
      HG_TRY(append_message(tx, ada, message));
      return {};
    });
  }
  std::optional<store::Account> account(UserId user) {
    return *world.read([user](store::Tx& tx) { return tx.accounts().find(user); });
  }
  std::size_t messages(UserId owner, UserId peer) {
    return world.read([=](store::Tx& tx) { return tx.messages().history(owner, Peer::of(peer), {}); })
        ->messages.size();
  }
  Deletion& deletion() { return world.services.deletion; }

  World world;
  std::string phone = "+12025550123";
  Caller ada, bob;
};

TEST_F(DeletionTest, LeavesANamelessAccountAndTheMessagesOthersHave) {
  ASSERT_TRUE(world.run(deletion().delete_account(ada, {})));
  const auto left = account(ada.user);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->state, store::AccountState::deleted);
  EXPECT_TRUE(left->first_name.empty() && left->last_name.empty());
  EXPECT_TRUE(left->phone_index.empty() && left->phone_sealed.empty());
  EXPECT_EQ(messages(bob.user, ada.user), 1u);
  EXPECT_EQ(messages(ada.user, bob.user), 0u);
  const auto seen = world.run(world.services.users.view_one(bob.user, ada.user));
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->deleted);
}

TEST_F(DeletionTest, WhatWasAnsweredGoesWithTheLastCopy) {
  const auto link = World::must(world.write([this](store::Tx& tx) -> Result<std::int64_t> {
    HG_ASSIGN(auto own, tx.messages().newest(ada.user, Peer::of(bob.user)));
    HG_ASSIGN(auto copies, tx.messages().copies(own->link));
    for (auto& copy : copies) {
      copy.flags |= store::message_reactions;
      HG_TRY(tx.messages().update(copy));
    }
    HG_TRY(tx.reactions().replace(own->link, bob.user, {{bob.user, "\xf0\x9f\x91\x8d"}}));
    HG_TRY(tx.attention().ask(ada.user, own->peer, store::AttentionKind::reaction, own->id));
    return own->link;
  }));
  const auto reactions = [&] {
    return World::must(world.read([=](store::Tx& tx) { return tx.reactions().counts(link); })).size();
  };
  ASSERT_TRUE(world.run(deletion().delete_account(ada, {})));
  EXPECT_EQ(reactions(), 1U);  // Bob still has the message
  EXPECT_EQ(World::must(world.read([this](store::Tx& tx) {
              return tx.attention().count_unread(ada.user, Peer::of(bob.user), store::AttentionKind::reaction,
                                                 {});
            })),
            0);
  ASSERT_TRUE(world.run(deletion().delete_account(bob, {})));
  EXPECT_EQ(reactions(), 0U);
}

TEST_F(DeletionTest, SignsAllDevicesOut) {
  const auto second = world.sign_in_again(ada);
  ASSERT_TRUE(world.run(deletion().delete_account(ada, {})));
  EXPECT_EQ(world.run(world.services.keys.info(ada.key))->user, UserId{});
  EXPECT_EQ(world.run(world.services.keys.info(second.key))->user, UserId{});
  EXPECT_EQ(world.devices.closed, std::vector{second.key}) << "the asking device still has to be answered";
}

TEST_F(DeletionTest, TellsThoseWhoKnewTheAccount) {
  const auto heard = world.listen(bob.user);
  ASSERT_TRUE(world.run(deletion().delete_account(ada, {})));
  world.executor.run();
  ASSERT_EQ(heard->heard.size(), 1u);
  EXPECT_EQ(heard->heard[0]->update.kind, store::UpdateKind::user_changed);
}

TEST_F(DeletionTest, FreesThePhoneNumber) {
  ASSERT_TRUE(world.run(deletion().delete_account(ada, {})));
  world.clock.advance(std::chrono::minutes(11));
  const auto again = world.sign_up("Ada again", "", phone);
  EXPECT_NE(again.user, ada.user);
}

TEST_F(DeletionTest, NeedsTheTwoStepPassword) {
  world.write([&](store::Tx& tx) -> Status {
    HG_ASSIGN(auto row, tx.accounts().find(ada.user));
    PasswordRecord record;
    record.verifier.value = Bytes(256, 1);
    row->password = encode(record);
    return tx.accounts().update(*row);
  });
  EXPECT_EQ(world.run(deletion().delete_account(ada, {})).error().code, "PASSWORD_HASH_INVALID");
  EXPECT_EQ(account(ada.user)->state, store::AccountState::active);
}

TEST_F(DeletionTest, AccountsNobodyUsesGoAfterTheirTime) {
  EXPECT_EQ(*world.run(deletion().ttl(ada)), 548);
  EXPECT_EQ(world.run(deletion().set_ttl(ada, 1)).error().code, "TTL_DAYS_INVALID");
  ASSERT_TRUE(world.run(deletion().set_ttl(ada, 30)));
  world.clock.advance(std::chrono::days(29));
  EXPECT_EQ(*world.run(deletion().sweep()), 0u);
  world.clock.advance(std::chrono::days(1));
  EXPECT_EQ(*world.run(deletion().sweep()), 1u);
  EXPECT_EQ(account(ada.user)->state, store::AccountState::deleted);
  EXPECT_EQ(account(bob.user)->state, store::AccountState::active);
  EXPECT_EQ(account(service_user)->state, store::AccountState::active);
}

TEST_F(DeletionTest, ADeviceInUseKeepsTheAccount) {
  ASSERT_TRUE(world.run(deletion().set_ttl(ada, 30)));
  world.clock.advance(std::chrono::days(20));
  World::must(world.run(world.services.keys.info(ada.key)));
  World::must(world.run(world.services.keys.touch(ada.key, "192.0.2.1")));
  world.clock.advance(std::chrono::days(15));
  EXPECT_EQ(*world.run(deletion().sweep()), 0u);
  world.clock.advance(std::chrono::days(15));
  EXPECT_EQ(*world.run(deletion().sweep()), 1u);
}

TEST_F(DeletionTest, ABigBoxIsEmptiedInSteps) {
  world.write([this](store::Tx& tx) -> Status {
    for (int i = 0; i < 1200; ++i) {
      Outgoing message;
      message.from = bob.user;
      message.to = Peer::of(ada.user);
      message.text = "hello";
      HG_TRY(append_message(tx, bob, message));
    }
    return {};
  });
  ASSERT_TRUE(world.run(deletion().delete_account(ada, {})));
  EXPECT_EQ(messages(ada.user, bob.user), 0u);
  EXPECT_EQ(*world.run(deletion().sweep()), 0u);
}

}  // namespace
}  // namespace heliograph::services
