// Proofs about logarithms that show nothing of them (Schnorr; Chaum and Pedersen), made non-interactive by
// hashing, each bound to what it is for by `context`. Pure functions.
#pragma once

#include "legal/journal/document.h"

namespace heliograph::legal {

struct Proof {
  crypto::Scalar challenge, response;
  bool operator==(const Proof&) const = default;
};

// That its maker knows x with x * G = `element`.
Proof prove_known(const crypto::Scalar& x, const crypto::Point& element, ByteView context, Random& random);
bool verify_known(const Proof& proof, const crypto::Point& element, ByteView context);

// That the same x has x * G = `element` and x * base = `other`.
Proof prove_same(const crypto::Scalar& x, const crypto::Point& element, const crypto::Point& base,
                 const crypto::Point& other, ByteView context, Random& random);
bool verify_same(const Proof& proof, const crypto::Point& element, const crypto::Point& base,
                 const crypto::Point& other, ByteView context);

}  // namespace heliograph::legal
