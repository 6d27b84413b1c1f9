// Passkeys: what a browser's navigator.credentials gives, verified (W3C Web Authentication, level 2, 7.1
// and 7.2) by libfido2. ES256 and EdDSA; a person must have been recognised by the authenticator (user
// verification). Which maker's authenticator it is is not asked ("none" attestation), so what it says about
// itself is not looked at. Pure functions, safe on any thread.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace heliograph::staff {

// Whom the passkeys are for.
struct RelyingParty {
  std::string id;      // the host name: "chat.example.org"
  std::string origin;  // "https://chat.example.org"
};

// `response` of a credential, decoded.
struct Registration {
  Bytes client_data;  // clientDataJSON
  Bytes attestation_object;
};
struct Assertion {
  Bytes credential_id;
  Bytes client_data;
  Bytes authenticator_data;
  Bytes signature;
};

inline constexpr std::size_t kClientDataMax = 4096;
inline constexpr std::size_t kAttestationMax = 16 * 1024;
inline constexpr std::size_t kCredentialIdMax = 1023;

struct PasskeyFacts {
  Bytes id;
  std::int32_t algorithm = 0;  // COSE: -7 ES256, -8 EdDSA
  Bytes public_key;
  std::uint32_t counter = 0;
};

// The challenge that a client says it answers; by it the server finds what it had asked for. invalid
// PASSKEY_INVALID if it is no client data.
Result<Bytes> challenge_in(ByteView client_data);

// invalid PASSKEY_INVALID; the message says which check failed.
Result<PasskeyFacts> verify_registration(const RelyingParty& party, ByteView challenge,
                                         const Registration& registration);
// The authenticator's counter. Errors: the same; also where the counter has not gone on from `known.counter`,
// as it does when somebody has copied the authenticator.
Result<std::uint32_t> verify_assertion(const RelyingParty& party, ByteView challenge,
                                       const PasskeyFacts& known, const Assertion& assertion);

}  // namespace heliograph::staff
