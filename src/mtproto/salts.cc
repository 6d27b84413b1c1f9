#include "mtproto/salts.h"

#include <algorithm>

#include "crypto/hash.h"

namespace heliograph::mtproto {

std::int64_t SaltSource::salt(AuthKeyId key, std::int64_t window) const {
  std::array<std::uint8_t, 16> input;
  store_le(input.data(), key.value);
  store_le(input.data() + 8, window);
  const auto digest = crypto::hmac_sha256(secret_.view(), {as_bytes("server salt"), input});
  const auto salt = load_le<std::int64_t>(digest.data());
  return salt != 0 ? salt : 1;
}

Salts::Salts(const SaltSource& source, AuthKeyId key, UnixSeconds now, std::optional<std::int64_t> first)
    : source_(&source), key_(key) {
  if (first) {
    first_ = *first;
    first_until_ = now + salt_window_s;
  }
}

void Salts::move_to(UnixSeconds now) {
  const auto window = now / salt_window_s;
  if (window == window_) return;
  window_ = window;
  for (std::size_t i = 0; i < cached_.size(); ++i) {
    cached_[i] = source_->salt(key_, window - 1 + static_cast<std::int64_t>(i));
  }
}

bool Salts::accepts(std::int64_t salt, UnixSeconds now) {
  if (salt == 0) return false;
  move_to(now);
  if (std::ranges::find(cached_, salt) != cached_.end()) return true;
  return salt == first_ && now < first_until_;
}

std::int64_t Salts::current(UnixSeconds now) {
  move_to(now);
  return cached_[1];
}

std::vector<FutureSalt> Salts::future(std::size_t count, UnixSeconds now) const {
  std::vector<FutureSalt> out(count);
  auto window = now / salt_window_s;
  for (auto& entry : out) {
    entry.valid_since = static_cast<std::int32_t>(window * salt_window_s);
    // Accepted for one window longer than it is current.
    entry.valid_until = static_cast<std::int32_t>((window + 2) * salt_window_s);
    entry.salt = source_->salt(key_, window);
    ++window;
  }
  return out;
}

}  // namespace heliograph::mtproto
