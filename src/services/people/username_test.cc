#include "services/people/username.h"

#include <gtest/gtest.h>

namespace heliograph::services {
namespace {

TEST(Username, Shape) {
  for (const auto* good : {"alice", "Alice_Smith", "a1234", "abcde_fghij_klmno_pqrst_uvwxy_z1"}) {
    EXPECT_TRUE(valid_username(good)) << good;
  }
  for (const auto* bad : {"", "abcd", "1alice", "_alice", "alice_", "al__ice", "al-ice", "al ice", "алиса",
                          "alice\n", "abcde_fghij_klmno_pqrst_uvwxy_z12"}) {
    EXPECT_FALSE(valid_username(bad)) << bad;
  }
}

TEST(Username, ThePlatformsOwnNamesAreKept) {
  EXPECT_TRUE(reserved_username("Transparency"));
  EXPECT_TRUE(reserved_username("SUPPORT"));
  EXPECT_TRUE(reserved_username("weather_bot"));
  EXPECT_TRUE(reserved_username("WeatherBot"));
  EXPECT_FALSE(reserved_username("transparent"));
  EXPECT_FALSE(reserved_username("botanist"));
}

}  // namespace
}  // namespace heliograph::services
