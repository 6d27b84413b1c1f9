// The key that the legal desk's rows are sealed with.
#pragma once

#include "crypto/secret.h"

namespace heliograph::services {

inline crypto::SecretKey legal_desk_key(const crypto::SecretKey& secret) {
  return secret.derive("legal desk");
}

}  // namespace heliograph::services
