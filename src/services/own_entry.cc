#include "services/own_entry.h"

#include "base/number.h"
#include "legal/requests/told.h"
#include "safety/cases/desk.h"

namespace heliograph::services {

namespace {

Result<std::int64_t> record_of_case(store::Tx& tx, UserId user, std::int64_t case_id) {
  HG_ASSIGN(const auto one, tx.cases().find(case_id));
  if (!one) return 0;
  HG_ASSIGN(const bool theirs, safety::affects(tx, *one, user));
  if (!theirs) {
    // Who has reported it sees what came of it, too, once it is decided.
    HG_ASSIGN(const auto report, tx.reports().newest(case_id, user));
    return report && report->settled_at != 0 ? one->record : 0;
  }
  if (one->user == user) return one->record;
  // Of a campaign: their own message's.
  HG_ASSIGN(const auto own, tx.cases().members_of(case_id, user, 1));
  return own.empty() ? 0 : own.front().record;
}

}  // namespace

Result<std::int64_t> own_record(store::Tx& tx, UserId user, std::string_view number) {
  const bool legal = number.starts_with('L') || number.starts_with('l');
  if (legal) number.remove_prefix(1);
  const auto id = positive_number(number);
  if (!id) return 0;
  return legal ? legal::told_disclosure(tx, user, *id) : record_of_case(tx, user, *id);
}

Task<Result<std::optional<OwnEntry>>> own_entry(const ledger::Ledger& ledger, std::int64_t record) {
  const ledger::RecordId id{record};
  CO_ASSIGN(const auto leaf, co_await ledger.leaf_of(id));
  if (!leaf) co_return std::nullopt;
  CO_ASSIGN(const auto opening, co_await ledger.opening(id, false));
  co_return OwnEntry{opening.encode(), *leaf};
}

}  // namespace heliograph::services
