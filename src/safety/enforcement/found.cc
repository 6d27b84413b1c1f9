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

Finding rests_on(const CaseFile& file, std::uint8_t category) {
  Finding finding;
  if (!file.findings.empty()) finding = file.findings.back();
  if (finding.category.empty()) finding.category = terms::name(static_cast<terms::Category>(category));
  if (!file.statements.empty()) finding.clause = file.statements.back().clause;
  return finding;
}

Effect effect_of(const Item& item, const Judgement& judgement) {
  const auto effect = judgement.effect;
  if (item.message || effect == Effect::allow || effect == Effect::review) return effect;
  // Of a channel's name, what is done to the whole channel; else a person decides about more than search.
  const bool whole = effect == Effect::restrict_countries || effect == Effect::close_channel;
  return whole && item.place.is_channel() ? effect : Effect::hide_from_search;
}

ledger::Subject subject_of(const Item& item) {
  return item.message ? ledger::Subject::of(item.place, item.message) : ledger::Subject::of(item.place);
}

std::string cell_of(const Finding& finding, Effect effect, bool automated) {
  return "content/" + finding.category + "/" + std::string(name(effect)) +
         (automated ? "/automated" : "/person");
}

std::string name_of(const Item& item) {
  if (item.message) return "Your message";
  if (item.place.is_chat()) return "Your group";
  return item.place.is_user() ? "Your profile" : "Your channel";
}

std::string whole_name_of(const Item& item) {
  if (item.message) return "Your message";
  if (item.place.is_user()) return "Your account";
  return item.title.empty() ? name_of(item) : name_of(item) + " “" + item.title + "”";
}

std::string what_of(const CaseFile& file) {
  if (file.message) return "Your message";
  if (file.place.is_chat()) return "Your group";
  return file.place.is_user() ? "Your account" : "Your channel";
}

// What waits for a person stays open; so does what a machine did with less than the rules ask for.
bool waits_for_person(Effect effect, const Judgement& judgement) {
  return effect == Effect::review || effect == Effect::hold || judgement.proposed != effect;
}

}  // namespace heliograph::safety
