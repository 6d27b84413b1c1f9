// The public side of the transparency ledger over HTTP (c2sp.org/tlog-tiles, prefix /ledger):
//   /ledger/checkpoint                   the newest signed note
//   /ledger/tile/<L>/<N>[.p/<W>]         hashes
//   /ledger/tile/entries/<N>[.p/<W>]     entries
// and, beside the specification:
//   /ledger/vkey                         the key that checkpoints are signed with, as verifiers take it
//   /ledger/proof/<index>                a .tlog-proof for one entry in the newest checkpoint
//   /ledger/cells                        the cells that entries of the legal book are proven about, one a
//   line /ledger/cells/proofs/<N>[.p/<W>]     those proofs, of a bundle's entries: docs/transparency-proof.md
// Pages of other sites may read all of it, so that a verifier can be a web page that this server has not
// made.
#pragma once

#include "ledger/cell_prover.h"
#include "net/http.h"

namespace heliograph::web {

// Both outlive the router.
void add_ledger_routes(net::HttpRouter& router, const ledger::PublicLog& log,
                       const ledger::PublicCells& cells);

}  // namespace heliograph::web
