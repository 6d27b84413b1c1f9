#include "safety/enforcement/counting.h"

#include <algorithm>

#include "safety/policy/policy.h"
#include "store/console.h"

namespace heliograph::safety {

namespace {

// What a machine said last.
const Finding* last_scan(const CaseFile& file) {
  const auto found = std::find_if(file.findings.rbegin(), file.findings.rend(),
                                  [](const Finding& finding) { return finding.source == "scan"; });
  return found == file.findings.rend() ? nullptr : &*found;
}

std::vector<store::DecisionBasis> bases_of(const CaseFile& file, bool by_machine) {
  if (!by_machine) return {{store::Basis::person, {}}};
  std::vector<store::DecisionBasis> bases;
  if (file.findings.empty()) return bases;
  const auto& finding = file.findings.back();
  if (!finding.rule.empty()) bases.push_back({store::Basis::rule, finding.rule});
  if (!finding.model_version.empty()) bases.push_back({store::Basis::model, finding.model_version});
  return bases;
}

}  // namespace

Status count_decision(store::Tx& tx, const store::Case& one, const CaseFile& file, bool by_machine) {
  store::CountedDecision counted;
  counted.at = one.decided_at;
  counted.category = one.category;
  counted.by_machine = by_machine;
  counted.opened_at = one.opened_at;
  counted.due_at = one.due_at;
  const auto* said = last_scan(file);
  // "review" asks a person; it says nothing of what they should do.
  counted.proposed = said != nullptr && !said->proposed.empty() && said->proposed != name(Effect::review);
  counted.followed = counted.proposed && said->proposed == name(static_cast<Effect>(one.effect));
  counted.bases = bases_of(file, by_machine);
  return store::console_of(tx).case_days().decided(counted);
}

Status count_overturned(store::Tx& tx, const CaseFile& file, UnixSeconds now) {
  return store::console_of(tx).case_days().overturned(now, bases_of(file, file.decided_by.empty()));
}

}  // namespace heliograph::safety
