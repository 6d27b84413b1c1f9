// Countries as people name them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace heliograph::services {

// "Germany", "Deutschland", "DE": its ISO 3166 code; `language` and English are understood. None: no country.
std::optional<std::string> country_named(std::string_view text, std::string_view language);
// Its name in that language; empty for what is no code.
std::string country_name(std::string_view code, std::string_view language);

}  // namespace heliograph::services
