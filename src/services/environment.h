// What every service is built on. Owned by app; outlives the services. All of it is thread-safe.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "crypto/sealer.h"
#include "store/store.h"

namespace heliograph::services {

class Bots;
class Moderation;

struct Environment {
  store::Store& store;
  const Clock& clock;
  Random& random;
  // Seals personal data at rest (phone numbers, IP addresses, recovery e-mail) and key material.
  const crypto::Sealer& sealer;
  // Finds sealed phone numbers without opening them.
  const crypto::BlindIndex& phone_index;
  // Keys access hashes; 32 secret bytes that survive restarts.
  Bytes access_secret;
  // The number by which clients know where the files are.
  std::int32_t dc_id = 2;
  // Judges what is public, and acts on it. Null: nothing is judged.
  const Moderation* moderation = nullptr;
  // What is written to built-in bots waits there for its answer. Null: there are none.
  const Bots* bots = nullptr;
};

}  // namespace heliograph::services
