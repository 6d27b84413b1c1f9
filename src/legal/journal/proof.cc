#include "legal/journal/proof.h"

#include "crypto/secret.h"

namespace heliograph::legal {

namespace {

constexpr std::string_view kKnown = "heliograph/journal/known/v1";
constexpr std::string_view kSame = "heliograph/journal/same/v1";

crypto::Scalar same_challenge(const crypto::Point& element, const crypto::Point& base,
                              const crypto::Point& other, const crypto::Point& first,
                              const crypto::Point& second, ByteView context) {
  return challenge(kSame, {context, element.bytes, base.bytes, other.bytes, first.bytes, second.bytes});
}

}  // namespace

Proof prove_known(const crypto::Scalar& x, const crypto::Point& element, ByteView context, Random& random) {
  auto nonce = crypto::Scalar::generate(random);
  const auto first = crypto::Point::base(nonce);
  const auto c = challenge(kKnown, {context, element.bytes, first.bytes});
  const Proof out{c, nonce + c * x};
  crypto::wipe(nonce.bytes);
  return out;
}

bool verify_known(const Proof& proof, const crypto::Point& element, ByteView context) {
  const auto first = crypto::Point::base(proof.response) - proof.challenge * element;
  return challenge(kKnown, {context, element.bytes, first.bytes}) == proof.challenge;
}

Proof prove_same(const crypto::Scalar& x, const crypto::Point& element, const crypto::Point& base,
                 const crypto::Point& other, ByteView context, Random& random) {
  auto nonce = crypto::Scalar::generate(random);
  const auto c = same_challenge(element, base, other, crypto::Point::base(nonce), nonce * base, context);
  const Proof out{c, nonce + c * x};
  crypto::wipe(nonce.bytes);
  return out;
}

bool verify_same(const Proof& proof, const crypto::Point& element, const crypto::Point& base,
                 const crypto::Point& other, ByteView context) {
  const auto first = crypto::Point::base(proof.response) - proof.challenge * element;
  const auto second = proof.response * base - proof.challenge * other;
  return same_challenge(element, base, other, first, second, context) == proof.challenge;
}

}  // namespace heliograph::legal
