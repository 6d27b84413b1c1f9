#include "web/portal/pieces.h"

#include <gtest/gtest.h>

namespace heliograph::web {
namespace {

class PiecesTest : public ::testing::Test {
 protected:
  // The whole, "…" while more has to come, or the error's code.
  std::string add(const std::string& whose, std::int64_t piece, std::int64_t pieces, std::string text) {
    const auto got = parts.add(whose, piece, pieces, std::move(text));
    if (!got) return std::string(got.error().code);
    return *got ? **got : "…";
  }
  ManualClock clock;
  Pieces parts{clock};
};

TEST_F(PiecesTest, TheLastOneMakesTheWhole) {
  EXPECT_EQ(add("ana", 1, 1, "short"), "short");
  EXPECT_EQ(add("ana", 1, 3, "a"), "…");
  EXPECT_EQ(add("ben", 1, 2, "x"), "…");
  EXPECT_EQ(add("ana", 2, 3, "b"), "…");
  EXPECT_EQ(add("ben", 2, 2, "y"), "xy");
  EXPECT_EQ(add("ana", 3, 3, "c"), "abc");
  EXPECT_EQ(add("ana", 3, 3, "c"), "PIECE_MISSING");
}

TEST_F(PiecesTest, OutOfOrderOneBeginsAgain) {
  EXPECT_EQ(add("ana", 2, 2, "b"), "PIECE_MISSING");
  EXPECT_EQ(add("ana", 1, 3, "a"), "…");
  EXPECT_EQ(add("ana", 3, 3, "c"), "PIECE_MISSING");
  EXPECT_EQ(add("ana", 2, 3, "b"), "PIECE_MISSING");
  EXPECT_EQ(add("ana", 1, 2, "a"), "…");
  EXPECT_EQ(add("ana", 1, 2, "A"), "…");
  EXPECT_EQ(add("ana", 2, 2, "B"), "AB");
  EXPECT_EQ(add("ana", 1, 2, "a"), "…");
  clock.advance(std::chrono::minutes(11));
  EXPECT_EQ(add("ana", 2, 2, "b"), "PIECE_MISSING");
}

TEST_F(PiecesTest, NobodyFillsTheMemory) {
  const std::string large(Pieces::bytes_most, 'x');
  EXPECT_EQ(add("ana", 1, 2, large), "…");
  EXPECT_EQ(add("ana", 2, 2, "x"), "PIECES_TOO_LONG");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(add(std::to_string(i), 1, 2, large), "…");
  EXPECT_EQ(add("ben", 1, 2, "x"), "PIECES_BUSY");
  clock.advance(std::chrono::minutes(11));
  EXPECT_EQ(add("ben", 1, 2, "x"), "…");
}

}  // namespace
}  // namespace heliograph::web
