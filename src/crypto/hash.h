// Hash functions. One-shot over several parts, so that callers need not join them first; and SHA-256 in
// pieces for files. All are pure functions, safe on any thread.
#pragma once

#include <array>
#include <initializer_list>

#include "base/bytes.h"

namespace heliograph::crypto {

using Sha1Digest = std::array<std::uint8_t, 20>;
using Sha256Digest = std::array<std::uint8_t, 32>;
using Sha512Digest = std::array<std::uint8_t, 64>;

Sha1Digest sha1(std::initializer_list<ByteView> parts);
Sha256Digest sha256(std::initializer_list<ByteView> parts);
Sha512Digest sha512(std::initializer_list<ByteView> parts);
inline Sha1Digest sha1(ByteView data) {
  return sha1({data});
}
inline Sha256Digest sha256(ByteView data) {
  return sha256({data});
}
inline Sha512Digest sha512(ByteView data) {
  return sha512({data});
}

Sha256Digest hmac_sha256(ByteView key, std::initializer_list<ByteView> parts);
Sha512Digest hmac_sha512(ByteView key, std::initializer_list<ByteView> parts);

// RFC 8018. Takes about 60 ms at 100,000 rounds: call it on a worker.
Sha512Digest pbkdf2_hmac_sha512(ByteView password, ByteView salt, int rounds);

// SHA-256 of data that comes in pieces. After finish() the object must not be used again.
class Sha256 {
 public:
  Sha256();
  void update(ByteView data);
  Sha256Digest finish();

 private:
  alignas(8) std::array<std::uint8_t, 112> state_;
};

}  // namespace heliograph::crypto
