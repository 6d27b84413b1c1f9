#include "safety/enforcement/found.h"

#include <cmath>

namespace heliograph::safety {

Finding finding_of(const Judgement& judgement, UnixSeconds now) {
  Finding finding;
  finding.at = now;
  finding.source = "scan";
  finding.category = terms::name(judgement.category);
  finding.rule = judgement.rule;
  finding.clause = judgement.clause;
  finding.proposed = name(judgement.proposed);
  finding.permille = static_cast<std::int32_t>(std::lround(judgement.score * 1000));
  finding.severity = judgement.severity;
  finding.terms = judgement.terms;
  finding.terms_version = judgement.terms_version;
  finding.links_version = judgement.links_version;
  finding.model_version = judgement.model_version;
  finding.policy_version = judgement.policy_version;
  finding.rules_version = judgement.rules_version;
  finding.media = judgement.media;
  if (!finding.media.empty()) finding.hashes_version = judgement.hashes_version;
  finding.image_version = judgement.image_version;
  finding.measured = measured_of(judgement.seen.measures);
  finding.signals = judgement.signals;
  return finding;
}

// Restricting by country needs a person until there is something to do it with.
Effect effect_of(const Item& item, const Judgement& judgement) {
  if (judgement.effect == Effect::restrict_countries) return Effect::review;
  const bool name_alone =
      !item.message && judgement.effect != Effect::allow && judgement.effect != Effect::review;
  return name_alone ? Effect::hide_from_search : judgement.effect;
}

ledger::Subject subject_of(const Item& item) {
  return item.message ? ledger::Subject::of(item.place, item.message) : ledger::Subject::of(item.place);
}

std::string cell_of(const Finding& finding, Effect effect) {
  return "content/" + finding.category + "/" + std::string(name(effect)) + "/automated";
}

std::string name_of(const Item& item) {
  if (item.message) return "Your message";
  return item.place.is_user() ? "Your profile" : "Your channel";
}

// What waits for a person stays open; so does what a machine did with less than the rules ask for.
bool waits_for_person(Effect effect, const Judgement& judgement) {
  return effect == Effect::review || effect == Effect::hold || judgement.proposed != effect;
}

}  // namespace heliograph::safety
