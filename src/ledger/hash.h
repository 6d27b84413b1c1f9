// The hashes of a Merkle tree as RFC 6962, section 2.1 has them.
#pragma once

#include "crypto/hash.h"

namespace heliograph::ledger {

using Hash = crypto::Sha256Digest;

inline Hash leaf_hash(ByteView entry) {
  constexpr std::uint8_t prefix[] = {0};
  return crypto::sha256({prefix, entry});
}

inline Hash node_hash(ByteView left, ByteView right) {
  constexpr std::uint8_t prefix[] = {1};
  return crypto::sha256({prefix, left, right});
}

// Of the tree without leaves.
inline Hash empty_root() {
  return crypto::sha256(ByteView{});
}

}  // namespace heliograph::ledger
