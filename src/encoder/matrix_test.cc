#include "encoder/matrix.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace heliograph::encoder {
namespace {

constexpr std::uint16_t kOne = 0x3c00, kHalf = 0x3800;  // of half precision

TEST(Matrix, HalfPrecisionNumbersAreRead) {
  EXPECT_EQ(from_half(kOne), 1);
  EXPECT_EQ(from_half(0xc100), -2.5f);
  EXPECT_EQ(from_half(0x0001), std::ldexp(1.0f, -24));  // the least there is
  EXPECT_EQ(from_half(0x7bff), 65504);
  EXPECT_TRUE(std::isnan(from_half(0x7c00))) << "the infinite has no use as a weight";
}

TEST(Matrix, FourBitsHoldTheFirstSixteenBelowAndTheOthersAbove) {
  Bytes block;
  append_le(block, kHalf);
  for (std::uint8_t i = 0; i < 16; ++i) block.push_back(static_cast<std::uint8_t>(i | (15 - i) << 4));
  float weights[Matrix::kBlock];
  unpack_four_bits(block.data(), weights);
  EXPECT_EQ(weights[0], -4);
  EXPECT_EQ(weights[15], 3.5f);
  EXPECT_EQ(weights[16], 3.5f);
  EXPECT_EQ(weights[31], -4);
  const auto matrix = Matrix::of_four_bits(block, 1, Matrix::kBlock);
  std::vector<float> in(Matrix::kBlock), out;
  in[0] = 1;
  in[16] = 1;
  matrix.multiply(in, {10}, out);
  EXPECT_EQ(out, std::vector<float>{9.5f});
}

// As it is written in the header, over shapes that do not fill the registers.
TEST(Matrix, ProductsAreThoseOfTheDefinition) {
  std::mt19937 random(1);
  for (const std::size_t rows : {1, 9, 16, 40}) {
    for (const std::size_t tokens : {1, 5, 6, 13}) {
      const std::size_t columns = 3 * Matrix::kBlock;
      Bytes blocks;
      std::vector<std::vector<float>> weights(rows);
      for (auto& row : weights) {
        for (std::size_t at = 0; at < columns; ++at) {
          if (at % Matrix::kBlock == 0) append_le(blocks, at == 0 ? kOne : kHalf);
          const auto weight = static_cast<std::int8_t>(static_cast<int>(random() % 127) - Matrix::kByteMost);
          blocks.push_back(static_cast<std::uint8_t>(weight));
          row.push_back(static_cast<float>(weight) * (at < Matrix::kBlock ? 1 : 0.5f));
        }
      }
      std::vector<float> in(tokens * columns), bias(rows), out;
      for (auto& value : in) value = static_cast<float>(random() % 2001) / 1000 - 1;
      for (auto& value : bias) value = static_cast<float>(random() % 100);
      Matrix::of_bytes(blocks, rows, columns).multiply(in, bias, out);
      ASSERT_EQ(out.size(), tokens * rows);
      for (std::size_t token = 0; token < tokens; ++token) {
        for (std::size_t row = 0; row < rows; ++row) {
          float expected = bias[row], size = 0;
          for (std::size_t at = 0; at < columns; ++at) {
            expected += weights[row][at] * in[token * columns + at];
            size += std::abs(weights[row][at]);
          }
          // States are whole numbers up to 127.
          EXPECT_NEAR(out[token * rows + row], expected, size / 254) << rows << " x " << tokens;
        }
      }
    }
  }
}

TEST(Matrix, AWeightBeyondWhatAByteMayHoldIsTakenForTheMost) {
  Bytes blocks;
  append_le(blocks, kOne);
  blocks.resize(Matrix::kByteBlockBytes, 0x80);  // -128
  std::vector<float> in(Matrix::kBlock), out;
  in[3] = 1;
  Matrix::of_bytes(blocks, 1, Matrix::kBlock).multiply(in, {0}, out);
  EXPECT_EQ(out, std::vector<float>{-Matrix::kByteMost});
}

}  // namespace
}  // namespace heliograph::encoder
