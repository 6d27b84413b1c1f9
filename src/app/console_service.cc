#include "app/console_service.h"

#include "app/cli.h"
#include "app/public_url.h"
#include "services/legal/legal_desk.h"

namespace heliograph::app {

ConsoleService::ConsoleService(services::Services& services, const crypto::SecretKey& secret,
                               const safety::Gate& gate, std::string policy_source, const std::string& url,
                               web::Replays* replays, web::PublicReports* reports, services::LegalDesk& legal)
    : sign_in_({.store = services.environment.store,
                .clock = services.environment.clock,
                .random = services.environment.random,
                .sealer = services.environment.sealer,
                .codes_key = secret.derive("staff codes"),
                .party = {host_of_url(url), url}}),
      directory_(services.environment.store, services.environment.clock, services.environment.random),
      parts_{.sign_in = sign_in_,
             .directory = directory_,
             .limits = services.limits,
             .clock = services.environment.clock,
             .gate = gate,
             .casework = services.casework,
             .work = services.work,
             .version = std::string(version()),
             .policy_source = std::move(policy_source),
             .up_since = services.environment.clock.unix_seconds(),
             .guarded_terms = &services.guarded_terms,
             .replays = replays,
             .reports = reports,
             .legal = &legal},
      portal_{legal,
              services.limits,
              services.environment.clock,
              services.environment.random,
              {host_of_url(url), url}} {}

Task<Status> ConsoleService::sweep() {
  CO_TRY(co_await portal_.desk.sessions().sweep());
  co_return co_await sign_in_.sweep();
}

}  // namespace heliograph::app
