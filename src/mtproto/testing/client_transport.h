// A client's side of Transport, for tests and the load client: any framing, obfuscated or not.
#pragma once

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/random.h"
#include "mtproto/framing.h"
#include "mtproto/obfuscation.h"

namespace heliograph::mtproto {

class ClientTransport {
 public:
  // Full cannot be obfuscated (it has no tag).
  ClientTransport(Framing framing, bool obfuscated, Random& random);

  // Appends one packet, before the first one also what a connection begins with.
  void write(ByteView packet, Bytes& out, bool quick_ack = false);

  struct Received {
    ByteView payload;                        // valid until the next call; empty for a quick ack
    std::optional<std::uint32_t> quick_ack;  // the token
  };
  void receive(ByteView bytes);
  Result<std::optional<Received>> next();

  // If `payload` is a bare error number: that (negative) number.
  static std::optional<std::int32_t> error_of(ByteView payload);

 private:
  Framer framer_;
  std::unique_ptr<Obfuscation> obfuscation_;
  Bytes greeting_;  // sent in the clear, once
  Bytes buffer_;
  std::size_t at_ = 0;
};

}  // namespace heliograph::mtproto
