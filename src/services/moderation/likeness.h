// Cases that are like each other: about the same file, a picture that looks the same, a text that reads
// alike. Each case is looked at once, after it was opened, and what it is compared by is kept beside it
// (store/case_prints.h). Of what was said in private only media are compared: its text is in no case.
#pragma once

#include <vector>

#include "safety/enforcement/case_file.h"
#include "services/environment.h"
#include "store/console.h"

namespace heliograph::services {

// Pictures this near look the same (PDQ's own recommendation); below this quality a hash says little.
inline constexpr int alike_picture = 31;
inline constexpr int alike_picture_quality = 50;
// Texts this near read alike (safety/signals/copies.h).
inline constexpr int alike_text = 9;

// What the case has to compare.
Result<std::vector<store::CasePrint>> prints_of_case(store::Tx& tx, const store::Case& one,
                                                     const safety::CaseFile& file);

struct AlikeCases {
  std::vector<std::int64_t> media, text;  // numbers of other cases, the newest first
};
Result<AlikeCases> alike_cases(store::Tx& tx, const store::Case& one, const safety::CaseFile& file);

// Thread-safe.
class Likeness {
 public:
  static constexpr std::size_t cases_at_once = 50;

  explicit Likeness(const Environment& environment) : environment_(environment) {}

  // Keeps the prints of cases that came since the last call; true: there are more. Again and again; one call
  // at a time.
  Task<Result<bool>> keep_up() const;

 private:
  const Environment& environment_;
};

}  // namespace heliograph::services
