// The first-stage text model: one linear judge a category over hashed features, calibrated to probabilities.
// A few microseconds a message, no allocation.
//
// File (little-endian), written by models/train:
//   "HGM1", u32 feature version, u32 feature bits, u32 categories, u32 size of the name, name (version;
//   UTF-8); a category each: u32 size, name, f32 scale, f32 bias, f32 slope, f32 offset; 2^bits rows of
//   `categories` i8 weights; u64 FNV-1a of all before.
// margin = bias + scale * sum(weights of present features) / sqrt(number of features)
// probability = 1 / (1 + exp(-(slope * margin + offset)))
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/category.h"

namespace heliograph::safety {

// By category; 0 where the model has no say (csae is never trained).
using Scores = std::array<float, terms::kCategoryCount>;

// Of two independent witnesses: each leaves less doubt.
constexpr float together(float a, float b) {
  if (a == 0 || b == 0) return a + b;  // exactly
  return 1.0f - (1.0f - a) * (1.0f - b);
}

class Model {
 public:
  // Errors: MODEL_INVALID with the reason. The bytes are copied.
  static Result<std::shared_ptr<const Model>> parse(std::string_view bytes);
  static Result<std::shared_ptr<const Model>> load(const std::filesystem::path& file);

  const std::string& version() const { return version_; }
  // Thread-safe.
  Scores score(std::span<const std::uint32_t> features) const;

 private:
  static constexpr std::size_t kLanes = 16;
  struct Judge {
    std::size_t category = 0;
    float scale = 0, bias = 0, slope = 1, offset = 0;
  };

  std::string version_;
  std::vector<Judge> judges_;         // at most kLanes
  std::vector<std::int8_t> weights_;  // rows of kLanes
};

}  // namespace heliograph::safety
