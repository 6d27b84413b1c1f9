#include "legal/requests/vocabulary.h"

#include <algorithm>

namespace heliograph::legal {

namespace {

template <typename Value, typename Names>
std::optional<Value> numbered_from_one(const Names& names, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Value>(found - names.begin() + 1);
}

}  // namespace

std::optional<Gate> gate_of(std::string_view text) {
  return numbered_from_one<Gate>(kGateNames, text);
}
std::optional<Type> type_of(std::string_view text) {
  return numbered_from_one<Type>(kTypeNames, text);
}
std::optional<State> state_of(std::string_view text) {
  return numbered_from_one<State>(kStateNames, text);
}
std::optional<IdentifierKind> identifier_kind_of(std::string_view text) {
  return numbered_from_one<IdentifierKind>(kIdentifierNames, text);
}

const Ground* ground_of(std::string_view text) {
  const auto* found = std::ranges::find(kGrounds, text, &Ground::name);
  return found == kGrounds.end() ? nullptr : found;
}

const EvidenceItem* evidence_item(std::string_view text) {
  const auto* found = std::ranges::find(kEvidence, text, &EvidenceItem::name);
  return found == kEvidence.end() ? nullptr : found;
}

}  // namespace heliograph::legal
