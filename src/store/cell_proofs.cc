#include "store/cell_proofs.h"

#include "base/assert.h"
#include "store/tx.h"

namespace heliograph::store {

CellProofs& cell_proofs_of(Tx& tx) {
  auto* tables = dynamic_cast<CellProofTables*>(&tx);
  HG_ASSERT(tables != nullptr);
  return tables->cell_proofs();
}

}  // namespace heliograph::store
