#include "services/accounts/authorizations.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

class AuthorizationsTest : public ::testing::Test {
 protected:
  AuthorizationsTest() {
    first = world.sign_up("Ada", "", phone);
    world.clock.advance(std::chrono::minutes(11));
    second = sign_in("Phone");
  }
  Caller sign_in(const std::string& model) {
    auto device = world.new_device(model);
    const auto sent = *world.run(world.services.sign_in.send_code(device, "198.51.100.7", phone));
    world.run(world.services.sign_in.resend_code(device, "198.51.100.7", phone, sent.code_hash));
    const auto done = world.run(
        world.services.sign_in.sign_in(device, "198.51.100.7", phone, sent.code_hash, world.codes.last()));
    EXPECT_TRUE(done);
    device.user = done->user;
    return device;
  }
  DeviceList list(const Caller& caller) { return *world.run(devices().list(caller)); }
  std::int64_t hash_of_other(const Caller& caller) { return list(caller).devices.at(1).hash; }
  UserId signed_in(const Caller& caller) { return world.run(world.services.keys.info(caller.key))->user; }
  Authorizations& devices() { return world.services.authorizations; }

  World world;
  std::string phone = "+12025550123";
  Caller first, second;
};

TEST_F(AuthorizationsTest, AllDevicesAreListedTheCallersFirst) {
  const auto shown = list(second).devices;
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_TRUE(shown[0].current);
  EXPECT_EQ(shown[0].hash, 0);
  EXPECT_EQ(shown[0].client.device_model, "Phone");
  EXPECT_EQ(shown[0].ip, "198.51.100.7");
  EXPECT_FALSE(shown[1].current);
  EXPECT_NE(shown[1].hash, 0);
  EXPECT_EQ(shown[1].client.device_model, "Ada's device");
}

TEST_F(AuthorizationsTest, AnEndedDeviceIsSignedOutAndCutOff) {
  ASSERT_TRUE(world.run(devices().end(first, hash_of_other(first))));
  EXPECT_EQ(signed_in(second), UserId{});
  EXPECT_EQ(signed_in(first), first.user);
  EXPECT_EQ(world.devices.closed, std::vector{second.key});
  EXPECT_EQ(list(first).devices.size(), 1u);
}

TEST_F(AuthorizationsTest, TheSessionsOnTemporaryKeysAreClosedToo) {
  World::must(world.run(
      world.services.keys.save({AuthKeyId{900}, Bytes(256, 9), world.clock.unix_seconds() + 9999})));
  BindRequest bind;
  bind.temporary = AuthKeyId{900};
  bind.permanent = second.key;
  bind.expires_at = world.clock.unix_seconds() + 3600;
  world.bind_message = {0, 0, bind.temporary, bind.permanent, {}, bind.expires_at};
  World::must(world.run(world.services.keys.bind(bind)));
  ASSERT_TRUE(world.run(devices().end(first, hash_of_other(first))));
  EXPECT_EQ(world.devices.closed, (std::vector{AuthKeyId{900}, second.key}));
}

TEST_F(AuthorizationsTest, AFreshDeviceCannotLockTheOlderOneOut) {
  EXPECT_EQ(world.run(devices().end(second, hash_of_other(second))).error().code,
            "FRESH_RESET_AUTHORISATION_FORBIDDEN");
  EXPECT_EQ(world.run(devices().end_others(second)).error().code, "FRESH_RESET_AUTHORISATION_FORBIDDEN");
  EXPECT_EQ(signed_in(first), first.user);
  world.clock.advance(std::chrono::hours(24));
  EXPECT_TRUE(world.run(devices().end(second, hash_of_other(second))));
  EXPECT_EQ(signed_in(first), UserId{});
}

TEST_F(AuthorizationsTest, AllOthersCanBeEndedAtOnce) {
  const auto third = sign_in("Tablet");
  ASSERT_TRUE(world.run(devices().end_others(first)));
  EXPECT_EQ(signed_in(second), UserId{});
  EXPECT_EQ(signed_in(third), UserId{});
  EXPECT_EQ(list(first).devices.size(), 1u);
}

TEST_F(AuthorizationsTest, OnlyOwnDevicesCanBeEnded) {
  const auto bob = world.sign_up("Bob");
  EXPECT_EQ(world.run(devices().end(bob, hash_of_other(first))).error().code, "HASH_INVALID");
  EXPECT_EQ(world.run(devices().end(first, 0)).error().code, "HASH_INVALID");
  EXPECT_EQ(world.run(devices().end(first, 4711)).error().code, "HASH_INVALID");
}

TEST_F(AuthorizationsTest, OfTwoDevicesThatEndEachOtherOneStays) {
  world.clock.advance(std::chrono::hours(25));
  std::vector<Task<Status>> calls;
  calls.push_back(devices().end(first, hash_of_other(first)));
  calls.push_back(devices().end(second, hash_of_other(second)));
  const auto answers = world.run_all(std::move(calls));
  EXPECT_NE(answers[0].has_value(), answers[1].has_value());
  EXPECT_NE(signed_in(first) == UserId{}, signed_in(second) == UserId{});
}

TEST_F(AuthorizationsTest, ADeviceCanRefuseCalls) {
  const auto hash = hash_of_other(first);
  ASSERT_TRUE(world.run(devices().change(first, hash, {}, true)));
  ASSERT_TRUE(world.run(devices().change(first, 0, true, {})));
  const auto shown = list(first).devices;
  EXPECT_TRUE(shown[0].encrypted_requests_disabled);
  EXPECT_FALSE(shown[0].call_requests_disabled);
  EXPECT_TRUE(shown[1].call_requests_disabled);
  EXPECT_EQ(world.run(devices().change(first, 4711, true, {})).error().code, "HASH_INVALID");
}

TEST_F(AuthorizationsTest, HowLongDevicesMayStayAwayCanBeSet) {
  EXPECT_EQ(list(first).ttl_days, 183);
  EXPECT_EQ(world.run(devices().set_ttl(first, 0)).error().code, "TTL_DAYS_INVALID");
  ASSERT_TRUE(world.run(devices().set_ttl(first, 7)));
  EXPECT_EQ(list(first).ttl_days, 7);
  world.clock.advance(std::chrono::days(5));
  World::must(world.run(world.services.keys.touch(first.key, "192.0.2.1")));
  world.clock.advance(std::chrono::days(3));
  EXPECT_EQ(list(first).devices.size(), 1u) << "the other has been away for too long";
  EXPECT_EQ(signed_in(second), UserId{});
}

}  // namespace
}  // namespace heliograph::services
