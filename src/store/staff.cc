#include "store/staff.h"

#include "base/assert.h"
#include "store/tx.h"

namespace heliograph::store {

Staff& staff_of(Tx& tx) {
  auto* tables = dynamic_cast<StaffTables*>(&tx);
  HG_ASSERT(tables != nullptr);
  return tables->staff();
}

}  // namespace heliograph::store
