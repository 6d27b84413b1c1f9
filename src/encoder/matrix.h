// Matrices of a few bits a weight, and their product with the states of a text's tokens.
#pragma once

#include <vector>

#include "base/bytes.h"

namespace heliograph::encoder {

// Whole numbers with a scale for every 32 columns of a row. States are made whole numbers in the same way
// before they are multiplied: sums of 32 are exact, so that a text has the same score on every machine.
class Matrix {
 public:
  static constexpr std::size_t kBlock = 32, kLanes = 16;
  static constexpr std::size_t kFourBitBlockBytes = 18;  // a half-precision scale, 32 halves of a byte
  static constexpr std::size_t kByteBlockBytes = 34;     // a half-precision scale, 32 bytes
  static constexpr int kByteMost = 63;                   // so large a weight may be there, either sign

  Matrix() = default;
  // Row after row of blocks; `blocks` has the size that follows, columns are a multiple of kBlock.
  // Four bits: byte i of a block holds weight i below and weight i + 16 above, 8 meaning nothing.
  static Matrix of_four_bits(ByteView blocks, std::size_t rows, std::size_t columns);
  // Bytes: signed; what is beyond kByteMost is taken for it.
  static Matrix of_bytes(ByteView blocks, std::size_t rows, std::size_t columns);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }

  // out[token][row] = bias[row] + sum of this[row][column] * in[token][column]. Sizes fit; thread-safe.
  void multiply(const std::vector<float>& in, const std::vector<float>& bias, std::vector<float>& out) const;

 private:
  Matrix(std::size_t rows, std::size_t columns, int zero);
  template <typename Weight>
  void fill(ByteView blocks, std::size_t block_bytes, const Weight& weight);

  std::size_t rows_ = 0, columns_ = 0;
  int zero_ = 0;  // the weight that means nothing
  // In the order in which they are walked: sixteen rows side by side, four columns of each at a time.
  Bytes weights_;              // [rows / kLanes][columns / 4][kLanes][4]
  std::vector<float> scales_;  // [rows / kLanes][columns / kBlock][kLanes]
};

// A number of half precision (IEEE 754).
float from_half(std::uint16_t half);

// One block of four-bit weights, for tables of which only some rows are read.
void unpack_four_bits(const std::uint8_t* block, float* into);

}  // namespace heliograph::encoder
