#include "search/xapian/layout.h"

#include "base/bytes.h"

namespace heliograph::search {

namespace {

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

// One byte of kind, then the id without its leading zero bytes: the same peer has the same form always.
void append_peer(std::string& out, Peer peer) {
  const auto id = static_cast<std::uint64_t>(peer.id);
  int bytes = 1;
  while (bytes < 8 && (id >> (8 * bytes)) != 0) ++bytes;
  out.push_back(static_cast<char>('0' + static_cast<int>(peer.kind) * 8 + bytes - 1));
  append_big_endian(out, id, bytes);
}

}  // namespace

std::string Facts::packed() const {
  std::string out;
  append_big_endian(out, date, 4);
  append_big_endian(out, weight, 2);
  append_big_endian(out, since, 2);
  return out;
}

Facts Facts::unpacked(const std::string& value) {
  if (value.size() != size) return {};
  const auto* b = reinterpret_cast<const std::uint8_t*>(value.data());
  return {static_cast<std::uint32_t>(b[0]) << 24 | static_cast<std::uint32_t>(b[1]) << 16 |
              static_cast<std::uint32_t>(b[2]) << 8 | b[3],
          static_cast<std::uint16_t>(b[4] << 8 | b[5]), static_cast<std::uint16_t>(b[6] << 8 | b[7])};
}

std::string key_term(const Key& key) {
  std::string out = "K";
  append_peer(out, key.peer);
  append_big_endian(out, static_cast<std::uint32_t>(key.message), 4);
  return out;
}

std::string peer_term(char prefix, Peer peer) {
  std::string out(1, prefix);
  append_peer(out, peer);
  return out;
}

std::string trait_term(int bit) {
  return {'M', static_cast<char>('a' + bit)};
}

}  // namespace heliograph::search
