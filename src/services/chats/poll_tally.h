// How a poll stands, the same for everybody.
#pragma once

#include <vector>

#include "base/clock.h"
#include "base/ids.h"

namespace heliograph::services {

struct PollTally {
  bool closed = false;
  UnixSeconds close_date = 0;  // when it closes, or has closed, by itself; 0: it does not
  std::int32_t voters = 0;
  std::vector<std::int32_t> counts;  // by answer
  std::vector<UserId> recent;        // who voted last, the latest first; public voters only
  void fields(auto& codec) { codec(closed, close_date, voters, counts, recent); }
  bool operator==(const PollTally&) const = default;
};

}  // namespace heliograph::services
