#include "crypto/random.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/assert.h"
#include "crypto/secret.h"

namespace heliograph::crypto {
namespace {

void fill_from_kernel(MutableByteView out) {
  while (!out.empty()) {
    const auto got = ::getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    HG_ASSERT(got > 0);  // nothing may go on with predictable keys
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

struct Buffer {
  std::array<std::uint8_t, 1024> bytes;
  std::size_t used = sizeof bytes;
  ~Buffer() { wipe(bytes); }
};

}  // namespace

void SystemRandom::fill(MutableByteView out) {
  thread_local Buffer buffer;
  if (out.size() > buffer.bytes.size() / 4) return fill_from_kernel(out);
  if (buffer.bytes.size() - buffer.used < out.size()) {
    fill_from_kernel(buffer.bytes);
    buffer.used = 0;
  }
  const auto taken = MutableByteView(buffer.bytes).subspan(buffer.used, out.size());
  std::copy(taken.begin(), taken.end(), out.begin());
  std::fill(taken.begin(), taken.end(), 0);
  buffer.used += out.size();
}

}  // namespace heliograph::crypto
