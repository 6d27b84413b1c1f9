// Takes every right from this process that reading pictures does not need.
#pragma once

#include "base/result.h"

namespace heliograph::images {

struct SandboxLimits {
  std::size_t memory_bytes = std::size_t{768} << 20;
  unsigned cpu_seconds = 15;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sandbox_holds = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
inline constexpr bool sandbox_holds = false;
#else
inline constexpr bool sandbox_holds = true;
#endif
#else
inline constexpr bool sandbox_holds = true;
#endif

// After this the process can compute, allocate (never executable memory), read and write descriptors it
// already has, and end. Everything else ends it. No file can be opened, no socket made, no process started.
// Nothing of it can be undone. unavailable SANDBOX_FAILED: the process must not go on.
// In builds with sanitizers, which need more of the system, it does nothing (sandbox_holds).
Status enter_sandbox(const SandboxLimits& limits);

}  // namespace heliograph::images
