#include <algorithm>

#include "transparency/figures.h"

namespace heliograph::transparency {

namespace {

constexpr std::int64_t kHour = 3600;

// Leaves out what is too small to be told in one column of the rows.
void hide_column(std::vector<Figure::Row>& rows, std::size_t column, std::uint64_t threshold) {
  std::size_t hidden = 0;
  Figure::Row* smallest = nullptr;
  for (auto& row : rows) {
    auto& value = row.values[column];
    if (!value || *value == 0) continue;
    if (static_cast<std::uint64_t>(*value) < threshold) {
      value.reset();
      ++hidden;
    } else if (smallest == nullptr || *value < *smallest->values[column]) {
      smallest = &row;
    }
  }
  if (hidden == 1 && smallest != nullptr) smallest->values[column].reset();
}

}  // namespace

std::int64_t percentile(std::vector<std::int64_t> values, unsigned percent) {
  std::ranges::sort(values);
  const auto rank = (values.size() * percent + 99) / 100;
  return values[std::max<std::size_t>(rank, 1) - 1];
}

void Tabulation::count(const std::vector<std::string>& labels, std::size_t column) {
  auto& line = lines_[labels];
  line.counts.resize(counts_);
  ++line.counts[column];
}

void Tabulation::took(const std::vector<std::string>& labels, std::int64_t seconds) {
  auto& line = lines_[labels];
  line.counts.resize(counts_);
  line.seconds.push_back(std::max<std::int64_t>(seconds, 0));
}

std::vector<Figure::Row> Tabulation::rows(std::uint64_t threshold, bool times) const {
  std::vector<Figure::Row> out;
  for (const auto& [labels, line] : lines_) {
    Figure::Row row{labels, {}};
    for (const auto count : line.counts) row.values.emplace_back(static_cast<std::int64_t>(count));
    if (times) {
      const bool enough = line.seconds.size() >= std::max<std::uint64_t>(threshold, 1);
      for (const auto percent : {50U, 90U}) {
        row.values.push_back(enough ? std::optional((percentile(line.seconds, percent) + kHour / 2) / kHour)
                                    : std::nullopt);
      }
    }
    out.push_back(std::move(row));
  }
  for (std::size_t column = 0; column < counts_; ++column) hide_column(out, column, threshold);
  return out;
}

}  // namespace heliograph::transparency
