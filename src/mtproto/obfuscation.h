// Obfuscated2: the stream is XORed with AES-256-CTR under keys that the client's first 64 bytes carry
// (core.telegram.org/mtproto/mtproto-transports#transport-obfuscation). Hides the protocol, protects nothing.
#pragma once

#include <array>
#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "crypto/aes.h"
#include "mtproto/framing.h"

namespace heliograph::mtproto {

class Obfuscation {
 public:
  static constexpr std::size_t header_size = 64;
  using Header = std::array<std::uint8_t, header_size>;

  struct Accepted;
  // The server's side. OBFUSCATION_INVALID if no known framing is named inside. The data centre field (bytes
  // 60, 61) is ignored: client libraries fill it with random bytes.
  static Result<Accepted> accept(const Header& header);

  struct Offered;
  // The client's side: a header to send first, as it is.
  static Offered offer(Framing framing, Random& random);

  // In place; the stream may be cut anywhere.
  void incoming(MutableByteView bytes) { incoming_.apply(bytes); }
  void outgoing(MutableByteView bytes) { outgoing_.apply(bytes); }

 private:
  Obfuscation(crypto::AesCtr incoming, crypto::AesCtr outgoing) : incoming_(incoming), outgoing_(outgoing) {}

  crypto::AesCtr incoming_;
  crypto::AesCtr outgoing_;
};

struct Obfuscation::Accepted {
  std::unique_ptr<Obfuscation> obfuscation;
  Framing framing;
};
struct Obfuscation::Offered {
  std::unique_ptr<Obfuscation> obfuscation;
  Header header;
};

}  // namespace heliograph::mtproto
