// What is counted of behaviour in public places, by the names that a policy and a case use.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace heliograph::safety {

enum class Measure : std::uint8_t {
  messages,           // of the author in public places within the window
  authors,            // different accounts that wrote the same, or nearly, within the window
  chats,              // different places where this author wrote the same, or nearly
  joins,              // new accounts that came into the place within the window, if the author did, too
  new_account,        // 1: the account is new
  new_account_links,  // links in the text, if the account is new
};
inline constexpr std::array<std::string_view, 6> kMeasureNames = {
    "messages", "authors", "chats", "joins", "new_account", "new_account_links"};
inline constexpr std::size_t kMeasureCount = kMeasureNames.size();

using Measures = std::array<std::int64_t, kMeasureCount>;

constexpr std::string_view name(Measure measure) {
  return kMeasureNames[static_cast<std::size_t>(measure)];
}

}  // namespace heliograph::safety
