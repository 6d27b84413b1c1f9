#include "images/raster.h"

#include <algorithm>
#include <cstring>

namespace heliograph::images {

Raster oriented(Raster raster, int orientation) {
  if (orientation < 2 || orientation > 8) return raster;
  const bool swaps = orientation >= 5;
  const auto w = raster.width, h = raster.height;
  Raster out(swaps ? h : w, swaps ? w : h);
  for (std::int32_t y = 0; y < out.height; ++y) {
    auto* to = out.row(y);
    for (std::int32_t x = 0; x < out.width; ++x, to += 3) {
      std::int32_t from_x = swaps ? y : x, from_y = swaps ? x : y;
      if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
        from_x = w - 1 - from_x;
      if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
        from_y = h - 1 - from_y;
      std::memcpy(to, raster.row(from_y) + static_cast<std::ptrdiff_t>(from_x) * 3, 3);
    }
  }
  return out;
}

Raster squared(const Raster& raster) {
  const auto side = std::min(raster.width, raster.height);
  Raster out(side, side);
  const auto left = (raster.width - side) / 2, top = (raster.height - side) / 2;
  for (std::int32_t y = 0; y < side; ++y) {
    std::memcpy(out.row(y), raster.row(top + y) + static_cast<std::ptrdiff_t>(left) * 3,
                static_cast<std::size_t>(side) * 3);
  }
  return out;
}

namespace {

// Which pixels of a longer line one pixel of a shorter line covers, and how much of the first and last.
struct Span {
  std::int32_t first = 0, last = 0;
  float first_weight = 0, last_weight = 0;
};

std::vector<Span> spans(std::int32_t from, std::int32_t to) {
  std::vector<Span> spans;
  const double ratio = static_cast<double>(from) / to;
  for (std::int32_t i = 0; i < to; ++i) {
    const double begin = i * ratio, end = std::min<double>((i + 1) * ratio, from);
    Span span;
    span.first = std::min(static_cast<std::int32_t>(begin), from - 1);
    span.last = std::clamp(static_cast<std::int32_t>(end), span.first, from - 1);
    if (span.first == span.last) {
      span.first_weight = static_cast<float>(end - begin);
    } else {
      span.first_weight = static_cast<float>(span.first + 1 - begin);
      span.last_weight = static_cast<float>(end - span.last);
    }
    spans.push_back(span);
  }
  return spans;
}

void shrink_row(const std::uint8_t* row, const std::vector<Span>& columns, float* out) {
  for (const auto& span : columns) {
    for (int c = 0; c < 3; ++c) {
      float sum = static_cast<float>(row[span.first * 3 + c]) * span.first_weight;
      if (span.last > span.first) {
        std::uint32_t whole = 0;
        for (std::int32_t x = span.first + 1; x < span.last; ++x) whole += row[x * 3 + c];
        sum += static_cast<float>(whole) + static_cast<float>(row[span.last * 3 + c]) * span.last_weight;
      }
      *out++ = sum;
    }
  }
}

}  // namespace

Raster shrunk(const Raster& raster, std::int32_t width, std::int32_t height) {
  Raster out(width, height);
  const auto columns = spans(raster.width, width), rows = spans(raster.height, height);
  const auto count = static_cast<std::size_t>(width) * 3;
  std::vector<float> line(count), sum(count);
  const float area = static_cast<float>(raster.width) / static_cast<float>(width) *
                     static_cast<float>(raster.height) / static_cast<float>(height);
  std::int32_t in_line = -1;  // the row that `line` holds: neighbouring spans share one
  for (std::int32_t y = 0; y < height; ++y) {
    std::ranges::fill(sum, 0.0f);
    const auto& span = rows[static_cast<std::size_t>(y)];
    for (std::int32_t from = span.first; from <= span.last; ++from) {
      const float weight = from == span.first ? span.first_weight : from == span.last ? span.last_weight : 1;
      if (weight <= 0) continue;
      if (in_line != from) shrink_row(raster.row(from), columns, line.data());
      in_line = from;
      for (std::size_t i = 0; i < count; ++i) sum[i] += line[i] * weight;
    }
    auto* to = out.row(y);
    for (std::size_t i = 0; i < count; ++i) {
      to[i] = static_cast<std::uint8_t>(std::clamp(sum[i] / area + 0.5f, 0.0f, 255.0f));
    }
  }
  return out;
}

Raster veiled(const Raster& raster) {
  constexpr std::int32_t grain = 24;
  const auto columns = std::min(grain, raster.width), rows = std::min(grain, raster.height);
  const auto coarse = shrunk(raster, columns, rows);
  const auto shade = [&](std::int32_t x, std::int32_t y) {
    const auto* at = coarse.row(y) + static_cast<std::ptrdiff_t>(x) * 3;
    return 0.299f * static_cast<float>(at[0]) + 0.587f * static_cast<float>(at[1]) +
           0.114f * static_cast<float>(at[2]);
  };
  // Between the middles of four shades.
  const auto place = [](std::int32_t at, std::int32_t whole, std::int32_t coarse_whole) {
    const auto middle =
        (static_cast<float>(at) + 0.5f) * static_cast<float>(coarse_whole) / static_cast<float>(whole) - 0.5f;
    return std::clamp(middle, 0.0f, static_cast<float>(coarse_whole - 1));
  };
  Raster out(raster.width, raster.height);
  for (std::int32_t y = 0; y < out.height; ++y) {
    auto* to = out.row(y);
    const auto v = place(y, out.height, rows);
    const auto top = static_cast<std::int32_t>(v), bottom = std::min(top + 1, rows - 1);
    const auto down = v - static_cast<float>(top);
    for (std::int32_t x = 0; x < out.width; ++x, to += 3) {
      const auto u = place(x, out.width, columns);
      const auto left = static_cast<std::int32_t>(u), right = std::min(left + 1, columns - 1);
      const auto along = u - static_cast<float>(left);
      const auto above = shade(left, top) * (1 - along) + shade(right, top) * along;
      const auto below = shade(left, bottom) * (1 - along) + shade(right, bottom) * along;
      const auto value = static_cast<std::uint8_t>(above * (1 - down) + below * down + 0.5f);
      to[0] = to[1] = to[2] = value;
    }
  }
  return out;
}

}  // namespace heliograph::images
