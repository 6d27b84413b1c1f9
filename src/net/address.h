// IP addresses and networks as values.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace heliograph::net {

// An IPv4 or IPv6 address. IPv4 is kept in its mapped form (::ffff:a.b.c.d), so that a client that arrives
// over a dual-stack socket is the same client.
struct Address {
  std::array<std::uint8_t, 16> bytes{};

  // Errors: NET_ADDRESS_INVALID. Accepts "127.0.0.1", "::1" and "[::1]"; no port, no zone.
  static Result<Address> parse(std::string_view text);
  static Address from_v4(std::uint32_t host_order);
  bool is_v4() const;
  std::string text() const;
  // What limits count by: an IPv4 address, or the /64 an IPv6 customer is given.
  Address limit_key() const;

  auto operator<=>(const Address&) const = default;
};

struct AddressHash {
  std::size_t operator()(const Address& address) const noexcept;
};

struct Endpoint {
  std::string host;
  std::uint16_t port = 0;

  // "127.0.0.1:8080", "[::1]:8080". The host must be an address. Errors: NET_ADDRESS_INVALID.
  static Result<Endpoint> parse(std::string_view text);
  std::string text() const;
  bool operator==(const Endpoint&) const = default;
};

// From where somebody is connected.
struct Remote {
  Address address;
  std::uint16_t port = 0;  // 0: not known
  bool operator==(const Remote&) const = default;
};

// "10.0.0.0/8", "fd00::/8", or a single address.
class Network {
 public:
  static Result<Network> parse(std::string_view text);
  bool contains(const Address& address) const;

 private:
  Address base_;
  int bits_ = 128;  // of the mapped form
};

}  // namespace heliograph::net
