// The third gate's evidence: a breach of the platform's rules, shown by something that can be looked up.
#include <algorithm>

#include "base/number.h"
#include "legal/requests/desk.h"

namespace heliograph::legal {

Status Desk::check_case(store::Tx& tx, const Opened& one, const std::vector<Evidence>& evidence) const {
  const auto given = std::ranges::find(evidence, "case", &Evidence::name);
  if (given == evidence.end()) return {};
  const auto number = positive_number(given->text);
  if (!number) return fail(Error::invalid("BREACH_CASE_UNFIT", "Give the number of the case alone."));
  if (!one.row.user) {
    return fail(Error::invalid("BREACH_CASE_UNFIT", "Nobody was found, so no case is about them."));
  }
  return parts_.people.check_breach(tx, *number, one.row.user);
}

Status Desk::check_breach(store::Tx& tx, const Opened& one, std::vector<Evidence>& evidence) const {
  HG_TRY(check_case(tx, one, evidence));
  const auto clause = std::ranges::find(evidence, "clause", &Evidence::name);
  if (clause == evidence.end()) return {};
  const auto called = parts_.people.clause(clause->text);
  if (!called) return fail(Error::invalid("CLAUSE_UNKNOWN", "The rules in force have no such clause."));
  clause->text += ": " + *called;
  return {};
}

}  // namespace heliograph::legal
