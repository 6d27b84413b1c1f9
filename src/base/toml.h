// toml++ as it must be included: 3.3 asserts on some malformed files instead of reporting them (found by
// app/config_fuzz.cc). Here its assertions become exceptions, std::logic_error beside its own
// toml::parse_error, to be caught where it is called. Include this before anything else, and toml++ nowhere
// directly.
#pragma once

#undef NDEBUG
#include <stdexcept>

namespace heliograph::detail {
[[noreturn]] inline void toml_assertion_failed(const char* what) {
  throw std::logic_error(what);
}
}  // namespace heliograph::detail

#define TOML_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : ::heliograph::detail::toml_assertion_failed(#expression))
#define TOML_EXCEPTIONS 1
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>
