#include "encoder/layer.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace heliograph::encoder {

namespace {

// From a table, between whose points it is nearly straight: erf() would take a quarter of the whole time.
constexpr float kReach = 8;
constexpr std::size_t kSteps = 1 << 13;

const std::array<float, kSteps + 2>& table() {
  static const auto filled = [] {
    std::array<float, kSteps + 2> values{};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double x = (static_cast<double>(i) / kSteps * 2 - 1) * static_cast<double>(kReach);
      values[i] = static_cast<float>(0.5 * x * (1 + std::erf(x / std::sqrt(2.0))));
    }
    return values;
  }();
  return filled;
}

// Every head looks with its part of the states alone.
States attention(const States& query, const States& key, const States& value, std::size_t width,
                 std::size_t heads) {
  const auto tokens = query.size() / width, part = width / heads;
  const float scale = 1 / std::sqrt(static_cast<float>(part));
  States seen(query.size()), across(key.size());  // across: [place in the state][token]
  for (std::size_t token = 0; token < tokens; ++token) {
    for (std::size_t i = 0; i < width; ++i) across[i * tokens + token] = key[token * width + i];
  }
  std::vector<float> weights(tokens);
  for (std::size_t token = 0; token < tokens; ++token) {
    for (std::size_t head = 0; head < heads; ++head) {
      std::ranges::fill(weights, 0.0f);
      for (auto i = head * part; i < (head + 1) * part; ++i) {
        const float asks = query[token * width + i] * scale;
        const auto* answers = &across[i * tokens];
        for (std::size_t other = 0; other < tokens; ++other) weights[other] += asks * answers[other];
      }
      const float most = *std::ranges::max_element(weights);
      float sum = 0;
      for (auto& weight : weights) sum += weight = std::exp(weight - most);
      auto* out = &seen[token * width + head * part];
      for (std::size_t other = 0; other < tokens; ++other) {
        const auto* from = &value[other * width + head * part];
        const float weight = weights[other] / sum;
        for (std::size_t i = 0; i < part; ++i) out[i] += weight * from[i];
      }
    }
  }
  return seen;
}

void add(States& to, const States& what) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += what[i];
}

}  // namespace

void gelu(std::vector<float>& values) {
  const auto& known = table();
  for (auto& value : values) {
    if (value >= kReach) continue;
    if (!(value > -kReach)) {
      value = 0;
      continue;
    }
    const float at = (value + kReach) * (kSteps / (2 * kReach));
    const auto below = static_cast<std::size_t>(at);
    const float share = at - static_cast<float>(below);
    value = known[below] + share * (known[below + 1] - known[below]);
  }
}

void normalise(States& states, const Norm& norm, float epsilon) {
  const auto width = norm.scale.size();
  for (std::size_t at = 0; at + width <= states.size(); at += width) {
    auto* state = &states[at];
    float mean = 0, spread = 0;
    for (std::size_t i = 0; i < width; ++i) mean += state[i];
    mean /= static_cast<float>(width);
    for (std::size_t i = 0; i < width; ++i) spread += (state[i] - mean) * (state[i] - mean);
    const float scale = 1 / std::sqrt(spread / static_cast<float>(width) + epsilon);
    for (std::size_t i = 0; i < width; ++i) {
      state[i] = (state[i] - mean) * scale * norm.scale[i] + norm.shift[i];
    }
  }
}

void Layer::pass(States& states, std::size_t heads, float epsilon) const {
  States asked, keys, values, out, inner;
  query.multiply(states, query_bias, asked);
  key.multiply(states, key_bias, keys);
  value.multiply(states, value_bias, values);
  mix.multiply(attention(asked, keys, values, query.columns(), heads), mix_bias, out);
  add(states, out);
  normalise(states, after_attention, epsilon);
  up.multiply(states, up_bias, inner);
  gelu(inner);
  down.multiply(inner, down_bias, out);
  add(states, out);
  normalise(states, after_products, epsilon);
}

}  // namespace heliograph::encoder
