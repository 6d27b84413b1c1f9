// The portal of authorities over HTTP: docs/api/portal.yaml is what it speaks. An agency's officer files
// requests, answers questions, and collects what was disclosed; they see of a request what they have written
// and what they were told, and nothing of how the desk works. Whoever has no account can apply for their
// agency, and ask what became of that.
#pragma once

#include "net/http.h"
#include "services/limits.h"
#include "staff/challenges.h"
#include "staff/webauthn.h"
#include "web/portal/pieces.h"

namespace heliograph::services {
class LegalDesk;
}  // namespace heliograph::services

namespace heliograph::web {

// All of it outlives the router and is thread-safe.
struct PortalParts {
  services::LegalDesk& desk;
  services::Limits& limits;
  const Clock& clock;
  Random& random;
  staff::RelyingParty party;  // whom passkeys are for
  staff::Challenges challenges{clock, random};
  Pieces pieces{clock};
};

// A file arrives as base64 in JSON.
inline constexpr std::size_t kPortalBodyMax = 12 * 1024 * 1024;
// Of whoever has not signed in.
inline constexpr std::size_t kPortalStrangerBodyMax = 64 * 1024;

// `parts` outlives the router.
void add_portal_routes(net::HttpRouter& router, PortalParts& parts);

}  // namespace heliograph::web
