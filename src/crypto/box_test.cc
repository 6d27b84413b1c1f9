#include "crypto/box.h"

#include <gtest/gtest.h>

#include "crypto/random.h"

namespace heliograph::crypto {
namespace {

TEST(Box, OnlyItsHolderOpensWhatWasSealedToAKey) {
  SystemRandom random;
  const auto key = BoxKey::generate(random);
  auto sealed = seal_to(key.public_key, as_bytes("answer")).value();
  EXPECT_EQ(as_text(open_box(key, sealed).value()), "answer");
  EXPECT_EQ(open_box(BoxKey::generate(random), sealed).error().code, "SEAL_BROKEN");
  sealed.back() ^= 1;
  EXPECT_FALSE(open_box(key, sealed));
  EXPECT_FALSE(open_box(key, Bytes(10)));
  EXPECT_EQ(seal_to(BoxPublicKey{}, as_bytes("answer")).error().code, "BOX_KEY_INVALID");
}

}  // namespace
}  // namespace heliograph::crypto
