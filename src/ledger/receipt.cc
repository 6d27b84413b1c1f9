#include "ledger/receipt.h"

namespace heliograph::ledger {

Status Receipt::redeem(store::Tx& tx, std::string_view act, const Subject& subject) const {
  if (act != act_ || subject != subject_) {
    return fail(Error::forbidden("LEDGER_RECEIPT_OTHER", "The receipt is for another act."));
  }
  // The entry holds a salted commitment: no other transaction's record has the same one.
  HG_ASSIGN(const bool spent, tx.ledger().spend(id_.value, entry_));
  if (!spent) {
    return fail(
        Error::forbidden("LEDGER_RECEIPT_VOID", "The receipt is used, or its record was never made."));
  }
  return {};
}

}  // namespace heliograph::ledger
