// A key from something that a person remembers: Argon2id (RFC 9106) over libsodium. Takes as long and as
// much memory as `cost` says: call it on a worker. Safe on any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "crypto/secret.h"

namespace heliograph::crypto {

struct PassphraseCost {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 256 * 1024;

  // Whether a stranger's file may ask for it: at most 16 passes, 8 MiB to 1 GiB.
  bool bearable() const {
    return passes >= 1 && passes <= 16 && memory_kib >= 8 * 1024 && memory_kib <= 1024 * 1024;
  }
};

using PassphraseSalt = std::array<std::uint8_t, 16>;

// unavailable MEMORY_SHORT. `cost` is bearable.
Result<SecretKey> key_of_passphrase(std::string_view passphrase, const PassphraseSalt& salt,
                                    const PassphraseCost& cost);

}  // namespace heliograph::crypto
