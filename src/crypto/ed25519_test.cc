#include "crypto/ed25519.h"

#include <gtest/gtest.h>

namespace heliograph::crypto {
namespace {

SecretKey seed_of(std::string_view hex) {
  std::array<std::uint8_t, 32> bytes;
  std::ranges::copy(from_hex(hex), bytes.begin());
  return SecretKey(bytes);
}

// RFC 8032, section 7.1, test 2.
TEST(Ed25519, ThePublishedExample) {
  const Ed25519Key key(seed_of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  EXPECT_EQ(to_hex(key.public_key()), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const auto signature = key.sign(Bytes{0x72});
  EXPECT_EQ(to_hex(signature),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(verify_ed25519(key.public_key(), Bytes{0x72}, signature));
  EXPECT_FALSE(verify_ed25519(key.public_key(), Bytes{0x73}, signature));
  EXPECT_FALSE(verify_ed25519(key.public_key(), Bytes{0x72}, ByteView(signature).first(63)));
  EXPECT_FALSE(verify_ed25519({}, Bytes{0x72}, signature));
}

}  // namespace
}  // namespace heliograph::crypto
