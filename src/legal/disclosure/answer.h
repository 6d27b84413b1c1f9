// The answer as an authority's officer gets it: JSON for programs and pages for people, made here from the
// same values and nothing else, signed by the server twice and encrypted to the officer's key.
//
//   sealed box of: signature (64) | length of the CMS (4, little-endian) | CMS | body
//   body: length of the JSON (4, little-endian) | JSON | PDF
//
// The first signature is Ed25519, the second CMS (crypto/cms_signing.h), both over the same bytes:
// "heliograph/disclosure/v3\n" and the body.
#pragma once

#include "crypto/box.h"
#include "crypto/cms_signing.h"
#include "crypto/ed25519.h"
#include "legal/disclosure/package.h"

namespace heliograph::legal {

// What the server signs answers with. Immutable.
struct AnswerSigner {
  crypto::Ed25519Key ed25519;
  crypto::CmsKey cms;
};

// BOX_KEY_INVALID; those of CmsKey::sign().
Result<Bytes> seal_answer(const Disclosure& disclosure, const Cover& cover, const AnswerSigner& signer,
                          const crypto::BoxPublicKey& officer);

struct Answer {
  std::string json;    // see from_json()
  std::string pdf;     // empty: an answer from before there were pages
  Bytes signed_bytes;  // what both signatures are over
  Bytes cms;           // DER; empty: an answer from before there was one
};
// What the officer's side does. SEAL_BROKEN; PACKAGE_INVALID: not signed by `signer`, or its CMS signature
// does not fit. Whose certificate that is, is not looked at: see crypto::read_cms().
Result<Answer> open_answer(ByteView sealed, const crypto::BoxKey& officer,
                           const crypto::Ed25519PublicKey& signer);

}  // namespace heliograph::legal
