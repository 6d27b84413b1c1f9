#include "staff/webauthn.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "crypto/hash.h"
#include "staff/base64url.h"
#include "staff/cbor.h"

namespace heliograph::staff {

namespace {

using Json = nlohmann::json;

// Authenticator data: the party's hash, flags, a counter; then, by the flags, a credential and extensions.
constexpr std::size_t kPartyHash = 32;
constexpr std::size_t kFlags = 32;
constexpr std::size_t kFixed = 37;
constexpr std::size_t kBeforeId = 16 + 2;  // the maker's id, the credential id's length
enum Flag : std::uint8_t { kPresent = 1, kVerified = 4, kHasCredential = 64, kHasExtensions = 128 };

Error bad(std::string message) {
  return Error::invalid("PASSKEY_INVALID", std::move(message));
}

struct AssertFree {
  void operator()(fido_assert_t* it) const { fido_assert_free(&it); }
};
struct CredFree {
  void operator()(fido_cred_t* it) const { fido_cred_free(&it); }
};
struct Es256Free {
  void operator()(es256_pk_t* it) const { es256_pk_free(&it); }
};
struct EddsaFree {
  void operator()(eddsa_pk_t* it) const { eddsa_pk_free(&it); }
};

Result<Json> parse_client_data(ByteView client_data) {
  if (client_data.size() > kClientDataMax) return fail(bad("The client data are too long."));
  auto parsed = Json::parse(client_data.begin(), client_data.end(), nullptr, false);
  if (!parsed.is_object()) return fail(bad("The client data are not a JSON object."));
  return parsed;
}

std::string_view text_in(const Json& object, const char* key) {
  const auto at = object.find(key);
  if (at == object.end() || !at->is_string()) return {};
  return at->get_ref<const std::string&>();
}

Status check_client_data(const RelyingParty& party, ByteView client_data, std::string_view type,
                         ByteView challenge) {
  HG_ASSIGN(const auto data, parse_client_data(client_data));
  if (text_in(data, "type") != type) return fail(bad("The client data are of another ceremony."));
  if (text_in(data, "challenge") != to_base64url(challenge))
    return fail(bad("Another challenge was answered."));
  if (text_in(data, "origin") != party.origin) {
    return fail(
        bad("The page was opened at another address than " + party.origin + ", which passkeys are for."));
  }
  const auto cross = data.find("crossOrigin");
  if (cross != data.end() && *cross != false) return fail(bad("The page was inside another site's page."));
  return {};
}

// That it is for this party and by a person who was recognised, and that what follows is well formed.
Status check_authenticator_data(const RelyingParty& party, ByteView data, bool with_credential) {
  if (data.size() < kFixed) return fail(bad("The authenticator data are too short."));
  const auto hash = crypto::sha256(as_bytes(party.id));
  if (!std::ranges::equal(data.first(kPartyHash), hash)) return fail(bad("The passkey is for another site."));
  const auto flags = data[kFlags];
  if ((flags & kPresent) == 0 || (flags & kVerified) == 0) {
    return fail(bad("The authenticator has not checked who is there; use one with a PIN or a fingerprint."));
  }
  if (((flags & kHasCredential) != 0) != with_credential)
    return fail(bad("The authenticator data are of another kind."));
  auto rest = data.subspan(kFixed);
  if (with_credential) {
    if (rest.size() < kBeforeId) return fail(bad("The authenticator data are too short."));
    const std::size_t id_size = static_cast<std::size_t>(rest[kBeforeId - 2]) << 8 | rest[kBeforeId - 1];
    if (id_size == 0 || id_size > kCredentialIdMax || rest.size() < kBeforeId + id_size) {
      return fail(bad("The credential's id is not of a length that is allowed."));
    }
    rest = rest.subspan(kBeforeId + id_size);
    const auto key = cbor_item_size(rest);
    if (!key) return fail(bad("The credential's key cannot be read."));
    rest = rest.subspan(*key);
  }
  if ((flags & kHasExtensions) != 0) {
    const auto extensions = cbor_item_size(rest);
    if (!extensions) return fail(bad("The authenticator's extensions cannot be read."));
    rest = rest.subspan(*extensions);
  }
  if (!rest.empty()) return fail(bad("There is more in the authenticator data than they say."));
  return {};
}

// With a key of this algorithm; nullopt if it is another.
std::optional<PasskeyFacts> facts_in(ByteView data, int algorithm) {
  const std::unique_ptr<fido_cred_t, CredFree> credential(fido_cred_new());
  if (fido_cred_set_type(credential.get(), algorithm) != FIDO_OK ||
      fido_cred_set_authdata_raw(credential.get(), data.data(), data.size()) != FIDO_OK) {
    return std::nullopt;
  }
  const auto* id = fido_cred_id_ptr(credential.get());
  const auto* key = fido_cred_pubkey_ptr(credential.get());
  if (id == nullptr || key == nullptr) return std::nullopt;
  PasskeyFacts facts;
  facts.id.assign(id, id + fido_cred_id_len(credential.get()));
  facts.algorithm = algorithm;
  facts.public_key.assign(key, key + fido_cred_pubkey_len(credential.get()));
  facts.counter = fido_cred_sigcount(credential.get());
  return facts;
}

int verify_with(const fido_assert_t* assertion, const PasskeyFacts& known) {
  if (known.algorithm == COSE_ES256) {
    const std::unique_ptr<es256_pk_t, Es256Free> key(es256_pk_new());
    if (es256_pk_from_ptr(key.get(), known.public_key.data(), known.public_key.size()) != FIDO_OK)
      return FIDO_ERR_INTERNAL;
    return fido_assert_verify(assertion, 0, COSE_ES256, key.get());
  }
  const std::unique_ptr<eddsa_pk_t, EddsaFree> key(eddsa_pk_new());
  if (eddsa_pk_from_ptr(key.get(), known.public_key.data(), known.public_key.size()) != FIDO_OK)
    return FIDO_ERR_INTERNAL;
  return fido_assert_verify(assertion, 0, COSE_EDDSA, key.get());
}

}  // namespace

Result<Bytes> challenge_in(ByteView client_data) {
  HG_ASSIGN(const auto data, parse_client_data(client_data));
  auto challenge = from_base64url(text_in(data, "challenge"));
  if (!challenge || challenge->empty()) return fail(bad("The client data name no challenge."));
  return std::move(*challenge);
}

Result<PasskeyFacts> verify_registration(const RelyingParty& party, ByteView challenge,
                                         const Registration& registration) {
  HG_TRY(check_client_data(party, registration.client_data, "webauthn.create", challenge));
  if (registration.attestation_object.size() > kAttestationMax)
    return fail(bad("The attestation is too long."));
  const auto data = cbor_bytes_in(registration.attestation_object, "authData");
  if (!data) return fail(bad("The attestation cannot be read."));
  HG_TRY(check_authenticator_data(party, *data, true));
  for (const int algorithm : {COSE_ES256, COSE_EDDSA}) {
    if (auto facts = facts_in(*data, algorithm)) return std::move(*facts);
  }
  return fail(bad("The passkey's key is of a kind that is not taken here (ES256 and EdDSA are)."));
}

Result<std::uint32_t> verify_assertion(const RelyingParty& party, ByteView challenge,
                                       const PasskeyFacts& known, const Assertion& assertion) {
  HG_TRY(check_client_data(party, assertion.client_data, "webauthn.get", challenge));
  const ByteView data = assertion.authenticator_data;
  if (data.size() > kAttestationMax) return fail(bad("The authenticator data are too long."));
  HG_TRY(check_authenticator_data(party, data, false));
  const auto hash = crypto::sha256(assertion.client_data);
  const std::unique_ptr<fido_assert_t, AssertFree> made(fido_assert_new());
  auto* it = made.get();
  const bool set =
      fido_assert_set_rp(it, party.id.c_str()) == FIDO_OK &&
      fido_assert_set_clientdata_hash(it, hash.data(), hash.size()) == FIDO_OK &&
      fido_assert_set_count(it, 1) == FIDO_OK &&
      fido_assert_set_authdata_raw(it, 0, data.data(), data.size()) == FIDO_OK &&
      fido_assert_set_sig(it, 0, assertion.signature.data(), assertion.signature.size()) == FIDO_OK &&
      fido_assert_set_up(it, FIDO_OPT_TRUE) == FIDO_OK && fido_assert_set_uv(it, FIDO_OPT_TRUE) == FIDO_OK;
  if (!set) return fail(bad("The assertion cannot be read."));
  if (verify_with(it, known) != FIDO_OK) return fail(bad("The passkey's signature is wrong."));
  const auto counter = fido_assert_sigcount(it, 0);
  if ((counter != 0 || known.counter != 0) && counter <= known.counter) {
    return fail(bad("The passkey's counter has gone back, as if it had been copied; it is not accepted."));
  }
  return counter;
}

}  // namespace heliograph::staff
