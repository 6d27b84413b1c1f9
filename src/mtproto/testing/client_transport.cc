#include "mtproto/testing/client_transport.h"

#include "base/assert.h"

namespace heliograph::mtproto {

ClientTransport::ClientTransport(Framing framing, bool obfuscated, Random& random)
    : framer_(framing, std::size_t{16} << 20) {
  if (obfuscated) {
    HG_ASSERT(framing != Framing::full);
    auto offered = Obfuscation::offer(framing, random);
    obfuscation_ = std::move(offered.obfuscation);
    greeting_.assign(offered.header.begin(), offered.header.end());
  } else if (framing == Framing::abridged) {
    greeting_.push_back(0xef);
  } else if (framing != Framing::full) {
    append_le(greeting_, tag_of_framing(framing));
  }
}

void ClientTransport::write(ByteView packet, Bytes& out, bool quick_ack) {
  append(out, greeting_);
  greeting_ = Bytes();
  const auto start = out.size();
  framer_.write(packet, out);
  if (quick_ack && framer_.framing() != Framing::full) {
    out[framer_.framing() == Framing::abridged ? start : start + 3] |= 0x80;
  }
  if (obfuscation_) obfuscation_->outgoing(MutableByteView(out).subspan(start));
}

void ClientTransport::receive(ByteView bytes) {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
  at_ = 0;
  const auto before = buffer_.size();
  append(buffer_, bytes);
  if (obfuscation_) obfuscation_->incoming(MutableByteView(buffer_).subspan(before));
}

Result<std::optional<ClientTransport::Received>> ClientTransport::next() {
  const auto rest = ByteView(buffer_).subspan(at_);
  if (framer_.framing() != Framing::full && rest.size() >= 4) {
    const bool abridged = framer_.framing() == Framing::abridged;
    auto token = load_le<std::uint32_t>(rest.data());
    if (abridged) token = __builtin_bswap32(token);
    if ((token & 0x80000000u) != 0) {
      at_ += 4;
      return Received{{}, token};
    }
  }
  HG_ASSIGN(auto frame, framer_.parse(rest));
  if (!frame) return std::nullopt;
  at_ += frame->consumed;
  return Received{frame->payload, std::nullopt};
}

std::optional<std::int32_t> ClientTransport::error_of(ByteView payload) {
  if (payload.size() != 4) return std::nullopt;
  return load_le<std::int32_t>(payload.data());
}

}  // namespace heliograph::mtproto
