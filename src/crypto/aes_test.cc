#include "crypto/aes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace heliograph::crypto {
namespace {

template <std::size_t size>
std::array<std::uint8_t, size> fixed(std::string_view hex) {
  const auto bytes = from_hex(hex);
  EXPECT_EQ(bytes.size(), size);
  std::array<std::uint8_t, size> out{};
  std::copy_n(bytes.begin(), std::min(size, bytes.size()), out.begin());
  return out;
}

// Each test runs on the processor's own instructions and on the portable code.
class Aes : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override { detail::set_aes_portable(GetParam()); }
  void TearDown() override { detail::set_aes_portable(false); }
};
INSTANTIATE_TEST_SUITE_P(, Aes, testing::Values(false, true),
                         [](const auto& which) { return which.param ? "Portable" : "Native"; });

// The start of the encrypted answer in core.telegram.org/mtproto/samples-auth_key.
TEST_P(Aes, IgeMatchesTheDocumentedExample) {
  const auto key = fixed<32>("16f548177058e8d39c41cbad4d419446beb12eb9b8f5ad28ea824b8015f17d81");
  const auto iv = fixed<32>("c4d14166c1378e35c698460047dbb6075441be9984611c28837357ebbf8cb5bd");
  const auto plain = from_hex("8bb20017894315b136ae5f4baad0f0ba20334342ba0d89b551a1143fc7a3666b");
  const auto cipher = from_hex("c334d313064174f443ce90e13c835faea6ae9677089a0781cc8c17adc8ff5b50");
  Bytes out(plain.size());
  ige_encrypt(key, iv, plain, out);
  EXPECT_EQ(to_hex(out), to_hex(cipher));
  ige_decrypt(key, iv, out, out);  // in place
  EXPECT_EQ(to_hex(out), to_hex(plain));
}

TEST_P(Aes, IgeGoesBackAndForthAtEveryLength) {
  SeededRandom random(1);
  AesKey key;
  IgeIv iv;
  random.fill(key);
  random.fill(iv);
  for (std::size_t blocks = 0; blocks < 20; ++blocks) {
    const auto plain = random.bytes(blocks * aes_block);
    Bytes cipher(plain.size()), back(plain.size());
    ige_encrypt(key, iv, plain, cipher);
    EXPECT_TRUE(blocks == 0 || cipher != plain);
    ige_decrypt(key, iv, cipher, back);
    EXPECT_EQ(back, plain);
  }
}

// NIST SP 800-38A, F.5.5 CTR-AES256.Encrypt.
TEST_P(Aes, CtrMatchesNist) {
  AesCtr ctr(fixed<32>("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
             fixed<16>("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
  auto data = from_hex(
      "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
      "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
  ctr.apply(data);
  EXPECT_EQ(to_hex(data),
            "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
            "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6");
}

TEST_P(Aes, CtrIsTheSameHoweverTheStreamIsCut) {
  SeededRandom random(2);
  AesKey key;
  random.fill(key);
  const CtrIv iv = fixed<16>("fffffffffffffffffffffffffffffffe");  // the counter carries over all 128 bits
  const auto plain = random.bytes(700);
  auto whole = plain;
  AesCtr(key, iv).apply(whole);
  for (std::size_t piece = 1; piece <= 200; ++piece) {
    auto cut = plain;
    AesCtr ctr(key, iv);
    for (std::size_t at = 0; at < cut.size(); at += piece) {
      ctr.apply(MutableByteView(cut).subspan(at, std::min(piece, cut.size() - at)));
    }
    ASSERT_EQ(cut, whole) << "pieces of " << piece;
  }
}

TEST(AesImplementations, Agree) {
  SeededRandom random(3);
  for (std::size_t blocks : {1u, 2u, 7u, 8u, 9u, 64u, 65u}) {
    AesKey key;
    IgeIv iv;
    CtrIv counter;
    random.fill(key);
    random.fill(iv);
    random.fill(counter);
    const auto plain = random.bytes(blocks * aes_block);
    Bytes results[2][3];
    for (const bool portable : {false, true}) {
      detail::set_aes_portable(portable);
      auto& result = results[portable];
      for (auto& bytes : result) bytes = plain;
      ige_encrypt(key, iv, plain, result[0]);
      ige_decrypt(key, iv, plain, result[1]);
      AesCtr(key, counter).apply(result[2]);
    }
    detail::set_aes_portable(false);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(results[0][i], results[1][i]) << blocks << " blocks, mode " << i;
  }
}

}  // namespace
}  // namespace heliograph::crypto
