// The real source of randomness: the kernel's generator.
#pragma once

#include "base/random.h"

namespace heliograph::crypto {

// Thread-safe. Small requests are served from a buffer of this thread (one system call for many), large
// ones directly; bytes leave the buffer as they are handed out. Not to be used in a forked child without
// exec.
class SystemRandom final : public Random {
 public:
  void fill(MutableByteView out) override;
};

}  // namespace heliograph::crypto
