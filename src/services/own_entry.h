// Entries of the transparency log for whom they are about: a member whom a decision affects or whose data
// were disclosed, and whoever has reported something.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/task.h"
#include "ledger/ledger.h"
#include "store/store.h"

namespace heliograph::services {

// The ledger's record that the member may open under this number: "12", what was last done in the case, for
// whom it affects and, once it is settled, for who has reported it; "L3", the disclosure in the legal
// request, for whom it was about, once they have been told. 0: there is nothing of it for them.
Result<std::int64_t> own_record(store::Tx& tx, UserId user, std::string_view number);

struct OwnEntry {
  std::string opening;
  std::uint64_t leaf = 0;  // its proof is at /ledger/proof/<leaf>
};
// Of a record. None: it is in the log with the next batch. The caller has checked who asks.
Task<Result<std::optional<OwnEntry>>> own_entry(const ledger::Ledger& ledger, std::int64_t record);

}  // namespace heliograph::services
