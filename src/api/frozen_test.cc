// What is left to an account that is frozen, through the front door.
#include "api/frozen.h"

#include "api/testing/fixture.h"
#include "services/moderation/limited.h"
#include "tl/api.h"

namespace heliograph::api {
namespace {

using testing::Caller;
using testing::World;
namespace fn = tl::fn;

class FrozenTest : public testing::FrontDoorTest {
 protected:
  void freeze(const Caller& who, UnixSeconds until) {
    World::must(door.world.write([&](store::Tx& tx) -> Status {
      HG_ASSIGN(auto account, tx.accounts().find(who.user));
      account->limited_until = until;
      account->limited_since = until == 0 ? 0 : door.world.clock.unix_seconds();
      account->limited_as = static_cast<std::uint8_t>(safety::Limit::freeze);
      return tx.accounts().update(*account);
    }));
    door.world.services.keys.forget(who.key);
  }
  std::string write(const Caller& from, const Caller& to) {
    fn::messages::sendMessage request;
    request.peer = peer(from, to);
    request.message = "Hello";
    request.random_id = ++last_random_id;
    return door.call(from, request).error;
  }
  // What the application is told, by key; empty: nothing new.
  std::map<std::string, double> numbers(const Caller& who, std::int32_t hash) {
    fn::help::getAppConfig request;
    request.hash = hash;
    std::map<std::string, double> out;
    auto answer = door.call(who, request);
    const auto* config = answer->get_if<tl::help::appConfig>();
    if (config == nullptr) return out;
    out["hash"] = config->hash;
    for (const auto& entry : config->config.get_if<tl::jsonObject>()->value) {
      const auto* value = entry.get_if<tl::jsonObjectValue>();
      if (const auto* one = value->value.get_if<tl::jsonNumber>()) out[value->key] = one->value;
      if (value->value.get_if<tl::jsonString>() != nullptr) out[value->key] = 1;
    }
    return out;
  }

  Caller ada = door.world.sign_up("Ada");
  Caller bob = door.world.sign_up("Bob");
  std::int64_t last_random_id = 100;
};

TEST_F(FrozenTest, ItReadsAndWritesNothingUntilItsTimeIsOver) {
  const auto now = door.world.clock.unix_seconds();
  const auto before = numbers(ada, 0);
  EXPECT_FALSE(before.contains("freeze_since_date"));
  freeze(ada, now + 3600);
  EXPECT_EQ(write(ada, bob), "420 FROZEN_METHOD_INVALID");
  fn::account::updateProfile profile;
  profile.first_name = "Eve";
  EXPECT_EQ(door.call(ada, profile).error, "420 FROZEN_METHOD_INVALID");
  EXPECT_EQ(door.call(ada, fn::updates::getState{}).error, "");
  fn::users::getUsers look;
  look.id.push_back(tl::inputUserSelf{});
  EXPECT_EQ(door.call(ada, look).error, "");
  EXPECT_EQ(write(bob, ada), "") << "others can write to it";

  const auto frozen = numbers(ada, static_cast<std::int32_t>(before.at("hash")));
  EXPECT_EQ(frozen.at("freeze_since_date"), static_cast<double>(now));
  EXPECT_TRUE(frozen.contains("freeze_appeal_url"));
  EXPECT_TRUE(numbers(ada, static_cast<std::int32_t>(frozen.at("hash"))).empty()) << "it has not changed";

  door.world.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(write(ada, bob), "");
  EXPECT_FALSE(numbers(ada, static_cast<std::int32_t>(frozen.at("hash"))).contains("freeze_since_date"));
}

TEST(Frozen, WhatIsLeftLooksAppealsOrLeaves) {
  for (const auto* method :
       {"messages.getHistory", "contacts.resolveUsername", "auth.logOut", "updates.getState",
        "account.deleteAccount", "messages.report", "messages.readHistory", "messages.startBot"}) {
    EXPECT_TRUE(frozen_may(method)) << method;
  }
  for (const auto* method :
       {"messages.sendMedia", "messages.forwardMessages", "channels.joinChannel", "contacts.importContacts",
        "messages.sendReaction", "account.updateUsername", "channels.createChannel", "messages.getter",
        "messages.editMessage", "messages.sendInlineBotResult", "messages.setTyping",
        "photos.uploadProfilePhoto"}) {
    EXPECT_FALSE(frozen_may(method)) << method;
  }
}

}  // namespace
}  // namespace heliograph::api
