// Owning handles for OpenSSL's big numbers; inside crypto only.
#pragma once

#include <openssl/bn.h>

#include <memory>

#include "base/assert.h"
#include "base/bytes.h"

namespace heliograph::crypto {

struct BigNumberFree {
  void operator()(BIGNUM* number) const { BN_clear_free(number); }
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
  void operator()(BN_MONT_CTX* context) const { BN_MONT_CTX_free(context); }
};
using BigNumber = std::unique_ptr<BIGNUM, BigNumberFree>;
using BigNumberContext = std::unique_ptr<BN_CTX, BigNumberFree>;
using Montgomery = std::unique_ptr<BN_MONT_CTX, BigNumberFree>;

inline BigNumber new_number() {
  BigNumber number(BN_new());
  HG_ASSERT(number != nullptr);
  return number;
}
// From big-endian bytes of any length.
inline BigNumber to_number(ByteView bytes) {
  BigNumber number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  HG_ASSERT(number != nullptr);
  return number;
}
inline BigNumberContext new_context() {
  BigNumberContext context(BN_CTX_new());
  HG_ASSERT(context != nullptr);
  return context;
}

}  // namespace heliograph::crypto
