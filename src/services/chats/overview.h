// Where in a dialog the messages of a kind lie, without reading them all: by day, and spread thinly over the
// whole.
#pragma once

#include <optional>
#include <vector>

#include "services/chats/history.h"

namespace heliograph::services {

// messages.getSearchResultsCalendar. Days are those of UTC, newest first.
struct Calendar {
  static constexpr std::size_t days_max = 100;
  struct Day {
    store::Message first;  // the oldest found that day
    MessageId last_id;
    std::int32_t count = 0;
  };
  std::vector<Day> days;
  std::int64_t total = 0;      // of everything that is found
  store::FoundMessage oldest;  // of that
  std::int64_t newer = 0;      // how much of it is newer than what `days` begins with
};
// From what is older than `offset_id` (0: from the newest); with `offset_date`, from what is older than that.
// A day that the offset cuts counts what is left of it. PEER_ID_INVALID.
Task<Result<Calendar>> search_calendar(const Environment& environment, UserId owner, Search search,
                                       MessageId offset_id, UnixSeconds offset_date);

// messages.getSearchResultsPositions: at most `limit` (1 to 1000) of what is older than `offset_id`, evenly
// spread, newest first.
struct Positions {
  struct Position {
    store::FoundMessage place;
    std::int64_t offset = 0;  // how many that are found are newer
  };
  std::vector<Position> positions;
  std::int64_t total = 0;
};
Task<Result<Positions>> search_positions(const Environment& environment, UserId owner, Search search,
                                         MessageId offset_id, std::int32_t limit);

}  // namespace heliograph::services
