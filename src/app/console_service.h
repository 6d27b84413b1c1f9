// The staff's console and the authorities' portal, put together: who gets in, and what they may call.
#pragma once

#include "crypto/secret.h"
#include "services/services.h"
#include "web/console/console.h"
#include "web/portal/portal.h"

namespace heliograph::app {

class ConsoleService {
 public:
  // `url`: where people open the pages, as browsers name an origin.
  // `replays` and `reports` outlive it.
  ConsoleService(services::Services& services, const crypto::SecretKey& secret, const safety::Gate& gate,
                 std::string policy_source, const std::string& url, web::Replays* replays,
                 web::PublicReports* reports, services::LegalDesk& legal);

  // It outlives the router. Also the portal's: both are for people who come with a passkey.
  void add_routes(net::HttpRouter& router) {
    web::add_console_routes(router, parts_);
    web::add_portal_routes(router, portal_);
  }
  // Now and then.
  Task<Status> sweep();
  // Before the first request; `health` outlives the loops.
  void show_health(const web::HealthSource& health) { parts_.health = &health; }

 private:
  staff::SignIn sign_in_;
  staff::Directory directory_;
  web::ConsoleParts parts_;
  web::PortalParts portal_;
};

}  // namespace heliograph::app
