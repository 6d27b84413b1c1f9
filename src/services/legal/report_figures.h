// What a transparency report tells of authorities' requests beside the log's own counts: from the legal
// desk's rows, by the day on which a request came in, in whole days UTC.
#pragma once

#include "crypto/secret.h"
#include "store/store.h"
#include "transparency/report.h"

namespace heliograph::services {

// `secret`: the server's, which the desk's key is made from. Errors: those of the store; SEAL_BROKEN.
Task<Result<std::vector<transparency::Figure>>> legal_figures(store::Store& store,
                                                              const crypto::SecretKey& secret,
                                                              transparency::Period period,
                                                              std::uint64_t threshold);

}  // namespace heliograph::services
