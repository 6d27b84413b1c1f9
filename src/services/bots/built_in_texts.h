// rules/bot-texts.toml, which the program carries.
#pragma once

#include <string_view>

namespace heliograph::services {

std::string_view built_in_bot_texts();

}  // namespace heliograph::services
