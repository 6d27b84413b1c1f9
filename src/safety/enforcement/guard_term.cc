// Search is guarded against a term, or is so no longer: entered in the ledger's book of search, then done.
#include "safety/enforcement/enforcer.h"

namespace heliograph::safety {

namespace {

std::string spaced(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

ledger::Subject subject_of(const store::GuardTerm& term) {
  return {"term/" + std::to_string(term.id)};
}

Result<store::GuardTerm> Enforcer::enter_term(store::Tx& tx, const TermDeed& deed) const {
  auto term = deed.term;
  const bool guards = term.state == store::GuardTermState::active;
  const auto by = deed.staff.empty() ? "automated" : "person";
  const auto category = std::string(terms::name(static_cast<terms::Category>(term.category)));
  const auto effect = std::string(terms::name(static_cast<terms::SearchEffect>(term.effect)));
  ledger::Record record;
  record.book = ledger::Book::search;
  record.act = guards ? "term.guard" : "term.retire";
  record.subject = subject_of(term);
  record.cell = "search/" + category + "/" + (guards ? effect : "retired") + "/" + by;
  record.fields = {{"term", term.text},
                   {"category", category},
                   {"effect", effect},
                   {"locale", term.locale},
                   {"countries", spaced(term.countries)},
                   {"ends_at", term.expires_at == 0 ? std::string() : std::to_string(term.expires_at)},
                   {"source", term.source},
                   {"automated", deed.staff.empty() ? "yes" : "no"},
                   {"why", deed.why},
                   {"actor", deed.staff, true}};
  HG_ASSIGN(const auto receipt, parts_.ledger.record(tx, record));
  term.record = receipt.id().value;
  HG_TRY(parts_.acts.guard_term(tx, term, receipt));
  HG_ASSIGN(auto put, tx.guard_terms().find(term.id));
  return std::move(*put);
}

Result<store::GuardTerm> Enforcer::guard_term(store::Tx& tx, TermDeed deed) const {
  deed.term.state = store::GuardTermState::active;
  return enter_term(tx, deed);
}

Result<store::GuardTerm> Enforcer::retire_term(store::Tx& tx, TermDeed deed) const {
  deed.term.state = store::GuardTermState::retired;
  return enter_term(tx, deed);
}

}  // namespace heliograph::safety
