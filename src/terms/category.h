// The categories of harm. Their names are part of the public contract and are used wherever harm is spoken
// of: term lists, models, policy, cases, reports.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heliograph::terms {

enum class Category : std::uint8_t {
  illegal_goods,  // drugs, weapons, forged documents, stolen data
  fraud,          // scams, phishing, money laundering
  csae,           // child sexual abuse and exploitation
  terrorism,
  violence,  // threats, incitement, gore
  hate,
  harassment,
  sexual,
  self_harm,
  spam,
  other_illegal,
};

inline constexpr std::array<std::string_view, 11> kCategoryNames = {
    "illegal_goods", "fraud",  "csae",      "terrorism", "violence",     "hate",
    "harassment",    "sexual", "self_harm", "spam",      "other_illegal"};
inline constexpr std::size_t kCategoryCount = kCategoryNames.size();

constexpr std::string_view name(Category category) {
  return kCategoryNames[static_cast<std::size_t>(category)];
}

constexpr std::optional<Category> category_of(std::string_view text) {
  for (std::size_t i = 0; i < kCategoryCount; ++i) {
    if (kCategoryNames[i] == text) return static_cast<Category>(i);
  }
  return std::nullopt;
}

}  // namespace heliograph::terms
