#include "crypto/dh.h"

#include <algorithm>

#include "crypto/big_number.h"

namespace heliograph::crypto {
namespace {

constexpr const char* prime_hex =
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f48198a0aa7c14058229493d22530f4db"
    "fa336f6e0ac925139543aed44cce7c3720fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64"
    "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4a4a695811051907e162753b56b0f6b41"
    "0dba74d8a84b2a14b3144e0ef1284754fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4"
    "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f0d8115f635b105ee2e4e15d04b2454bf"
    "6f4fadf034b10403119cd8e3b92fcc5b";

struct Group {
  BigNumber prime;
  BigNumber margin;  // 2^(2048-64)
  BigNumber upper;   // prime - margin
  Montgomery montgomery;

  Group()
      : prime(to_number(dh_prime())),
        margin(new_number()),
        upper(new_number()),
        montgomery(BN_MONT_CTX_new()) {
    const auto context = new_context();
    HG_ASSERT(BN_set_bit(margin.get(), 2048 - 64) == 1);
    HG_ASSERT(BN_sub(upper.get(), prime.get(), margin.get()) == 1);
    HG_ASSERT(montgomery != nullptr && BN_MONT_CTX_set(montgomery.get(), prime.get(), context.get()) == 1);
  }
};

const Group& group() {
  static const Group instance;
  return instance;
}

DhNumber power(const BIGNUM* base, ByteView exponent) {
  const auto& g = group();
  const auto context = new_context();
  const auto secret = to_number(exponent);
  BN_set_flags(secret.get(), BN_FLG_CONSTTIME);
  const auto result = new_number();
  HG_ASSERT(BN_mod_exp_mont_consttime(result.get(), base, secret.get(), g.prime.get(), context.get(),
                                      g.montgomery.get()) == 1);
  DhNumber out;
  HG_ASSERT(BN_bn2binpad(result.get(), out.data(), static_cast<int>(out.size())) ==
            static_cast<int>(out.size()));
  return out;
}

}  // namespace

const DhNumber& dh_prime() {
  static const DhNumber prime = [] {
    const auto bytes = from_hex(prime_hex);
    DhNumber number;
    HG_ASSERT(bytes.size() == number.size());
    std::copy(bytes.begin(), bytes.end(), number.begin());
    return number;
  }();
  return prime;
}

DhNumber dh_power(const DhNumber& base, ByteView exponent) {
  const auto number = to_number(base);
  const auto context = new_context();
  HG_ASSERT(BN_nnmod(number.get(), number.get(), group().prime.get(), context.get()) == 1);
  return power(number.get(), exponent);
}

DhNumber dh_power_of_generator(ByteView exponent) {
  const auto base = new_number();
  HG_ASSERT(BN_set_word(base.get(), dh_generator) == 1);
  return power(base.get(), exponent);
}

bool dh_public_ok(const DhNumber& value) {
  const auto& g = group();
  const auto number = to_number(value);
  return BN_cmp(number.get(), g.margin.get()) >= 0 && BN_cmp(number.get(), g.upper.get()) <= 0;
}

DhKeyPair dh_generate(Random& random) {
  DhKeyPair pair;
  do {
    random.fill(pair.secret);
    pair.secret[0] |= 0x80;
    pair.public_value = dh_power_of_generator(pair.secret);
  } while (!dh_public_ok(pair.public_value));
  return pair;
}

std::optional<DhNumber> dh_number(ByteView big_endian) {
  DhNumber number{};
  if (big_endian.size() > number.size()) return std::nullopt;
  std::copy(big_endian.begin(), big_endian.end(),
            number.end() - static_cast<std::ptrdiff_t>(big_endian.size()));
  return number;
}

}  // namespace heliograph::crypto
