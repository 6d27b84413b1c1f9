// Codes by e-mail: confirming a recovery address, getting back in with it; and the slow reset without one.
#include <algorithm>

#include "services/accounts/authorize.h"
#include "services/accounts/codes.h"
#include "services/accounts/password.h"

namespace heliograph::services {
namespace {

Bytes email_context(UserId user) {
  Bytes about = to_bytes(as_bytes("account.email/"));
  append_le(about, user.value);
  return about;
}

Status check_pause(const EmailCode& code, UnixSeconds now) {
  const auto again_at = code.sent_at + Passwords::code_pause;
  if (code && now < again_at) return fail(Error::flood(static_cast<std::int32_t>(again_at - now)));
  return {};
}

}  // namespace

bool looks_like_email(std::string_view email) {
  const auto at = email.find('@');
  if (at == std::string_view::npos || at == 0 || email.size() > 254 || email.rfind('@') != at) return false;
  const auto domain = email.substr(at + 1);
  const auto dot = domain.find('.');
  if (dot == std::string_view::npos || dot == 0 || domain.back() == '.') return false;
  return std::ranges::all_of(email, [](char c) {
    return c > ' ' && c < 0x7f && std::string_view("<>,;:\\\"()[]").find(c) == std::string_view::npos;
  });
}

std::string email_pattern(std::string_view email) {
  const auto at = email.find('@');
  if (at == std::string_view::npos || at == 0) return {};
  std::string pattern(email.substr(0, 1));
  pattern += "***";
  if (at > 2) pattern += email[at - 1];
  pattern += email.substr(at);
  return pattern;
}

Bytes Passwords::seal_email(UserId user, std::string_view email) const {
  return environment_.sealer.seal(as_bytes(email), email_context(user), environment_.random);
}

Result<std::string> Passwords::open_email(UserId user, ByteView sealed) const {
  if (sealed.empty()) return std::string{};
  HG_ASSIGN(const auto opened, environment_.sealer.open(sealed, email_context(user)));
  return std::string(as_text(opened));
}

std::string Passwords::new_code() {
  return services::new_code(environment_.random, email_code_length);
}

Bytes Passwords::digest(UserId user, std::string_view purpose, std::string_view code) const {
  const auto text =
      "email-code/" + std::string(purpose) + "/" + std::to_string(user.value) + "/" + std::string(code);
  return to_bytes(environment_.phone_index.tag(as_bytes(text)));
}

Status Passwords::send(CodeMessage::Purpose purpose, std::string email, std::string code) {
  CodeMessage message;
  message.to = CodeMessage::To::email;
  message.purpose = purpose;
  message.address = std::move(email);
  message.code = std::move(code);
  message.at = environment_.clock.unix_seconds();
  return delivery_.send(std::move(message));
}

// Errors that must be kept with the record (a wrong code is counted) come as a value, see Change.
Result<Status> Passwords::check_code(EmailCode& stored, ByteView given, UnixSeconds now, const Error& gone) {
  if (!stored || stored.expires_at <= now || stored.wrong >= wrong_codes_max) return fail(gone);
  if (!crypto::equal_constant_time(stored.digest, given)) {
    ++stored.wrong;
    return Status(fail(Error::invalid("CODE_INVALID", "The code is wrong.")));
  }
  return Status{};
}

Task<Status> Passwords::confirm_email(Caller caller, std::string code) {
  const auto now = environment_.clock.unix_seconds();
  Change change = [given = digest(caller.user, "confirm", code), now](
                      store::Tx&, PasswordRecord& record) -> Result<Status> {
    HG_ASSIGN(const auto answer,
              check_code(record.new_email_code, given, now, Error::invalid("EMAIL_HASH_EXPIRED")));
    if (!answer) return answer;
    record.email_sealed = std::move(record.new_email_sealed);
    if (record.new_verifier) {
      record.verifier = std::move(record.new_verifier);
      record.hint = std::move(record.new_hint);
      record.changed_at = now;
    }
    record.new_email_sealed.clear();
    record.new_email_code = {};
    record.new_verifier = {};
    record.new_hint.clear();
    record.recovery_code = {};
    return Status{};
  };
  co_return co_await edit(caller.user, std::move(change));
}

Task<Status> Passwords::resend_email(Caller caller) {
  const auto now = environment_.clock.unix_seconds();
  const auto code = new_code();
  auto sealed = std::make_shared<Bytes>();
  Change change = [given = digest(caller.user, "confirm", code), now, sealed](
                      store::Tx&, PasswordRecord& record) -> Result<Status> {
    if (!record.new_email_code) return fail(Error::invalid("EMAIL_HASH_EXPIRED"));
    HG_TRY(check_pause(record.new_email_code, now));
    record.new_email_code = {given, now, now + code_lifetime, 0};
    *sealed = record.new_email_sealed;
    return Status{};
  };
  CO_TRY(co_await edit(caller.user, std::move(change)));
  CO_ASSIGN(auto email, open_email(caller.user, *sealed));
  co_return send(CodeMessage::Purpose::confirm_email, std::move(email), code);
}

Task<Status> Passwords::cancel_email(Caller caller) {
  Change change = [](store::Tx&, PasswordRecord& record) -> Result<Status> {
    if (!record.new_email_code) return fail(Error::invalid("EMAIL_HASH_EXPIRED"));
    record.new_email_sealed.clear();
    record.new_email_code = {};
    record.new_verifier = {};
    record.new_hint.clear();
    return Status{};
  };
  co_return co_await edit(caller.user, std::move(change));
}

Task<Result<std::string>> Passwords::request_recovery(Caller caller) {
  CO_ASSIGN(const auto user, co_await subject(caller));
  const auto now = environment_.clock.unix_seconds();
  const auto code = new_code();
  auto sealed = std::make_shared<Bytes>();
  Change change = [given = digest(user, "recover", code), now, sealed](
                      store::Tx&, PasswordRecord& record) -> Result<Status> {
    if (!record.verifier) return fail(Error::invalid("PASSWORD_EMPTY", "There is no password."));
    if (record.email_sealed.empty()) {
      return fail(Error::invalid("PASSWORD_RECOVERY_NA", "The account has no recovery address."));
    }
    HG_TRY(check_pause(record.recovery_code, now));
    record.recovery_code = {given, now, now + code_lifetime, 0};
    *sealed = record.email_sealed;
    return Status{};
  };
  CO_TRY(co_await edit(user, std::move(change)));
  CO_ASSIGN(auto email, open_email(user, *sealed));
  auto pattern = email_pattern(email);
  CO_TRY(send(CodeMessage::Purpose::recover_password, std::move(email), code));
  co_return pattern;
}

Task<Status> Passwords::check_recovery(Caller caller, std::string code) {
  if (code.empty()) co_return fail(Error::invalid("CODE_EMPTY"));
  CO_ASSIGN(const auto user, co_await subject(caller));
  const auto now = environment_.clock.unix_seconds();
  Change change = [given = digest(user, "recover", code), now](store::Tx&, PasswordRecord& record) {
    return check_code(record.recovery_code, given, now, Error::invalid("PASSWORD_RECOVERY_EXPIRED"));
  };
  co_return co_await edit(user, std::move(change));
}

Task<Result<UserId>> Passwords::recover(Caller caller, std::string ip, std::string code, NewPassword wanted) {
  if (code.empty()) co_return fail(Error::invalid("CODE_EMPTY"));
  CO_ASSIGN(const auto user, co_await subject(caller));
  const auto now = environment_.clock.unix_seconds();
  auto finish = finish_sign_in(caller, user, ip);
  wanted.email.reset();
  if (!wanted.verifier) wanted.verifier.emplace();
  Change change = [this, user, given = digest(user, "recover", code), now, wanted = std::move(wanted),
                   finish = std::move(finish)](store::Tx& tx, PasswordRecord& record) -> Result<Status> {
    if (!record.verifier) return fail(Error::invalid("PASSWORD_EMPTY", "There is no password."));
    HG_ASSIGN(const auto answer,
              check_code(record.recovery_code, given, now, Error::invalid("PASSWORD_RECOVERY_EXPIRED")));
    if (!answer) return answer;
    HG_ASSIGN(const auto applied, apply(record, user, wanted, {}, now));
    if (!applied) return applied;
    return finish(tx, record);
  };
  CO_TRY(co_await edit(user, std::move(change)));
  CO_TRY(co_await keys_.refresh(caller.key));
  co_return user;
}

Task<Result<PasswordReset>> Passwords::reset(Caller caller) {
  const auto now = environment_.clock.unix_seconds();
  auto outcome = std::make_shared<PasswordReset>();
  Change change = [now, outcome](store::Tx&, PasswordRecord& record) -> Result<Status> {
    if (!record.verifier) return fail(Error::invalid("PASSWORD_EMPTY", "There is no password."));
    if (record.reset_at == 0 && now < record.reset_again_at) {
      *outcome = {PasswordReset::Kind::may_ask_again_at, record.reset_again_at};
    } else if (record.reset_at == 0) {
      record.reset_at = now + reset_wait;
      *outcome = {PasswordReset::Kind::wait_until, record.reset_at};
    } else if (now < record.reset_at) {
      *outcome = {PasswordReset::Kind::wait_until, record.reset_at};
    } else {
      record = PasswordRecord{};
      record.changed_at = now;
      *outcome = {PasswordReset::Kind::done, 0};
    }
    return Status{};
  };
  CO_TRY(co_await edit(caller.user, std::move(change)));
  co_return *outcome;
}

Task<Status> Passwords::decline_reset(Caller caller) {
  const auto now = environment_.clock.unix_seconds();
  Change change = [now](store::Tx&, PasswordRecord& record) -> Result<Status> {
    if (record.reset_at == 0) return fail(Error::invalid("RESET_REQUEST_MISSING"));
    record.reset_at = 0;
    record.reset_again_at = now + reset_wait;
    return Status{};
  };
  co_return co_await edit(caller.user, std::move(change));
}

}  // namespace heliograph::services
