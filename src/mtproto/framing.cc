#include "mtproto/framing.h"

#include <zlib.h>

#include "base/assert.h"

namespace heliograph::mtproto {
namespace {

constexpr std::uint32_t quick_ack_bit = 0x80000000u;
constexpr std::size_t padding_max = 15;

std::unexpected<Error> bad_length() {
  return fail(Error::invalid("PACKET_LENGTH_INVALID"));
}
std::unexpected<Error> too_large() {
  return fail(Error::invalid("PACKET_TOO_LARGE"));
}

constexpr std::optional<Framer::Frame> incomplete = std::nullopt;

std::uint32_t crc(ByteView bytes) {
  return static_cast<std::uint32_t>(::crc32(0, bytes.data(), static_cast<uInt>(bytes.size())));
}

// An encrypted packet is a 24-byte head and whole AES blocks; what is over is padding.
ByteView without_padding(ByteView payload) {
  constexpr std::size_t head = 24, block = 16;
  if (payload.size() < head || load_le<std::uint64_t>(payload.data()) == 0) return payload;
  return payload.first(head + (payload.size() - head) / block * block);
}

}  // namespace

std::optional<Framing> framing_of_tag(std::uint32_t tag) {
  for (const auto framing : {Framing::abridged, Framing::intermediate, Framing::padded}) {
    if (tag == tag_of_framing(framing)) return framing;
  }
  return std::nullopt;
}

std::uint32_t tag_of_framing(Framing framing) {
  switch (framing) {
    case Framing::abridged:
      return 0xefefefef;
    case Framing::intermediate:
      return 0xeeeeeeee;
    case Framing::padded:
      return 0xdddddddd;
    case Framing::full:
      break;
  }
  return 0;
}

Result<std::optional<Framer::Frame>> Framer::parse(ByteView stream) {
  switch (framing_) {
    case Framing::abridged:
      return parse_abridged(stream);
    case Framing::intermediate:
    case Framing::padded:
      return parse_intermediate(stream);
    case Framing::full:
      break;
  }
  return parse_full(stream);
}

Result<std::optional<Framer::Frame>> Framer::parse_abridged(ByteView stream) const {
  if (stream.empty()) return incomplete;
  const bool quick_ack = (stream[0] & 0x80) != 0;
  std::size_t words = stream[0] & 0x7f;
  std::size_t head = 1;
  if (words == 0x7f) {
    head = 4;
    if (stream.size() < head) return incomplete;
    words = load_le<std::uint32_t>(stream.data()) >> 8;
  }
  if (words == 0) return bad_length();
  if (words * 4 > packet_bytes_max_) return too_large();
  if (stream.size() - head < words * 4) return incomplete;
  return Frame{head + words * 4, stream.subspan(head, words * 4), quick_ack};
}

Result<std::optional<Framer::Frame>> Framer::parse_intermediate(ByteView stream) const {
  constexpr std::size_t head = 4;
  if (stream.size() < head) return incomplete;
  const auto field = load_le<std::uint32_t>(stream.data());
  const std::size_t length = field & ~quick_ack_bit;
  const bool padded = framing_ == Framing::padded;
  if (length > packet_bytes_max_ + (padded ? padding_max : 0)) return too_large();
  if (length < 4 || (!padded && length % 4 != 0)) return bad_length();
  if (stream.size() - head < length) return incomplete;
  auto payload = stream.subspan(head, length);
  if (padded) payload = without_padding(payload);
  return Frame{head + length, payload, (field & quick_ack_bit) != 0};
}

Result<std::optional<Framer::Frame>> Framer::parse_full(ByteView stream) {
  constexpr std::size_t head = 8, tail = 4;
  if (stream.size() < 4) return incomplete;
  const std::size_t length = load_le<std::uint32_t>(stream.data());
  if (length > packet_bytes_max_ + head + tail) return too_large();
  if (length < head + 4 + tail || length % 4 != 0) return bad_length();
  if (stream.size() < head) return incomplete;
  if (load_le<std::uint32_t>(stream.data() + 4) != received_) {
    return fail(Error::invalid("PACKET_SEQUENCE_INVALID"));
  }
  if (stream.size() < length) return incomplete;
  if (load_le<std::uint32_t>(stream.data() + length - tail) != crc(stream.first(length - tail))) {
    return fail(Error::invalid("PACKET_CRC_INVALID"));
  }
  ++received_;
  return Frame{length, stream.subspan(head, length - head - tail), false};
}

void Framer::write(ByteView payload, Bytes& out) {
  HG_ASSERT(!payload.empty() && payload.size() % 4 == 0);
  const auto words = static_cast<std::uint32_t>(payload.size() / 4);
  out.reserve(out.size() + payload.size() + 12);
  switch (framing_) {
    case Framing::abridged:
      if (words < 0x7f) {
        out.push_back(static_cast<std::uint8_t>(words));
      } else {
        append_le(out, words << 8 | 0x7f);
      }
      append(out, payload);
      return;
    case Framing::intermediate:
    case Framing::padded:
      append_le(out, words * 4);
      append(out, payload);
      return;
    case Framing::full: {
      const auto start = out.size();
      append_le(out, words * 4 + 12);
      append_le(out, sent_++);
      append(out, payload);
      append_le(out, crc(ByteView(out).subspan(start)));
      return;
    }
  }
}

}  // namespace heliograph::mtproto
