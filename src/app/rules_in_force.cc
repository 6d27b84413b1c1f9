#include "app/rules_in_force.h"

#include "base/log.h"

namespace heliograph::app {

namespace {

safety::RulebookFiles without_hashes(safety::RulebookFiles files) {
  files.hashes.clear();
  return files;
}

}  // namespace

RulesInForce::RulesInForce(safety::RulebookFiles files, safety::Gate& gate, services::TermsInForce& terms,
                           const Clock& clock)
    : files_(without_hashes(std::move(files))), gate_(gate), terms_(terms), clock_(clock) {}

void RulesInForce::on_change(Listener listener) {
  listeners_.push_back(std::move(listener));
}

Status RulesInForce::read() {
  const std::lock_guard lock(reading_);
  HG_ASSIGN(const auto rulebook, safety::load_rulebook(files_, clock_.unix_seconds()));
  HG_ASSIGN(auto terms, services::parse_terms(rulebook->rules->source()));
  gate_.replace_rules(*rulebook);
  terms_.replace(std::move(terms));
  const auto now = gate_.rulebook();
  log::info("rules in force: policy {}, rules {}, terms {}", now->policy->version(), now->rules->version(),
            now->terms->version());
  for (const auto& listener : listeners_) listener(*now);
  return {};
}

}  // namespace heliograph::app
