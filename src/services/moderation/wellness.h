// What the work does to those who do it: how often somebody was shown what is hard to look at, and when they
// ought to stop for a while. For them alone; nobody else can read it.
#pragma once

#include "services/environment.h"
#include "store/console.h"

namespace heliograph::services {

// Thread-safe.
class Wellness {
 public:
  explicit Wellness(const Environment& environment) : environment_(environment) {}

  // As it is now: `today` is 0 on a new day, `since` the time of the first look where nothing was shown yet.
  Task<Result<store::Exposures>> of(StaffId staff) const;
  // One more picture was shown as it is.
  Task<Status> shown(StaffId staff) const;
  // The counter begins anew; the day's does not.
  Task<Result<store::Exposures>> take_break(StaffId staff) const;

 private:
  const Environment& environment_;
};

}  // namespace heliograph::services
