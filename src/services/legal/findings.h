// What a decision of a case says, for the legal desk.
#pragma once

#include "safety/enforcement/case_file.h"
#include "safety/policy/policy.h"

namespace heliograph::services {

// To be looked at, or kept back until somebody has, is no finding.
inline bool finds(safety::Effect effect) {
  return effect != safety::Effect::allow && effect != safety::Effect::review &&
         effect != safety::Effect::hold;
}

// Done for a time that is over, and nobody has decided otherwise since.
inline bool has_run_out(const safety::CaseFile& file, UnixSeconds decided_at, UnixSeconds now) {
  if (file.statements.empty()) return false;
  const auto& last = file.statements.back();
  const auto effect = safety::effect_named(last.effect);
  if (!effect || !finds(*effect)) return false;
  return last.ends_at != 0 && last.ends_at <= now && decided_at <= last.at + 1;
}

}  // namespace heliograph::services
