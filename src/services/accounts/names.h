// First and last names as people may call themselves.
#pragma once

#include <optional>
#include <string>

namespace heliograph::services {

inline constexpr std::size_t name_length_max = 64;  // Unicode code points

// Well-formed UTF-8, without blanks at the ends, control and invisible formatting characters replaced by
// blanks, cut to `longest` code points. None if it is not UTF-8. May be empty: the caller knows whether that
// will do.
std::optional<std::string> clean_name(std::string_view text, std::size_t longest = name_length_max);

}  // namespace heliograph::services
