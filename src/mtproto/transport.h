// One connection's byte stream, server side: bytes in, packets out, and back. Which of the transports of
// core.telegram.org/mtproto/mtproto-transports the client speaks is told from its first bytes. No sockets, no
// clock.
//
//   HG_TRY(transport.receive(bytes));
//   for (;;) {
//     HG_ASSIGN(auto packet, transport.next());
//     if (!packet) break;
//     handle(packet->payload);
//   }
//
// A WebSocket's payload goes through the same class: clients obfuscate inside it.
// Not thread-safe; movable. Holds a few hundred bytes between packets.
#pragma once

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "mtproto/framing.h"
#include "mtproto/obfuscation.h"

namespace heliograph::mtproto {

// What a server says when it cannot answer in the protocol: a packet that is just a negative number.
enum class TransportError : std::int32_t {
  key_unknown = -404,  // no such authorization key; the client makes a new one
  flood = -429,        // too many connections or packets; the client waits
  dc_unknown = -444,   // wrong data centre
};

class Transport {
 public:
  struct Limits {
    // Of one packet. The largest thing clients send is a container with a 512 KiB file part in it.
    std::size_t packet_bytes_max = (1u << 20) + 1024;
  };

  struct Packet {
    ByteView payload;        // valid until the next call on this object; at least 4 bytes
    bool quick_ack = false;  // answer with write_quick_ack() when the packet has been decrypted
  };

  Transport() : Transport(Limits()) {}
  explicit Transport(const Limits& limits) : limits_(limits) {}

  // Takes bytes as they came, cut anywhere. Memory grows by what is received, never by a length that is only
  // claimed: call next() until it gives nothing before receiving more.
  // Errors are final; close the connection. Besides those of Framer::parse():
  //   TRANSPORT_HTTP       the first bytes are an HTTP request or a TLS hello
  //   OBFUSCATION_INVALID  64 bytes of nothing known
  Status receive(ByteView bytes);

  // The next whole packet, or nothing until more bytes have come.
  Result<std::optional<Packet>> next();

  // Append to `out` what to send, in this connection's framing and obfuscation, in the order of the calls.
  // Only after the first packet has come: until then the framing is not known and nothing is written.
  void write(ByteView packet, Bytes& out);
  void write_error(TransportError error, Bytes& out);
  // `token` as DecryptedMessage::quick_ack_token has it. Nothing in the full framing, which has no quick
  // acks.
  void write_quick_ack(std::uint32_t token, Bytes& out);

  // Nothing until enough bytes have come to tell.
  std::optional<Framing> framing() const;
  bool obfuscated() const { return obfuscation_ != nullptr; }
  // Bytes held that are not yet part of a whole packet (and packets not yet taken).
  std::size_t buffered() const { return buffer_.size() - at_; }

 private:
  Status detect();
  void append_received(ByteView bytes);
  void drop_consumed();

  Limits limits_;
  Bytes buffer_;        // clear bytes, once the obfuscation is known
  std::size_t at_ = 0;  // of buffer_, consumed before here
  std::unique_ptr<Obfuscation> obfuscation_;
  std::optional<Framer> framer_;
  std::string_view failed_;  // code of the error that ended the stream
};

}  // namespace heliograph::mtproto
