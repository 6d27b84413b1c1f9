// What ends or falls due by itself, when: effects that were set for a time, names that are kept back for an
// appeal. Of what each is about, its case says more (store/cases.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace heliograph::store {

struct Deadline {
  // Part of the stored format: do not renumber.
  enum class Kind : std::uint8_t {
    lift = 1,       // what was done ends
    free_name = 2,  // the username of an account or channel that is shut is anybody's again
  };
  Kind kind = Kind::lift;
  std::int64_t case_id = 0;
  std::string subject;  // of the case, or of a member of it
  UnixSeconds at = 0;
};

class Deadlines {
 public:
  virtual ~Deadlines() = default;

  // Adds it, or replaces the one of this case, subject and kind.
  virtual Status put(const Deadline& deadline) = 0;
  // Those that are due at `now`, earliest first.
  virtual Result<std::vector<Deadline>> due(UnixSeconds now, std::size_t limit) = 0;
  // One; it need not be there.
  virtual Status erase(const Deadline& deadline) = 0;
  // All of a case; of one subject, if it is not empty.
  virtual Status erase_of(std::int64_t case_id, std::string_view subject) = 0;
};

}  // namespace heliograph::store
