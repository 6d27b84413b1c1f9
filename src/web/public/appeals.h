// Appeals of people who cannot sign in: who they are is shown by a code sent to their phone number
// (services/reports/redress.h). Forms without script; what one page hands to the next is in the body, never
// in an address.
//   GET  /appeal             asks for the phone number
//   POST /appeal             sends a code (phone)
//   POST /appeal/decisions   the decisions and what can be done (phone, handle, code; or pass)
//   POST /appeal/file        files an appeal (pass, case, text)
#pragma once

#include "net/http.h"

namespace heliograph::services {
class Redress;
}  // namespace heliograph::services

namespace heliograph::web {

// `redress` outlives the router.
void add_appeal_routes(net::HttpRouter& router, services::Redress& redress);

}  // namespace heliograph::web
