#include "legal/requests/told.h"

#include "store/legal.h"

namespace heliograph::legal {

Result<std::int64_t> told_disclosure(store::Tx& tx, UserId user, std::int64_t request) {
  HG_ASSIGN(const auto row, store::legal_of(tx).find(request));
  if (!row || !user || row->user != user || row->notified_at == 0) return 0;
  return row->record;
}

}  // namespace heliograph::legal
