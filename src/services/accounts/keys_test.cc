#include "services/accounts/keys.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

class KeysTest : public ::testing::Test {
 protected:
  KeyRing& keys() { return world.services.keys; }
  KeyInfo info(AuthKeyId key) { return World::must(world.run(keys().info(key))); }
  std::optional<store::AuthKey> row(AuthKeyId key) {
    return *world.read([key](store::Tx& tx) { return tx.auth_keys().find(key); });
  }
  // A temporary key as the handshake leaves it.
  AuthKeyId temporary_key(std::int64_t id = 900) {
    World::must(world.run(keys().save({AuthKeyId{id}, Bytes(256, 9), world.clock.unix_seconds() + 86400})));
    return AuthKeyId{id};
  }
  BindRequest bind_request(AuthKeyId temporary, AuthKeyId permanent) {
    BindRequest request;
    request.temporary = temporary;
    request.permanent = permanent;
    request.session = SessionId{5};
    request.msg_id = 77;
    request.nonce = 88;
    request.expires_at = world.clock.unix_seconds() + 3600;
    request.encrypted_message = Bytes(40, 1);
    world.bind_message = {77, 88, temporary, permanent, SessionId{5}, request.expires_at};
    return request;
  }

  World world;
};

TEST_F(KeysTest, AKeyComesBackAsItWasSaved) {
  const auto device = world.new_device();
  const auto loaded = *world.run(keys().load(device.key));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->key, Bytes(256, 1));
  EXPECT_EQ(loaded->expires_at, 0);
  EXPECT_FALSE(*world.run(keys().load(AuthKeyId{12345})));
  EXPECT_EQ(world.run(keys().info(AuthKeyId{12345})).error().code, "AUTH_KEY_INVALID");
}

TEST_F(KeysTest, AKeyIsSealedAtRest) {
  const auto device = world.new_device();
  const auto sealed = row(device.key)->key_sealed;
  EXPECT_EQ(std::ranges::search(sealed, Bytes(16, 1)).size(), 0u);
}

TEST_F(KeysTest, WhatInitConnectionSaidStaysWithTheKey) {
  const auto device = world.new_device("Phone");
  ClientInfo client{198, 4, "Tablet", "OS 2", "1.0", "de"};
  EXPECT_TRUE(world.run(keys().remember(device.key, client)));
  EXPECT_EQ(info(device.key).client, client);
  keys().forget(device.key);
  EXPECT_EQ(info(device.key).client, client) << "also after it has been read again";
}

TEST_F(KeysTest, AKnownKeyTakesNoStoreCall) {
  const auto ada = world.sign_up("Ada");
  info(ada.key);
  const auto cached = keys().cached(ada.key);
  ASSERT_TRUE(cached);
  EXPECT_EQ(cached->user, ada.user);
  keys().forget(ada.key);
  EXPECT_FALSE(keys().cached(ada.key));
}

TEST_F(KeysTest, ABoundTemporaryKeyStandsForThePermanentOne) {
  const auto ada = world.sign_up("Ada");
  const auto temporary = temporary_key();
  EXPECT_EQ(info(temporary).permanent, AuthKeyId{}) << "not bound yet";
  ASSERT_TRUE(world.run(keys().bind(bind_request(temporary, ada.key))));
  EXPECT_EQ(info(temporary).permanent, ada.key);
  EXPECT_EQ(info(temporary).user, ada.user);
  EXPECT_TRUE(keys().cached(temporary));
  EXPECT_TRUE(world.run(keys().bind(bind_request(temporary, ada.key)))) << "again is no harm";
}

TEST_F(KeysTest, ATemporaryKeyEndsWhenTheBindingSays) {
  const auto ada = world.sign_up("Ada");
  const auto temporary = temporary_key();
  ASSERT_TRUE(world.run(keys().bind(bind_request(temporary, ada.key))));
  info(temporary);
  world.clock.advance(std::chrono::hours(1));
  EXPECT_FALSE(keys().cached(temporary));
  EXPECT_EQ(world.run(keys().info(temporary)).error().code, "AUTH_KEY_INVALID");
  EXPECT_FALSE(*world.run(keys().load(temporary)));
}

TEST_F(KeysTest, ABindingMustSayTheSameInsideAndOutside) {
  const auto ada = world.sign_up("Ada");
  const auto temporary = temporary_key();
  const auto refused = [&](auto change) {
    const auto request = bind_request(temporary, ada.key);
    change(world.bind_message);
    return world.run(keys().bind(request)).error().code;
  };
  EXPECT_EQ(refused([](BindMessage& m) { ++m.nonce; }), "ENCRYPTED_MESSAGE_INVALID");
  EXPECT_EQ(refused([](BindMessage& m) { ++m.msg_id; }), "ENCRYPTED_MESSAGE_INVALID");
  EXPECT_EQ(refused([](BindMessage& m) { ++m.temporary.value; }), "ENCRYPTED_MESSAGE_INVALID");
  EXPECT_EQ(refused([](BindMessage& m) { ++m.permanent.value; }), "ENCRYPTED_MESSAGE_INVALID");
  EXPECT_EQ(refused([](BindMessage& m) { ++m.session.value; }), "ENCRYPTED_MESSAGE_INVALID");
  EXPECT_EQ(refused([](BindMessage& m) { ++m.expires_at; }), "ENCRYPTED_MESSAGE_INVALID");
  EXPECT_EQ(info(temporary).permanent, AuthKeyId{});
}

TEST_F(KeysTest, BindingKnowsItsLimits) {
  const auto ada = world.sign_up("Ada");
  const auto bob = world.sign_up("Bob");
  const auto temporary = temporary_key();
  auto request = bind_request(temporary, ada.key);
  request.expires_at = world.clock.unix_seconds();
  EXPECT_EQ(world.run(keys().bind(request)).error().code, "EXPIRES_AT_INVALID");
  EXPECT_EQ(world.run(keys().bind(bind_request(bob.key, ada.key))).error().code, "TEMP_AUTH_KEY_EMPTY");
  EXPECT_EQ(world.run(keys().bind(bind_request(temporary, AuthKeyId{4711}))).error().code,
            "ENCRYPTED_MESSAGE_INVALID");
  ASSERT_TRUE(world.run(keys().bind(bind_request(temporary, ada.key))));
  EXPECT_EQ(world.run(keys().bind(bind_request(temporary, bob.key))).error().code,
            "TEMP_AUTH_KEY_ALREADY_BOUND");
}

TEST_F(KeysTest, TemporaryKeysCanBeDropped) {
  const auto ada = world.sign_up("Ada");
  const auto one = temporary_key(901);
  const auto two = temporary_key(902);
  ASSERT_TRUE(world.run(keys().bind(bind_request(one, ada.key))));
  ASSERT_TRUE(world.run(keys().bind(bind_request(two, ada.key))));
  EXPECT_EQ(*world.run(keys().drop_temporary(ada.key, {one})), std::vector{two});
  EXPECT_EQ(info(one).user, ada.user);
  EXPECT_FALSE(world.run(keys().info(two)));
}

TEST_F(KeysTest, AnErasedKeyTakesItsTemporaryKeysAlong) {
  const auto ada = world.sign_up("Ada");
  const auto temporary = temporary_key();
  ASSERT_TRUE(world.run(keys().bind(bind_request(temporary, ada.key))));
  info(temporary);
  ASSERT_TRUE(world.run(keys().erase(ada.key)));
  EXPECT_FALSE(world.run(keys().info(ada.key)));
  EXPECT_FALSE(world.run(keys().info(temporary)));
}

TEST_F(KeysTest, ActivityIsWrittenNowAndThen) {
  const auto ada = world.sign_up("Ada");
  info(ada.key);
  const auto first = row(ada.key)->active_at;
  world.clock.advance(std::chrono::seconds(10));
  ASSERT_TRUE(world.run(keys().touch(ada.key, "192.0.2.1")));
  EXPECT_EQ(row(ada.key)->active_at, first) << "too soon";
  ASSERT_TRUE(world.run(keys().touch(ada.key, "192.0.2.99")));
  EXPECT_EQ(row(ada.key)->active_at, first + 10) << "another address is worth knowing at once";
  EXPECT_EQ(open_ip(world.environment, *row(ada.key)), "192.0.2.99");
  world.clock.advance(std::chrono::seconds(KeyRing::touch_interval));
  ASSERT_TRUE(world.run(keys().touch(ada.key, "192.0.2.99")));
  EXPECT_EQ(row(ada.key)->active_at, first + 10 + KeyRing::touch_interval);
}

TEST_F(KeysTest, ADeviceThatStaysAwayTooLongIsSignedOut) {
  const auto ada = world.sign_up("Ada");
  ASSERT_TRUE(world.run(world.services.authorizations.set_ttl(ada, 30)));
  world.clock.advance(std::chrono::days(29));
  EXPECT_EQ(info(ada.key).user, ada.user);
  world.clock.advance(std::chrono::days(1));
  EXPECT_FALSE(keys().cached(ada.key));
  EXPECT_EQ(info(ada.key).user, UserId{});
  EXPECT_EQ(row(ada.key)->user, UserId{});
}

TEST_F(KeysTest, KeysNobodyUsesAreSweptUp) {
  const auto ada = world.sign_up("Ada");
  const auto unused = world.new_device();
  const auto temporary = temporary_key();
  world.clock.advance(std::chrono::days(8));
  EXPECT_EQ(*world.run(keys().sweep()), 2u);
  EXPECT_TRUE(row(ada.key));
  EXPECT_FALSE(row(unused.key));
  EXPECT_FALSE(row(temporary));
}

}  // namespace
}  // namespace heliograph::services
