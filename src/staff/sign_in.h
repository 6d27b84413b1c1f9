// How people on the staff get in, and what lets them in again: enrolment by a link that is good once,
// passkeys, one-time codes, sessions of browsers, tokens of programs.
//
// A session ends after 30 minutes without a request and after 12 hours in any case. What is severe takes a
// proof (passkey or code) that is no older than five minutes. A program's token counts as proved as long as
// it is good: whoever made it stood at the machine. Thread-safe. Errors of the store come through.
#pragma once

#include <string>

#include "crypto/sealer.h"
#include "staff/challenges.h"
#include "staff/members.h"
#include "staff/webauthn.h"
#include "store/store.h"

namespace heliograph::staff {

inline constexpr UnixSeconds kSessionIdleSeconds = 30 * 60;
inline constexpr UnixSeconds kSessionSeconds = 12 * 60 * 60;
inline constexpr UnixSeconds kProofSeconds = 5 * 60;
inline constexpr std::int32_t kFreeFailures = 5;      // wrong codes, before one has to wait
inline constexpr UnixSeconds kFirstLockSeconds = 30;  // doubled with each further one
inline constexpr UnixSeconds kLongestLockSeconds = 3600;
inline constexpr std::size_t kPasskeysMax = 10;  // a person

// Somebody who has been let in.
struct Visitor {
  store::StaffMember member;
  store::StaffToken token;

  bool by_program() const { return token.kind == store::StaffToken::Kind::api; }
  // Until when what is severe is open to them.
  UnixSeconds proved_until() const {
    return by_program() ? token.expires_at : token.proved_at + kProofSeconds;
  }
  UnixSeconds ends_at() const {
    return by_program() ? token.expires_at : std::min(token.expires_at, token.used_at + kSessionIdleSeconds);
  }
};

struct Entered {
  std::string token;  // of the session that has begun
  Visitor visitor;
};

struct EnrolmentFacts {
  store::StaffMember member;
  UnixSeconds expires_at = 0;
};

struct CodesOffer {
  std::string secret;  // base32
  std::string uri;     // otpauth://
};

struct SignInParts {
  store::Store& store;
  const Clock& clock;
  Random& random;
  const crypto::Sealer& sealer;
  crypto::SecretKey codes_key;  // what the secrets of one-time codes are made from
  RelyingParty party;
};

class SignIn {
 public:
  explicit SignIn(SignInParts parts) : parts_(std::move(parts)) {}

  const RelyingParty& party() const { return parts_.party; }

  // Enrolment. not_found ENROLMENT_UNKNOWN: never given, used or expired.
  Task<Result<EnrolmentFacts>> enrolment(std::string token);
  // Also the challenge for their first passkey.
  Task<Result<std::pair<EnrolmentFacts, Bytes>>> begin_enrolment(std::string token);
  // The same secret each time, as long as the link is good.
  Task<Result<CodesOffer>> offer_codes(std::string token);
  // Each keeps what was shown, forgets what there was before, uses the link up and lets in. Errors also
  // unauthorized CHALLENGE_EXPIRED, CODE_INVALID; invalid PASSKEY_INVALID, PASSKEY_OCCUPIED.
  Task<Result<Entered>> enrol_passkey(std::string token, Registration registration, std::string label);
  Task<Result<Entered>> enrol_codes(std::string token, std::string code);

  // A challenge for whoever answers it, or for one person who is in already.
  Bytes challenge(StaffId staff = {}) { return challenges_.give(Challenges::Purpose::enter, staff); }
  // unauthorized PASSKEY_UNKNOWN, PASSKEY_INVALID, CHALLENGE_EXPIRED.
  Task<Result<Entered>> enter_with_passkey(Assertion assertion);
  // unauthorized CODE_INVALID, whatever was wrong; flood after too many.
  Task<Result<Entered>> enter_with_code(std::string name, std::string code);

  // Whoever holds the token; counts as a request. unauthorized SIGN_IN_NEEDED.
  Task<Result<Visitor>> visitor(std::string token, store::StaffToken::Kind kind);
  Task<Status> leave(Visitor visitor);

  // Proves again who is there. Errors as with enter_; unauthorized PASSKEY_INVALID also for somebody else's.
  Task<Result<Visitor>> prove_with_passkey(Visitor visitor, Assertion assertion);
  Task<Result<Visitor>> prove_with_code(Visitor visitor, std::string code);

  // A challenge for one more passkey.
  Bytes begin_passkey(const Visitor& visitor) {
    return challenges_.give(Challenges::Purpose::enrol, visitor.member.id);
  }
  // Errors as with enrol_passkey; invalid PASSKEYS_TOO_MANY.
  Task<Result<store::Passkey>> add_passkey(Visitor visitor, Registration registration, std::string label);
  Task<Result<std::vector<store::Passkey>>> passkeys(StaffId staff);
  // `number` 0: the one-time codes. not_found CREDENTIAL_UNKNOWN; invalid LAST_CREDENTIAL.
  Task<Status> remove_credential(Visitor visitor, std::int64_t number);

  // Forgets tokens that have expired. Now and then.
  Task<Status> sweep();

 private:
  Bytes codes_secret(std::string_view token) const;
  Bytes sealed_about(StaffId staff) const;
  Result<PasskeyFacts> registered(Challenges::Purpose purpose, StaffId staff,
                                  const Registration& registration);
  Task<Result<Entered>> open(StaffId staff, std::string what);
  template <typename Keep>
  Task<Result<Entered>> use_enrolment(std::string token, std::string what, Keep keep);
  Task<Result<store::Passkey>> checked(Assertion assertion, StaffId staff);
  Task<Result<store::StaffMember>> code_of(StaffId staff, std::string name, std::string code);
  Task<Result<Visitor>> proved(Visitor visitor);

  SignInParts parts_;
  Challenges challenges_{parts_.clock, parts_.random};
};

}  // namespace heliograph::staff
