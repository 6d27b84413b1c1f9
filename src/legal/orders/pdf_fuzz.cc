// Orders as agencies' officers upload them, and the signatures in them.
#include "legal/orders/pdf.h"

using namespace heliograph;
using namespace heliograph::legal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::CmsTrust trust;
  const ByteView file(data, size);
  const auto facts = examine_pdf(file, trust, 1'800'000'000);
  for (const auto& one : facts.signatures) {
    if (one.trusted) __builtin_trap();  // by nobody
  }
  static_cast<void>(crypto::read_cms(file, {}, trust, 1'800'000'000));
  return 0;
}
