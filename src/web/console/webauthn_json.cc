// What browsers take and give as JSON when they make or show passkeys (WebAuthn level 3, 5.1.8 and 5.1.9).
#include "staff/base64url.h"
#include "web/console/console.h"

namespace heliograph::web {

namespace {

constexpr std::size_t kEncodedMax = 32 * 1024;
constexpr std::int64_t kTimeoutMilliseconds = 300'000;

Bytes decoded(Fields& fields, const char* key, std::size_t most) {
  const auto bytes = staff::from_base64url(fields.text(key, 1, kEncodedMax));
  if (bytes && bytes->size() <= most) return *bytes;
  fields.refuse(key, "base64url without padding");
  return {};
}

// The members of `credential` that both kinds have; what is in `response` is read by `read`.
template <typename Read>
Status read_credential(Fields& answer, const Json* credential, std::string& at_fault, const std::string& path,
                       Bytes& id, Read read) {
  answer.text("challenge_id", 1, 128);
  HG_TRY(answer.done());
  Fields fields(*credential, at_fault, path + "credential.");
  fields.pass_over_others();
  id = decoded(fields, "rawId", staff::kCredentialIdMax);
  if (fields.text("type", 1, 32) != "public-key") fields.refuse("type", "\"public-key\"");
  const auto* response = fields.object("response");
  HG_TRY(fields.done());
  Fields inner(*response, at_fault, path + "credential.response.");
  inner.pass_over_others();
  read(inner);
  return inner.done();
}

}  // namespace

Json creation_json(const staff::RelyingParty& party, const store::StaffMember& member, ByteView challenge,
                   const std::vector<store::Passkey>& have) {
  const auto text = staff::to_base64url(challenge);
  auto exclude = Json::array();
  for (const auto& passkey : have)
    exclude.push_back({{"type", "public-key"}, {"id", staff::to_base64url(passkey.id)}});
  const Json options{
      {"challenge", text},
      {"rp", {{"id", party.id}, {"name", "Heliograph"}}},
      {"user",
       {{"id", staff::to_base64url(as_bytes("staff-" + std::to_string(member.id.value)))},
        {"name", member.name},
        {"displayName", member.name}}},
      {"pubKeyCredParams",
       Json::array({{{"type", "public-key"}, {"alg", -7}}, {{"type", "public-key"}, {"alg", -8}}})},
      {"timeout", kTimeoutMilliseconds},
      {"excludeCredentials", exclude},
      {"authenticatorSelection",
       {{"residentKey", "required"}, {"requireResidentKey", true}, {"userVerification", "required"}}},
      {"attestation", "none"}};
  return {{"challenge_id", text}, {"options", options}};
}

Result<RegistrationAnswer> registration_in(const Json& answer, std::string& at_fault,
                                           const std::string& path) {
  RegistrationAnswer out;
  Fields fields(answer, at_fault, path);
  const auto* credential = fields.object("credential");
  out.label = fields.text_if("label", 0, 64).value_or("");
  Bytes id;
  HG_TRY(read_credential(fields, credential, at_fault, path, id, [&](Fields& response) {
    out.registration.client_data = decoded(response, "clientDataJSON", staff::kClientDataMax);
    out.registration.attestation_object = decoded(response, "attestationObject", staff::kAttestationMax);
  }));
  return out;
}

Result<staff::Assertion> assertion_in(const Json& answer, std::string& at_fault, const std::string& path) {
  staff::Assertion out;
  Fields fields(answer, at_fault, path);
  const auto* credential = fields.object("credential");
  HG_TRY(read_credential(fields, credential, at_fault, path, out.credential_id, [&](Fields& response) {
    out.client_data = decoded(response, "clientDataJSON", staff::kClientDataMax);
    out.authenticator_data = decoded(response, "authenticatorData", staff::kAttestationMax);
    out.signature = decoded(response, "signature", 1024);
  }));
  return out;
}

}  // namespace heliograph::web
