// A secret of the journal's ceremony as it lies in an officer's file: locked with a passphrase.
#pragma once

#include "crypto/passphrase.h"
#include "legal/journal/key.h"

namespace heliograph::legal {

// A scalar that is wiped when it goes. Copies are as secret as the original.
class SecretScalar {
 public:
  SecretScalar() = default;
  explicit SecretScalar(const crypto::Scalar& value) : value_(value) {}
  SecretScalar(const SecretScalar&) = default;
  SecretScalar& operator=(const SecretScalar&) = default;
  ~SecretScalar() { crypto::wipe(value_.bytes); }
  const crypto::Scalar& value() const { return value_; }
  crypto::Scalar& value() { return value_; }

 private:
  crypto::Scalar value_;
};

// Part of the format: do not rename.
enum class SecretKind : std::uint8_t {
  seat,   // what others encrypt to in a ceremony: good until it is over
  share,  // of the journal's key
};

struct LockedSecret {
  SecretKind kind = SecretKind::share;
  std::uint32_t share = 0;  // the holder's number
  Hash about{};             // seat: the plan; share: the key's id
  crypto::PassphraseCost cost;
  crypto::PassphraseSalt salt{};
  Bytes sealed;

  std::string encode() const;
  // invalid JOURNAL_DOCUMENT_INVALID; also if its cost is not bearable.
  static Result<LockedSecret> parse(std::string_view text);
};

inline constexpr std::size_t kPassphraseLeast = 12;  // bytes

// invalid PASSPHRASE_SHORT; unavailable MEMORY_SHORT.
Result<LockedSecret> lock(SecretKind kind, std::uint32_t share, const Hash& about, const SecretScalar& secret,
                          std::string_view passphrase, const crypto::PassphraseCost& cost, Random& random);
// invalid PASSPHRASE_WRONG, also for a file that was changed.
Result<SecretScalar> unlock(const LockedSecret& locked, std::string_view passphrase);

// A share that is out of its file, and proved to be of this key.
struct Share {
  std::uint32_t number = 0;
  SecretScalar secret;
};
// invalid SHARE_OTHER: it is not a share of this key.
Result<Share> open_share(const LockedSecret& locked, const JournalKey& key, std::string_view passphrase);

}  // namespace heliograph::legal
