// The cells of reports that entries of the legal book count in: "legal/<type>/<country>/<outcome>".
#pragma once

#include <string>
#include <vector>

#include "legal/requests/vocabulary.h"
#include "store/tx.h"

namespace heliograph::legal {

// What can come of a request, beside "refused-<ground>" with each of kGrounds.
inline constexpr std::array<std::string_view, 10> kOutcomes{
    "received",  "clarified",   "withdrawn", "preserved",   "handed",
    "disclosed", "undelivered", "confirmed", "unconfirmed", "told"};

std::string cell_of(Type type, std::string_view country, std::string_view outcome);
// Every cell of every country that has an agency which was onboarded, whether it has asked anything or not,
// country by country in their order.
Result<std::vector<std::string>> cells_in(store::Tx& tx);
// Whether the log's list, of kCellListMost cells that are never taken off, has room for all cells of the
// country beside those that it has and those of cells_in().
Result<bool> has_room_for(store::Tx& tx, const std::string& country);

}  // namespace heliograph::legal
