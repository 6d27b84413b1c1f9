// One line an event, to stderr. Never log secrets, message text, phone numbers or IP addresses: ids only.
#pragma once

#include <spdlog/spdlog.h>

namespace heliograph::log {

using spdlog::debug;
using spdlog::error;
using spdlog::info;
using spdlog::warn;

}  // namespace heliograph::log
