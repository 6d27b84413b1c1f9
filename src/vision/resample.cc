#include "vision/resample.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace heliograph::vision {

namespace {

// What one new pixel takes from a line of old ones.
struct Share {
  std::int32_t first = 0;
  std::vector<double> weights;  // one in all
};

std::vector<Share> shares(std::int32_t from, std::int32_t to) {
  std::vector<Share> all;
  const double scale = static_cast<double>(from) / to, reach = std::max(scale, 1.0);
  for (std::int32_t i = 0; i < to; ++i) {
    const double center = (i + 0.5) * scale;
    Share share;
    share.first = std::max(0, static_cast<std::int32_t>(center - reach + 0.5));
    const auto end = std::min(from, static_cast<std::int32_t>(center + reach + 0.5));
    double sum = 0;
    for (auto at = share.first; at < end; ++at) {
      const double weight = std::max(0.0, 1 - std::abs(at - center + 0.5) / reach);
      share.weights.push_back(weight);
      sum += weight;
    }
    for (auto& weight : share.weights) weight /= sum;
    all.push_back(std::move(share));
  }
  return all;
}

std::uint8_t level(double value) {
  return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

}  // namespace

images::Raster resampled(const images::Raster& from, std::int32_t width, std::int32_t height) {
  images::Raster wide(width, from.height), out(width, height);
  const auto columns = shares(from.width, width), rows = shares(from.height, height);
  for (std::int32_t y = 0; y < from.height; ++y) {
    auto* to = wide.row(y);
    for (const auto& share : columns) {
      const auto* pixel = from.row(y) + share.first * 3;
      double sum[3] = {};
      for (const auto weight : share.weights) {
        for (auto& channel : sum) channel += weight * *pixel++;
      }
      for (const auto channel : sum) *to++ = level(channel);
    }
  }
  std::vector<double> line(static_cast<std::size_t>(width) * 3);
  for (std::int32_t y = 0; y < height; ++y) {
    const auto& share = rows[static_cast<std::size_t>(y)];
    std::ranges::fill(line, 0.0);
    auto row = share.first;
    for (const auto weight : share.weights) {
      const auto* pixel = wide.row(row++);
      for (auto& value : line) value += weight * *pixel++;
    }
    std::ranges::transform(line, out.row(y), level);
  }
  return out;
}

}  // namespace heliograph::vision
