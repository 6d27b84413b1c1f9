#include "encoder/head.h"

#include <algorithm>
#include <cmath>

namespace heliograph::encoder {

namespace {

constexpr std::size_t kSha256Bytes = 32, kNameMax = 256, kHiddenMax = 4096, kCategoriesMax = 64;
constexpr std::size_t kMeans[] = {4, 8, Encoder::kLayers};  // after so many layers

std::unexpected<Error> invalid(const std::string& why) {
  return fail(Error::invalid("ENCODER_HEAD_INVALID", "the encoder's head " + why));
}

// Numbers that are none make the file one that ends early.
std::vector<float> finite(Reader& in, std::size_t count) {
  auto values = in.numbers<float>(count);
  for (const auto value : values) in.ok = in.ok && std::isfinite(value);
  values.resize(count);
  return values;
}

void product(Reader& in, std::size_t rows, std::size_t columns, Matrix& matrix, std::vector<float>& bias) {
  const auto blocks = in.bytes(rows * columns / Matrix::kBlock * Matrix::kByteBlockBytes);
  for (std::size_t at = 0; at < blocks.size(); at += Matrix::kByteBlockBytes) {
    in.ok = in.ok && std::isfinite(from_half(load_le<std::uint16_t>(blocks.data() + at)));
  }
  if (in.ok) matrix = Matrix::of_bytes(blocks, rows, columns);
  bias = finite(in, rows);
}

std::string name(Reader& in) {
  const auto size = in.number<std::uint32_t>();
  in.ok = in.ok && size > 0 && size <= kNameMax;
  return in.text(size);
}

void append_highest(const States& states, std::vector<float>& to) {
  const auto begin = to.size();
  to.insert(to.end(), states.begin(), states.begin() + Encoder::kWidth);
  for (std::size_t at = 0; at < states.size(); ++at) {
    auto& highest = to[begin + at % Encoder::kWidth];
    highest = std::max(highest, states[at]);
  }
}

void append_mean(const States& states, std::vector<float>& to) {
  const auto begin = to.size();
  to.resize(begin + Encoder::kWidth);
  for (std::size_t at = 0; at < states.size(); ++at) to[begin + at % Encoder::kWidth] += states[at];
  const auto tokens = static_cast<float>(states.size() / Encoder::kWidth);
  for (auto at = begin; at < to.size(); ++at) to[at] /= tokens;
}

}  // namespace

Result<std::shared_ptr<const Head>> Head::parse(std::string_view file) {
  Reader in{as_bytes(file)};
  if (in.text(4) != "HGE1") return invalid("is no such file");
  std::shared_ptr<Head> made(new Head());
  made->version_ = name(in);
  made->weights_ = to_bytes(in.bytes(kSha256Bytes));
  const auto hidden = in.number<std::uint32_t>();
  if (!in.ok || hidden == 0 || hidden > kHiddenMax || hidden % Matrix::kBlock != 0)
    return invalid("ends early");
  product(in, hidden, kFeatures, made->first_, made->first_bias_);
  const auto categories = in.number<std::uint32_t>();
  if (!in.ok || categories == 0 || categories > kCategoriesMax) return invalid("ends early");
  product(in, categories, hidden, made->second_, made->second_bias_);
  for (std::uint32_t i = 0; i < categories; ++i) {
    made->categories_.push_back(name(in));
    made->slopes_.push_back(finite(in, 1).front());
    made->offsets_.push_back(finite(in, 1).front());
  }
  if (!in.ok) return invalid("ends early");
  if (!in.rest.empty()) return invalid("has more in it than it should");
  return std::shared_ptr<const Head>(std::move(made));
}

std::vector<float> Head::features(const Encoder& encoder, const Tokens& window) {
  std::vector<float> found;
  found.reserve(kFeatures);
  auto states = encoder.begin(window);
  for (std::size_t layer = 0; layer < Encoder::kLayers; ++layer) {
    encoder.pass(states, layer);
    if (std::ranges::find(kMeans, layer + 1) != std::end(kMeans)) append_mean(states, found);
  }
  append_highest(states, found);
  return found;
}

std::vector<float> Head::judge(const Encoder& encoder, std::string_view text) const {
  std::vector<float> surest(categories_.size(), -1e30f);
  for (const auto& window : encoder.windows(text)) {
    std::vector<float> hidden, margins;
    first_.multiply(features(encoder, window), first_bias_, hidden);
    gelu(hidden);
    second_.multiply(hidden, second_bias_, margins);
    for (std::size_t i = 0; i < surest.size(); ++i) {
      surest[i] = std::max(surest[i], slopes_[i] * margins[i] + offsets_[i]);
    }
  }
  return surest;
}

}  // namespace heliograph::encoder
