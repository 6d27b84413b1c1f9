// How packets are cut out of a byte stream: the four framings of
// core.telegram.org/mtproto/mtproto-transports, without obfuscation. Shared by the server's Transport and the
// client of the tests.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/result.h"

namespace heliograph::mtproto {

enum class Framing : std::uint8_t {
  abridged,      // length in words: 1 byte, or 7f and 3 bytes
  intermediate,  // length in bytes: 4 bytes
  padded,        // the same, with up to 15 random bytes after the payload
  full,          // length, sequence number, payload, crc32
};

// The tag a client sends to ask for the framing (also bytes 56..59 of an obfuscated header, where abridged
// is repeated four times). Full has none.
std::optional<Framing> framing_of_tag(std::uint32_t tag);
std::uint32_t tag_of_framing(Framing framing);

class Framer {
 public:
  struct Frame {
    std::size_t consumed = 0;  // bytes of the stream used up
    ByteView payload;          // into the stream given to parse()
    bool quick_ack = false;    // the sender asks for a quick acknowledgement
  };

  // `packet_bytes_max` bounds the payload, with 16 bytes of grace for padding.
  Framer(Framing framing, std::size_t packet_bytes_max)
      : packet_bytes_max_(static_cast<std::uint32_t>(packet_bytes_max)), framing_(framing) {}

  // The first frame of `stream`, nothing if more bytes are needed, or an error after which the stream cannot
  // be understood any more: PACKET_TOO_LARGE, PACKET_LENGTH_INVALID, PACKET_SEQUENCE_INVALID,
  // PACKET_CRC_INVALID. A length is judged as soon as it is there, before its bytes are. Trailing padding:
  // cut off encrypted payloads; left on unencrypted ones, which hold their own length.
  Result<std::optional<Frame>> parse(ByteView stream);

  // Appends `payload` (a multiple of four long, not empty) in its frame. In the padded framing no padding is
  // added: zero bytes are allowed, and not every client can take more than three.
  void write(ByteView payload, Bytes& out);

  Framing framing() const { return framing_; }

 private:
  Result<std::optional<Frame>> parse_abridged(ByteView stream) const;
  Result<std::optional<Frame>> parse_intermediate(ByteView stream) const;
  Result<std::optional<Frame>> parse_full(ByteView stream);

  std::uint32_t packet_bytes_max_;
  std::uint32_t received_ = 0;  // sequence numbers of the full framing
  std::uint32_t sent_ = 0;
  Framing framing_;
};

}  // namespace heliograph::mtproto
