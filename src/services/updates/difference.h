// What an account has missed: updates.getState and updates.getDifference over the stored log
// (core.telegram.org/api/updates).
#pragma once

#include <vector>

#include "services/caller.h"
#include "services/environment.h"
#include "services/updates/state.h"
#include "store/store.h"

namespace heliograph::services {

struct Difference {
  enum class Kind : std::uint8_t {
    empty,     // nothing new
    whole,     // everything up to `state`
    slice,     // up to `state`; ask again from there
    too_long,  // the log does not reach back that far, or too much was missed: start over from `state`
  };
  Kind kind = Kind::empty;
  std::vector<store::Message> new_messages;  // as they are now; deleted ones are left out
  std::vector<store::Update> others;         // everything but new_message, in order
  std::vector<store::Message>
      edited_messages;  // what the edit_message entries in `others` name, as they are now
  State state;
};

// Thread-safe.
class Updates {
 public:
  // The log is read in slices of this many entries.
  static constexpr std::size_t slice_limit = 500;
  // Further behind than this, a client does better to load its dialogs afresh.
  static constexpr std::size_t total_limit = 20'000;

  explicit Updates(Environment& environment) : environment_(environment) {}

  Task<Result<State>> state(Caller caller);
  // `pts` and `date` as the client has them; `pts_total_limit` 0: the server's own limit.
  // invalid PERSISTENT_TIMESTAMP_INVALID for a pts below 1.
  Task<Result<Difference>> difference(Caller caller, std::int32_t pts, UnixSeconds date,
                                      std::int32_t pts_total_limit);

 private:
  Environment& environment_;
};

}  // namespace heliograph::services
