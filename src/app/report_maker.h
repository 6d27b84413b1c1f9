// Reports made, and checked before they are published, over a snapshot of the data folder: by the command
// line, and by a thread of the server, which goes on meanwhile.
#pragma once

#include "app/ledger_reader.h"
#include "transparency/desk.h"

namespace heliograph::app {

// Errors: those of transparency::Reporter::make().
Result<transparency::Report> make_report(const config::Config& config, LedgerReader& reader,
                                         const transparency::Period& period, const std::string& reason);
// Errors: those of transparency::prepare() and check_cells().
Result<transparency::Publication> prepare_report(LedgerReader& reader, std::int64_t id);

}  // namespace heliograph::app
