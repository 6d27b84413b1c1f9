#include "store/transparency.h"

#include "base/assert.h"
#include "store/tx.h"

namespace heliograph::store {

Transparency& transparency_of(Tx& tx) {
  auto* tables = dynamic_cast<TransparencyTables*>(&tx);
  HG_ASSERT(tables != nullptr);
  return tables->transparency();
}

}  // namespace heliograph::store
