// One layer of a BERT encoder (Devlin et al. 2019, arXiv:1810.04805): attention between the tokens of a text,
// then two products for each, either with what came in added and the sum normalised.
#pragma once

#include <vector>

#include "encoder/matrix.h"

namespace heliograph::encoder {

// The states of a text's tokens: [token][width].
using States = std::vector<float>;

struct Norm {
  std::vector<float> scale, shift;
};

struct Layer {
  Matrix query, key, value, mix, up, down;
  std::vector<float> query_bias, key_bias, value_bias, mix_bias, up_bias, down_bias;
  Norm after_attention, after_products;

  // Thread-safe; `heads` divides the width.
  void pass(States& states, std::size_t heads, float epsilon) const;
};

// Each token's state by itself: mean 0, variance 1, then scaled and shifted.
void normalise(States& states, const Norm& norm, float epsilon);
// x * (the share of a normal distribution below x), to five decimals, for each.
void gelu(std::vector<float>& values);

}  // namespace heliograph::encoder
