// Fills structs with generated values through their descriptors, for property tests.
#pragma once

#include <map>
#include <random>
#include <vector>

#include "tl/slot.h"

namespace heliograph::tl {

class RandomFill {
 public:
  explicit RandomFill(std::uint64_t seed) : random_(seed) {
    for (std::size_t i = 0; i < kStructureCount; ++i) {
      const Structure& structure = *kStructures[i];
      if (structure.function) continue;
      for (std::size_t v = 0; v < structure.variant_count; ++v) {
        by_type_[kVariants[structure.first_variant + v].type].push_back(&structure);
      }
    }
  }

  AnyBox make(const Structure& structure, int depth = 4) {
    AnyBox box(&structure, structure.create());
    for (std::size_t i = 0; i < structure.member_count; ++i) {
      const Member& member = structure.members[i];
      void* slot = static_cast<std::byte*>(box.object()) + member.offset;
      if (member.kind == Kind::rest) continue;
      if (member.optional && coin()) continue;
      with_type(member.kind, [&]<typename T>() { fill<T>(member, slot, depth); });
    }
    return box;
  }

 private:
  bool coin() { return (random_() & 1) != 0; }

  template <typename T>
  void fill(const Member& member, void* slot, int depth) {
    if (member.vector) {
      auto& values = place<std::vector<T>>(slot, member.optional);
      for (auto left = random_() % 3; left != 0; --left) values.push_back(value<T>(member, depth));
    } else {
      place<T>(slot, member.optional) = value<T>(member, depth);
    }
  }

  template <typename T>
  T value(const Member& member, int depth) {
    if constexpr (std::same_as<T, AnyBox>) {
      if (depth == 0) return {};
      const auto& choices = member.kind == Kind::bare ? bare_ : by_type_[member.type];
      if (choices.empty()) return {};
      return make(*choices[random_() % choices.size()], depth - 1);
    } else if constexpr (std::same_as<T, bool>) {
      return coin();
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, Bytes>) {
      const std::size_t size = random_() % 8 == 0 ? 250 + random_() % 10 : random_() % 6;
      T result(size, 0);
      for (auto& byte : result) byte = static_cast<typename T::value_type>('a' + random_() % 26);
      return result;
    } else if constexpr (std::same_as<T, Int128> || std::same_as<T, Int256>) {
      T result;
      for (auto& byte : result) byte = static_cast<std::uint8_t>(random_());
      return result;
    } else if constexpr (std::same_as<T, double>) {
      return static_cast<double>(random_() % 1000);
    } else {
      return static_cast<T>(random_());
    }
  }

  std::mt19937_64 random_;
  std::map<std::uint16_t, std::vector<const Structure*>> by_type_;
  std::vector<const Structure*> bare_;
};

}  // namespace heliograph::tl
