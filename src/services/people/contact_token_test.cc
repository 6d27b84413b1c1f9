#include "services/people/contact_token.h"

#include <gtest/gtest.h>

#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;

TEST(ContactToken, HoldsForAnHour) {
  World world;
  const auto exported = export_contact_token(world.environment, UserId{77});
  EXPECT_EQ(exported.expires_at, world.clock.unix_seconds() + contact_token_lifetime);
  EXPECT_EQ(read_contact_token(world.environment, exported.token), UserId{77});
  world.clock.advance(std::chrono::seconds(contact_token_lifetime));
  EXPECT_EQ(read_contact_token(world.environment, exported.token).error().code, "IMPORT_TOKEN_INVALID");
}

TEST(ContactToken, CannotBeMadeUp) {
  World world;
  const auto token = export_contact_token(world.environment, UserId{77}).token;
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto changed = token;
    changed[i] = changed[i] == '0' ? '1' : '0';
    EXPECT_FALSE(read_contact_token(world.environment, changed)) << "digit " << i;
    EXPECT_FALSE(read_contact_token(world.environment, token.substr(0, i))) << "cut at " << i;
  }
  EXPECT_FALSE(read_contact_token(world.environment, std::string(token.size(), 'x')));
}

}  // namespace
}  // namespace heliograph::services
