// Diffie-Hellman in the group that MTProto's key exchange and two-step verification use: the 2048-bit safe
// prime that Telegram's own servers send and clients know by heart, with generator 3
// (core.telegram.org/mtproto/auth_key, "Checks to be performed"). Numbers are big-endian, 256 bytes.
// Pure functions, safe on any thread.
#pragma once

#include <array>
#include <optional>

#include "base/bytes.h"
#include "base/random.h"

namespace heliograph::crypto {

using DhNumber = std::array<std::uint8_t, 256>;

inline constexpr int dh_generator = 3;
const DhNumber& dh_prime();

// A secret exponent and 3^secret mod p, which passes dh_public_ok.
// The exponent has 256 random bits: in a group of a safe prime of 2048 bits nothing is gained beyond 225
// (RFC 7919, 5.2), and a key exchange costs an eighth of what a full-length exponent would.
struct DhKeyPair {
  std::array<std::uint8_t, 32> secret{};
  DhNumber public_value{};
};
DhKeyPair dh_generate(Random& random);

// base^exponent mod p, in a time that does not depend on the exponent's value. About 0.3 ms for 256 bits.
DhNumber dh_power(const DhNumber& base, ByteView exponent);
DhNumber dh_power_of_generator(ByteView exponent);

// 2^(2048-64) <= value <= p - 2^(2048-64): what both sides must check of the other's public value.
bool dh_public_ok(const DhNumber& value);

// Left-pads to 256 bytes; empty if the number is longer than that.
std::optional<DhNumber> dh_number(ByteView big_endian);

}  // namespace heliograph::crypto
