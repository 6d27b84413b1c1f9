#include "transparency/claim.h"

#include <algorithm>

#include "ledger/text.h"

namespace heliograph::transparency {

namespace {

constexpr std::size_t kHiddenLeast = 2;

Error wrong_claim(std::string what) {
  return Error::invalid("CLAIM_INVALID", std::move(what));
}

}  // namespace

bool is_cell(std::string_view name) {
  return !name.empty() && name.size() <= kCellBytesMost &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string_view name(ledger::Book book) {
  switch (book) {
    case ledger::Book::content:
      return "content";
    case ledger::Book::legal:
      return "legal";
    case ledger::Book::search:
      return "search";
  }
  return {};
}

std::optional<ledger::Book> book_of(std::string_view text) {
  for (const auto book : ledger::kBooks) {
    if (name(book) == text) return book;
  }
  return std::nullopt;
}

std::string Claim::text() const {
  std::string out = "heliograph-transparency-claim v1\n";
  out += "log " + tree.origin + "\n";
  out += "tree " + std::to_string(tree.size) + " " + ledger::to_base64(tree.root) + "\n";
  out += "report " + report + "\n";
  out += "book " + std::string(name(book)) + "\n";
  out += "leaves " + std::to_string(first) + " " + std::to_string(end) + "\n";
  for (const auto& [cell, count] : shown) out += "shown " + std::to_string(count) + " " + cell + "\n";
  for (const auto& cell : hidden) out += "hidden " + cell + "\n";
  out += "hidden-sum " + std::to_string(hidden_sum) + "\n";
  out += "hidden-most " + std::to_string(hidden_most) + "\n";
  return out;
}

Status Claim::check() const {
  if (report.empty() || report.size() > kCellBytesMost ||
      !std::ranges::all_of(report, [](char c) { return c > ' ' && c < '\x7f'; })) {
    return fail(wrong_claim("The report has no name."));
  }
  if (!ledger::is_key_name(tree.origin)) return fail(wrong_claim("The log has no name."));
  if (first > end || end > tree.size) return fail(wrong_claim("The leaves are not in the tree."));
  if (shown.size() + hidden.size() > kCellsMost) return fail(wrong_claim("There are too many cells."));
  for (const auto& [cell, count] : shown) {
    if (!is_cell(cell) || count > end - first) return fail(wrong_claim("A count cannot be: " + cell));
  }
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    if (!is_cell(hidden[i]) || shown.contains(hidden[i]) || (i > 0 && hidden[i - 1] >= hidden[i])) {
      return fail(wrong_claim("The hidden cells are not a list: " + hidden[i]));
    }
  }
  if (hidden_most > kHiddenMost || hidden_sum > hidden_most * hidden.size() ||
      (hidden_most == 0) != hidden.empty()) {
    return fail(wrong_claim("The sum of the hidden counts cannot be."));
  }
  return {};
}

void hide_small(const std::map<std::string, std::uint64_t>& counts, const std::vector<std::string>& listed,
                std::uint64_t threshold, Claim& claim) {
  claim.shown = counts;
  for (const auto& cell : listed) claim.shown.try_emplace(cell, 0);
  std::map<std::string, std::uint64_t> hidden;
  std::uint64_t largest = 0;
  const auto hide = [&](std::map<std::string, std::uint64_t>::iterator which) {
    largest = std::max(largest, which->second);
    claim.hidden_sum += which->second;
    hidden.insert(claim.shown.extract(which));
  };
  claim.hidden_sum = 0;
  for (auto next = claim.shown.begin(); next != claim.shown.end();) {
    const auto current = next++;
    if (threshold > 1 && current->second < threshold) hide(current);
  }
  // One hidden count is its sum; and when all are as large as they may be, the sum says that, too.
  const bool told = !hidden.empty() &&
                    (hidden.size() < kHiddenLeast || claim.hidden_sum == (threshold - 1) * hidden.size());
  if (told && !claim.shown.empty()) {
    hide(std::ranges::min_element(claim.shown, {}, [](const auto& each) { return each.second; }));
  }
  claim.hidden.clear();
  for (const auto& [cell, count] : hidden) claim.hidden.push_back(cell);
  claim.hidden_most = 0;
  if (hidden.empty()) return;
  claim.hidden_most = std::max<std::uint64_t>(threshold - 1, 1);
  // Where a larger one had to be hidden, too, the bound says only about how large it is.
  while (claim.hidden_most < largest) claim.hidden_most = claim.hidden_most * 2 + 1;
}

}  // namespace heliograph::transparency
