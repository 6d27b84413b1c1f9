// Two-step verification: a password beside the code (core.telegram.org/api/srp), proved with SRP so that the
// server never sees it; and the ways back in for those who forgot it.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "services/accounts/delivery.h"
#include "services/accounts/keys.h"
#include "services/accounts/password_record.h"
#include "services/caller.h"

namespace heliograph::services {

// inputCheckPasswordSRP, or inputCheckPasswordEmpty.
struct PasswordProof {
  bool given = false;
  std::int64_t srp_id = 0;
  Bytes a;   // A
  Bytes m1;  // M1
};

// account.password.
struct PasswordState {
  bool set = false;
  bool has_recovery = false;
  std::string hint;
  std::string unconfirmed_email_pattern;  // "a***z@example.org"; empty: nothing waits
  UnixSeconds reset_at = 0;               // 0: no reset was asked for
  crypto::SrpSalts salts;                 // of the password that is set
  std::int64_t srp_id = 0;
  Bytes srp_b;
  crypto::SrpSalts new_salts;  // for a new password; the client appends to salt1
};

struct NewPassword {
  // Absent: the password stays. With an empty value: it is removed.
  std::optional<PasswordVerifier> verifier;
  std::string hint;                  // with `verifier` only
  std::optional<std::string> email;  // absent: stays; empty: no recovery address any more
};

// The outcome of account.resetPassword.
struct PasswordReset {
  enum class Kind : std::uint8_t { done, wait_until, may_ask_again_at };
  Kind kind = Kind::done;
  UnixSeconds at = 0;
};

// A challenge that account.getPassword gave out: good once, for the key that asked, for ten minutes. Kept in
// memory: after a restart clients ask again (SRP_ID_INVALID). Thread-safe.
class SrpChallenges {
 public:
  static constexpr std::size_t total_max = 1 << 15;
  static constexpr UnixSeconds lifetime = 600;

  struct Entry {
    std::int64_t id = 0;
    AuthKeyId key;
    UserId user;
    PasswordVerifier verifier;  // at the time
    crypto::SrpChallenge challenge;
    UnixSeconds expires_at = 0;
  };
  void put(Entry entry);
  std::optional<Entry> take(std::int64_t id, AuthKeyId key, UnixSeconds now);

 private:
  std::mutex mutex_;
  std::list<Entry> order_;  // oldest first
  std::unordered_map<std::int64_t, std::list<Entry>::iterator> by_id_;
};

// Thread-safe. Where a Caller is taken, it may also be one whose password is pending (KeyInfo::pending_user)
// for the methods that say so; others need caller.user.
class Passwords {
 public:
  static constexpr std::size_t email_code_length = 6;
  static constexpr std::int32_t wrong_max = 8;        // wrong passwords within ...
  static constexpr UnixSeconds wrong_window = 3600;   // ... so many seconds: FLOOD_WAIT
  static constexpr std::int32_t wrong_codes_max = 5;  // then the code is void
  static constexpr UnixSeconds code_lifetime = 3600;
  static constexpr UnixSeconds code_pause = 60;  // between two e-mails
  static constexpr UnixSeconds reset_wait = 7 * 86400;

  Passwords(Environment& environment, KeyRing& keys, CodeDelivery& delivery)
      : environment_(environment), keys_(keys), delivery_(delivery) {}

  // Also with a password pending. unauthorized AUTH_KEY_UNREGISTERED if neither.
  Task<Result<PasswordState>> state(Caller caller);

  // With a password pending: finishes the sign-in. invalid PASSWORD_HASH_INVALID, SRP_ID_INVALID,
  // SRP_PASSWORD_CHANGED; flood FLOOD_WAIT. For somebody signed in already it only checks.
  Task<Result<UserId>> check(Caller caller, std::string ip, PasswordProof proof);

  // Errors of check(), and: invalid NEW_SETTINGS_EMPTY, NEW_SETTINGS_INVALID, NEW_SALT_INVALID,
  // EMAIL_INVALID, EMAIL_UNCONFIRMED_6 (a code has been sent: the change takes effect with confirm_email()).
  Task<Status> update(Caller caller, PasswordProof proof, NewPassword wanted);
  // The confirmed recovery address, "" if none. Errors of check().
  Task<Result<std::string>> recovery_email(Caller caller, PasswordProof proof);
  // Errors of check(); also success if no password is set and none was given. For what needs the password
  // again, e.g. account deletion.
  Task<Status> prove(Caller caller, PasswordProof proof);

  // invalid CODE_INVALID, EMAIL_HASH_EXPIRED (nothing waits).
  Task<Status> confirm_email(Caller caller, std::string code);
  // invalid EMAIL_HASH_EXPIRED; flood FLOOD_WAIT.
  Task<Status> resend_email(Caller caller);
  Task<Status> cancel_email(Caller caller);

  // Also with a password pending. Sends a code to the recovery address; returns its pattern. invalid
  // PASSWORD_EMPTY, PASSWORD_RECOVERY_NA; flood FLOOD_WAIT.
  Task<Result<std::string>> request_recovery(Caller caller);
  // Also with a password pending. invalid CODE_EMPTY, CODE_INVALID, PASSWORD_RECOVERY_EXPIRED,
  // PASSWORD_EMPTY.
  Task<Status> check_recovery(Caller caller, std::string code);
  // The same; removes the password, or sets `wanted`; finishes a pending sign-in.
  Task<Result<UserId>> recover(Caller caller, std::string ip, std::string code, NewPassword wanted);

  // Signed in only: removes the password after a week's wait. invalid PASSWORD_EMPTY.
  Task<Result<PasswordReset>> reset(Caller caller);
  // invalid RESET_REQUEST_MISSING.
  Task<Status> decline_reset(Caller caller);

 private:
  // What SRP said about a proof, before the store has been asked whether it still matters.
  struct Verdict {
    bool right = false;
    PasswordVerifier verifier;
  };
  // Changes a record inside the transaction that stores it. An error rolls everything back; an error inside
  // the value is reported to the caller while the change is kept (a wrong guess must be counted).
  using Change = std::function<Result<Status>(store::Tx&, PasswordRecord&)>;
  static constexpr std::string_view email_unconfirmed = "EMAIL_UNCONFIRMED_6";

  Task<Result<UserId>> subject(Caller caller);  // signed in or pending
  Result<Verdict> judge(Caller caller, UserId user, const PasswordProof& proof);
  Task<Status> edit(UserId user, Change change);
  // edit(), if the proof is right or no password is set.
  Task<Status> with_password(Caller caller, UserId user, PasswordProof proof, Change change);
  Change finish_sign_in(Caller caller, UserId user, std::string_view ip);
  Result<Status> apply(PasswordRecord& record, UserId user, const NewPassword& wanted, const EmailCode& sent,
                       UnixSeconds now) const;
  static Result<Status> check_code(EmailCode& stored, ByteView given, UnixSeconds now, const Error& gone);
  crypto::SrpSalts new_salts(UserId user, const PasswordRecord& record) const;
  Bytes digest(UserId user, std::string_view purpose, std::string_view code) const;
  std::string new_code();
  Bytes seal_email(UserId user, std::string_view email) const;
  Result<std::string> open_email(UserId user, ByteView sealed) const;
  Status send(CodeMessage::Purpose purpose, std::string email, std::string code);

  Environment& environment_;
  KeyRing& keys_;
  CodeDelivery& delivery_;
  SrpChallenges challenges_;
};

// "alice@example.org" -> "a***e@example.org".
std::string email_pattern(std::string_view email);
bool looks_like_email(std::string_view email);

}  // namespace heliograph::services
