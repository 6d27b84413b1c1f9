// The cells that a report names whether they count or not, book by book: so that a small count is hidden
// among others, and an empty cell looks like a small one.
#pragma once

#include <string>
#include <vector>

#include "ledger/entry.h"

namespace heliograph::transparency {

// content: "content/<category>/<effect>/<automated|person>", and what was taken back ("reversed/person") or
// has ended ("ended/automated"); search: "search/<category>/<effect|retired>/<automated|person>". Of the
// legal book, whose cells have countries in them ("legal/<type>/<country>/<outcome>"), those of countries
// that have ever asked, with every type and outcome that is known.
std::vector<std::string> listed_cells(ledger::Book book, const std::vector<std::string>& ever);

}  // namespace heliograph::transparency
