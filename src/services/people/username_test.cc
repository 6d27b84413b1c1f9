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

TEST(Username, NorAreNamesThatLookLikeThem) {
  for (const auto* bad : {"supp0rt", "Support_", "te1egram", "teIegram", "adm1n", "rnoderator", "m0derat0r",
                          "s_u_p_p_o_r_t", "trust_5afety", "T3L3GR4M", "pass_vvord"}) {
    EXPECT_TRUE(reserved_username(bad)) << bad;
  }
  for (const auto* good : {"supporter", "my_support", "alice01", "telegraph", "admiral"}) {
    EXPECT_FALSE(reserved_username(good)) << good;
  }
}

}  // namespace
}  // namespace heliograph::services
