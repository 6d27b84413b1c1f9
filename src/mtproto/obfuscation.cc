#include "mtproto/obfuscation.h"

#include <algorithm>

namespace heliograph::mtproto {
namespace {

constexpr std::size_t key_at = 8, iv_at = 40, tag_at = 56;

crypto::AesCtr stream(const Obfuscation::Header& header) {
  crypto::AesKey key;
  crypto::CtrIv iv;
  std::copy_n(header.begin() + key_at, key.size(), key.begin());
  std::copy_n(header.begin() + iv_at, iv.size(), iv.begin());
  return {key, iv};
}

// The other direction's key and IV are the same 48 bytes backwards.
crypto::AesCtr reverse_stream(Obfuscation::Header header) {
  std::reverse(header.begin() + key_at, header.begin() + tag_at);
  return stream(header);
}

// A header must not look like the beginning of any other protocol.
bool looks_like_another(const Obfuscation::Header& header) {
  const auto first = load_le<std::uint32_t>(header.data());
  const auto second = load_le<std::uint32_t>(header.data() + 4);
  constexpr std::uint32_t taken[] = {0x44414548 /* HEAD */,
                                     0x54534f50 /* POST */,
                                     0x20544547 /* GET */,
                                     0x4954504f /* OPTI */,
                                     0x02010316 /* TLS */,
                                     0xdddddddd,
                                     0xeeeeeeee};
  return header[0] == 0xef || second == 0 || std::ranges::find(taken, first) != std::end(taken);
}

}  // namespace

Result<Obfuscation::Accepted> Obfuscation::accept(const Header& header) {
  auto incoming = stream(header);
  auto clear = header;
  incoming.apply(clear);
  const auto framing = framing_of_tag(load_le<std::uint32_t>(clear.data() + tag_at));
  if (!framing) return fail(Error::invalid("OBFUSCATION_INVALID"));
  return Accepted{std::unique_ptr<Obfuscation>(new Obfuscation(incoming, reverse_stream(header))), *framing};
}

Obfuscation::Offered Obfuscation::offer(Framing framing, Random& random) {
  Header header;
  do {
    random.fill(header);
  } while (looks_like_another(header));
  store_le(header.data() + tag_at, tag_of_framing(framing));
  auto outgoing = stream(header);
  auto sealed = header;
  outgoing.apply(sealed);
  std::copy(sealed.begin() + tag_at, sealed.end(), header.begin() + tag_at);
  return {std::unique_ptr<Obfuscation>(new Obfuscation(reverse_stream(header), outgoing)), header};
}

}  // namespace heliograph::mtproto
