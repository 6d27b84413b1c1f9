#include "safety/scan/model.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>

#include "safety/scan/features.h"

namespace heliograph::safety {

namespace {

constexpr std::size_t model_bytes_max = 64u << 20;

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  bool read(T& value) {
    if (bytes_.size() < sizeof value) return false;
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return true;
  }
  bool read_text(std::string& text) {
    std::uint32_t size = 0;
    if (!read(size) || size > 256 || bytes_.size() < size) return false;
    text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return true;
  }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

std::uint64_t digest(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

std::unexpected<Error> invalid(std::string why) {
  return fail(Error::invalid("MODEL_INVALID", "the text model " + std::move(why)));
}

}  // namespace

Result<std::shared_ptr<const Model>> Model::parse(std::string_view bytes) {
  if (bytes.size() < 32 || bytes.size() > model_bytes_max || !bytes.starts_with("HGM1"))
    return invalid("is no model file");
  std::uint64_t sum = 0;
  std::memcpy(&sum, bytes.data() + bytes.size() - sizeof sum, sizeof sum);
  bytes.remove_suffix(sizeof sum);
  if (digest(bytes) != sum) return invalid("is damaged: its checksum is wrong");
  Cursor in(bytes.substr(4));
  auto model = std::make_shared<Model>();
  std::uint32_t features = 0, bits = 0, categories = 0;
  if (!in.read(features) || !in.read(bits) || !in.read(categories) || !in.read_text(model->version_)) {
    return invalid("ends early");
  }
  if (features != kFeatureVersion || bits != kFeatureBits) {
    return invalid("was trained for features " + std::to_string(features) + "/" + std::to_string(bits) +
                   ", this program has " + std::to_string(kFeatureVersion) + "/" +
                   std::to_string(kFeatureBits));
  }
  if (categories == 0 || categories > kLanes)
    return invalid("has " + std::to_string(categories) + " categories");
  for (std::uint32_t i = 0; i < categories; ++i) {
    std::string name;
    Judge judge;
    if (!in.read_text(name) || !in.read(judge.scale) || !in.read(judge.bias) || !in.read(judge.slope) ||
        !in.read(judge.offset)) {
      return invalid("ends early");
    }
    const auto category = terms::category_of(name);
    if (!category) return invalid("has a category \"" + name + "\" that is not known");
    for (const float value : {judge.scale, judge.bias, judge.slope, judge.offset}) {
      if (!std::isfinite(value)) return invalid("has numbers that are none");
    }
    judge.category = static_cast<std::size_t>(*category);
    model->judges_.push_back(judge);
  }
  const std::size_t rows = std::size_t{1} << kFeatureBits;
  if (in.rest().size() != rows * categories) return invalid("has the wrong size");
  model->weights_.assign(rows * kLanes, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    std::memcpy(&model->weights_[row * kLanes], in.rest().data() + row * categories, categories);
  }
  return std::shared_ptr<const Model>(std::move(model));
}

Result<std::shared_ptr<const Model>> Model::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  if (in) bytes << in.rdbuf();
  if (!in || in.bad()) return fail(Error::invalid("MODEL_INVALID", file.string() + ": cannot be read"));
  auto model = parse(bytes.str());
  if (!model) model.error().message = file.string() + ": " + model.error().message;
  return model;
}

Scores Model::score(std::span<const std::uint32_t> features) const {
  Scores scores{};
  if (features.empty()) return scores;
  // 16 bits hold 256 weights; then they go to 32.
  std::array<std::int32_t, kLanes> sums{};
  constexpr std::size_t kAhead = 12;
  for (std::size_t begin = 0; begin < features.size(); begin += 256) {
    std::array<std::int16_t, kLanes> part{};
    const auto end = std::min(features.size(), begin + 256);
    for (std::size_t i = begin; i < end; ++i) {
      if (i + kAhead < features.size()) __builtin_prefetch(&weights_[features[i + kAhead] * kLanes]);
      const auto* row = &weights_[features[i] * kLanes];
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        part[lane] = static_cast<std::int16_t>(part[lane] + row[lane]);
      }
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += part[lane];
  }
  const float norm = 1.0f / std::sqrt(static_cast<float>(features.size()));
  for (std::size_t lane = 0; lane < judges_.size(); ++lane) {
    const auto& judge = judges_[lane];
    const float margin = judge.bias + judge.scale * static_cast<float>(sums[lane]) * norm;
    scores[judge.category] = 1.0f / (1.0f + std::exp(-(judge.slope * margin + judge.offset)));
  }
  return scores;
}

}  // namespace heliograph::safety
