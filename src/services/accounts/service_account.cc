#include "services/accounts/service_account.h"

namespace heliograph::services {

Task<Status> ensure_service_account(Environment& environment) {
  auto body = [now = environment.clock.unix_seconds()](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto there, tx.accounts().find(service_user));
    if (there) return {};
    store::Account account;
    account.id = service_user;
    account.first_name = "Heliograph";
    account.verified = true;
    account.support = true;
    account.created_at = now;
    account.ttl_days = 0;
    HG_TRY(tx.accounts().insert(account));
    return {};
  };
  co_return co_await environment.store.write(body);
}

}  // namespace heliograph::services
