// Two-step verification: SRP-6a as core.telegram.org/api/srp describes it, for
// passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow in the group of dh.h.
// The server stores the verifier g^x and never sees the password. Numbers are big-endian, 256 bytes.
#pragma once

#include "base/result.h"
#include "crypto/dh.h"
#include "crypto/hash.h"

namespace heliograph::crypto {

// What the account stores and account.getPassword shows.
struct SrpSalts {
  Bytes salt1;
  Bytes salt2;
};

// One check of a password: made by account.getPassword, consumed by the request that carries A and M1.
// `secret` stays on the server.
struct SrpChallenge {
  std::array<std::uint8_t, 32> secret{};  // b
  DhNumber public_value{};                // B = k * v + g^b
};

// What the client answers with (inputCheckPasswordSRP).
struct SrpAnswer {
  DhNumber public_value{};  // A
  Sha256Digest proof{};     // M1
};

// A verifier is set by the client (account.updatePasswordSettings): it must be a usable group element.
bool srp_verifier_ok(const DhNumber& verifier);

// About 0.3 ms.
SrpChallenge srp_challenge(const DhNumber& verifier, Random& random);

// True if the answer proves the password behind `verifier`. False also for a public value out of range.
// Compares in constant time; about 1 ms.
bool srp_verify(const DhNumber& verifier, const SrpSalts& salts, const SrpChallenge& challenge,
                const SrpAnswer& answer);

// The client's side, for tests and the load client. Each takes as long as pbkdf2_hmac_sha512 does.
DhNumber srp_make_verifier(std::string_view password, const SrpSalts& salts);
SrpAnswer srp_answer(std::string_view password, const SrpSalts& salts, const DhNumber& server_public_value,
                     Random& random);

}  // namespace heliograph::crypto
