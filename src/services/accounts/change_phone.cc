// Taking another number (core.telegram.org/method/account.changePhone). The code goes to the new number as
// for signing in, with the same limits, and is resent and cancelled in the same way.
#include "services/accounts/authorizations.h"
#include "services/accounts/codes.h"
#include "services/chats/append.h"
#include "services/people/audience.h"
#include "services/people/join.h"

namespace heliograph::services {

namespace {

Error occupied() {
  return Error::invalid("PHONE_NUMBER_OCCUPIED", "The number has an account.");
}

}  // namespace

Status SignIn::check_change(store::Tx& tx, const Caller& caller, ByteView new_index, UnixSeconds now) {
  HG_ASSIGN(const auto key, tx.auth_keys().find(caller.key));
  if (!key || key->user != caller.user) return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
  // A thief who has just got in must not be able to take the account away.
  if (key->signed_in_at + Authorizations::fresh > now) {
    return fail(Error::not_acceptable("FRESH_CHANGE_PHONE_FORBIDDEN",
                                      "A new device may not change the number for its first day."));
  }
  HG_ASSIGN(const auto holder, tx.accounts().find_by_phone(new_index));
  if (holder) return fail(occupied());
  return {};
}

Task<Result<SentCode>> SignIn::send_change_code(Caller caller, std::string ip, std::string phone) {
  CO_ASSIGN(auto number, parse_phone(phone));
  CO_TRY(take_code_rate(ip));
  auto check = [caller, index = phone_index(environment_, number), now = environment_.clock.unix_seconds()](
                   store::Tx& tx) { return check_change(tx, caller, index, now); };
  CO_TRY(co_await environment_.store.read(std::move(check)));
  std::string nothing_to_resend;
  co_return co_await send(caller, std::move(number), std::move(nothing_to_resend));
}

Task<Status> SignIn::change_phone(Caller caller, std::string phone, std::string code_hash, std::string code) {
  CO_ASSIGN(const auto number, parse_phone(phone));
  if (code.empty()) co_return fail(Error::invalid("PHONE_CODE_EMPTY"));
  const auto now = environment_.clock.unix_seconds();
  // As in sign_in: a wrong code must be counted, so the error travels inside the value.
  auto body = [caller, now, numbers = numbers_, code_hash, index = phone_index(environment_, number),
               sealed = seal_phone(environment_, number), country = region_of(number),
               given = digest(code_hash, code)](store::Tx& tx) -> Result<Status> {
    HG_ASSIGN(auto row, usable_code(tx, caller.key, index, code_hash, now));
    HG_ASSIGN(const bool right, try_code(tx, row, given, numbers, now));
    if (!right) return Status{fail(Error::invalid("PHONE_CODE_INVALID", "The code is wrong."))};
    HG_TRY(check_change(tx, caller, index, now));
    HG_ASSIGN(auto account, tx.accounts().find(caller.user));
    if (!account) return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
    account->phone_index = index;
    account->phone_sealed = sealed;
    account->country = country;
    HG_TRY(tx.accounts().update(*account));
    HG_TRY(tx.accounts().delete_code(code_hash));
    HG_TRY(announce(tx, caller, now, caller.user, events::UserPhone{caller.user}));
    // Who has the new number in the address book has this account as a contact now; nobody has joined,
    // though.
    HG_TRY(contact_joined(tx, now, *account, true));
    HG_TRY(
        send_notice(tx, now, caller.user,
                    "The phone number of your account was changed. From now on, sign in with the new one."));
    return Status{};
  };
  CO_ASSIGN(auto answer, co_await environment_.store.write(std::move(body)));
  co_return std::move(answer);
}

}  // namespace heliograph::services
