#include "net/address.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>

namespace heliograph::net {

namespace {

std::unexpected<Error> bad(std::string message) {
  return fail(Error::invalid("NET_ADDRESS_INVALID", std::move(message)));
}

template <typename T>
bool parse_number(std::string_view text, T& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

}  // namespace

Result<Address> Address::parse(std::string_view text) {
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
    if (text.find(':') == text.npos) return bad("Square brackets are for IPv6 addresses.");
  }
  const std::string copy(text.substr(0, 64));
  Address out;
  if (in_addr v4{}; inet_pton(AF_INET, copy.c_str(), &v4) == 1) return from_v4(ntohl(v4.s_addr));
  if (inet_pton(AF_INET6, copy.c_str(), out.bytes.data()) == 1) return out;
  return bad("Not an IP address; write it like 127.0.0.1 or ::1.");
}

Address Address::from_v4(std::uint32_t host_order) {
  Address out;
  out.bytes[10] = out.bytes[11] = 0xff;
  for (int i = 0; i < 4; ++i) out.bytes[12 + i] = static_cast<std::uint8_t>(host_order >> (24 - 8 * i));
  return out;
}

bool Address::is_v4() const {
  static constexpr std::array<std::uint8_t, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return std::memcmp(bytes.data(), prefix.data(), prefix.size()) == 0;
}

std::string Address::text() const {
  char out[INET6_ADDRSTRLEN] = {};
  if (is_v4()) {
    inet_ntop(AF_INET, bytes.data() + 12, out, sizeof out);
  } else {
    inet_ntop(AF_INET6, bytes.data(), out, sizeof out);
  }
  return out;
}

Address Address::limit_key() const {
  Address key = *this;
  if (!is_v4()) std::memset(key.bytes.data() + 8, 0, 8);
  return key;
}

std::size_t AddressHash::operator()(const Address& address) const noexcept {
  std::uint64_t high = 0, low = 0;
  std::memcpy(&high, address.bytes.data(), 8);
  std::memcpy(&low, address.bytes.data() + 8, 8);
  std::uint64_t x = (high * 0x9e3779b97f4a7c15ULL) ^ low;
  x ^= x >> 31;
  x *= 0xbf58476d1ce4e5b9ULL;
  return static_cast<std::size_t>(x ^ (x >> 29));
}

Result<Endpoint> Endpoint::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos) return bad("Write it as ADDRESS:PORT, like 127.0.0.1:8080.");
  const auto host = text.substr(0, colon);
  if (host.find(':') != host.npos && host.front() != '[') {
    return bad("Put an IPv6 address in square brackets, like [::1]:8080.");
  }
  Endpoint out;
  if (!parse_number(text.substr(colon + 1), out.port)) return bad("The port is a number from 0 to 65535.");
  HG_ASSIGN(const Address address, Address::parse(host));
  out.host = address.text();
  return out;
}

std::string Endpoint::text() const {
  const bool v6 = host.find(':') != host.npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<Network> Network::parse(std::string_view text) {
  const auto slash = text.find('/');
  Network out;
  HG_ASSIGN(out.base_, Address::parse(text.substr(0, slash)));
  if (slash == text.npos) return out;
  const int most = out.base_.is_v4() ? 32 : 128;
  int bits = 0;
  if (!parse_number(text.substr(slash + 1), bits) || bits < 0 || bits > most) {
    return bad("The part after the slash is the number of leading bits, 0 to " + std::to_string(most) + ".");
  }
  out.bits_ = 128 - most + bits;
  return out;
}

bool Network::contains(const Address& address) const {
  const auto whole = static_cast<std::size_t>(bits_ / 8);
  if (std::memcmp(base_.bytes.data(), address.bytes.data(), whole) != 0) return false;
  const int rest = bits_ % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
  return ((base_.bytes[whole] ^ address.bytes[whole]) & mask) == 0;
}

}  // namespace heliograph::net
