// What a browser sends when it makes or shows a passkey: the first byte chooses, then come two parts of what
// it sends, each with its length in two bytes.
#include <cstdlib>

#include "base/bytes.h"
#include "crypto/hash.h"
#include "staff/webauthn.h"

namespace heliograph::staff {
namespace {

Bytes part(ByteView& rest) {
  if (rest.size() < 2) return {};
  const auto size = std::min<std::size_t>(rest.size() - 2, static_cast<std::size_t>(rest[0]) << 8 | rest[1]);
  auto out = to_bytes(rest.subspan(2, size));
  rest = rest.subspan(2 + size);
  return out;
}

// Client data are checked first: with right ones the rest is reached.
constexpr std::string_view kCreate =
    R"({"type":"webauthn.create","challenge":"AQ","origin":"http://localhost:8080"})";
constexpr std::string_view kGet =
    R"({"type":"webauthn.get","challenge":"AQ","origin":"http://localhost:8080"})";

}  // namespace
}  // namespace heliograph::staff

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph;
  using namespace heliograph::staff;
  if (size == 0) return 0;
  const RelyingParty party{"localhost", "http://localhost:8080"};
  const Bytes challenge{1};
  ByteView rest{data + 1, size - 1};
  const auto a = part(rest), b = part(rest);
  static_cast<void>(challenge_in(a));
  if (data[0] % 2 == 0) {
    static_cast<void>(verify_registration(party, challenge, {to_bytes(as_bytes(kCreate)), a}));
  } else {
    for (const int algorithm : {-7, -8}) {
      const PasskeyFacts known{{1}, algorithm, Bytes(algorithm == -7 ? 64 : 32, 4), 0};
      if (verify_assertion(party, challenge, known, {{1}, to_bytes(as_bytes(kGet)), a, b})) std::abort();
    }
  }
  return 0;
}
