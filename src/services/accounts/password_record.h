// Two-step verification as stored in store::Account::password. Part of the stored format.
#pragma once

#include <string>

#include "base/codec.h"
#include "crypto/srp.h"
#include "store/accounts.h"

namespace heliograph::services {

// What proves a password (core.telegram.org/api/srp): the salts the client used and g^x.
struct PasswordVerifier {
  Bytes salt1, salt2;
  Bytes value;  // 256 bytes; empty: no password
  void fields(auto& codec) { codec(salt1, salt2, value); }
  explicit operator bool() const { return !value.empty(); }
  bool operator==(const PasswordVerifier&) const = default;
};

// A code sent by e-mail, of which only a keyed digest is kept.
struct EmailCode {
  Bytes digest;  // empty: none was sent
  UnixSeconds sent_at = 0;
  UnixSeconds expires_at = 0;
  std::int32_t wrong = 0;
  void fields(auto& codec) { codec(digest, sent_at, expires_at, wrong); }
  explicit operator bool() const { return !digest.empty(); }
};

struct PasswordRecord {
  PasswordVerifier verifier;
  std::string hint;
  Bytes email_sealed;  // confirmed recovery address; empty: none
  UnixSeconds changed_at = 0;

  // Waits until the code sent to the new address is entered: the address, and the password set with it.
  Bytes new_email_sealed;
  EmailCode new_email_code;
  PasswordVerifier new_verifier;
  std::string new_hint;

  EmailCode recovery_code;

  // Wrong passwords since the window began.
  std::int32_t wrong = 0;
  UnixSeconds wrong_since = 0;

  // account.resetPassword: when the password may be removed, 0: not asked for; and when it may be asked for
  // again.
  UnixSeconds reset_at = 0;
  UnixSeconds reset_again_at = 0;

  void fields(auto& codec) {
    codec(verifier, hint, email_sealed, changed_at, new_email_sealed, new_email_code, new_verifier, new_hint,
          recovery_code, wrong, wrong_since, reset_at, reset_again_at);
  }
};

inline Result<PasswordRecord> password_of(const store::Account& account) {
  if (account.password.empty()) return PasswordRecord{};
  return decode<PasswordRecord>(account.password);
}

inline Result<bool> has_password(const store::Account& account) {
  HG_ASSIGN(const auto record, password_of(account));
  return static_cast<bool>(record.verifier);
}

}  // namespace heliograph::services
