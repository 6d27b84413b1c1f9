#include "encoder/matrix.h"

#include <algorithm>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace heliograph::encoder {

namespace {

constexpr std::size_t kLanes = Matrix::kLanes, kBlock = Matrix::kBlock;
constexpr std::size_t kFour = 4;      // columns at a time
constexpr std::size_t kTogether = 6;  // tokens at a time: what fits into the registers

// The states of all tokens as whole numbers.
struct Whole {
  std::vector<std::int8_t> values;   // [token][column]
  std::vector<float> scales;         // [token][block]
  std::vector<std::int32_t> totals;  // [token][block]: of the values
};

Whole whole(const std::vector<float>& in) {
  Whole made;
  const auto blocks = in.size() / kBlock;
  made.values.resize(blocks * kBlock);
  made.scales.resize(blocks);
  made.totals.resize(blocks);
  for (std::size_t block = 0; block < blocks; ++block) {
    const auto* from = &in[block * kBlock];
    auto* to = &made.values[block * kBlock];
    float most = 0;
    for (std::size_t i = 0; i < kBlock; ++i) most = std::max(most, std::abs(from[i]));
    made.scales[block] = most / 127;
    const float scale = most > 0 ? 127 / most : 0;
    std::int32_t total = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
      const int value = static_cast<int>(from[i] * scale + 128.5f) - 128;  // to the nearest
      to[i] = static_cast<std::int8_t>(value);
      total += value;
    }
    made.totals[block] = total;
  }
  return made;
}

// What multiply() hands on. `out` has whole lanes of rows.
struct Product {
  const std::uint8_t* weights;
  const float* scales;
  int zero;
  std::size_t rows, columns;  // rows: a multiple of kLanes
  const Whole& in;
  std::size_t tokens;
  const float* bias;
  float* out;
};

using Floats [[gnu::vector_size(kLanes * sizeof(float)), gnu::aligned(sizeof(float))]] = float;
using Wholes [[gnu::vector_size(kLanes * sizeof(std::int32_t))]] = std::int32_t;

// Each adds the products of four columns, of sixteen rows with one token, to the sums of the rows.
struct Plain {
  static void add(Wholes& sums, const std::uint8_t* weights, const std::int8_t* in) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      for (std::size_t i = 0; i < kFour; ++i) sums[lane] += weights[lane * kFour + i] * in[i];
    }
  }
};
#if defined(__x86_64__)
int four(const std::int8_t* in) {
  int value = 0;
  std::memcpy(&value, in, sizeof value);
  return value;
}
struct Avx2 {
  // Two products fit into 16 bits: weights are at most 2 * kByteMost + 1.
  [[gnu::target("avx2")]] static void add(Wholes& sums, const std::uint8_t* weights, const std::int8_t* in) {
    const auto these = _mm256_set1_epi32(four(in)), ones = _mm256_set1_epi16(1);
    __m256i halves[2];
    std::memcpy(halves, &sums, sizeof halves);
    for (int half = 0; half < 2; ++half) {
      const auto those = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights) + half);
      halves[half] =
          _mm256_add_epi32(halves[half], _mm256_madd_epi16(_mm256_maddubs_epi16(those, these), ones));
    }
    std::memcpy(&sums, halves, sizeof halves);
  }
};
struct Vnni {
  [[gnu::target("avx512f,avx512vnni")]] static void add(Wholes& sums, const std::uint8_t* weights,
                                                        const std::int8_t* in) {
    __m512i all;
    std::memcpy(&all, &sums, sizeof all);
    all = _mm512_dpbusd_epi32(all, _mm512_loadu_si512(weights), _mm512_set1_epi32(four(in)));
    std::memcpy(&sums, &all, sizeof all);
  }
};
#endif

// Sixteen rows by one to six tokens.
template <typename Machine, std::size_t tokens>
[[gnu::always_inline]] inline void tile(const Product& p, std::size_t row, std::size_t token) {
  const auto blocks = p.columns / kBlock;
  Floats sums[tokens];
#pragma GCC unroll 6
  for (std::size_t t = 0; t < tokens; ++t) sums[t] = *reinterpret_cast<const Floats*>(p.bias + row);
  for (std::size_t block = 0; block < blocks; ++block) {
    const auto* weights = p.weights + row * p.columns + block * kBlock * kLanes;
    const auto* in = &p.in.values[token * p.columns + block * kBlock];
    Wholes parts[tokens] = {};
#pragma GCC unroll 8
    for (std::size_t four = 0; four < kBlock / kFour; ++four) {
#pragma GCC unroll 6
      for (std::size_t t = 0; t < tokens; ++t) {
        Machine::add(parts[t], weights + four * kFour * kLanes, in + t * p.columns + four * kFour);
      }
    }
    const Floats scales = *reinterpret_cast<const Floats*>(p.scales + row * blocks + block * kLanes);
#pragma GCC unroll 6
    for (std::size_t t = 0; t < tokens; ++t) {
      const auto at = (token + t) * blocks + block;
      sums[t] +=
          __builtin_convertvector(parts[t] - p.zero * p.in.totals[at], Floats) * (scales * p.in.scales[at]);
    }
  }
#pragma GCC unroll 6
  for (std::size_t t = 0; t < tokens; ++t) {
    *reinterpret_cast<Floats*>(p.out + (token + t) * p.rows + row) = sums[t];
  }
}

template <typename Machine>
[[gnu::always_inline]] inline void walk(const Product& p) {
  for (std::size_t row = 0; row < p.rows; row += kLanes) {
    std::size_t token = 0;
    for (; token + kTogether <= p.tokens; token += kTogether) tile<Machine, kTogether>(p, row, token);
    for (; token < p.tokens; ++token) tile<Machine, 1>(p, row, token);
  }
}

// One program for every machine: the same, compiled for what each can do.
void plain(const Product& p) {
  walk<Plain>(p);
}
#if defined(__x86_64__)
[[gnu::target("avx2")]] void with_avx2(const Product& p) {
  walk<Avx2>(p);
}
[[gnu::target("avx512f,avx512vnni")]] void with_vnni(const Product& p) {
  walk<Vnni>(p);
}
auto chosen() {
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni")) return with_vnni;
  return __builtin_cpu_supports("avx2") ? with_avx2 : plain;
}
#else
auto chosen() {
  return plain;
}
#endif

}  // namespace

float from_half(std::uint16_t half) {
  const int exponent = half >> 10 & 0x1f;
  const auto digits = static_cast<float>(half & 0x3ff);
  if (exponent == 31) return std::nanf("");
  const float value = exponent == 0 ? std::ldexp(digits, -24) : std::ldexp(digits + 1024, exponent - 25);
  return (half & 0x8000) != 0 ? -value : value;
}

void unpack_four_bits(const std::uint8_t* block, float* into) {
  const float scale = from_half(load_le<std::uint16_t>(block));
  for (std::size_t i = 0; i < 16; ++i) {
    into[i] = static_cast<float>((block[2 + i] & 0xf) - 8) * scale;
    into[i + 16] = static_cast<float>((block[2 + i] >> 4) - 8) * scale;
  }
}

Matrix::Matrix(std::size_t rows, std::size_t columns, int zero)
    : rows_(rows), columns_(columns), zero_(zero) {
  const auto padded = (rows + kLanes - 1) / kLanes * kLanes;
  weights_.resize(padded * columns);
  scales_.resize(padded * (columns / kBlock));
}

template <typename Weight>
void Matrix::fill(ByteView blocks, std::size_t block_bytes, const Weight& weight) {
  const auto* block = blocks.data();
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto tile = row / kLanes * kLanes, lane = row % kLanes;
    for (std::size_t at = 0; at < columns_; at += kBlock, block += block_bytes) {
      scales_[tile * (columns_ / kBlock) + at / kBlock * kLanes + lane] =
          from_half(load_le<std::uint16_t>(block));
      for (std::size_t i = 0; i < kBlock; ++i) {
        const auto column = at + i;
        weights_[tile * columns_ + (column / kFour * kLanes + lane) * kFour + column % kFour] =
            static_cast<std::uint8_t>(weight(block + 2, i));
      }
    }
  }
}

Matrix Matrix::of_four_bits(ByteView blocks, std::size_t rows, std::size_t columns) {
  Matrix made(rows, columns, 8);
  made.fill(blocks, kFourBitBlockBytes, [](const std::uint8_t* bytes, std::size_t i) {
    return i < 16 ? bytes[i] & 0xf : bytes[i - 16] >> 4;
  });
  return made;
}

Matrix Matrix::of_bytes(ByteView blocks, std::size_t rows, std::size_t columns) {
  Matrix made(rows, columns, kByteMost + 1);
  made.fill(blocks, kByteBlockBytes, [](const std::uint8_t* bytes, std::size_t i) {
    return std::clamp<int>(static_cast<std::int8_t>(bytes[i]), -kByteMost, kByteMost) + kByteMost + 1;
  });
  return made;
}

void Matrix::multiply(const std::vector<float>& in, const std::vector<float>& bias,
                      std::vector<float>& out) const {
  static const auto product = chosen();
  const auto tokens = in.size() / columns_;
  const auto padded = (rows_ + kLanes - 1) / kLanes * kLanes;
  auto wide_bias = bias;
  wide_bias.resize(padded);
  out.resize(tokens * padded);
  const auto numbers = whole(in);
  product({weights_.data(), scales_.data(), zero_, padded, columns_, numbers, tokens, wide_bias.data(),
           out.data()});
  if (padded == rows_) return;
  for (std::size_t token = 1; token < tokens; ++token) {
    std::copy_n(out.begin() + static_cast<std::ptrdiff_t>(token * padded), rows_,
                out.begin() + static_cast<std::ptrdiff_t>(token * rows_));
  }
  out.resize(tokens * rows_);
}

}  // namespace heliograph::encoder
