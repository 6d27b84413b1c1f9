// What a person may know of the disclosure that was about them.
#pragma once

#include <cstdint>

#include "base/ids.h"
#include "base/result.h"
#include "store/tx.h"

namespace heliograph::legal {

// The ledger's record of the disclosure of this request, for whom it is about: once they have been told of
// it, so not while an order to keep silent runs. 0: there is none, or it is not for them, or not yet; which
// of these does not show.
Result<std::int64_t> told_disclosure(store::Tx& tx, UserId user, std::int64_t request);

}  // namespace heliograph::legal
