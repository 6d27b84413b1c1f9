#include "transparency/tally_proof.h"

#include "base/assert.h"
#include "crypto/hash.h"

namespace heliograph::transparency {

namespace {

using crypto::Point;
using crypto::Scalar;

constexpr std::string_view kChallengeLabel = "heliograph/transparency/hidden/v1";

Error tally_wrong(std::string what) {
  return Error::forbidden("TALLY_WRONG", std::move(what));
}

// What is left of the sum of commitments when the cells that are shown are taken off.
Point left_over(const Claim& claim, Point sum) {
  for (const auto& [cell, count] : claim.shown) {
    if (count != 0) sum = sum - Scalar::of(count) * ledger::cell_point(cell);
  }
  return sum;
}

// Everything that is said before the challenge, in order.
class Transcript {
 public:
  Transcript(const Claim& claim, const Point& left) {
    const auto words = crypto::sha512(as_bytes(claim.text()));
    append(bytes_, words);
    add(left);
  }
  void add(const Point& point) { append(bytes_, point.bytes); }
  Scalar challenge() const {
    constexpr std::uint8_t zero[] = {0};
    return Scalar::from_wide(crypto::sha512({as_bytes(kChallengeLabel), zero, bytes_}));
  }

 private:
  Bytes bytes_;
};

// First messages of the two sides of a bit's proof, as its answers determine them.
struct BitFirst {
  Point of_0, of_1;
};

BitFirst first_of(const BitProof& bit, const Point& cell, const Scalar& challenge) {
  return {Point::base(bit.answer_of_0) - bit.challenge_of_0 * bit.commitment,
          Point::base(bit.answer_of_1) - (challenge - bit.challenge_of_0) * (bit.commitment - cell)};
}

}  // namespace

std::vector<std::uint64_t> bit_weights(std::uint64_t most) {
  std::vector<std::uint64_t> out;
  std::uint64_t weight = 1;
  for (; weight <= most; weight *= 2) {
    out.push_back(weight);
    most -= weight;
  }
  if (most != 0) out.push_back(most);
  return out;
}

TallyProof prove(const Claim& claim, const std::vector<std::uint64_t>& counts, const Scalar& blinding,
                 Random& random) {
  HG_ASSERT(counts.size() == claim.hidden.size());
  if (claim.hidden.empty()) return {blinding, std::nullopt};
  const auto weights = bit_weights(claim.hidden_most);
  std::vector<Point> cells;
  auto left = Point::base(blinding);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    HG_ASSERT(counts[i] <= claim.hidden_most);
    sum += counts[i];
    cells.push_back(ledger::cell_point(claim.hidden[i]));
    left = left + Scalar::of(counts[i]) * cells[i];
  }
  HG_ASSERT(sum == claim.hidden_sum);

  // Each count's bits, from the heaviest down; what their commitments' randomness adds up to is R, so that
  // the commitments add up to what is left.
  struct Secret {
    bool bit = false;
    Scalar blinding;
    Scalar nonce;  // of the true side
  };
  HiddenProof proof;
  std::vector<Secret> secrets;
  auto rest = blinding;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    std::vector<bool> bits(weights.size());
    auto count = counts[i];
    for (auto j = weights.size(); j-- > 0;) {
      bits[j] = count >= weights[j];
      if (bits[j]) count -= weights[j];
    }
    HG_ASSERT(count == 0);
    for (std::size_t j = 0; j < weights.size(); ++j) {
      Secret secret{bits[j], Scalar::generate(random), Scalar::generate(random)};
      if (i != 0 || j != 0) rest = rest - Scalar::of(weights[j]) * secret.blinding;
      secrets.push_back(secret);
    }
  }
  secrets.front().blinding = rest;  // its weight is 1

  Transcript transcript(claim, left);
  for (std::size_t k = 0; k < secrets.size(); ++k) {
    const auto& cell = cells[k / weights.size()];
    const auto& secret = secrets[k];
    BitProof bit;
    bit.commitment = Point::base(secret.blinding);
    if (secret.bit) bit.commitment = bit.commitment + cell;
    // The side that is not true is made up from its end: challenge and answer first.
    bit.challenge_of_0 = Scalar::generate(random);
    (secret.bit ? bit.answer_of_0 : bit.answer_of_1) = Scalar::generate(random);
    proof.bits.push_back(bit);
    transcript.add(bit.commitment);
  }
  for (std::size_t k = 0; k < secrets.size(); ++k) {
    const auto& cell = cells[k / weights.size()];
    auto& bit = proof.bits[k];
    const auto nonce = Point::base(secrets[k].nonce);
    // Until the challenge is known, challenge_of_0 holds the one that is made up, of whichever side.
    if (secrets[k].bit) {
      transcript.add(Point::base(bit.answer_of_0) - bit.challenge_of_0 * bit.commitment);
      transcript.add(nonce);
    } else {
      transcript.add(nonce);
      transcript.add(Point::base(bit.answer_of_1) - bit.challenge_of_0 * (bit.commitment - cell));
    }
  }
  // The counts and R together: nonces whose sum over the counts is 0, as the counts' sum is known.
  std::vector<Scalar> nonces;
  Scalar nonce_sum;
  auto announced = Point{};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    nonces.push_back(i + 1 == counts.size() ? Scalar{} - nonce_sum : Scalar::generate(random));
    nonce_sum = nonce_sum + nonces.back();
    announced = announced + nonces.back() * cells[i];
  }
  const auto blinding_nonce = Scalar::generate(random);
  transcript.add(announced + Point::base(blinding_nonce));

  const auto challenge = transcript.challenge();
  for (std::size_t k = 0; k < secrets.size(); ++k) {
    auto& bit = proof.bits[k];
    const auto own = challenge - bit.challenge_of_0;
    const auto answer = secrets[k].nonce + own * secrets[k].blinding;
    if (secrets[k].bit) {
      bit.answer_of_1 = answer;
    } else {
      bit.answer_of_0 = answer;
      bit.challenge_of_0 = own;
    }
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    proof.answers.push_back(nonces[i] + challenge * Scalar::of(counts[i]));
  }
  proof.answer_of_blinding = blinding_nonce + challenge * blinding;
  proof.challenge = challenge;
  return {std::nullopt, std::move(proof)};
}

Status verify(const Claim& claim, const Point& sum, const TallyProof& proof) {
  HG_TRY(claim.check());
  const auto left = left_over(claim, sum);
  if (claim.hidden.empty()) {
    if (!proof.blinding || proof.hidden) return fail(tally_wrong("The claim has another kind of proof."));
    if (Point::base(*proof.blinding) == left) return {};
    return fail(tally_wrong("The counts are not what the entries add up to."));
  }
  if (proof.blinding || !proof.hidden) return fail(tally_wrong("The claim has another kind of proof."));
  const auto& hidden = *proof.hidden;
  const auto weights = bit_weights(claim.hidden_most);
  if (hidden.answers.size() != claim.hidden.size() ||
      hidden.bits.size() != claim.hidden.size() * weights.size()) {
    return fail(tally_wrong("The proof is of another number of cells."));
  }
  std::vector<Point> cells;
  for (const auto& cell : claim.hidden) cells.push_back(ledger::cell_point(cell));
  auto added = Point{};
  Transcript transcript(claim, left);
  for (std::size_t k = 0; k < hidden.bits.size(); ++k) {
    transcript.add(hidden.bits[k].commitment);
    added = added + Scalar::of(weights[k % weights.size()]) * hidden.bits[k].commitment;
  }
  if (added != left) return fail(tally_wrong("The counts are not what the entries add up to."));
  for (std::size_t k = 0; k < hidden.bits.size(); ++k) {
    const auto first = first_of(hidden.bits[k], cells[k / weights.size()], hidden.challenge);
    transcript.add(first.of_0);
    transcript.add(first.of_1);
  }
  Scalar answer_sum;
  auto announced = Point::base(hidden.answer_of_blinding) - hidden.challenge * left;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    answer_sum = answer_sum + hidden.answers[i];
    announced = announced + hidden.answers[i] * cells[i];
  }
  transcript.add(announced);
  if (answer_sum != hidden.challenge * Scalar::of(claim.hidden_sum)) {
    return fail(tally_wrong("The hidden counts do not add up to their sum."));
  }
  if (transcript.challenge() != hidden.challenge) {
    return fail(tally_wrong("The proof of the hidden counts does not hold."));
  }
  return {};
}

}  // namespace heliograph::transparency
