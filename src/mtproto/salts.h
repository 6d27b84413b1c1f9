// Server salts (core.telegram.org/mtproto/description#server-salt): one for each key and half hour, computed
// from a secret of the server, so that they outlive restarts without being stored.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "crypto/secret.h"

namespace heliograph::mtproto {

inline constexpr std::int64_t salt_window_s = 1800;

// Pure; safe on any thread. One for the whole server.
class SaltSource {
 public:
  explicit SaltSource(const crypto::SecretKey& secret) : secret_(secret) {}
  // The salt of `key` in window number `window` (unix time / salt_window_s). Never 0.
  std::int64_t salt(AuthKeyId key, std::int64_t window) const;

 private:
  crypto::SecretKey secret_;
};

struct FutureSalt {
  std::int32_t valid_since = 0;  // unix seconds
  std::int32_t valid_until = 0;
  std::int64_t salt = 0;
};

// The salts of one key. Accepted are the current window's, the one before and the one after, so that neither
// a client that has slept nor one whose clock is a little ahead needs another round trip.
class Salts {
 public:
  // `source` must outlive this. `first` is the salt that the key exchange gave both sides: accepted for one
  // window from now on, beside the others.
  Salts(const SaltSource& source, AuthKeyId key, UnixSeconds now, std::optional<std::int64_t> first = {});

  bool accepts(std::int64_t salt, UnixSeconds now);
  std::int64_t current(UnixSeconds now);
  // The current one and those that follow, `count` in all.
  std::vector<FutureSalt> future(std::size_t count, UnixSeconds now) const;

 private:
  void move_to(UnixSeconds now);

  const SaltSource* source_;
  AuthKeyId key_;
  std::int64_t window_ = -1;
  std::array<std::int64_t, 3> cached_{};  // window_ - 1, window_, window_ + 1
  std::int64_t first_ = 0;                // 0: none
  UnixSeconds first_until_ = 0;
};

}  // namespace heliograph::mtproto
