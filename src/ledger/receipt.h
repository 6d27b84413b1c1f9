// The proof, to the compiler and to the store, that an act has been entered in the ledger. Whatever acts on a
// person or their content takes one, and redeems it before it acts:
//
//   Status ban(store::Tx& tx, UserId user, const ledger::Receipt& receipt) {
//     HG_TRY(receipt.redeem(tx, "account.ban", ledger::Subject::of(user)));
//     ...
//   }
#pragma once

#include "ledger/record.h"
#include "store/tx.h"

namespace heliograph::ledger {

class Receipt {
 public:
  Receipt(Receipt&&) noexcept = default;
  Receipt& operator=(Receipt&&) noexcept = default;

  RecordId id() const { return id_; }
  const std::string& act() const { return act_; }
  const Subject& subject() const { return subject_; }

  // Uses it up, in the transaction that acts; rolled back with it. After that, nothing can be done with it or
  // with a copy of its entry.
  // forbidden LEDGER_RECEIPT_OTHER: it is for another act or subject.
  // forbidden LEDGER_RECEIPT_VOID: it is used, or the transaction that recorded it came to nothing.
  Status redeem(store::Tx& tx, std::string_view act, const Subject& subject) const;

 private:
  friend class Ledger;  // nobody else can say that something is recorded
  Receipt(RecordId id, Bytes entry, std::string act, Subject subject)
      : id_(id), entry_(std::move(entry)), act_(std::move(act)), subject_(std::move(subject)) {}

  RecordId id_;
  Bytes entry_;
  std::string act_;
  Subject subject_;
};

}  // namespace heliograph::ledger
