// One row of the journal: from where an account was connected, sealed to the journal's key (ElGamal on
// ristretto255, which agrees on a key for this row alone, and an AEAD under it).
//
// Whoever seals proves to know the row's secret, in a proof that covers account, hours and everything else
// that stands beside it. So a row cannot be passed off as another account's or another time's, neither by who
// steals the store nor by who runs the server later: officers' machines check the proof before they help to
// open the row. Pure functions over values.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "legal/journal/share.h"

namespace heliograph::legal {

inline constexpr UnixSeconds kHourSeconds = 3600;

// What stands beside a sealed row, readable.
struct RowLabel {
  UserId user;
  UnixSeconds from = 0, to = 0;  // whole hours; [from, to)
  std::array<std::uint8_t, 16> tag{};

  bool overlaps(UnixSeconds first, UnixSeconds end) const { return from < end && to > first; }
  Bytes bytes() const;
  bool operator==(const RowLabel&) const = default;
};

// An IPv4 or IPv6 address, and nothing else.
class IpAddress {
 public:
  IpAddress() = default;
  // Dotted IPv4 or IPv6; an IPv4 address that is written as an IPv6 one is IPv4. invalid ADDRESS_INVALID.
  static Result<IpAddress> parse(std::string_view text);
  // As it is sealed: 16 bytes, IPv4 mapped (RFC 4291).
  static IpAddress of_bytes(const std::array<std::uint8_t, 16>& bytes) { return IpAddress(bytes); }
  const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }
  bool is_v4() const;
  std::string text() const;
  auto operator<=>(const IpAddress&) const = default;

 private:
  explicit IpAddress(const std::array<std::uint8_t, 16>& bytes) : bytes_(bytes) {}
  std::array<std::uint8_t, 16> bytes_{};
};

// What is sealed.
struct Sighting {
  IpAddress address;
  std::uint16_t port = 0;  // 0: not known
  UnixSeconds first = 0, last = 0;
  bool operator==(const Sighting&) const = default;
};

inline constexpr std::size_t kSightingBytes = 1 + 16 + 2 + 8 + 8;
inline constexpr std::size_t kSealedRowBytes = 32 + 32 + 32 + kSightingBytes + 16;

// The part of sealing that does not depend on what is sealed, made ahead; good for one row.
class RowSecret {
 public:
  RowSecret(const crypto::Point& key, Random& random);

 private:
  friend Bytes seal_row(const crypto::Point&, const RowLabel&, const Sighting&, const RowSecret&);
  SecretScalar secret_, nonce_;
  crypto::Point element_, agreed_, first_;
};

// kSealedRowBytes many.
Bytes seal_row(const crypto::Point& key, const RowLabel& label, const Sighting& sighting,
               const RowSecret& secret);

// The element that each share is applied to. invalid ROW_INVALID: the row is not what was sealed for this key
// under this label.
Result<crypto::Point> check_row(const crypto::Point& key, const RowLabel& label, ByteView sealed);

// With what the shares make of the element together. ROW_INVALID.
Result<Sighting> open_row(const crypto::Point& key, const RowLabel& label, ByteView sealed,
                          const crypto::Point& agreed);

}  // namespace heliograph::legal
