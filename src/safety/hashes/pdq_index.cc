#include "safety/hashes/pdq_index.h"

#include <algorithm>

namespace heliograph::safety {

namespace {

// So many are compared faster than they are found.
constexpr std::size_t few = 2048;

// How many values differ from one of `bits` bits in at most `radius`.
double ball(int bits, int radius) {
  double sum = 0, at = 1;
  for (int i = 0; i <= radius; ++i) {
    sum += at;
    at = at * (bits - i) / (i + 1);
  }
  return sum;
}

template <typename Each>
void each_near(std::uint32_t value, int bits, int radius, const Each& each, int from = 0) {
  each(value);
  if (radius == 0) return;
  for (int bit = from; bit < bits; ++bit) {
    each_near(value ^ (std::uint32_t{1} << bit), bits, radius - 1, each, bit + 1);
  }
}

}  // namespace

std::uint32_t PdqIndex::Band::of(const Hash256& hash) const {
  const auto word = static_cast<std::size_t>(first / 64);
  const int shift = first % 64;
  auto value = hash.words[word] >> shift;
  if (shift + bits > 64) value |= hash.words[word + 1] << (64 - shift);
  return static_cast<std::uint32_t>(value & ((std::uint64_t{1} << bits) - 1));
}

std::vector<PdqIndex::Band> PdqIndex::plan(std::size_t count) {
  std::vector<Band> best;
  if (count <= few) return best;
  double best_cost = 0;
  for (int m = 16; m >= 10; --m) {
    // Tables of more than a few entries for each hash are not worth their memory.
    if (m < 16 && static_cast<double>(std::uint64_t{1} << (256 / m)) > 4.0 * static_cast<double>(count))
      break;
    std::vector<Band> bands(static_cast<std::size_t>(m));
    double cost = 0;
    int first = 0;
    for (int i = 0; i < m; ++i) {
      auto& band = bands[static_cast<std::size_t>(i)];
      band.first = first;
      band.bits = 256 / m + (i < 256 % m ? 1 : 0);
      first += band.bits;
      // If every band differed in more than its share, all of them together would in more than radius_max:
      // the shares are as small as that allows.
      band.radius = radius_max / m - (i > radius_max % m ? 1 : 0);
      const auto values = static_cast<double>(std::uint64_t{1} << band.bits);
      // A look at the table, and at each hash that is there: twice as far away.
      cost += ball(band.bits, band.radius) * (1 + 2 * static_cast<double>(count) / values);
    }
    if (!best.empty() && cost >= best_cost) continue;
    best = std::move(bands);
    best_cost = cost;
  }
  return best;
}

PdqIndex::PdqIndex(std::vector<Hash256> hashes) : hashes_(std::move(hashes)), bands_(plan(hashes_.size())) {
  for (auto& band : bands_) {
    band.begins.assign((std::size_t{1} << band.bits) + 1, 0);
    for (const auto& hash : hashes_) ++band.begins[band.of(hash) + 1];
    for (std::size_t i = 1; i < band.begins.size(); ++i) band.begins[i] += band.begins[i - 1];
    band.numbers.resize(hashes_.size());
    auto next = band.begins;
    for (std::uint32_t i = 0; i < hashes_.size(); ++i) band.numbers[next[band.of(hashes_[i])]++] = i;
  }
}

void PdqIndex::find(const Hash256& query, int radius, std::vector<Found>& found) const {
  found.clear();
  const auto look_at = [&](std::uint32_t number) {
    const auto far = distance(hashes_[number], query);
    if (far <= radius) found.push_back({number, far});
  };
  if (bands_.empty()) {
    for (std::uint32_t i = 0; i < hashes_.size(); ++i) look_at(i);
    return;
  }
  for (const auto& band : bands_) {
    each_near(band.of(query), band.bits, std::min(band.radius, radius), [&](std::uint32_t value) {
      for (auto i = band.begins[value]; i < band.begins[value + 1]; ++i) look_at(band.numbers[i]);
    });
  }
  std::ranges::sort(found, {}, &Found::number);
  const auto twice = std::ranges::unique(found, {}, &Found::number);
  found.erase(twice.begin(), twice.end());
}

std::size_t PdqIndex::memory_bytes() const {
  auto sum = hashes_.size() * sizeof(Hash256);
  for (const auto& band : bands_) sum += (band.begins.size() + band.numbers.size()) * sizeof(std::uint32_t);
  return sum;
}

}  // namespace heliograph::safety
