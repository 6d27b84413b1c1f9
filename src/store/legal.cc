#include "store/legal.h"

#include "base/assert.h"
#include "store/tx.h"

namespace heliograph::store {

namespace {

LegalTables& legal_tables(Tx& tx) {
  auto* tables = dynamic_cast<LegalTables*>(&tx);
  HG_ASSERT(tables != nullptr);
  return *tables;
}

}  // namespace

Legal& legal_of(Tx& tx) {
  return legal_tables(tx).legal();
}

JournalTable& journal_of(Tx& tx) {
  return legal_tables(tx).journal();
}

}  // namespace heliograph::store
