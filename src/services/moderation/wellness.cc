#include "services/moderation/wellness.h"

namespace heliograph::services {

namespace {

Result<store::Exposures> exposures_in(store::Tx& tx, StaffId staff, UnixSeconds now) {
  HG_ASSIGN(const auto found, store::console_of(tx).exposures().find(staff));
  store::Exposures exposures;
  exposures.since = now;
  if (found) exposures = *found;
  if (exposures.day != store::day_of(now)) {
    exposures.day = store::day_of(now);
    exposures.today = 0;
  }
  return exposures;
}

}  // namespace

Task<Result<store::Exposures>> Wellness::of(StaffId staff) const {
  auto body = [staff, now = environment_.clock.unix_seconds()](store::Tx& tx) {
    return exposures_in(tx, staff, now);
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Status> Wellness::shown(StaffId staff) const {
  auto body = [staff, now = environment_.clock.unix_seconds()](store::Tx& tx) -> Status {
    HG_ASSIGN(auto exposures, exposures_in(tx, staff, now));
    ++exposures.shown;
    ++exposures.today;
    return store::console_of(tx).exposures().put(staff, exposures);
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Result<store::Exposures>> Wellness::take_break(StaffId staff) const {
  auto body = [staff, now = environment_.clock.unix_seconds()](store::Tx& tx) -> Result<store::Exposures> {
    HG_ASSIGN(auto exposures, exposures_in(tx, staff, now));
    exposures.since = now;
    exposures.shown = 0;
    HG_TRY(store::console_of(tx).exposures().put(staff, exposures));
    return exposures;
  };
  co_return co_await environment_.store.write(std::move(body));
}

}  // namespace heliograph::services
