// The proof that a claim is what the log's entries add up to, and its check from the public entries alone.
//
// What the entries of the range add up to is D = sum C - sum n * H(cell) over the cells shown. With nothing
// hidden, D = R * G and R is published. Else R stays secret, and the proof shows that whoever made it knows
// n_i and R with D = sum n_i * H_i + R * G, sum n_i the claimed sum, and each n_i a whole number from 0 to
// the claimed most. What that means of single entries, and what not: docs/transparency-proof.md.
#pragma once

#include <optional>
#include <vector>

#include "base/random.h"
#include "transparency/claim.h"

namespace heliograph::transparency {

// That a commitment V is to 0 or to 1: V = r * G, or V - H = r * G.
struct BitProof {
  crypto::Point commitment;       // V
  crypto::Scalar challenge_of_0;  // of the first; the second's is what is left
  crypto::Scalar answer_of_0, answer_of_1;
  bool operator==(const BitProof&) const = default;
};

struct HiddenProof {
  crypto::Scalar challenge;             // of all parts together
  std::vector<BitProof> bits;           // of each hidden cell in order: as many as bit_weights() has
  std::vector<crypto::Scalar> answers;  // of each hidden cell's count
  crypto::Scalar answer_of_blinding;
  bool operator==(const HiddenProof&) const = default;
};

struct TallyProof {
  std::optional<crypto::Scalar> blinding;  // R, where nothing is hidden
  std::optional<HiddenProof> hidden;
  bool operator==(const TallyProof&) const = default;
};

// What the bits of a number from 0 to `most` stand for: their sums are these numbers, and no others.
std::vector<std::uint64_t> bit_weights(std::uint64_t most);

// `counts` are of all hidden cells, in their order; `blinding` is R. HG_ASSERTs that they add up to the
// claim.
TallyProof prove(const Claim& claim, const std::vector<std::uint64_t>& counts, const crypto::Scalar& blinding,
                 Random& random);

// `sum`: of the commitments of the claim's leaves. forbidden TALLY_WRONG: the claim is not what they add up
// to, or the proof is not one of it. CLAIM_INVALID.
Status verify(const Claim& claim, const crypto::Point& sum, const TallyProof& proof);

}  // namespace heliograph::transparency
