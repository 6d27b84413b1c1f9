// AES-256 in the two modes MTProto uses. Uses the processor's AES instructions where it has them, and
// OpenSSL's portable code otherwise; both give the same bytes.
#pragma once

#include <array>

#include "base/bytes.h"

namespace heliograph::crypto {

inline constexpr std::size_t aes_block = 16;

using AesKey = std::array<std::uint8_t, 32>;
// First half: the "previous ciphertext" of the first block; second half: the "previous plaintext".
using IgeIv = std::array<std::uint8_t, 32>;
using CtrIv = std::array<std::uint8_t, 16>;

// Infinite garble extension: c[i] = E(p[i] ^ c[i-1]) ^ p[i-1]. `in` is a whole number of 16-byte blocks and
// `out` is as long as `in`; they are the same memory or do not overlap. Both directions are serial by nature.
void ige_encrypt(const AesKey& key, const IgeIv& iv, ByteView in, MutableByteView out);
void ige_decrypt(const AesKey& key, const IgeIv& iv, ByteView in, MutableByteView out);

// Counter mode over a stream cut anywhere: apply() goes on where the last call stopped. Encrypting and
// decrypting are the same. The state is small (two per connection): the key schedule is made anew per call.
class AesCtr {
 public:
  AesCtr(const AesKey& key, const CtrIv& iv) : key_(key), counter_(iv) {}
  ~AesCtr();
  AesCtr(const AesCtr&) = default;
  AesCtr& operator=(const AesCtr&) = default;

  // Changes `data` in place.
  void apply(MutableByteView data);

 private:
  AesKey key_;
  CtrIv counter_;                                 // of the next block to make
  std::array<std::uint8_t, aes_block> stream_{};  // the last block made
  std::uint8_t used_ = aes_block;                 // of stream_
};

namespace detail {
// For tests: makes everything use the portable code, or not.
void set_aes_portable(bool portable);
}  // namespace detail

}  // namespace heliograph::crypto
