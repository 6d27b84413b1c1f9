// What a report claims of a range of the log: how often each cell of a list counts in it. Small counts are
// not told one by one; their sum is. docs/transparency-proof.md has every byte.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/checkpoint.h"
#include "ledger/entry.h"

namespace heliograph::transparency {

// Counts below it are not told singly.
inline constexpr std::uint64_t kThreshold = 5;
inline constexpr std::size_t kCellsMost = 10'000;
inline constexpr std::size_t kCellBytesMost = 200;
// No hidden count of a claim may be larger.
inline constexpr std::uint64_t kHiddenMost = 1'000'000;

struct Claim {
  std::string report;       // its name: "2026-07-01/2026-10-01/1"
  ledger::Checkpoint tree;  // holds the range
  ledger::Book book = ledger::Book::content;
  std::uint64_t first = 0, end = 0;            // of the leaves [first, end), those of the book
  std::map<std::string, std::uint64_t> shown;  // by cell
  std::vector<std::string> hidden;             // cells, ascending; none is shown
  std::uint64_t hidden_sum = 0;
  std::uint64_t hidden_most = 0;  // no hidden count is larger; 0 where none is hidden

  // The words that a proof is bound to.
  std::string text() const;
  // invalid CLAIM_INVALID: names a cell twice or in no order, has numbers that cannot be, ...
  Status check() const;
  bool operator==(const Claim&) const = default;
};

// Not empty, printable ASCII without a space, at most kCellBytesMost.
bool is_cell(std::string_view name);
std::string_view name(ledger::Book book);
// Nullopt: no book.
std::optional<ledger::Book> book_of(std::string_view name);

// Puts counts into a claim's `shown` and `hidden`. `listed`: cells that are named whether they count or not;
// of these, too, a count of 0 is hidden, so that being hidden says nothing of having counted. Where the sum
// would tell the hidden counts (there is one, or all are as large as they may be), the smallest that is shown
// is hidden as well. A threshold of 1 hides nothing.
void hide_small(const std::map<std::string, std::uint64_t>& counts, const std::vector<std::string>& listed,
                std::uint64_t threshold, Claim& claim);

}  // namespace heliograph::transparency
