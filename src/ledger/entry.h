// What the log shows of an act: the book it belongs to, a salted commitment to the private record, and a
// commitment to the cell of the report that it counts in. Nothing else, and always the same length, so that
// padding looks like everything else. docs/ledger.md has every byte.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "crypto/ristretto.h"
#include "ledger/hash.h"

namespace heliograph::ledger {

// Which register an act is entered in. Visible to all; each book is padded by itself, so that a batch shows
// nothing of how much went into which. Part of the format: do not renumber.
enum class Book : std::uint8_t {
  content = 1,  // moderation: what was done to content and accounts
  legal = 2,    // authorities' requests and what was answered
  search = 3,   // terms and results that search guards
};
inline constexpr Book kBooks[] = {Book::content, Book::legal, Book::search};

inline constexpr std::size_t kEntrySize = 1 + 32 + 32;

struct Entry {
  Book book = Book::content;
  Hash commitment{};
  crypto::Point cell;  // H(cell) + r * G; padding: r * G

  Bytes encode() const;
  // invalid LEDGER_ENTRY_INVALID: wrong length, unknown book, or no element of the group.
  static Result<Entry> parse(ByteView encoded);
  bool operator==(const Entry&) const = default;
};

// H(cell): an element whose logarithm nobody knows. The empty cell, which counts nowhere, is the identity.
crypto::Point cell_point(std::string_view cell);
crypto::Point commit_cell(std::string_view cell, const crypto::Scalar& blinding);

// Entry bundles: each entry with its length (two bytes, big-endian) before it.
void append_to_bundle(Bytes& bundle, ByteView entry);
// invalid LEDGER_BUNDLE_INVALID when the bytes are not a whole number of entries, at most 256. Views into
// `bundle`.
Result<std::vector<ByteView>> split_bundle(ByteView bundle);
// The leaf hashes of a bundle's entries, one after another: a tile of level 0.
Bytes bundle_hashes(std::span<const ByteView> entries);

}  // namespace heliograph::ledger
