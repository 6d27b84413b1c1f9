// The terms of service that people accept when they sign up: rules/terms-of-service.md.
#pragma once

#include <cstdint>
#include <string>

namespace heliograph::services {

struct Terms {
  std::int32_t version = 1;  // moves when the text changes in a way that people must agree to
  std::string text;          // shown as it is
  std::int32_t min_age = 0;  // 0: clients do not ask

  std::string id() const { return std::to_string(version); }
};

}  // namespace heliograph::services
