#include "safety/enforcement/gate.h"

#include <chrono>

namespace heliograph::safety {

Judgement Gate::judge(std::string_view text, const Context& context) const {
  // A scanner's buffers grow to the longest text once, and are then used again.
  thread_local Scanner scanner;
  thread_local Verdict verdict;
  const auto began = std::chrono::steady_clock::now();
  const auto book = rulebook();
  scanner.scan(*book, text, context, verdict);
  const auto& decision = verdict.decision;
  Judgement judgement;
  judgement.effect = decision.effect;
  judgement.proposed = decision.proposed;
  if (decision.rule != nullptr) {
    const auto& rule = *decision.rule;
    judgement.severity = decision.severity;
    judgement.category = rule.category;
    judgement.score = verdict.scores[static_cast<std::size_t>(rule.category)];
    judgement.rule = rule.id;
    judgement.clause = rule.clause;
    if (const auto* clause = book->rules->find(rule.clause)) {
      judgement.clause_title = clause->title;
      judgement.clause_text = clause->text;
    }
    for (const auto& hit : verdict.terms) {
      if (hit.term->effect != terms::SearchEffect::allow) judgement.terms.push_back(hit.term->id);
    }
    judgement.terms_version = verdict.versions.terms;
    judgement.links_version = verdict.versions.links;
    judgement.model_version = verdict.versions.model;
    judgement.policy_version = verdict.versions.policy;
    judgement.rules_version = book->rules->version();
    judgement.strike = rule.strike;
    judgement.strikes = book->policy->strikes();
    judgement.machine_may_limit = book->policy->machine_may(Effect::limit_account);
    judgement.machine_may_ban = book->policy->machine_may(Effect::ban);
  }
  ++stats_.judged[static_cast<std::size_t>(judgement.effect)];
  if (decision.shadow != nullptr) ++stats_.shadowed;
  stats_.nanoseconds += static_cast<std::uint64_t>((std::chrono::steady_clock::now() - began).count());
  return judgement;
}

void Gate::replace(std::shared_ptr<const Rulebook> rulebook) {
  const std::lock_guard lock(mutex_);
  rulebook_ = std::move(rulebook);
}

std::shared_ptr<const Rulebook> Gate::rulebook() const {
  const std::lock_guard lock(mutex_);
  return rulebook_;
}

}  // namespace heliograph::safety
