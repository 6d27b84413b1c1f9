#include "services/people/username.h"

#include <algorithm>

#include "services/people/reserved_usernames.h"

namespace heliograph::services {

namespace {

// Not <cctype>: its answers hang on the locale.
constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}
constexpr bool digit(char c) {
  return c >= '0' && c <= '9';
}

// As a hurried reader sees it: what looks like another letter is that letter, and lines between do not count.
std::string as_it_looks(std::string_view username) {
  std::string seen;
  for (const char c : username) {
    if (c == '_') continue;
    constexpr std::string_view digits = "0134578", letters = "oleastb";
    const auto at = digits.find(c);
    const char shown = at != std::string_view::npos ? letters[at] : lower(c);
    seen.push_back(shown == 'i' ? 'l' : shown);
    if (seen.ends_with("rn")) seen.replace(seen.size() - 2, 2, "m");
    if (seen.ends_with("vv")) seen.replace(seen.size() - 2, 2, "w");
  }
  return seen;
}

}  // namespace

bool valid_username(std::string_view username) {
  if (username.size() < 5 || username.size() > 32) return false;
  if (!letter(username.front()) || username.back() == '_') return false;
  if (username.find("__") != std::string_view::npos) return false;
  return std::ranges::all_of(username, [](char c) { return letter(c) || digit(c) || c == '_'; });
}

bool reserved_username(std::string_view username) {
  std::string folded(username);
  std::ranges::transform(folded, folded.begin(), lower);
  if (folded.ends_with("bot")) return true;
  const auto seen = as_it_looks(username);
  return std::ranges::any_of(reserved_usernames,
                             [&](std::string_view name) { return seen == as_it_looks(name); });
}

}  // namespace heliograph::services
