#include "ledger/cell_proof.h"

#include <algorithm>

#include "base/assert.h"
#include "ledger/text.h"

namespace heliograph::ledger {

namespace {

using crypto::Point;
using crypto::Scalar;

constexpr std::string_view kCellChallengeLabel = "heliograph/ledger/cell-proof/v1";
constexpr std::string_view kCellGeneratorLabel = "heliograph/ledger/cell-proof/generator/v1";
constexpr std::uint8_t kCellZero[] = {0};
constexpr std::size_t kCellNameMost = 200;

using Digits = std::array<std::size_t, kCellDigits>;

Error cell_proof_wrong(std::string what) {
  return Error::forbidden("CELL_PROOF_WRONG", std::move(what));
}

Error cell_list_invalid() {
  return Error::invalid("CELL_LIST_INVALID", "Not a list of cells.");
}

Digits digits_of(std::size_t position, std::size_t base) {
  Digits out;
  for (auto& digit : out) {
    digit = position % base;
    position /= base;
  }
  return out;
}

Scalar minus(const Scalar& value) {
  return Scalar{} - value;
}

// The generator for a value of a digit: nobody knows its logarithm, nor a relation to the cells' points.
Point generator(std::size_t digit, std::size_t value) {
  const std::uint8_t place[] = {static_cast<std::uint8_t>(digit), static_cast<std::uint8_t>(value >> 8),
                                static_cast<std::uint8_t>(value)};
  return Point::from_hash(crypto::sha512({as_bytes(kCellGeneratorLabel), kCellZero, place}));
}

// A number for each value of each digit.
using Table = std::array<std::vector<Scalar>, kCellDigits>;

Point commit(const Table& values, const Scalar& blinding,
             const std::array<std::vector<Point>, kCellDigits>& keys) {
  auto out = Point::base(blinding);
  for (std::size_t digit = 0; digit < kCellDigits; ++digit) {
    for (std::size_t value = 0; value < values[digit].size(); ++value) {
      // Zeroes are left out: how long this takes shows to nobody but the server itself.
      if (values[digit][value] == Scalar{}) continue;
      out = out + values[digit][value] * keys[digit][value];
    }
  }
  return out;
}

Scalar cell_challenge(const CellPlace& place, const Hash& digest, const Entry& entry,
                      const CellProof& proof) {
  const auto context = "heliograph-ledger-cell-proof v1\nlog " + place.origin + "\nleaf " +
                       std::to_string(place.leaf) + "\ncells " + std::to_string(proof.cells) + " " +
                       to_base64(digest) + "\n";
  Bytes said;
  append(said, crypto::sha512(as_bytes(context)));
  append(said, entry.encode());
  for (const auto* point : {&proof.a, &proof.b, &proof.c, &proof.d}) append(said, point->bytes);
  for (const auto& point : proof.g) append(said, point.bytes);
  return Scalar::from_wide(crypto::sha512({as_bytes(kCellChallengeLabel), kCellZero, said}));
}

// The answers of all values of each digit: that of 0 is what is left of the challenge.
Table answers_of(const CellProof& proof, const Scalar& challenge) {
  const auto base = cell_base(proof.cells);
  Table out;
  auto next = proof.f.begin();
  for (auto& answers : out) {
    answers.assign(base, challenge);
    for (std::size_t value = 1; value < base; ++value) {
      answers[value] = *next++;
      answers[0] = answers[0] - answers[value];
    }
  }
  return out;
}

}  // namespace

CellList::CellList(std::vector<std::string> cells) : cells_(std::move(cells)) {
  HG_ASSERT(cells_.size() <= kCellListMost);
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    points_.push_back(cell_point(cells_[i]));
    positions_.emplace(cells_[i], i + 1);
  }
}

Result<CellList> CellList::parse(std::string_view text) {
  std::vector<std::string> cells;
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line || line->empty() || line->size() > kCellNameMost || cells.size() == kCellListMost ||
        !std::ranges::all_of(*line, [](char c) { return c > ' ' && c < '\x7f'; })) {
      return fail(cell_list_invalid());
    }
    cells.emplace_back(*line);
  }
  CellList out(std::move(cells));
  if (out.positions_.size() != out.cells_.size()) return fail(cell_list_invalid());
  return out;
}

std::optional<std::size_t> CellList::position(std::string_view cell) const {
  if (cell.empty()) return 0;
  const auto found = positions_.find(cell);
  if (found == positions_.end()) return std::nullopt;
  return found->second;
}

Point CellList::point(std::size_t position) const {
  return position == 0 || position > points_.size() ? Point{} : points_[position - 1];
}

Hash CellList::digest(std::size_t count) const {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) lines += cells_[i] + "\n";
  return crypto::sha256(as_bytes(lines));
}

std::string CellList::text() const {
  std::string out;
  for (const auto& cell : cells_) out += cell + "\n";
  return out;
}

std::size_t cell_base(std::size_t cells) {
  std::size_t base = 1;
  while (base * base * base < cells + 1) ++base;
  return base;
}

Bytes CellProof::encode() const {
  Bytes out;
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(cells >> shift));
  for (const auto* point : {&a, &b, &c, &d}) append(out, point->bytes);
  for (const auto& point : g) append(out, point.bytes);
  for (const auto& scalar : f) append(out, scalar.bytes);
  for (const auto* scalar : {&z_a, &z_c, &z}) append(out, scalar->bytes);
  return out;
}

Result<CellProof> CellProof::take(ByteView& encoded) {
  const auto wrong = fail(Error::invalid("CELL_PROOF_INVALID", "Not a proof of an entry's cell."));
  CellProof out;
  if (encoded.size() < 4) return wrong;
  for (std::size_t i = 0; i < 4; ++i) out.cells = out.cells << 8 | encoded[i];
  if (out.cells > kCellListMost) return wrong;
  out.f.resize(kCellDigits * (cell_base(out.cells) - 1));
  const auto size = 4 + 32 * (7 + kCellDigits + out.f.size());
  if (encoded.size() < size) return wrong;
  auto rest = encoded.subspan(4, size - 4);
  const auto next = [&rest] {
    const auto part = rest.subspan(0, 32);
    rest = rest.subspan(32);
    return part;
  };
  for (auto* point : {&out.a, &out.b, &out.c, &out.d, &out.g[0], &out.g[1], &out.g[2]}) {
    const auto parsed = Point::parse(next());
    if (!parsed) return wrong;
    *point = *parsed;
  }
  std::vector<Scalar*> scalars;
  for (auto& scalar : out.f) scalars.push_back(&scalar);
  for (auto* scalar : {&out.z_a, &out.z_c, &out.z}) scalars.push_back(scalar);
  for (auto* scalar : scalars) {
    const auto parsed = Scalar::parse(next());
    if (!parsed) return wrong;
    *scalar = *parsed;
  }
  encoded = encoded.subspan(size);
  return out;
}

CellProof prove_cell(const CellList& list, const CellPlace& place, const Entry& entry, std::size_t position,
                     const Scalar& blinding, Random& random) {
  HG_ASSERT(position <= list.size());
  const auto base = cell_base(list.size());
  const auto own = digits_of(position, base);
  const auto one = Scalar::of(1), two = Scalar::of(2);
  std::array<std::vector<Point>, kCellDigits> keys;
  // For each value of each digit: whether it is the own one, a random number (those of a digit add up to 0),
  // and what shows that the first is 0 or 1.
  Table is, hides, cross, square;
  for (std::size_t digit = 0; digit < kCellDigits; ++digit) {
    is[digit].resize(base);
    hides[digit].resize(base);
    is[digit][own[digit]] = one;
    for (std::size_t value = 1; value < base; ++value) {
      hides[digit][value] = Scalar::generate(random);
      hides[digit][0] = hides[digit][0] - hides[digit][value];
    }
    for (std::size_t value = 0; value < base; ++value) {
      keys[digit].push_back(generator(digit, value));
      const auto& hide = hides[digit][value];
      cross[digit].push_back(hide * (one - two * is[digit][value]));
      square[digit].push_back(minus(hide * hide));
    }
  }
  const auto r_a = Scalar::generate(random), r_b = Scalar::generate(random), r_c = Scalar::generate(random),
             r_d = Scalar::generate(random);
  CellProof out;
  out.cells = static_cast<std::uint32_t>(list.size());
  out.a = commit(hides, r_a, keys);
  out.b = commit(is, r_b, keys);
  out.c = commit(cross, r_c, keys);
  out.d = commit(square, r_d, keys);

  // The product of a position's three answers is a polynomial in the challenge; that of the own position
  // alone has the third power. The lower coefficients are committed to, with the cells that they belong to.
  std::array<Scalar, kCellDigits> nonces;
  for (std::size_t power = 0; power < kCellDigits; ++power) {
    nonces[power] = Scalar::generate(random);
    out.g[power] = Point::base(nonces[power]);
  }
  for (std::size_t i = 1; i <= list.size(); ++i) {
    const auto digits = digits_of(i, base);
    std::array<Scalar, kCellDigits + 1> polynomial{one};
    for (std::size_t digit = 0; digit < kCellDigits; ++digit) {
      const auto& hide = hides[digit][digits[digit]];
      const bool match = own[digit] == digits[digit];
      for (std::size_t power = digit + 2; power-- > 0;) {
        auto next = polynomial[power] * hide;
        if (match && power > 0) next = next + polynomial[power - 1];
        polynomial[power] = next;
      }
    }
    for (std::size_t power = 0; power < kCellDigits; ++power) {
      if (polynomial[power] == Scalar{}) continue;
      out.g[power] = out.g[power] - polynomial[power] * list.point(i);
    }
  }

  const auto x = cell_challenge(place, list.digest(list.size()), entry, out);
  for (std::size_t digit = 0; digit < kCellDigits; ++digit) {
    for (std::size_t value = 1; value < base; ++value) {
      out.f.push_back(is[digit][value] * x + hides[digit][value]);
    }
  }
  out.z_a = r_b * x + r_a;
  out.z_c = r_c * x + r_d;
  out.z = blinding * x * x * x - nonces[0] - nonces[1] * x - nonces[2] * x * x;
  return out;
}

Status CellProofCheck::add(const CellPlace& place, const Entry& entry, const CellProof& proof) {
  if (proof.cells > list_.size() || proof.f.size() != kCellDigits * (cell_base(proof.cells) - 1)) {
    return fail(cell_proof_wrong("The proof of entry " + std::to_string(place.leaf) + " is about " +
                                 std::to_string(proof.cells) + " cells; the list has " +
                                 std::to_string(list_.size()) + "."));
  }
  const auto base = cell_base(proof.cells);
  auto digest = digests_.find(proof.cells);
  if (digest == digests_.end()) digest = digests_.emplace(proof.cells, list_.digest(proof.cells)).first;
  const auto x = cell_challenge(place, digest->second, entry, proof);
  const auto answers = answers_of(proof, x);
  const auto w_a = Scalar::generate(random_), w_c = Scalar::generate(random_), w = Scalar::generate(random_);
  if (count_++ == 0) first_ = last_ = place.leaf;
  first_ = std::min(first_, place.leaf);
  last_ = std::max(last_, place.leaf);

  // x B + A = Com(f; z_A) and x C + D = Com(f (x - f); z_C)
  sum_ = sum_ + w_a * proof.a + (w_a * x) * proof.b + (w_c * x) * proof.c + w_c * proof.d;
  base_ = base_ - w_a * proof.z_a - w_c * proof.z_c;
  for (std::size_t digit = 0; digit < kCellDigits; ++digit) {
    for (std::size_t value = 0; value < base; ++value) {
      const auto& f = answers[digit][value];
      auto& factor = generators_[{digit, value}];
      factor = factor - w_a * f - w_c * (f * (x - f));
    }
  }
  // x^3 of the entry - the sum over the cells - the lower powers = z G
  const auto x2 = x * x;
  sum_ = sum_ + (w * x2 * x) * entry.cell - w * proof.g[0] - (w * x) * proof.g[1] - (w * x2) * proof.g[2];
  base_ = base_ - w * proof.z;
  if (cells_.size() < proof.cells + 1) cells_.resize(proof.cells + 1);
  for (std::size_t second = 0, at = 0; at <= proof.cells; ++second) {
    const auto high = w * answers[1][second % base] * answers[2][second / base];
    for (std::size_t first = 0; first < base && at <= proof.cells; ++first, ++at) {
      cells_[at] = cells_[at] - high * answers[0][first];
    }
  }
  return {};
}

Status CellProofCheck::finish() {
  for (std::size_t position = 1; position < cells_.size(); ++position) {
    sum_ = sum_ + cells_[position] * list_.point(position);
  }
  for (const auto& [which, factor] : generators_) {
    sum_ = sum_ + factor * generator(which.first, which.second);
  }
  const bool holds = sum_ + Point::base(base_) == Point{};
  const auto first = first_, last = last_;
  sum_ = {};
  base_ = {};
  cells_.clear();
  generators_.clear();
  count_ = 0;
  if (holds) return {};
  return fail(cell_proof_wrong(
      first == last
          ? "Entry " + std::to_string(first) + " is not proven to count in one cell of the list, or in none."
          : "Among the entries " + std::to_string(first) + " to " + std::to_string(last) +
                ", one is not proven to count in one cell of the list, or in none."));
}

Result<std::size_t> add_bundle(CellProofCheck& check, const CellPlace& place,
                               std::span<const ByteView> entries, ByteView proofs) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    HG_ASSIGN(const auto entry, Entry::parse(entries[i]));
    if (entry.book != kProvenBook) continue;
    const CellPlace at{place.origin, place.leaf + i};
    const auto proof = CellProof::take(proofs);
    if (!proof) {
      return fail(cell_proof_wrong("The proof of entry " + std::to_string(at.leaf) + " cannot be read."));
    }
    HG_TRY(check.add(at, entry, *proof));
    ++count;
  }
  if (!proofs.empty()) {
    return fail(
        cell_proof_wrong("The bundle of entry " + std::to_string(place.leaf) + " has too many proofs."));
  }
  return count;
}

}  // namespace heliograph::ledger
