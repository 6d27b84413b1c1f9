// HG_ASSERT: we were wrong, and going on would do harm. Never on anything a stranger sent.
#pragma once

namespace heliograph {
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);
}

#define HG_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : ::heliograph::assertion_failed(#expression, __FILE__, __LINE__))
