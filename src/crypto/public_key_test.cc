// RSA, Diffie-Hellman, the factoring puzzle, SRP.
#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/dh.h"
#include "crypto/pq.h"
#include "crypto/random.h"
#include "crypto/rsa.h"
#include "crypto/srp.h"

namespace heliograph::crypto {
namespace {

const RsaKey& key() {
  static const auto generated = RsaKey::generate();
  return generated;
}

// One of the keys built into client libraries, and the fingerprint the documented example lists first.
TEST(Rsa, FingerprintMatchesTheDocumentedExample) {
  const auto public_key = RsaPublicKey::load_pem(
      "-----BEGIN RSA PUBLIC KEY-----\n"
      "MIIBCgKCAQEA6LszBcC1LGzyr992NzE0ieY+BSaOW622Aa9Bd4ZHLl+TuFQ4lo4g\n"
      "5nKaMBwK/BIb9xUfg0Q29/2mgIR6Zr9krM7HjuIcCzFvDtr+L0GQjae9H0pRB2OO\n"
      "62cECs5HKhT5DZ98K33vmWiLowc621dQuwKWSQKjWf50XYFw42h21P2KXUGyp2y/\n"
      "+aEyZ+uVgLLQbRA1dEjSDZ2iGRy12Mk5gpYc397aYp438fsJoHIgJ2lgMv5h7WY9\n"
      "t6N/byY9Nw9p21Og3AoXSL2q/2IJ1WRUhebgAdGVMlV1fkuOQoEzR7EdpqtQD9Cs\n"
      "5+bfo3Nhmcyvk5ftB0WkJ9z6bNZ7yxrP8wIDAQAB\n"
      "-----END RSA PUBLIC KEY-----\n");
  ASSERT_TRUE(public_key) << public_key.error().message;
  std::uint8_t wire[8];
  store_le(wire, public_key->fingerprint());
  EXPECT_EQ(to_hex(wire), "85fd64de851d9dd0");
}

TEST(Rsa, GeneratedKeyCanBeStoredAndPublished) {
  EXPECT_NE(static_cast<std::uint64_t>(key().fingerprint()) >> 60, 0u);
  EXPECT_TRUE(key().public_pem().starts_with("-----BEGIN RSA PUBLIC KEY-----"));
  const auto loaded = RsaKey::load_pem(key().private_pem());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->fingerprint(), key().fingerprint());
  const auto public_half = RsaPublicKey::load_pem(key().public_pem());
  ASSERT_TRUE(public_half);
  EXPECT_EQ(public_half->fingerprint(), key().fingerprint());
}

TEST(Rsa, RawBlocksGoBackAndForth) {
  SystemRandom random;
  RsaBlock block;
  random.fill(block);
  block[0] = 0;
  const auto encrypted = key().public_key().encrypt_raw(block);
  ASSERT_TRUE(encrypted);
  const auto back = key().decrypt_raw(*encrypted);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, block);
}

TEST(Rsa, RefusesWhatIsNotAKeyOrABlock) {
  EXPECT_EQ(RsaKey::load_pem("").error().code, "RSA_KEY_INVALID");
  EXPECT_EQ(RsaKey::load_pem(key().public_pem()).error().code, "RSA_KEY_INVALID");
  EXPECT_EQ(RsaPublicKey::load_pem("-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----\n")
                .error()
                .code,
            "RSA_KEY_INVALID");
  RsaBlock too_large;
  too_large.fill(0xff);
  EXPECT_EQ(key().decrypt_raw(too_large).error().code, "RSA_BLOCK_INVALID");
  EXPECT_EQ(key().public_key().encrypt_raw(too_large).error().code, "RSA_BLOCK_INVALID");
}

TEST(Dh, BothSidesArriveAtTheSameKey) {
  SystemRandom random;
  const auto a = dh_generate(random), b = dh_generate(random);
  EXPECT_TRUE(dh_public_ok(a.public_value));
  EXPECT_EQ(dh_power(a.public_value, b.secret), dh_power(b.public_value, a.secret));
}

TEST(Dh, PublicValuesAtTheEdgesAreRefused) {
  const auto value = [](std::string_view hex) { return *dh_number(from_hex(hex)); };
  EXPECT_FALSE(dh_public_ok(value("00")));
  EXPECT_FALSE(dh_public_ok(value("01")));
  EXPECT_FALSE(dh_public_ok(dh_prime()));
  DhNumber largest;
  largest.fill(0xff);
  EXPECT_FALSE(dh_public_ok(largest));

  DhNumber margin{};  // 2^(2048-64)
  margin[7] = 1;
  EXPECT_TRUE(dh_public_ok(margin));
  DhNumber below{};
  std::fill(below.begin() + 8, below.end(), 0xff);
  EXPECT_FALSE(dh_public_ok(below));

  auto upper = dh_prime();  // p - 2^(2048-64)
  for (int i = 7; upper[static_cast<std::size_t>(i)]-- == 0; --i) {
  }
  EXPECT_TRUE(dh_public_ok(upper));
  ++upper.back();
  EXPECT_FALSE(dh_public_ok(upper));
}

TEST(Dh, NumbersArePaddedOrRefused) {
  EXPECT_EQ(dh_number(from_hex("0102"))->at(254), 1);
  EXPECT_FALSE(dh_number(Bytes(257)));
}

TEST(Pq, PuzzlesCanBeSolved) {
  SeededRandom random(4);
  for (int i = 0; i < 5; ++i) {
    const auto puzzle = make_pq(random);
    EXPECT_LT(puzzle.p, puzzle.q);
    EXPECT_TRUE(is_prime(puzzle.p) && is_prime(puzzle.q));
    EXPECT_LT(puzzle.pq, 1ULL << 62);
    EXPECT_EQ(factor_pq(puzzle.pq), puzzle.p);
  }
  // The documented examples, old and new.
  EXPECT_EQ(factor_pq(0x17ED48941A08F981), 0x494C553Bu);
  EXPECT_EQ(factor_pq(0x2E9CDB98C80CDA4B), 0x6A794259u);
  EXPECT_EQ(factor_pq(0), 0u);
}

TEST(Pq, PrimesAreTold) {
  for (const std::uint32_t prime : {2u, 3u, 61u, 1009u, 2147483647u, 4294967291u})
    EXPECT_TRUE(is_prime(prime)) << prime;
  // Strong pseudoprimes to some bases, and small composites.
  for (const std::uint32_t n : {0u, 1u, 4u, 169u, 2047u, 1373653u, 25326001u, 3215031751u, 4294967295u}) {
    EXPECT_FALSE(is_prime(n)) << n;
  }
}

class Srp : public testing::Test {
 protected:
  SeededRandom random{5};
  SrpSalts salts{random.bytes(40), random.bytes(16)};
  DhNumber verifier = srp_make_verifier("correct horse", salts);
  SrpChallenge challenge = srp_challenge(verifier, random);
};

TEST_F(Srp, TheRightPasswordProvesItself) {
  EXPECT_TRUE(srp_verifier_ok(verifier));
  const auto answer = srp_answer("correct horse", salts, challenge.public_value, random);
  EXPECT_TRUE(srp_verify(verifier, salts, challenge, answer));

  auto changed = answer;
  changed.proof[0] ^= 1;
  EXPECT_FALSE(srp_verify(verifier, salts, challenge, changed));
  const auto other = srp_challenge(verifier, random);
  EXPECT_FALSE(srp_verify(verifier, salts, other, answer)) << "an answer serves one challenge";
}

TEST_F(Srp, AWrongPasswordDoesNot) {
  EXPECT_FALSE(
      srp_verify(verifier, salts, challenge, srp_answer("wrong", salts, challenge.public_value, random)));
}

TEST_F(Srp, APublicValueOutOfRangeIsRefused) {
  auto answer = srp_answer("correct horse", salts, challenge.public_value, random);
  for (const auto& value : {DhNumber{}, dh_prime()}) {
    answer.public_value = value;
    EXPECT_FALSE(srp_verify(verifier, salts, challenge, answer));
  }
}

}  // namespace
}  // namespace heliograph::crypto
