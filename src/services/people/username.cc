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
  return folded.ends_with("bot") ||
         std::ranges::find(reserved_usernames, folded) != std::end(reserved_usernames);
}

}  // namespace heliograph::services
