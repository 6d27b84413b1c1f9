// Secrets at rest: sealed fields (phone numbers, authorization keys), indexes that find a value without
// storing it, and the file with the key they hang on. All objects are immutable and safe on any thread.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"
#include "crypto/secret.h"

namespace heliograph::crypto {

// Authenticated encryption with XChaCha20-Poly1305; the 24-byte nonce is random, so one key lasts for any
// number of seals.
class Sealer {
 public:
  static constexpr std::size_t overhead = 24 + 16;

  explicit Sealer(const SecretKey& key) : key_(key) {}

  // nonce | ciphertext | tag. `about` is not stored and must be the same when opening: name the table, column
  // and row, so that a sealed value cannot be moved elsewhere.
  Bytes seal(ByteView plaintext, ByteView about, Random& random) const;
  // SEAL_BROKEN if `sealed` was made with another key or `about`, or was changed.
  Result<Bytes> open(ByteView sealed, ByteView about) const;

 private:
  SecretKey key_;
};

// Looks up by equality only: the same value has the same tag, and without the key a tag says nothing about
// its value, also for values as guessable as phone numbers (HMAC-SHA256).
class BlindIndex {
 public:
  using Tag = std::array<std::uint8_t, 32>;
  explicit BlindIndex(const SecretKey& key) : key_(key) {}
  Tag tag(ByteView value) const;

 private:
  SecretKey key_;
};

// The key file holds 64 hex digits and a line break, mode 0600. Creates it (and syncs it to disk) where there
// is none. KEY_FILE_INVALID if the contents or the permissions are wrong, KEY_FILE_UNREADABLE or
// KEY_FILE_UNWRITABLE if the disk says no.
Result<SecretKey> load_or_create_key_file(const std::filesystem::path& path, Random& random);

}  // namespace heliograph::crypto
