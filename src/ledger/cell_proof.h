// A proof, beside an entry, that its commitment is to exactly one cell of a published list, or to none, which
// does not show to which (Groth and Kohlweiss, "One-out-of-many proofs"; with digits as Bootle and others,
// ESORICS 2015). docs/transparency-proof.md, "Each entry of the legal book", has every byte. All are pure
// functions of their arguments and of `random`.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "ledger/entry.h"

namespace heliograph::ledger {

// The book whose entries are each proven to count in one cell, or in none.
inline constexpr Book kProvenBook = Book::legal;

// Longer lists are not proven about.
inline constexpr std::size_t kCellListMost = 10'000;

// The list, which only grows: a proof is about its first so many cells.
class CellList {
 public:
  CellList() = default;
  // HG_ASSERTs that there are kCellListMost at most.
  explicit CellList(std::vector<std::string> cells);
  // One cell a line. invalid CELL_LIST_INVALID: not one, a cell twice, too many.
  static Result<CellList> parse(std::string_view text);

  std::size_t size() const { return cells_.size(); }
  const std::vector<std::string>& cells() const { return cells_; }
  // Position 0 is "none"; the cell of line i has position i. Nullopt: not in the list.
  std::optional<std::size_t> position(std::string_view cell) const;
  // H(cell) of a position; the identity for "none" and for what is not in the list.
  crypto::Point point(std::size_t position) const;
  // What the first `count` cells are: SHA-256 of their lines.
  Hash digest(std::size_t count) const;
  std::string text() const;

 private:
  std::vector<std::string> cells_;
  std::vector<crypto::Point> points_;
  std::map<std::string, std::size_t, std::less<>> positions_;
};

// Positions are written with three digits.
inline constexpr std::size_t kCellDigits = 3;
// The least base in which that is enough for a list of `cells` cells and "none".
std::size_t cell_base(std::size_t cells);

struct CellProof {
  std::uint32_t cells = 0;  // it is about the first so many of the list
  crypto::Point a, b, c, d;
  std::array<crypto::Point, kCellDigits> g;
  std::vector<crypto::Scalar> f;  // digit by digit: answers for its values 1, 2, ...
  crypto::Scalar z_a, z_c, z;

  // 4 bytes big-endian: `cells`; then 32 for each part, in this order.
  Bytes encode() const;
  // Takes one off the front. invalid CELL_PROOF_INVALID.
  static Result<CellProof> take(ByteView& encoded);
  bool operator==(const CellProof&) const = default;
};

// Where an entry stands: a proof is good for this place of this log alone.
struct CellPlace {
  std::string origin;  // of the log
  std::uint64_t leaf = 0;
};

// `position` and `blinding` open the entry: its cell is H(position) + blinding * G. A few milliseconds for a
// list of 150 cells; grows with the list.
CellProof prove_cell(const CellList& list, const CellPlace& place, const Entry& entry, std::size_t position,
                     const crypto::Scalar& blinding, Random& random);

// Checks many together: their equations, each times a number that the prover cannot have known, add up to
// nothing.
class CellProofCheck {
 public:
  // Both outlive it.
  CellProofCheck(const CellList& list, Random& random) : list_(list), random_(random) {}
  // forbidden CELL_PROOF_WRONG: it is about more cells than the list has.
  Status add(const CellPlace& place, const Entry& entry, const CellProof& proof);
  // What all that were added come to: forbidden CELL_PROOF_WRONG where one does not hold, which names the
  // leaves among which it is. Begins anew.
  Status finish();

 private:
  using Generator = std::pair<std::size_t, std::size_t>;  // digit, value
  const CellList& list_;
  Random& random_;
  std::map<std::size_t, Hash> digests_;
  crypto::Point sum_;
  crypto::Scalar base_;
  std::vector<crypto::Scalar> cells_;  // by position
  std::map<Generator, crypto::Scalar> generators_;
  std::uint64_t first_ = 0, last_ = 0;  // leaves
  std::size_t count_ = 0;
};

// Adds what is proven of a bundle's entries, or of the first of them: those of kProvenBook have their proofs
// in `proofs`, one after another. `place`: of the bundle's first entry. Gives how many there were.
// CELL_PROOF_WRONG.
Result<std::size_t> add_bundle(CellProofCheck& check, const CellPlace& place,
                               std::span<const ByteView> entries, ByteView proofs);

}  // namespace heliograph::ledger
