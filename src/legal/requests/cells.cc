#include "legal/requests/cells.h"

#include <set>

#include "ledger/cell_proof.h"
#include "store/cell_proofs.h"

namespace heliograph::legal {

std::string cell_of(Type type, std::string_view country, std::string_view outcome) {
  return "legal/" + std::string(name(type)) + "/" + std::string(country) + "/" + std::string(outcome);
}

namespace {

// All cells of a country.
std::vector<std::string> cells_of_country(const std::string& country) {
  std::vector<std::string> out;
  for (std::size_t i = 1; i <= kTypeNames.size(); ++i) {
    const auto type = static_cast<Type>(i);
    for (const auto outcome : kOutcomes) out.push_back(cell_of(type, country, outcome));
    for (const auto& ground : kGrounds) {
      out.push_back(cell_of(type, country, "refused-" + std::string(ground.name)));
    }
  }
  return out;
}

}  // namespace

Result<std::vector<std::string>> cells_in(store::Tx& tx) {
  HG_ASSIGN(const auto agencies, store::legal_of(tx).agencies());
  std::set<std::string> countries;
  for (const auto& agency : agencies) {
    if (agency.onboarded_by) countries.insert(agency.country);
  }
  std::vector<std::string> out;
  for (const auto& country : countries) {
    const auto cells = cells_of_country(country);
    out.insert(out.end(), cells.begin(), cells.end());
  }
  return out;
}

Result<bool> has_room_for(store::Tx& tx, const std::string& country) {
  HG_ASSIGN(const auto list, store::cell_proofs_of(tx).cells());
  std::set<std::string> cells(list.begin(), list.end());
  HG_ASSIGN(const auto admitted, cells_in(tx));
  cells.insert(admitted.begin(), admitted.end());
  const auto own = cells_of_country(country);
  cells.insert(own.begin(), own.end());
  return cells.size() <= ledger::kCellListMost;
}

}  // namespace heliograph::legal
