// The ceremony's documents as text.
#include "legal/journal/ceremony.h"

#include <algorithm>

#include "crypto/one_time.h"

namespace heliograph::legal {

namespace {

constexpr std::string_view kPlanHeader = "heliograph-journal-plan v1";
constexpr std::string_view kSeatHeader = "heliograph-journal-seat v1";
constexpr std::string_view kDealHeader = "heliograph-journal-deal v1";
constexpr std::string_view kConfirmationHeader = "heliograph-journal-confirmation v1";
constexpr std::size_t kSealedPartBytes = 32 + crypto::kOneTimeOverhead;

void write_proof(DocumentWriter& out, const Proof& proof) {
  out.bytes("challenge", proof.challenge.bytes);
  out.bytes("response", proof.response.bytes);
}

Proof read_proof(DocumentReader& in) {
  Proof out;
  out.challenge = in.scalar("challenge");
  out.response = in.scalar("response");
  return out;
}

}  // namespace

std::string CeremonyPlan::encode() const {
  DocumentWriter out(kPlanHeader);
  out.bytes("number", number);
  out.number("threshold", threshold);
  out.number("shares", members.size());
  write_members(out, members);
  if (again) out.bytes("again", *again);
  out.number("dealers", dealers.size());
  for (const auto dealer : dealers) out.number("dealer", dealer);
  return out.take();
}

Result<CeremonyPlan> CeremonyPlan::parse(std::string_view text) {
  DocumentReader in(text, kPlanHeader);
  CeremonyPlan out;
  out.number = in.exactly<16>("number");
  out.threshold = static_cast<std::uint32_t>(in.number("threshold", 2, kMembersMost));
  out.members = read_members(in, in.number("shares", out.threshold, kMembersMost));
  if (in.next_is("again")) out.again = in.exactly<32>("again");
  const auto count = in.number("dealers", 2, kMembersMost);
  for (std::uint64_t i = 0; i < count && in.good(); ++i) {
    const auto dealer = static_cast<std::uint32_t>(in.number("dealer", 1, kMembersMost));
    if (!out.dealers.empty() && dealer <= out.dealers.back()) in.refuse();
    out.dealers.push_back(dealer);
  }
  // Of a new key all members deal.
  if (in.good() && !out.again &&
      (out.dealers.size() != out.members.size() || out.dealers.back() != out.members.size())) {
    in.refuse();
  }
  HG_TRY(in.done());
  return out;
}

std::string Seat::encode() const {
  DocumentWriter out(kSeatHeader);
  out.bytes("plan", plan);
  out.number("share", share);
  out.bytes("key", key.bytes);
  write_proof(out, proof);
  return out.take();
}

Result<Seat> Seat::parse(std::string_view text) {
  DocumentReader in(text, kSeatHeader);
  Seat out;
  out.plan = in.exactly<32>("plan");
  out.share = static_cast<std::uint32_t>(in.number("share", 1, kMembersMost));
  out.key = in.point("key");
  out.proof = read_proof(in);
  HG_TRY(in.done());
  return out;
}

std::string Deal::encode() const {
  DocumentWriter out(kDealHeader);
  out.bytes("roster", roster);
  out.number("dealer", dealer);
  out.number("commitments", commitments.size());
  for (const auto& commitment : commitments) out.bytes("commitment", commitment.bytes);
  write_proof(out, proof);
  out.number("parts", parts.size());
  for (const auto& part : parts) {
    out.bytes("key", part.key.bytes);
    out.bytes("sealed", part.sealed);
  }
  return out.take();
}

Result<Deal> Deal::parse(std::string_view text) {
  DocumentReader in(text, kDealHeader);
  Deal out;
  out.roster = in.exactly<32>("roster");
  out.dealer = static_cast<std::uint32_t>(in.number("dealer", 1, kMembersMost));
  const auto commitments = in.number("commitments", 2, kMembersMost);
  for (std::uint64_t i = 0; i < commitments && in.good(); ++i) {
    out.commitments.push_back(in.point("commitment"));
  }
  out.proof = read_proof(in);
  const auto parts = in.number("parts", 2, kMembersMost);
  for (std::uint64_t i = 0; i < parts && in.good(); ++i) {
    Part part;
    part.key = in.point("key");
    part.sealed = in.bytes("sealed");
    if (part.sealed.size() != kSealedPartBytes) in.refuse();
    out.parts.push_back(std::move(part));
  }
  HG_TRY(in.done());
  return out;
}

std::string Confirmation::encode() const {
  DocumentWriter out(kConfirmationHeader);
  out.bytes("key", key);
  out.number("share", share);
  write_proof(out, proof);
  return out.take();
}

Result<Confirmation> Confirmation::parse(std::string_view text) {
  DocumentReader in(text, kConfirmationHeader);
  Confirmation out;
  out.key = in.exactly<32>("key");
  out.share = static_cast<std::uint32_t>(in.number("share", 1, kMembersMost));
  out.proof = read_proof(in);
  HG_TRY(in.done());
  return out;
}

}  // namespace heliograph::legal
