#include "net/websocket_frame.h"

#include <algorithm>
#include <utility>

namespace heliograph::net {

namespace {
constexpr std::size_t control_limit = 125;

std::size_t header_length(std::uint8_t second) {
  const std::uint8_t length = second & 0x7f;
  const std::size_t extended = length == 127 ? 8 : length == 126 ? 2 : 0;
  return 2 + extended + 4;
}

// Word by word: payloads are the bulk of what arrives.
void unmask(std::uint8_t* data, std::size_t size, const std::array<std::uint8_t, 4>& mask, std::uint8_t& at) {
  std::array<std::uint8_t, 8> pattern;
  for (std::size_t i = 0; i < 8; ++i) pattern[i] = mask[(at + i) & 3];
  const auto word = load_le<std::uint64_t>(pattern.data());
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8) store_le(data + i, load_le<std::uint64_t>(data + i) ^ word);
  for (; i < size; ++i) data[i] ^= pattern[i & 7];
  at = static_cast<std::uint8_t>((at + size) & 3);
}

}  // namespace

WebSocketClose WebSocketDecoder::feed(MutableByteView bytes, Events& events, const bool& stop) {
  while (!bytes.empty() || (in_payload_ && left_ == 0)) {
    if (!in_payload_) {
      header_[header_size_++] = bytes.front();
      bytes = bytes.subspan(1);
      if (header_size_ < 2 || header_size_ < header_length(header_[1])) {
        // An unmasked frame has a shorter header: refuse it before waiting for bytes that never come.
        if (header_size_ == 2 && (header_[1] & 0x80) == 0) return WebSocketClose::protocol_error;
        continue;
      }
      if (const auto bad = header_complete(); bad != WebSocketClose::normal) return bad;
      continue;
    }
    const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
    const auto piece = bytes.first(count);
    bytes = bytes.subspan(count);
    left_ -= count;
    unmask(piece.data(), count, mask_, mask_at_);
    if (opcode_ == Opcode::binary) {
      if (count > 0) events.on_payload(piece);
    } else {
      append(control_, piece);
    }
    if (stop) return WebSocketClose::normal;
    if (left_ == 0) {
      if (const auto bad = frame_complete(events); bad != WebSocketClose::normal || stop) return bad;
    }
  }
  return WebSocketClose::normal;
}

WebSocketClose WebSocketDecoder::header_complete() {
  const bool final = (header_[0] & 0x80) != 0;
  const std::uint8_t raw = header_[0] & 0x0f;
  if ((header_[0] & 0x70) != 0) return WebSocketClose::protocol_error;  // no extension was agreed

  std::uint64_t length = header_[1] & 0x7f;
  const bool wide = length >= 126;
  if (wide) {
    const std::size_t count = length == 127 ? 8 : 2;
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8 | header_[2 + i];
    if (count == 8 && length >> 63 != 0) return WebSocketClose::protocol_error;
  }
  std::copy_n(header_.begin() + header_size_ - 4, 4, mask_.begin());
  mask_at_ = 0;
  header_size_ = 0;
  left_ = length;
  in_payload_ = true;

  switch (raw) {
    case 0:
      if (!in_message_) return WebSocketClose::protocol_error;
      opcode_ = Opcode::binary;
      break;
    case 2:
      if (in_message_) return WebSocketClose::protocol_error;
      opcode_ = Opcode::binary;
      message_seen_ = 0;
      break;
    case 1:
      return WebSocketClose::unsupported_data;
    case 8:
    case 9:
    case 10:
      if (!final || length > control_limit) return WebSocketClose::protocol_error;
      opcode_ = static_cast<Opcode>(raw);
      control_.clear();
      return WebSocketClose::normal;
    default:
      return WebSocketClose::protocol_error;
  }
  in_message_ = !final;
  if (length > message_limit_ - std::min<std::uint64_t>(message_seen_, message_limit_)) {
    return WebSocketClose::too_big;
  }
  message_seen_ += length;
  return WebSocketClose::normal;
}

WebSocketClose WebSocketDecoder::frame_complete(Events& events) {
  in_payload_ = false;
  if (opcode_ == Opcode::binary || opcode_ == Opcode::pong) {
    Bytes().swap(control_);
    return WebSocketClose::normal;
  }
  const Bytes payload = std::exchange(control_, {});
  if (opcode_ == Opcode::ping) {
    events.on_ping(payload);
    return WebSocketClose::normal;
  }
  if (payload.size() == 1) return WebSocketClose::protocol_error;  // half a close code
  events.on_close();
  return WebSocketClose::normal;
}

Bytes websocket_frame_header(std::uint8_t opcode, std::size_t payload_size) {
  Bytes out{static_cast<std::uint8_t>(0x80 | opcode)};
  const auto big_endian = [&](int count) {
    for (int i = count - 1; i >= 0; --i) {
      out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(payload_size) >> (8 * i)));
    }
  };
  if (payload_size < 126) {
    out.push_back(static_cast<std::uint8_t>(payload_size));
  } else if (payload_size <= 0xffff) {
    out.push_back(126);
    big_endian(2);
  } else {
    out.push_back(127);
    big_endian(8);
  }
  return out;
}

namespace {
Bytes frame(std::uint8_t opcode, ByteView payload) {
  Bytes out = websocket_frame_header(opcode, payload.size());
  append(out, payload);
  return out;
}
}  // namespace

Bytes websocket_binary(ByteView payload) {
  return frame(2, payload);
}
Bytes websocket_pong(ByteView payload) {
  return frame(10, payload);
}

Bytes websocket_close(WebSocketClose code) {
  const auto value = static_cast<std::uint16_t>(code);
  const std::array<std::uint8_t, 2> payload{static_cast<std::uint8_t>(value >> 8),
                                            static_cast<std::uint8_t>(value & 0xff)};
  return frame(8, payload);
}

}  // namespace heliograph::net
