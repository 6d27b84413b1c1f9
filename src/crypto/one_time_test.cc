#include "crypto/one_time.h"

#include <gtest/gtest.h>

#include "crypto/passphrase.h"
#include "crypto/random.h"

namespace heliograph::crypto {
namespace {

TEST(OneTime, OpensWhatItSealedAndNothingElse) {
  SystemRandom random;
  const auto key = SecretKey::generate(random);
  auto sealed = seal_once(key, as_bytes("203.0.113.7"), as_bytes("row 1"));
  EXPECT_EQ(sealed.size(), 11 + kOneTimeOverhead);
  EXPECT_EQ(as_text(open_once(key, sealed, as_bytes("row 1")).value()), "203.0.113.7");
  EXPECT_EQ(open_once(key, sealed, as_bytes("row 2")).error().code, "SEAL_BROKEN");
  EXPECT_EQ(open_once(SecretKey::generate(random), sealed, as_bytes("row 1")).error().code, "SEAL_BROKEN");
  sealed[0] ^= 1;
  EXPECT_FALSE(open_once(key, sealed, as_bytes("row 1")));
  EXPECT_FALSE(open_once(key, Bytes(15), {}));
}

TEST(Passphrase, TheSameOneGivesTheSameKey) {
  const PassphraseSalt salt{1, 2, 3};
  const PassphraseCost cost{1, 8 * 1024};
  const auto key = key_of_passphrase("correct horse", salt, cost).value();
  EXPECT_TRUE(equal_constant_time(key.view(), key_of_passphrase("correct horse", salt, cost)->view()));
  EXPECT_FALSE(equal_constant_time(key.view(), key_of_passphrase("correct house", salt, cost)->view()));
  EXPECT_FALSE(equal_constant_time(key.view(), key_of_passphrase("correct horse", {}, cost)->view()));
  EXPECT_FALSE((PassphraseCost{1, 2 * 1024 * 1024}).bearable());
  EXPECT_FALSE((PassphraseCost{0, 8 * 1024}).bearable());
}

}  // namespace
}  // namespace heliograph::crypto
