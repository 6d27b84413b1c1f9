// What is trained for the project on top of the encoder (models/train/second.py): two products that make a
// judgement of what its layers say, for each category; csae is never trained.
//
// File (little-endian): "HGE1"; u32 size, name (version); the SHA-256 of the weights that it was trained on;
//   u32 hidden; the first product (kFeatures columns) and its biases (f32); u32 categories; the second
//   product and its biases; for each category: u32 size, name, f32 slope, f32 offset. Products are blocks of
//   32 bytes (matrix.h).
// Features: means over a window's tokens of the states after layers 4, 8 and 12, and of the last the highest.
// hidden = gelu(first product); margin = second product; the surest window counts.
// logit = slope * margin + offset
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "encoder/encoder.h"

namespace heliograph::encoder {

class Head {
 public:
  static constexpr std::size_t kFeatures = 4 * Encoder::kWidth;

  // invalid ENCODER_HEAD_INVALID with the reason.
  static Result<std::shared_ptr<const Head>> parse(std::string_view file);

  const std::string& version() const { return version_; }
  // Of the file that Encoder::parse() must have read, 32 bytes.
  ByteView weights_sha256() const { return weights_; }
  // Names of categories, in the order of judge().
  const std::vector<std::string>& categories() const { return categories_; }

  // How surely each category is in the text, as the logarithm of the odds. Thread-safe. Takes time: some tens
  // of milliseconds for a short post, two seconds for the longest.
  std::vector<float> judge(const Encoder& encoder, std::string_view text) const;

  // Of one of Encoder::windows(), kFeatures of them. Thread-safe.
  static std::vector<float> features(const Encoder& encoder, const Tokens& window);

 private:
  Head() = default;

  std::string version_;
  Bytes weights_;
  Matrix first_, second_;
  std::vector<float> first_bias_, second_bias_;
  std::vector<std::string> categories_;
  std::vector<float> slopes_, offsets_;
};

}  // namespace heliograph::encoder
