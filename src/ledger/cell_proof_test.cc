#include "ledger/cell_proof.h"

#include <gtest/gtest.h>

#include "crypto/random.h"

namespace heliograph::ledger {
namespace {

using crypto::Point;
using crypto::Scalar;

class CellProofs : public ::testing::Test {
 protected:
  static std::vector<std::string> named(std::size_t count) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back("legal/production/DE/outcome" + std::to_string(i));
    return out;
  }
  static Entry entry(const Point& cell) { return {Book::legal, {}, cell}; }
  Status check(const CellPlace& at, const Entry& what, const CellProof& proof) {
    CellProofCheck all(list, random);
    HG_TRY(all.add(at, what, proof));
    return all.finish();
  }
  bool caught(const CellPlace& at, const Entry& what, const CellProof& proof) {
    const auto checked = check(at, what, proof);
    return !checked && checked.error().code == "CELL_PROOF_WRONG";
  }

  crypto::SystemRandom random;
  CellList list{named(30)};
  CellPlace place{"example.org/ledger", 7};
  Scalar blinding = Scalar::generate(random);
};

TEST_F(CellProofs, HoldForEveryCellAndForNone) {
  CellProofCheck all(list, random);
  for (std::size_t position = 0; position <= list.size(); ++position) {
    const CellPlace at{place.origin, position};
    const auto what = entry(list.point(position) + Point::base(blinding));
    const auto proof = prove_cell(list, at, what, position, blinding, random);
    EXPECT_EQ(proof.encode().size(), 4u + 32u * (10 + 3 * 3)) << "31 positions: three digits of base 4";
    auto encoded = proof.encode();
    ByteView rest = encoded;
    EXPECT_EQ(CellProof::take(rest).value(), proof);
    EXPECT_TRUE(rest.empty());
    EXPECT_TRUE(check(at, what, proof));
    ASSERT_TRUE(all.add(at, what, proof));
  }
  EXPECT_TRUE(all.finish());
}

TEST_F(CellProofs, HoldForListsOfAnyLength) {
  for (const std::size_t count : {0, 1, 2, 7, 8, 26, 27, 63, 64, 200}) {
    list = CellList(named(count));
    for (const std::size_t position : {std::size_t{0}, count / 2, count}) {
      const auto what = entry(list.point(position) + Point::base(blinding));
      const auto proof = prove_cell(list, place, what, position, blinding, random);
      EXPECT_TRUE(check(place, what, proof)) << count << " " << position;
    }
  }
}

// What an entry that is no single cell can be shown with: any proof that its maker can compute.
TEST_F(CellProofs, WhatIsNoSingleCellHasNone) {
  const auto r = Point::base(blinding);
  const auto other = cell_point("legal/production/DE/not-listed");
  const Point lies[] = {
      other + r,                          // a cell that is not in the list
      list.point(3) + list.point(4) + r,  // two at once
      list.point(3) + list.point(3) + r,  // one twice
      Point{} - list.point(3) + r,        // one less
      list.point(3) - list.point(4) + r,  // moved from one to another
  };
  for (const auto& lie : lies) {
    for (const std::size_t position : {0, 3, 4}) {
      const auto what = entry(lie);
      EXPECT_TRUE(caught(place, what, prove_cell(list, place, what, position, blinding, random)));
    }
  }
}

TEST_F(CellProofs, AreGoodForOneEntryAtOnePlaceAndOneListAlone) {
  const auto what = entry(list.point(5) + Point::base(blinding));
  const auto proof = prove_cell(list, place, what, 5, blinding, random);
  ASSERT_TRUE(check(place, what, proof));
  EXPECT_TRUE(caught({place.origin, 8}, what, proof));
  EXPECT_TRUE(caught({"example.com/ledger", 7}, what, proof));
  auto other = what;
  other.commitment[0] ^= 1;
  EXPECT_TRUE(caught(place, other, proof));
  other = what;
  other.cell = other.cell + Point::base(Scalar::of(1));
  EXPECT_TRUE(caught(place, other, proof));
  // The list may grow; what it began with may not change.
  auto longer = named(30);
  longer.push_back("legal/production/FR/received");
  list = CellList(longer);
  EXPECT_TRUE(check(place, what, proof));
  longer[20] = "legal/production/FR/refused";
  list = CellList(longer);
  EXPECT_TRUE(caught(place, what, proof));
  list = CellList(named(29));
  EXPECT_TRUE(caught(place, what, proof));
}

TEST_F(CellProofs, AnyChangedPartIsSeenAlsoAmongMany) {
  std::vector<Entry> entries;
  std::vector<CellProof> proofs;
  for (std::size_t leaf = 0; leaf < 5; ++leaf) {
    entries.push_back(entry(list.point(leaf) + Point::base(blinding)));
    proofs.push_back(prove_cell(list, {place.origin, leaf}, entries[leaf], leaf, blinding, random));
  }
  const auto all = [&]() -> Status {
    CellProofCheck check(list, random);
    for (std::size_t leaf = 0; leaf < 5; ++leaf) {
      HG_TRY(check.add({place.origin, leaf}, entries[leaf], proofs[leaf]));
    }
    return check.finish();
  };
  ASSERT_TRUE(all());
  const auto good = proofs;
  const auto parts = (good[2].encode().size() - 4) / 32;
  for (std::size_t part = 0; part < parts; ++part) {
    proofs = good;
    auto bytes = good[2].encode();
    const auto at = 4 + 32 * part;
    if (part < 7) {  // another element
      const auto changed = Point::parse(ByteView(bytes).subspan(at, 32)).value() + list.point(9);
      std::ranges::copy(changed.bytes, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      const auto changed = Scalar::parse(ByteView(bytes).subspan(at, 32)).value() + Scalar::of(1);
      std::ranges::copy(changed.bytes, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    }
    ByteView rest = bytes;
    proofs[2] = CellProof::take(rest).value();
    EXPECT_FALSE(all()) << part;
  }
  proofs = good;
  std::swap(proofs[1], proofs[2]);
  EXPECT_FALSE(all());
}

TEST_F(CellProofs, StrangersBytesAreRefused) {
  const auto what = entry(list.point(5) + Point::base(blinding));
  const auto good = prove_cell(list, place, what, 5, blinding, random).encode();
  for (const std::size_t size : {std::size_t{0}, std::size_t{3}, std::size_t{4}, good.size() - 1}) {
    auto rest = ByteView(good).subspan(0, size);
    EXPECT_FALSE(CellProof::take(rest));
  }
  auto bad = good;
  std::ranges::fill(bad.begin() + 4, bad.begin() + 36, 0xff);  // no element
  ByteView rest = bad;
  EXPECT_FALSE(CellProof::take(rest));
  bad = good;
  bad[0] = 0xff;  // far too many cells
  rest = bad;
  EXPECT_FALSE(CellProof::take(rest));
  EXPECT_TRUE(CellList::parse("a\nb\n"));
  EXPECT_EQ(CellList::parse(list.text())->cells(), list.cells());
  for (const auto* text : {"a", "a\n\n", "a\na\n", "a b\n", "\x80\n"})
    EXPECT_FALSE(CellList::parse(text)) << text;
}

}  // namespace
}  // namespace heliograph::ledger
