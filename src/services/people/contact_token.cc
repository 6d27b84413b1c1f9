#include "services/people/contact_token.h"

#include "crypto/hash.h"
#include "crypto/secret.h"

namespace heliograph::services {

namespace {

constexpr std::size_t claim_size = 16;  // account, end
constexpr std::size_t proof_size = 16;

Bytes proof_of(const Environment& environment, ByteView claim) {
  const auto digest = crypto::hmac_sha256(environment.access_secret, {as_bytes("contact token"), claim});
  return to_bytes(ByteView(digest).first(proof_size));
}

}  // namespace

ContactToken export_contact_token(const Environment& environment, UserId user) {
  ContactToken exported;
  exported.expires_at = environment.clock.unix_seconds() + contact_token_lifetime;
  Bytes bytes;
  append_le(bytes, user.value);
  append_le<std::int64_t>(bytes, exported.expires_at);
  append(bytes, proof_of(environment, bytes));
  exported.token = to_hex(bytes);
  return exported;
}

Result<UserId> read_contact_token(const Environment& environment, std::string_view token) {
  const auto invalid = Error::invalid("IMPORT_TOKEN_INVALID", "Ask for a new link.");
  if (token.size() != 2 * (claim_size + proof_size)) return fail(invalid);
  const auto bytes = from_hex(token);
  if (bytes.size() != claim_size + proof_size) return fail(invalid);
  const auto claim = ByteView(bytes).first(claim_size);
  const auto proof = proof_of(environment, claim);
  if (!crypto::equal_constant_time(ByteView(bytes).subspan(claim_size), proof)) return fail(invalid);
  if (load_le<std::int64_t>(claim.data() + 8) <= environment.clock.unix_seconds()) return fail(invalid);
  return UserId{load_le<std::int64_t>(claim.data())};
}

}  // namespace heliograph::services
