// Sealing under a key that seals one message, ever, as one that was agreed on for it is: XChaCha20-Poly1305
// without a nonce. Pure functions, safe on any thread.
#pragma once

#include "base/result.h"
#include "crypto/secret.h"

namespace heliograph::crypto {

inline constexpr std::size_t kOneTimeOverhead = 16;

// ciphertext | tag. `about` is not stored and must be the same when opening.
Bytes seal_once(const SecretKey& key, ByteView plaintext, ByteView about);
// invalid SEAL_BROKEN.
Result<Bytes> open_once(const SecretKey& key, ByteView sealed, ByteView about);

}  // namespace heliograph::crypto
