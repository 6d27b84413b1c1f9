// The key that the journal is sealed to. Nobody has its private half: each of `members` has a share, and
// `threshold` of them together can open what was sealed. A plain value.
#pragma once

#include <string>
#include <vector>

#include "legal/journal/proof.h"

namespace heliograph::legal {

inline constexpr std::uint32_t kMembersMost = 32;
inline constexpr std::size_t kKeyBytesMax = 64 * 1024;

// Somebody who holds, or is to hold, a share: by the name that they have on the staff. Shares are numbered
// from 1.
struct Member {
  std::uint32_t share = 0;
  std::string name;
  bool operator==(const Member&) const = default;
};

struct JournalKey {
  std::uint32_t threshold = 0;
  std::vector<Member> members;  // shares 1, 2, ...
  // Of the polynomial whose value at a share's number is the share: threshold many. The first is the public
  // key.
  std::vector<crypto::Point> commitments;
  Hash ceremony{};  // over everything that was said in the ceremony

  const crypto::Point& public_key() const { return commitments.front(); }
  // What the share's holder proves to know: share * G.
  crypto::Point share_key(std::uint32_t share) const;
  const Member* member(std::uint32_t share) const;
  // Of the whole of it.
  Hash id() const;

  std::string encode() const;
  // invalid JOURNAL_DOCUMENT_INVALID.
  static Result<JournalKey> parse(std::string_view text);
  bool operator==(const JournalKey&) const = default;
};

// Whether there can be such a key: 2 to kMembersMost members, 2 <= threshold <= members.
bool is_threshold(std::uint32_t threshold, std::size_t members);

// What each of `shares` is multiplied with, so that together they make the polynomial's value at 0. The
// numbers are not 0, and no two the same.
std::vector<crypto::Scalar> weights_at_zero(const std::vector<std::uint32_t>& shares);

// The commitments' value at `at`.
crypto::Point evaluate(const std::vector<crypto::Point>& commitments, std::uint32_t at);

void write_members(DocumentWriter& out, const std::vector<Member>& members);
// Reads `count` of them; faults are the reader's.
std::vector<Member> read_members(DocumentReader& in, std::size_t count);

}  // namespace heliograph::legal
