#include "mtproto/transport.h"

#include <algorithm>

namespace heliograph::mtproto {
namespace {

bool looks_like_http(std::uint32_t first) {
  constexpr std::uint32_t known[] = {0x44414548 /* HEAD */, 0x54534f50 /* POST */,      0x20544547 /* GET  */,
                                     0x4954504f /* OPTI */, 0x02010316 /* TLS hello */, 0x01010316};
  return std::ranges::find(known, first) != std::end(known);
}

}  // namespace

Status Transport::receive(ByteView bytes) {
  if (!failed_.empty()) return fail(Error::invalid(failed_));
  drop_consumed();
  append_received(bytes);
  if (framer_) return {};
  auto detected = detect();
  if (!detected) {
    failed_ = detected.error().code;
    buffer_ = Bytes();
  }
  return detected;
}

Status Transport::detect() {
  const ByteView start = buffer_;
  if (start.empty()) return {};
  if (start[0] == 0xef) {
    framer_.emplace(Framing::abridged, limits_.packet_bytes_max);
    at_ = 1;
    return {};
  }
  if (start.size() < 4) return {};
  const auto first = load_le<std::uint32_t>(start.data());
  if (looks_like_http(first)) return fail(Error::invalid("TRANSPORT_HTTP"));
  if (first == tag_of_framing(Framing::intermediate) || first == tag_of_framing(Framing::padded)) {
    framer_.emplace(*framing_of_tag(first), limits_.packet_bytes_max);
    at_ = 4;
    return {};
  }
  if (start.size() < 8) return {};
  // The full framing has no tag but begins with packet number 0, which an obfuscated header avoids.
  if (load_le<std::uint32_t>(start.data() + 4) == 0) {
    framer_.emplace(Framing::full, limits_.packet_bytes_max);
    return {};
  }
  if (start.size() < Obfuscation::header_size) return {};
  Obfuscation::Header header;
  std::copy_n(start.begin(), header.size(), header.begin());
  HG_ASSIGN(auto accepted, Obfuscation::accept(header));
  obfuscation_ = std::move(accepted.obfuscation);
  framer_.emplace(accepted.framing, limits_.packet_bytes_max);
  at_ = header.size();
  obfuscation_->incoming(MutableByteView(buffer_).subspan(at_));
  return {};
}

void Transport::append_received(ByteView bytes) {
  const auto before = buffer_.size();
  append(buffer_, bytes);
  if (obfuscation_) obfuscation_->incoming(MutableByteView(buffer_).subspan(before));
}

// An idle connection keeps no buffer; a busy one moves its rest to the front.
void Transport::drop_consumed() {
  if (at_ == buffer_.size()) {
    buffer_ = Bytes();
  } else if (at_ > 0) {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
  }
  at_ = 0;
}

Result<std::optional<Transport::Packet>> Transport::next() {
  if (!failed_.empty()) return fail(Error::invalid(failed_));
  if (!framer_) return std::nullopt;
  auto frame = framer_->parse(ByteView(buffer_).subspan(at_));
  if (!frame) {
    failed_ = frame.error().code;
    buffer_ = Bytes();
    at_ = 0;
    return std::unexpected(std::move(frame).error());
  }
  if (!*frame) {
    if (at_ == buffer_.size()) drop_consumed();
    return std::nullopt;
  }
  at_ += (*frame)->consumed;
  return Packet{(*frame)->payload, (*frame)->quick_ack};
}

void Transport::write(ByteView packet, Bytes& out) {
  if (!framer_) return;
  const auto start = out.size();
  framer_->write(packet, out);
  if (obfuscation_) obfuscation_->outgoing(MutableByteView(out).subspan(start));
}

void Transport::write_error(TransportError error, Bytes& out) {
  std::uint8_t packet[4];
  store_le(packet, static_cast<std::int32_t>(error));
  write(packet, out);
}

void Transport::write_quick_ack(std::uint32_t token, Bytes& out) {
  if (!framer_ || framer_->framing() == Framing::full) return;
  // Where a length is expected, a set top bit tells it is a token: the first byte on the wire in the abridged
  // framing, the last in the others.
  token |= 0x80000000u;
  if (framer_->framing() == Framing::abridged) token = __builtin_bswap32(token);
  const auto start = out.size();
  append_le(out, token);
  if (obfuscation_) obfuscation_->outgoing(MutableByteView(out).subspan(start));
}

std::optional<Framing> Transport::framing() const {
  if (!framer_) return std::nullopt;
  return framer_->framing();
}

}  // namespace heliograph::mtproto
