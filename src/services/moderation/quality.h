// Quality: of what was decided a share is looked at again by somebody else, who does not know what was
// decided or by whom. How far second looks agree with first ones says how good the rules, and the training,
// are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/moderation/casework.h"
#include "store/console.h"

namespace heliograph::services {

struct QualityRules {
  std::int32_t permille = 50;  // of decided cases: how many are looked at again; 0: none
};

// Whom a sample is for.
struct SecondLooker {
  safety::Staffer staff;
  std::uint32_t categories = 0;        // bits: what they may be shown
  std::vector<std::string> languages;  // that they read; empty: all
};

struct SampleView {
  store::QualitySample sample;
  CaseDetail detail;
};

struct SampleAnswer {
  safety::Effect effect = safety::Effect::allow;
  std::string clause;  // empty with allow
  std::string note;
};

struct SampleOutcome {
  store::QualitySample sample;
  bool agrees = false;  // effect and clause
};

struct Agreement {
  struct Share {
    std::int64_t samples = 0, agreed = 0;
  };
  struct Pair {
    std::uint8_t first = 0, second = 0;  // effects that differ
    std::int64_t count = 0;
  };
  Share all, mine;
  std::vector<std::pair<std::uint8_t, Share>> categories;
  std::vector<Pair> pairs;      // most often first
  std::optional<double> kappa;  // Cohen's, over effects
};

// How much more often two agree over effects than by chance: (p - e) / (1 - e). None below `kappa_least`
// samples, and where both always say the same one.
std::optional<double> kappa_of(const std::vector<store::QualityCount>& counts);
inline constexpr std::int64_t kappa_least = 20;

// Thread-safe.
class Quality {
 public:
  // What can still be taken back by whoever decided is not drawn.
  static constexpr UnixSeconds settled_after = safety::Desk::undo_seconds;

  Quality(const Environment& environment, const Casework& casework, QualityRules rules)
      : environment_(environment), casework_(casework), rules_(rules) {}

  // Whether the case is one of those that are looked at again: the same every time, and nobody outside the
  // server can tell before.
  bool chosen(std::int64_t case_id) const;

  // The one that they have, or the first that they may have: never of a case in which they decided or
  // proposed. It is theirs for as long as a claim is. None: nothing is left.
  Task<Result<std::optional<SampleView>>> next(SecondLooker looker) const;
  // Changes nothing about the case. Errors: not_found SAMPLE_UNKNOWN (also one that is somebody else's);
  // invalid SAMPLE_ANSWERED, CLAUSE_UNKNOWN, EFFECT_UNFIT.
  Task<Result<SampleOutcome>> answer(safety::Staffer staff, std::int64_t id, SampleAnswer answer) const;
  // Of what was answered in these days, both included.
  Task<Result<Agreement>> agreement(store::Day from, store::Day to, StaffId mine) const;

 private:
  Status draw(store::Tx& tx, UnixSeconds now) const;
  Status draw_one(store::Tx& tx, std::int64_t case_id, UnixSeconds now) const;
  Result<bool> suits(store::Tx& tx, const store::QualitySample& sample, const SecondLooker& looker,
                     UnixSeconds now) const;
  Result<std::optional<store::QualitySample>> pick(store::Tx& tx, const SecondLooker& looker,
                                                   UnixSeconds now) const;

  const Environment& environment_;
  const Casework& casework_;
  const QualityRules rules_;
};

}  // namespace heliograph::services
