// The table of configuration keys.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <variant>

#include "config/config.h"

namespace heliograph::config {

// A value as TOML has it, reduced to what our keys use.
using ConfigValue = std::variant<std::string, std::int64_t, std::vector<std::string>>;

struct ConfigKey {
  std::string_view name;           // dotted, "listen.mtproto"
  std::string_view default_value;  // as written in TOML
  std::string_view allowed;        // completes "must be ..."
  std::string_view about;
  // False: the value is not allowed.
  bool (*set)(Config&, const ConfigValue&);
};

std::span<const ConfigKey> config_keys();

// The candidate that is a typing mistake away from `word`, or "".
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace heliograph::config
