#include "services/files/reference.h"

#include <algorithm>

#include "crypto/hash.h"

namespace heliograph::services {

namespace {
// One byte for the form, four for the date, the rest says that both are ours.
constexpr std::uint8_t form = 1;
constexpr std::size_t reference_bytes = 21;

std::int64_t access_hash(const Environment& environment, std::string_view what, std::int64_t number) {
  std::uint8_t id[8];
  store_le(id, number);
  const auto digest = crypto::hmac_sha256(environment.access_secret, {as_bytes(what), ByteView(id)});
  const auto hash = load_le<std::int64_t>(digest.data());
  return hash == 0 ? 1 : hash;
}
}  // namespace

std::int64_t media_access_hash(const Environment& environment, std::int64_t media) {
  return access_hash(environment, "media access", media);
}

std::int64_t sticker_set_access_hash(const Environment& environment, std::int64_t set) {
  return access_hash(environment, "sticker set access", set);
}

Bytes FileReferences::signed_until(std::int64_t media, UnixSeconds until) const {
  Bytes reference{form};
  append_le(reference, static_cast<std::uint32_t>(until));
  std::uint8_t id[8];
  store_le(id, media);
  const auto digest =
      crypto::hmac_sha256(secret_, {as_bytes("file reference"), ByteView(id), ByteView(reference)});
  append(reference, ByteView(digest).first(reference_bytes - reference.size()));
  return reference;
}

Bytes FileReferences::make(std::int64_t media) const {
  const auto step = std::max<std::int64_t>(lifetime_ / 8, 1);
  const auto now = clock_.unix_seconds();
  return signed_until(media, (now / step + 1) * step + lifetime_);
}

Status FileReferences::check(std::int64_t media, ByteView reference) const {
  if (reference.empty()) {
    return fail(Error::invalid("FILE_REFERENCE_EMPTY", "Send the reference that came with the object."));
  }
  if (reference.size() != reference_bytes || reference[0] != form)
    return fail(Error::invalid("FILE_REFERENCE_INVALID"));
  const UnixSeconds until = load_le<std::uint32_t>(reference.data() + 1);
  // Not compared in constant time: guessing takes a full round trip a try.
  if (!std::ranges::equal(signed_until(media, until), reference)) {
    return fail(Error::invalid("FILE_REFERENCE_INVALID"));
  }
  if (until < clock_.unix_seconds()) {
    return fail(Error::invalid("FILE_REFERENCE_EXPIRED", "Fetch the object again."));
  }
  return {};
}

}  // namespace heliograph::services
