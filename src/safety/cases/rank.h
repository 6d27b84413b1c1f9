// In what order cases are looked at, and until when: by the harm that is to be expected.
#pragma once

#include <cstdint>

#include "base/clock.h"
#include "store/cases.h"
#include "terms/category.h"

namespace heliograph::safety {

struct Harm {
  std::uint8_t severity = 0;  // 0 to 100
  std::int32_t permille = 0;  // how sure that it is so: 0 to 1000
  std::int64_t reach = 0;     // how many people it may have reached
  UnixSeconds since = 0;      // when the case was opened
  bool ordered = false;       // by an authority
};

// Higher is looked at first. Severity x confidence x reach, and age: a point of harm weighs as much as an
// hour of waiting, so that two cases keep their order while they wait, and nothing waits for ever. What
// cannot wait (severity from kCannotWait on, orders) comes before all else.
std::int64_t rank_of(const Harm& harm);
inline constexpr std::uint8_t kCannotWait = 95;

// How severe what a reporter says is, if it is true, where no rule of the policy has said it.
std::uint8_t severity_of(terms::Category category);
// Until when it ought to be decided. Orders: one hour (Regulation (EU) 2021/784 Art. 3(3)).
UnixSeconds due_of(terms::Category category, bool ordered, UnixSeconds opened_at);
// Raises the case's rank to the harm's and brings its time forward to `due`; never the other way.
void hurry(store::Case& one, const Harm& harm, UnixSeconds due);

}  // namespace heliograph::safety
