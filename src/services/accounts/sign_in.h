// Signing in and up by phone number and code (core.telegram.org/api/auth).
//
// A code belongs to the number it was sent to and to the authorization key that asked for it; only a keyed
// digest of it is stored. What comes back takes the same work for numbers with and without an account.
#pragma once

#include <optional>
#include <string>

#include "services/accounts/delivery.h"
#include "services/accounts/keys.h"
#include "services/accounts/phone.h"
#include "services/accounts/terms.h"
#include "services/caller.h"
#include "services/environment.h"
#include "services/limits.h"

namespace heliograph::services {

struct SignInLimits {
  std::int32_t code_lifetime = 300;       // seconds
  std::int32_t sign_up_window = 900;      // from the right code to sign-up, seconds
  std::int32_t wrong_codes_max = 5;       // then the code is void
  std::int32_t wrong_codes_per_day = 20;  // all codes of a number together
  std::int32_t resends_max = 3;
  std::int32_t resend_after = 60;                    // seconds; 0 from a service message to a text message
  std::int32_t codes_per_window = 6;                 // to one number ...
  std::int32_t window = 600;                         // ... within so many seconds: FLOOD_WAIT
  std::int32_t codes_per_day = 30;                   // to one number: PHONE_NUMBER_FLOOD
  Rate codes_per_ip{300, std::chrono::seconds(12)};  // one address (IPv6: /64), all numbers together
};

enum class CodeRoute : std::uint8_t { app, sms };

struct SentCode {
  static constexpr std::int32_t length = 5;  // digits
  std::string code_hash;                     // what the client sends back with the code
  CodeRoute route = CodeRoute::sms;
  std::optional<CodeRoute> next;  // what resend() would use; none: no more resends
  std::int32_t timeout = 0;       // seconds until resend() may be called
};

// Where a sign-in step led.
struct SignedIn {
  enum class Outcome : std::uint8_t {
    signed_in,
    sign_up_required,   // the code was right, the number has no account
    password_required,  // the code was right, the account has two-step verification
  };
  Outcome outcome = Outcome::signed_in;
  UserId user;
};

// Thread-safe. All of it: unauthorized AUTH_KEY_PERM_EMPTY for a caller without a permanent key.
class SignIn {
 public:
  SignIn(Environment& environment, KeyRing& keys, CodeDelivery& delivery, Limits& limits,
         const TermsInForce& terms, SignInLimits numbers = {})
      : environment_(environment),
        keys_(keys),
        delivery_(delivery),
        limits_(limits),
        terms_(terms),
        numbers_(numbers) {}

  // not_acceptable PHONE_NUMBER_INVALID; flood FLOOD_WAIT; invalid PHONE_NUMBER_FLOOD; unavailable
  // SMS_CODE_CREATE_FAILED.
  Task<Result<SentCode>> send_code(Caller caller, std::string ip, std::string phone);
  // Sends a new code the next way. invalid PHONE_CODE_EXPIRED, PHONE_CODE_HASH_EMPTY; not_acceptable
  // SEND_CODE_UNAVAILABLE; flood FLOOD_WAIT before SentCode::timeout is over.
  Task<Result<SentCode>> resend_code(Caller caller, std::string ip, std::string phone, std::string code_hash);
  // invalid PHONE_CODE_EXPIRED, PHONE_CODE_HASH_EMPTY.
  Task<Status> cancel_code(Caller caller, std::string phone, std::string code_hash);

  // invalid PHONE_CODE_EMPTY, PHONE_CODE_INVALID, PHONE_CODE_EXPIRED, PHONE_NUMBER_FLOOD.
  Task<Result<SignedIn>> sign_in(Caller caller, std::string ip, std::string phone, std::string code_hash,
                                 std::string code);

  struct NewPerson {
    std::string first_name;
    std::string last_name;
    bool notify_contacts = true;  // those who have the number in their address book hear of it
  };
  // After sign_up_required. Signing up accepts the terms of service. invalid FIRSTNAME_INVALID,
  // LASTNAME_INVALID, PHONE_CODE_EXPIRED, PHONE_CODE_EMPTY (no right code was given), PHONE_NUMBER_OCCUPIED.
  Task<Result<UserId>> sign_up(Caller caller, std::string ip, std::string phone, std::string code_hash,
                               NewPerson person);

  // account.sendChangePhoneCode: a code to the number that is to be the account's. As send_code; invalid
  // PHONE_NUMBER_OCCUPIED; not_acceptable FRESH_CHANGE_PHONE_FORBIDDEN on a device's first day.
  Task<Result<SentCode>> send_change_code(Caller caller, std::string ip, std::string phone);
  // account.changePhone. People who know the account by its number are not left behind: they see the new one.
  // The caller tells the cache (Users::forget). Errors of sign_in and of send_change_code.
  Task<Status> change_phone(Caller caller, std::string phone, std::string code_hash, std::string code);

  // auth.logOut: the key is signed in no more. unauthorized AUTH_KEY_UNREGISTERED if it was not.
  Task<Status> log_out(Caller caller);

  // Whether the account has accepted the present terms of service.
  Task<Result<bool>> terms_accepted(Caller caller);
  // `id` as in Terms::id(). invalid TERMS_ID_INVALID for terms other than the present ones.
  Task<Status> accept_terms(Caller caller, std::string id);

  // Housekeeping, every hour or so: forgets codes older than a day.
  Task<Status> sweep();

 private:
  static Status check_change(store::Tx& tx, const Caller& caller, ByteView new_index, UnixSeconds now);
  Status take_code_rate(const std::string& ip);
  Bytes digest(std::string_view code_hash, std::string_view code) const;
  Task<Result<SentCode>> send(Caller caller, Phone phone, std::string resent_hash);

  Environment& environment_;
  KeyRing& keys_;
  CodeDelivery& delivery_;
  Limits& limits_;
  const TermsInForce& terms_;
  const SignInLimits numbers_;
};

}  // namespace heliograph::services
