#include "crypto/srp.h"

#include "crypto/big_number.h"
#include "crypto/secret.h"

namespace heliograph::crypto {
namespace {

DhNumber padded(const BIGNUM* number) {
  DhNumber out;
  HG_ASSERT(BN_bn2binpad(number, out.data(), static_cast<int>(out.size())) == static_cast<int>(out.size()));
  return out;
}

DhNumber generator() {
  DhNumber g{};
  g.back() = dh_generator;
  return g;
}

// k = H(p | g)
const DhNumber& multiplier() {
  static const DhNumber k = *dh_number(sha256({dh_prime(), generator()}));
  return k;
}

DhNumber modular(int (*operation)(BIGNUM*, const BIGNUM*, const BIGNUM*, const BIGNUM*, BN_CTX*),
                 const DhNumber& a, const DhNumber& b) {
  const auto context = new_context();
  const auto result = new_number();
  const auto prime = to_number(dh_prime());
  HG_ASSERT(operation(result.get(), to_number(a).get(), to_number(b).get(), prime.get(), context.get()) == 1);
  return padded(result.get());
}
DhNumber multiply(const DhNumber& a, const DhNumber& b) {
  return modular(&BN_mod_mul, a, b);
}
DhNumber add(const DhNumber& a, const DhNumber& b) {
  return modular(&BN_mod_add, a, b);
}
DhNumber subtract(const DhNumber& a, const DhNumber& b) {
  return modular(&BN_mod_sub, a, b);
}

// SH(data, salt) = H(salt | data | salt)
Sha256Digest salted(ByteView data, ByteView salt) {
  return sha256({salt, data, salt});
}

// x = PH2(password, salt1, salt2)
Sha256Digest password_hash(std::string_view password, const SrpSalts& salts) {
  const auto first = salted(salted(as_bytes(password), salts.salt1), salts.salt2);
  return salted(pbkdf2_hmac_sha512(first, salts.salt1, 100'000), salts.salt2);
}

// M1 = H(H(p) xor H(g) | H(salt1) | H(salt2) | A | B | K)
Sha256Digest proof(const SrpSalts& salts, const DhNumber& a, const DhNumber& b, const DhNumber& shared) {
  auto group = sha256(dh_prime());
  const auto g = sha256(generator());
  for (std::size_t i = 0; i < group.size(); ++i) group[i] ^= g[i];
  return sha256({group, sha256(salts.salt1), sha256(salts.salt2), a, b, sha256(shared)});
}

}  // namespace

bool srp_verifier_ok(const DhNumber& verifier) {
  return dh_public_ok(verifier);
}

SrpChallenge srp_challenge(const DhNumber& verifier, Random& random) {
  const auto kv = multiply(multiplier(), verifier);
  for (;;) {
    const auto pair = dh_generate(random);
    SrpChallenge challenge{pair.secret, add(kv, pair.public_value)};
    if (dh_public_ok(challenge.public_value)) return challenge;  // clients check it
  }
}

bool srp_verify(const DhNumber& verifier, const SrpSalts& salts, const SrpChallenge& challenge,
                const SrpAnswer& answer) {
  // A = 0 mod p and the like would make the shared value known without a password.
  if (!dh_public_ok(answer.public_value)) return false;
  const auto u = sha256({answer.public_value, challenge.public_value});
  // S = (A * v^u)^b
  const auto shared = dh_power(multiply(answer.public_value, dh_power(verifier, u)), challenge.secret);
  return equal_constant_time(proof(salts, answer.public_value, challenge.public_value, shared), answer.proof);
}

DhNumber srp_make_verifier(std::string_view password, const SrpSalts& salts) {
  return dh_power_of_generator(password_hash(password, salts));
}

SrpAnswer srp_answer(std::string_view password, const SrpSalts& salts, const DhNumber& server_public_value,
                     Random& random) {
  const auto x = password_hash(password, salts);
  const auto pair = dh_generate(random);
  const auto u = sha256({pair.public_value, server_public_value});
  // S = (B - k * g^x)^(a + u * x)
  const auto exponent = new_number();
  const auto context = new_context();
  HG_ASSERT(BN_mul(exponent.get(), to_number(u).get(), to_number(x).get(), context.get()) == 1);
  HG_ASSERT(BN_add(exponent.get(), exponent.get(), to_number(pair.secret).get()) == 1);
  const auto base = subtract(server_public_value, multiply(multiplier(), dh_power_of_generator(x)));
  const auto shared = dh_power(base, padded(exponent.get()));
  return {pair.public_value, proof(salts, pair.public_value, server_public_value, shared)};
}

}  // namespace heliograph::crypto
