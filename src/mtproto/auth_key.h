// An authorization key: 2048 bits shared by client and server, made by the key exchange.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/ids.h"

namespace heliograph::mtproto {

// Immutable; secret; wiped when it goes.
class AuthKey {
 public:
  static constexpr std::size_t size = 256;
  using Value = std::array<std::uint8_t, size>;

  explicit AuthKey(const Value& bytes);
  AuthKey(const AuthKey&) = default;
  AuthKey& operator=(const AuthKey&) = default;
  ~AuthKey();

  // The lower 64 bits of SHA-1 of the key: names the key in every encrypted packet.
  AuthKeyId id() const { return id_; }
  // The upper 64 bits of SHA-1 of the key; used in the key exchange only.
  std::uint64_t aux_hash() const { return aux_hash_; }
  const Value& bytes() const { return bytes_; }
  ByteView part(std::size_t offset, std::size_t length) const {
    return ByteView(bytes_).subspan(offset, length);
  }

 private:
  Value bytes_;
  AuthKeyId id_;
  std::uint64_t aux_hash_;
};

}  // namespace heliograph::mtproto
