#include "transparency/cells.h"

#include <algorithm>
#include <set>

#include "safety/policy/policy.h"
#include "terms/category.h"
#include "transparency/claim.h"

namespace heliograph::transparency {

namespace {

std::vector<std::string> content_cells() {
  std::vector<std::string> out;
  for (const auto category : terms::kCategoryNames) {
    const auto begin = "content/" + std::string(category) + "/";
    for (const auto effect : safety::kEffectNames) {
      if (effect == safety::name(safety::Effect::allow) || effect == safety::name(safety::Effect::review)) {
        continue;  // nothing is done
      }
      for (const auto by : {"/automated", "/person"}) out.push_back(begin + std::string(effect) + by);
    }
    out.push_back(begin + "ended/automated");
    out.push_back(begin + "reversed/person");
  }
  return out;
}

std::vector<std::string> search_cells() {
  std::vector<std::string> out;
  for (const auto category : terms::kCategoryNames) {
    for (const auto effect : {"allow", "demote", "interstitial", "block", "retired"}) {
      for (const auto by : {"/automated", "/person"}) {
        out.push_back("search/" + std::string(category) + "/" + effect + by);
      }
    }
  }
  return out;
}

// A cell's parts between slashes.
std::vector<std::string> parts_of(const std::string& cell) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= cell.size();) {
    const auto slash = std::min(cell.find('/', at), cell.size());
    out.push_back(cell.substr(at, slash - at));
    at = slash + 1;
  }
  return out;
}

// Every country that has ever asked with every kind and outcome that there has ever been: that a country asks
// shows, as far as a single request does not.
std::vector<std::string> legal_cells(const std::vector<std::string>& ever) {
  std::set<std::string> countries, types, outcomes;
  for (const auto& cell : ever) {
    const auto parts = parts_of(cell);
    if (parts.size() != 4) continue;
    types.insert(parts[1]);
    countries.insert(parts[2]);
    outcomes.insert(parts[3]);
  }
  std::vector<std::string> out;
  for (const auto& type : types) {
    for (const auto& country : countries) {
      for (const auto& outcome : outcomes) out.push_back("legal/" + type + "/" + country + "/" + outcome);
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> listed_cells(ledger::Book book, const std::vector<std::string>& ever) {
  std::vector<std::string> out;
  switch (book) {
    case ledger::Book::content:
      out = content_cells();
      break;
    case ledger::Book::search:
      out = search_cells();
      break;
    case ledger::Book::legal:
      out = legal_cells(ever);
      break;
  }
  // What has counted before is named from then on.
  out.insert(out.end(), ever.begin(), ever.end());
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  if (out.size() > kCellsMost / 2) out = ever;  // a grid too large to prove: only what has counted
  return out;
}

}  // namespace heliograph::transparency
