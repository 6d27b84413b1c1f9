// One answer of a search.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "search/document.h"
#include "search/query.h"

namespace heliograph::search {

struct Hit {
  Key key;
  UnixSeconds date = 0;   // of the post; 0 for a peer
  std::int32_t rate = 0;  // its place in the order: goes into the Cursor of the next page
  Cursor cursor() const { return {rate, key}; }
};

}  // namespace heliograph::search
