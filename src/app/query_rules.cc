#include "app/query_rules.h"

namespace heliograph::app {

namespace {

terms::SearchEffect as_search(safety::Effect effect) {
  switch (effect) {
    case safety::Effect::hide_from_search:
      return terms::SearchEffect::demote;
    case safety::Effect::mark_sensitive:
      return terms::SearchEffect::interstitial;
    case safety::Effect::remove:
      return terms::SearchEffect::block;
    default:
      return terms::SearchEffect::allow;  // the policy has no others for searches
  }
}

}  // namespace

search::Ruling ruling_on(const safety::Rulebook& rulebook, std::string_view query) {
  if (!rulebook.policy->names(safety::Place::search)) return {};
  // Buffers grow to the longest query once. Whoever asks has done nothing: their standing says nothing.
  static thread_local safety::Scanner scanner;
  static thread_local safety::Verdict verdict;
  scanner.scan(rulebook, query, {safety::Place::search, safety::Standing::regular}, verdict);
  const auto* rule = verdict.decision.rule;
  if (rule == nullptr) return {};
  return {as_search(rule->effect), rule->category};
}

}  // namespace heliograph::app
