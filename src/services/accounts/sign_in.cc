#include "services/accounts/sign_in.h"

#include <algorithm>

#include "services/accounts/authorize.h"
#include "services/accounts/codes.h"
#include "services/accounts/names.h"
#include "services/accounts/password_record.h"
#include "services/chats/append.h"
#include "services/people/join.h"

namespace heliograph::services {
namespace {

constexpr UnixSeconds day = 86400;

Error not_bound() {
  return Error::unauthorized("AUTH_KEY_PERM_EMPTY", "Bind this temporary key to a permanent one first.");
}

std::string code_notice(std::string_view code) {
  return "Login code: " + std::string(code) +
         ".\n\nWhoever has this code can open your account. Give it to nobody, whatever they say they need "
         "it "
         "for.\n\nIf you did not ask for a code, you can ignore this message.";
}

// A service message can carry the code where somebody is signed in elsewhere.
Result<bool> reachable_in_app(store::Tx& tx, const std::optional<store::Account>& account,
                              AuthKeyId but_not) {
  if (!account) return false;
  HG_ASSIGN(const auto devices, tx.auth_keys().of_user(account->id));
  return std::ranges::any_of(devices, [&](const auto& device) { return device.id != but_not; });
}

Status check_not_banned(const std::optional<store::Account>& account) {
  if (!account || account->state != store::AccountState::banned) return {};
  return fail(Error::invalid("PHONE_NUMBER_BANNED", "This account was banned for breaking the rules."));
}

}  // namespace

Bytes SignIn::digest(std::string_view code_hash, std::string_view code) const {
  return code_digest(environment_, "sign-in-code", code_hash, code);
}

Status SignIn::take_code_rate(const std::string& ip) {
  return limits_.take("code", network_of(ip), numbers_.codes_per_ip);
}

Task<Result<SentCode>> SignIn::send(Caller caller, Phone phone, std::string resent_hash) {
  if (!caller.key) co_return fail(not_bound());
  const bool resend = !resent_hash.empty();
  const auto now = environment_.clock.unix_seconds();
  const auto code = new_code(environment_.random, SentCode::length);

  SentCode sent;
  sent.code_hash = resend ? std::move(resent_hash) : to_hex(environment_.random.bytes(16));
  store::SignInCode draft;
  draft.code_hash = sent.code_hash;
  draft.phone_index = phone_index(environment_, phone);
  draft.key = caller.key;
  draft.code_digest = digest(sent.code_hash, code);
  draft.sent_at = now;
  draft.expires_at = now + numbers_.code_lifetime;

  auto body = [sent, draft, now, resend, code, numbers = numbers_](store::Tx& tx) -> Result<SentCode> {
    auto row = draft;
    HG_ASSIGN(const auto account, tx.accounts().find_by_phone(row.phone_index));
    HG_TRY(check_not_banned(account));
    HG_ASSIGN(bool in_app, reachable_in_app(tx, account, row.key));
    HG_ASSIGN(const auto codes, tx.accounts().codes_of(row.phone_index));
    if (resend) {
      HG_ASSIGN(const auto before, usable_code(tx, row.key, row.phone_index, row.code_hash, now));
      if (before.resends >= numbers.resends_max || before.verified) {
        return fail(
            Error::not_acceptable("SEND_CODE_UNAVAILABLE", "There is no further way to send a code."));
      }
      const bool was_in_app = in_app && before.resends == 0;
      const auto again_at = before.sent_at + numbers.resend_after;
      if (!was_in_app && now < again_at) return fail(Error::flood(static_cast<std::int32_t>(again_at - now)));
      row.resends = before.resends + 1;
      row.attempts = before.attempts;
      in_app = false;
    }
    HG_TRY(check_code_floods(codes, numbers, now));
    for (auto older : codes) {  // one key has one valid code
      if (older.key != row.key || older.code_hash == row.code_hash || older.expires_at <= now) continue;
      older.expires_at = now;
      HG_TRY(tx.accounts().put_code(older));
    }
    HG_TRY(tx.accounts().put_code(row));
    if (in_app) HG_TRY(send_notice(tx, now, account->id, code_notice(code)));

    auto answer = sent;
    answer.route = in_app ? CodeRoute::app : CodeRoute::sms;
    if (row.resends < numbers.resends_max) {
      answer.next = CodeRoute::sms;
      answer.timeout = in_app ? 0 : numbers.resend_after;
    }
    return answer;
  };
  CO_ASSIGN(auto result, co_await environment_.store.write(body));
  if (result.route == CodeRoute::sms || delivery_.wants_every_code()) {
    CodeMessage message;
    message.address = phone.international();
    message.code = code;
    message.at = now;
    CO_TRY(delivery_.send(std::move(message)));
  }
  co_return result;
}

Task<Result<SentCode>> SignIn::send_code(Caller caller, std::string ip, std::string phone) {
  CO_ASSIGN(auto number, parse_phone(phone));
  CO_TRY(take_code_rate(ip));
  std::string nothing_to_resend;
  co_return co_await send(caller, std::move(number), std::move(nothing_to_resend));
}

Task<Result<SentCode>> SignIn::resend_code(Caller caller, std::string ip, std::string phone,
                                           std::string code_hash) {
  CO_ASSIGN(auto number, parse_phone(phone));
  if (code_hash.empty()) co_return fail(Error::invalid("PHONE_CODE_HASH_EMPTY"));
  CO_TRY(take_code_rate(ip));
  co_return co_await send(caller, std::move(number), std::move(code_hash));
}

Task<Status> SignIn::cancel_code(Caller caller, std::string phone, std::string code_hash) {
  CO_ASSIGN(const auto number, parse_phone(phone));
  if (code_hash.empty()) co_return fail(Error::invalid("PHONE_CODE_HASH_EMPTY"));
  const auto now = environment_.clock.unix_seconds();
  auto body = [key = caller.key, index = phone_index(environment_, number), code_hash,
               now](store::Tx& tx) -> Status {
    HG_ASSIGN(auto row, usable_code(tx, key, index, code_hash, now));
    row.expires_at = now;  // kept: it counts towards the number's limits
    return tx.accounts().put_code(row);
  };
  co_return co_await environment_.store.write(body);
}

Task<Result<SignedIn>> SignIn::sign_in(Caller caller, std::string ip, std::string phone,
                                       std::string code_hash, std::string code) {
  CO_ASSIGN(const auto number, parse_phone(phone));
  if (code.empty()) co_return fail(Error::invalid("PHONE_CODE_EMPTY"));
  if (!caller.key) co_return fail(not_bound());
  Authorization authorization;
  authorization.now = environment_.clock.unix_seconds();
  authorization.hash = environment_.random.next<std::int64_t>() | 1;
  authorization.ip_sealed = seal_ip(environment_, caller.key, ip);

  // A wrong code must be counted, so the transaction has to succeed: the error travels inside the value.
  using Answer = Result<SignedIn>;
  using Outcome = SignedIn::Outcome;
  auto body = [caller, authorization, numbers = numbers_, code_hash,
               index = phone_index(environment_, number),
               given = digest(code_hash, code)](store::Tx& tx) -> Result<Answer> {
    const auto now = authorization.now;
    HG_ASSIGN(auto row, usable_code(tx, caller.key, index, code_hash, now));
    HG_ASSIGN(const bool right, try_code(tx, row, given, numbers, now));
    if (!right) return Answer{fail(Error::invalid("PHONE_CODE_INVALID", "The code is wrong."))};
    HG_ASSIGN(const auto account, tx.accounts().find_by_phone(index));
    if (!account) {
      row.verified = true;
      row.expires_at = now + numbers.sign_up_window;
      HG_TRY(tx.accounts().put_code(row));
      return Answer{SignedIn{Outcome::sign_up_required, {}}};
    }
    if (const auto allowed = check_not_banned(account); !allowed) return Answer{fail(allowed.error())};
    HG_TRY(tx.accounts().delete_code(code_hash));
    auto decided = authorization;
    decided.user = account->id;
    HG_ASSIGN(decided.password_pending, has_password(*account));
    HG_TRY(authorize(tx, caller, decided));
    SignedIn signed_in;
    signed_in.user = account->id;
    signed_in.outcome = decided.password_pending ? Outcome::password_required : Outcome::signed_in;
    return Answer{signed_in};
  };
  CO_ASSIGN(auto answer, co_await environment_.store.write(body));
  CO_TRY(co_await keys_.refresh(caller.key));
  co_return std::move(answer);
}

Task<Result<UserId>> SignIn::sign_up(Caller caller, std::string ip, std::string phone, std::string code_hash,
                                     NewPerson person) {
  CO_ASSIGN(const auto number, parse_phone(phone));
  const auto first_name = clean_name(person.first_name);
  const auto last_name = clean_name(person.last_name);
  if (!first_name || first_name->empty()) co_return fail(Error::invalid("FIRSTNAME_INVALID"));
  if (!last_name) co_return fail(Error::invalid("LASTNAME_INVALID"));

  store::Account account;
  account.phone_index = phone_index(environment_, number);
  account.phone_sealed = seal_phone(environment_, number);
  account.country = region_of(number);
  account.first_name = *first_name;
  account.last_name = *last_name;
  account.created_at = account.last_online_at = environment_.clock.unix_seconds();
  account.terms_version = terms_.now()->version;
  Authorization authorization;
  authorization.now = account.created_at;
  authorization.hash = environment_.random.next<std::int64_t>() | 1;
  authorization.ip_sealed = seal_ip(environment_, caller.key, ip);

  auto body = [caller, account, authorization, code_hash,
               quiet = !person.notify_contacts](store::Tx& tx) -> Result<UserId> {
    HG_ASSIGN(const auto row, usable_code(tx, caller.key, account.phone_index, code_hash, authorization.now));
    if (!row.verified) return fail(Error::invalid("PHONE_CODE_EMPTY", "Give the code to auth.signIn first."));
    auto created = account;
    HG_ASSIGN(created.id, tx.accounts().insert(account));
    HG_TRY(contact_joined(tx, authorization.now, created, quiet));
    HG_TRY(tx.accounts().delete_code(code_hash));
    auto decided = authorization;
    decided.user = created.id;
    HG_TRY(authorize(tx, caller, decided));
    return created.id;
  };
  CO_ASSIGN(const auto user, co_await environment_.store.write(body));
  CO_TRY(co_await keys_.refresh(caller.key));
  co_return user;
}

Task<Status> SignIn::log_out(Caller caller) {
  auto body = [key = caller.key](store::Tx& tx) { return deauthorize(tx, key); };
  CO_TRY(co_await environment_.store.write(body));
  CO_TRY(co_await keys_.refresh(caller.key));
  co_return Status{};
}

Task<Result<bool>> SignIn::terms_accepted(Caller caller) {
  auto body = [user = caller.user, version = terms_.now()->version](store::Tx& tx) -> Result<bool> {
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    return !account || account->terms_version >= version;
  };
  co_return co_await environment_.store.read(body);
}

Task<Status> SignIn::accept_terms(Caller caller, std::string id) {
  if (id != terms_.now()->id())
    co_return fail(Error::invalid("TERMS_ID_INVALID", "These are not the present terms."));
  auto body = [user = caller.user, version = terms_.now()->version](store::Tx& tx) -> Status {
    HG_ASSIGN(auto account, tx.accounts().find(user));
    if (!account || account->terms_version >= version) return {};
    account->terms_version = version;
    return tx.accounts().update(*account);
  };
  co_return co_await environment_.store.write(body);
}

Task<Status> SignIn::sweep() {
  auto body = [before = environment_.clock.unix_seconds() - day](store::Tx& tx) {
    return tx.accounts().delete_codes_before(before);
  };
  co_return co_await environment_.store.write(body);
}

}  // namespace heliograph::services
