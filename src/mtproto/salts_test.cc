#include "mtproto/salts.h"

#include <gtest/gtest.h>

namespace heliograph::mtproto {
namespace {

crypto::SecretKey secret(std::uint8_t fill) {
  std::array<std::uint8_t, crypto::SecretKey::size> bytes;
  bytes.fill(fill);
  return crypto::SecretKey(bytes);
}

constexpr UnixSeconds start = 1'700'000'000 / salt_window_s * salt_window_s;

TEST(Salts, DependOnSecretKeyAndWindowOnly) {
  const SaltSource source(secret(1));
  EXPECT_EQ(source.salt(AuthKeyId(5), 100), SaltSource(secret(1)).salt(AuthKeyId(5), 100));
  EXPECT_NE(source.salt(AuthKeyId(5), 100), SaltSource(secret(2)).salt(AuthKeyId(5), 100));
  EXPECT_NE(source.salt(AuthKeyId(5), 100), source.salt(AuthKeyId(6), 100));
  EXPECT_NE(source.salt(AuthKeyId(5), 100), source.salt(AuthKeyId(5), 101));
}

TEST(Salts, OneWindowOnEachSideIsAccepted) {
  const SaltSource source(secret(1));
  Salts salts(source, AuthKeyId(5), start);
  const auto mine = salts.current(start + 10);
  EXPECT_TRUE(salts.accepts(mine, start));
  EXPECT_TRUE(salts.accepts(mine, start + salt_window_s));
  EXPECT_TRUE(salts.accepts(mine, start + 2 * salt_window_s - 1));
  EXPECT_FALSE(salts.accepts(mine, start + 2 * salt_window_s));
  EXPECT_TRUE(salts.accepts(mine, start - 1)) << "the next window's salt";
  EXPECT_FALSE(salts.accepts(mine, start - salt_window_s - 1));
  EXPECT_FALSE(salts.accepts(0, start));
}

TEST(Salts, FutureOnesHoldAsLongAsTheySay) {
  const SaltSource source(secret(1));
  Salts salts(source, AuthKeyId(5), start);
  const auto future = salts.future(64, start + 5);
  ASSERT_EQ(future.size(), 64u);
  EXPECT_EQ(future[0].salt, salts.current(start + 5));
  for (const auto& each : future) {
    EXPECT_TRUE(salts.accepts(each.salt, each.valid_since));
    EXPECT_TRUE(salts.accepts(each.salt, each.valid_until - 1));
    EXPECT_FALSE(salts.accepts(each.salt, each.valid_until));
  }
}

TEST(Salts, TheFirstOfTheKeyExchangeIsAcceptedForOneWindow) {
  const SaltSource source(secret(1));
  Salts salts(source, AuthKeyId(5), start, 42);
  EXPECT_TRUE(salts.accepts(42, start + salt_window_s - 1));
  EXPECT_FALSE(salts.accepts(42, start + salt_window_s));
}

}  // namespace
}  // namespace heliograph::mtproto
