#include "legal/journal/key.h"

#include <algorithm>

namespace heliograph::legal {

namespace {

constexpr std::string_view kKeyHeader = "heliograph-journal-key v1";

// 1 / x modulo the group's order, by Fermat: the order is prime. Shares' numbers are no secret.
crypto::Scalar inverse(const crypto::Scalar& x) {
  // order - 2, little-endian.
  constexpr std::array<std::uint8_t, 32> exponent{
      0xeb, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
      0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};
  auto out = crypto::Scalar::of(1);
  for (std::size_t bit = 256; bit-- > 0;) {
    out = out * out;
    if ((exponent[bit / 8] >> (bit % 8) & 1) != 0) out = out * x;
  }
  return out;
}

}  // namespace

bool is_threshold(std::uint32_t threshold, std::size_t members) {
  return threshold >= 2 && threshold <= members && members <= kMembersMost;
}

std::vector<crypto::Scalar> weights_at_zero(const std::vector<std::uint32_t>& shares) {
  std::vector<crypto::Scalar> out;
  for (const auto i : shares) {
    auto above = crypto::Scalar::of(1);
    auto below = crypto::Scalar::of(1);
    for (const auto j : shares) {
      if (j == i) continue;
      above = above * crypto::Scalar::of(j);
      below = below * (crypto::Scalar::of(j) - crypto::Scalar::of(i));
    }
    out.push_back(above * inverse(below));
  }
  return out;
}

crypto::Point evaluate(const std::vector<crypto::Point>& commitments, std::uint32_t at) {
  crypto::Point out;
  const auto x = crypto::Scalar::of(at);
  for (std::size_t i = commitments.size(); i-- > 0;) out = x * out + commitments[i];
  return out;
}

crypto::Point JournalKey::share_key(std::uint32_t share) const {
  return evaluate(commitments, share);
}

const Member* JournalKey::member(std::uint32_t share) const {
  return share >= 1 && share <= members.size() ? &members[share - 1] : nullptr;
}

Hash JournalKey::id() const {
  return hash_parts("heliograph/journal/key/v1", {as_bytes(encode())});
}

void write_members(DocumentWriter& out, const std::vector<Member>& members) {
  for (const auto& member : members) out.text("member", member.name);
}

std::vector<Member> read_members(DocumentReader& in, std::size_t count) {
  std::vector<Member> out;
  for (std::size_t i = 0; i < count && in.good(); ++i) {
    const auto name = in.text("member");
    if (!is_member_name(name) || std::ranges::find(out, name, &Member::name) != out.end()) in.refuse();
    out.push_back({static_cast<std::uint32_t>(i + 1), std::string(name)});
  }
  return out;
}

std::string JournalKey::encode() const {
  DocumentWriter out(kKeyHeader);
  out.number("threshold", threshold);
  out.number("shares", members.size());
  write_members(out, members);
  for (const auto& commitment : commitments) out.bytes("commitment", commitment.bytes);
  out.bytes("ceremony", ceremony);
  return out.take();
}

Result<JournalKey> JournalKey::parse(std::string_view text) {
  DocumentReader in(text, kKeyHeader);
  if (text.size() > kKeyBytesMax) in.refuse();
  JournalKey out;
  out.threshold = static_cast<std::uint32_t>(in.number("threshold", 2, kMembersMost));
  const auto count = in.number("shares", out.threshold, kMembersMost);
  out.members = read_members(in, count);
  for (std::uint32_t i = 0; i < out.threshold && in.good(); ++i) {
    out.commitments.push_back(in.point("commitment"));
  }
  out.ceremony = in.exactly<32>("ceremony");
  HG_TRY(in.done());
  return out;
}

}  // namespace heliograph::legal
