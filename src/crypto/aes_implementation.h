// The two implementations behind aes.h. Lengths are whole blocks; checked by the caller.
#pragma once

#include "crypto/aes.h"

namespace heliograph::crypto::detail {

struct AesImplementation {
  void (*ige_encrypt)(const AesKey&, const IgeIv&, const std::uint8_t* in, std::uint8_t* out,
                      std::size_t blocks);
  void (*ige_decrypt)(const AesKey&, const IgeIv&, const std::uint8_t* in, std::uint8_t* out,
                      std::size_t blocks);
  // data ^= keystream; counter (big-endian) goes up by `blocks`.
  void (*ctr)(const AesKey&, CtrIv& counter, std::uint8_t* data, std::size_t blocks);
};

const AesImplementation& aes_portable();
// Null where this processor has no AES instructions.
const AesImplementation* aes_native();

}  // namespace heliograph::crypto::detail
