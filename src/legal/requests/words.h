// What people write into forms of the legal desk and the portal.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "base/result.h"

namespace heliograph::legal {

// No control characters; with `lines` those that part lines may be there.
inline bool is_printable(std::string_view text, bool lines) {
  return std::ranges::none_of(text, [lines](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7f || (byte < 0x20 && !(lines && (c == '\n' || c == '\r' || c == '\t')));
  });
}

// There is more in it than blanks.
inline bool says_something(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

// invalid WORDS_MISSING.
inline Status must_say_why(std::string_view why) {
  return says_something(why) ? Status() : fail(Error::invalid("WORDS_MISSING", "Write why."));
}

// ASCII letters alone: domains have no others.
inline std::string in_small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return small;
}

}  // namespace heliograph::legal
