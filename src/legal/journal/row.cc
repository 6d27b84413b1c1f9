#include "legal/journal/row.h"

#include <arpa/inet.h>

#include "crypto/one_time.h"

namespace heliograph::legal {

namespace {

constexpr std::uint8_t kSightingVersion = 1;
constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::size_t kBoxAt = 96;

Error row_invalid() {
  return Error::invalid("ROW_INVALID", "A row of the journal is not what was sealed.");
}

crypto::Scalar row_challenge(const crypto::Point& key, ByteView label, const crypto::Point& element,
                             const crypto::Point& first, ByteView box) {
  return challenge("heliograph/journal/row/v1", {key.bytes, label, element.bytes, first.bytes, box});
}

crypto::SecretKey row_key(const crypto::Point& key, const crypto::Point& element,
                          const crypto::Point& agreed) {
  return crypto::SecretKey(
      hash_parts("heliograph/journal/row-key/v1", {key.bytes, element.bytes, agreed.bytes}));
}

Bytes plain(const Sighting& sighting) {
  Bytes out{kSightingVersion};
  append(out, sighting.address.bytes());
  append_le(out, sighting.port);
  append_le(out, sighting.first);
  append_le(out, sighting.last);
  return out;
}

}  // namespace

Bytes RowLabel::bytes() const {
  Bytes out;
  append_le(out, user.value);
  append_le(out, from);
  append_le(out, to);
  append(out, tag);
  return out;
}

Result<IpAddress> IpAddress::parse(std::string_view text) {
  const auto wrong = [] { return fail(Error::invalid("ADDRESS_INVALID", "This is no IP address.")); };
  if (text.size() > 45) return wrong();
  const std::string whole(text);
  if (whole.find('\0') != std::string::npos) return wrong();
  IpAddress out;
  if (::inet_pton(AF_INET6, whole.c_str(), out.bytes_.data()) == 1) return out;
  std::copy(kMapped.begin(), kMapped.end(), out.bytes_.begin());
  if (::inet_pton(AF_INET, whole.c_str(), out.bytes_.data() + kMapped.size()) == 1) return out;
  return wrong();
}

bool IpAddress::is_v4() const {
  return std::equal(kMapped.begin(), kMapped.end(), bytes_.begin());
}

std::string IpAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> out{};
  const bool v4 = is_v4();
  ::inet_ntop(v4 ? AF_INET : AF_INET6, bytes_.data() + (v4 ? kMapped.size() : 0), out.data(), out.size());
  return out.data();
}

RowSecret::RowSecret(const crypto::Point& key, Random& random)
    : secret_(crypto::Scalar::generate(random)),
      nonce_(crypto::Scalar::generate(random)),
      element_(crypto::Point::base(secret_.value())),
      agreed_(secret_.value() * key),
      first_(crypto::Point::base(nonce_.value())) {}

Bytes seal_row(const crypto::Point& key, const RowLabel& label, const Sighting& sighting,
               const RowSecret& secret) {
  const auto about = label.bytes();
  auto open = plain(sighting);
  const auto box = crypto::seal_once(row_key(key, secret.element_, secret.agreed_), open, about);
  crypto::wipe(open);
  const auto c = row_challenge(key, about, secret.element_, secret.first_, box);
  const auto response = secret.nonce_.value() + c * secret.secret_.value();
  Bytes out;
  out.reserve(kSealedRowBytes);
  append(out, secret.element_.bytes);
  append(out, c.bytes);
  append(out, response.bytes);
  append(out, box);
  return out;
}

Result<crypto::Point> check_row(const crypto::Point& key, const RowLabel& label, ByteView sealed) {
  if (sealed.size() != kSealedRowBytes) return fail(row_invalid());
  const auto element = crypto::Point::parse(sealed.first(32));
  const auto c = crypto::Scalar::parse(sealed.subspan(32, 32));
  const auto response = crypto::Scalar::parse(sealed.subspan(64, 32));
  if (!element || *element == crypto::Point{} || !c || !response) return fail(row_invalid());
  const auto first = crypto::Point::base(*response) - *c * *element;
  if (row_challenge(key, label.bytes(), *element, first, sealed.subspan(kBoxAt)) != *c) {
    return fail(row_invalid());
  }
  return *element;
}

Result<Sighting> open_row(const crypto::Point& key, const RowLabel& label, ByteView sealed,
                          const crypto::Point& agreed) {
  if (sealed.size() != kSealedRowBytes) return fail(row_invalid());
  const auto element = crypto::Point::parse(sealed.first(32));
  if (!element) return fail(row_invalid());
  auto opened = crypto::open_once(row_key(key, *element, agreed), sealed.subspan(kBoxAt), label.bytes());
  if (!opened || opened->size() != kSightingBytes || opened->front() != kSightingVersion) {
    return fail(row_invalid());
  }
  std::array<std::uint8_t, 16> address{};
  std::copy_n(opened->begin() + 1, address.size(), address.begin());
  Sighting out;
  out.address = IpAddress::of_bytes(address);
  out.port = load_le<std::uint16_t>(opened->data() + 17);
  out.first = load_le<UnixSeconds>(opened->data() + 19);
  out.last = load_le<UnixSeconds>(opened->data() + 27);
  crypto::wipe(*opened);
  return out;
}

}  // namespace heliograph::legal
