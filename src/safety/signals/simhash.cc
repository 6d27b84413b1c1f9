#include "safety/signals/simhash.h"

#include <array>

namespace heliograph::safety {

namespace {

std::uint64_t spread(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

}  // namespace

std::uint64_t simhash(std::span<const std::uint32_t> features) {
  // 64 counters, bit by bit: plane k holds the k-th binary digit of each, so that one feature is added to all
  // of them at once.
  std::array<std::uint64_t, 17> planes{};
  for (const auto feature : features) {
    auto carry = spread(feature);
    for (std::size_t k = 0; carry != 0 && k < planes.size(); ++k) {
      const auto next = planes[k] & carry;
      planes[k] ^= carry;
      carry = next;
    }
  }
  // Which counters are above half: the same comparison, from the highest digit down.
  const auto half = features.size() / 2;
  std::uint64_t above = 0, equal = ~std::uint64_t{0};
  for (std::size_t k = planes.size(); k-- > 0;) {
    const auto digit = ((half >> k) & 1) != 0 ? ~std::uint64_t{0} : 0;
    above |= equal & planes[k] & ~digit;
    equal &= ~(planes[k] ^ digit);
  }
  return above;
}

}  // namespace heliograph::safety
