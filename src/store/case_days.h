// Cases in figures: what came in, what was decided and how long it took, day by day and by category, and how
// often what decisions rest on was wrong. Counted as it happens, so that reading takes no longer with a
// million cases than with ten. The store counts what comes in, waits and is appealed by itself; decisions are
// told to it by whoever makes them.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/cases.h"

namespace heliograph::store {

// Counted from 1970-01-01, UTC.
using Day = std::int32_t;
constexpr Day day_of(UnixSeconds at) {
  return static_cast<Day>(at / 86'400);
}

// What a decision rests on, and what counts against it when the decision is overturned. Part of the stored
// format: do not renumber.
enum class Basis : std::uint8_t {
  rule = 1,    // of the policy, by which a machine decided
  model = 2,   // a version of the text model, the same
  person = 3,  // somebody on the staff; who is not kept here
};
struct DecisionBasis {
  Basis basis = Basis::person;
  std::string name;  // of a person: empty
};

struct CountedDecision {
  UnixSeconds at = 0;
  std::uint8_t category = 0;
  bool by_machine = false;
  UnixSeconds opened_at = 0, due_at = 0;
  bool proposed = false;  // by a machine, and a person decided
  bool followed = false;  // that the same was decided
  std::vector<DecisionBasis> bases;
};

struct CaseDay {
  Day day = 0;
  std::uint8_t category = 0;
  std::int64_t opened = 0;
  // How many more wait at its end than at its beginning. A case that waits again counts as if it had never
  // been closed.
  std::int64_t change = 0;
  std::int64_t decided = 0;
  std::int64_t by_machine = 0;           // of decided
  std::int64_t in_time = 0;              // of those that people decided: before they were due
  std::int64_t proposed = 0;             // the same: where a machine had proposed something
  std::int64_t followed = 0;             // of proposed
  std::int64_t appealed = 0;             // filed on that day
  std::int64_t upheld = 0, refused = 0;  // of appeals, answered on that day
};

// Of what people decided on a day, how many waited so long.
struct CaseWait {
  Day day = 0;
  std::uint8_t category = 0;
  std::int32_t bucket = 0;
  std::int64_t decided = 0;
};
// Eight buckets for each doubling: the middle of one is at most 1/16 away from what is in it.
std::int32_t wait_bucket(UnixSeconds seconds);
UnixSeconds wait_of(std::int32_t bucket);

struct BasisFigures {
  DecisionBasis basis;
  std::int64_t decided = 0, overturned = 0;
};

struct WaitingFigures {
  CaseQueue queue = CaseQueue::general;
  std::uint8_t category = 0;
  std::int64_t open = 0, overdue = 0;
};

class CaseDays {
 public:
  virtual ~CaseDays() = default;

  virtual Status decided(const CountedDecision& decision) = 0;
  // A decision that rested on these was wrong.
  virtual Status overturned(UnixSeconds at, const std::vector<DecisionBasis>& bases) = 0;

  // From and to included; those on which nothing happened are left out.
  virtual Result<std::vector<CaseDay>> days(Day from, Day to) = 0;
  virtual Result<std::vector<CaseWait>> waits(Day from, Day to) = 0;
  // Those overturned most often first.
  virtual Result<std::vector<BasisFigures>> bases(Day from, Day to, std::size_t limit) = 0;

  // What waits, by queue and category; those without any are left out.
  virtual Result<std::vector<WaitingFigures>> waiting(UnixSeconds now) = 0;
  // Half of those that wait were opened before, to the hour; 0: none waits.
  virtual Result<UnixSeconds> median_opened() = 0;
};

}  // namespace heliograph::store
