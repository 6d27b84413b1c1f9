#include "safety/enforcement/exhibit.h"

#include <algorithm>

#include "crypto/hash.h"

namespace heliograph::safety {

Bytes digest_of(Exhibit exhibit) {
  exhibit.digest.clear();
  return to_bytes(crypto::sha256(encode(exhibit)));
}

void keep_exhibit(std::vector<Exhibit>& kept, Exhibit exhibit) {
  exhibit.digest = digest_of(exhibit);
  if (std::ranges::find(kept, exhibit.digest, &Exhibit::digest) != kept.end()) return;
  if (kept.size() >= exhibits_max) kept.pop_back();
  kept.push_back(std::move(exhibit));
}

}  // namespace heliograph::safety
