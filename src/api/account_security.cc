// account.*: two-step verification, signed-in devices, how long an account lives without being used.
#include "api/auth_answers.h"
#include "api/render/user.h"
#include "crypto/dh.h"
#include "tl/core_a.h"
#include "tl/core_p.h"
#include "tl/core_s.h"
#include "tl/fn_account.h"
#include "tl/fn_auth.h"

namespace heliograph::api {

namespace {

namespace account_fn = tl::fn::account;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

tl::Box<tl::PasswordKdfAlgo> render_algo(crypto::SrpSalts salts) {
  tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow algo;
  algo.salt1 = std::move(salts.salt1);
  algo.salt2 = std::move(salts.salt2);
  algo.g = crypto::dh_generator;
  algo.p.assign(crypto::dh_prime().begin(), crypto::dh_prime().end());
  return algo;
}

Answer<account_fn::getPassword> get_password(Context& context, account_fn::getPassword&) {
  CO_ASSIGN(auto state, co_await context.services.passwords.state(context.caller));
  auto& random = context.services.environment.random;
  tl::account::password answer;
  answer.has_recovery = state.has_recovery;
  answer.has_password = state.set;
  if (state.set) {
    answer.current_algo = render_algo(std::move(state.salts));
    answer.srp_B = std::move(state.srp_b);
    answer.srp_id = state.srp_id;
  }
  if (!state.hint.empty()) answer.hint = std::move(state.hint);
  if (!state.unconfirmed_email_pattern.empty()) {
    answer.email_unconfirmed_pattern = std::move(state.unconfirmed_email_pattern);
  }
  answer.new_algo = render_algo(std::move(state.new_salts));
  tl::securePasswordKdfAlgoPBKDF2HMACSHA512iter100000 secure;
  secure.salt = random.bytes(8);
  answer.new_secure_algo = std::move(secure);
  answer.secure_random = random.bytes(256);
  if (state.reset_at != 0) answer.pending_reset_date = static_cast<std::int32_t>(state.reset_at);
  co_return tl::Box<tl::account::Password>(std::move(answer));
}

Answer<account_fn::getPasswordSettings> get_password_settings(Context& context,
                                                              account_fn::getPasswordSettings& request) {
  auto proof = proof_from(request.password);
  CO_ASSIGN(auto email, co_await context.services.passwords.recovery_email(context.caller, std::move(proof)));
  tl::account::passwordSettings answer;
  if (!email.empty()) answer.email = std::move(email);
  co_return tl::Box<tl::account::PasswordSettings>(std::move(answer));
}

Answer<account_fn::updatePasswordSettings> update_password_settings(
    Context& context, account_fn::updatePasswordSettings& request) {
  auto proof = proof_from(request.password);
  CO_ASSIGN(auto wanted, new_password_from(request.new_settings));
  CO_TRY(co_await context.services.passwords.update(context.caller, std::move(proof), std::move(wanted)));
  co_return true;
}

Answer<account_fn::confirmPasswordEmail> confirm_password_email(Context& context,
                                                                account_fn::confirmPasswordEmail& request) {
  CO_TRY(co_await context.services.passwords.confirm_email(context.caller, std::move(request.code)));
  co_return true;
}

Answer<account_fn::resendPasswordEmail> resend_password_email(Context& context,
                                                              account_fn::resendPasswordEmail&) {
  CO_TRY(co_await context.services.passwords.resend_email(context.caller));
  co_return true;
}

Answer<account_fn::cancelPasswordEmail> cancel_password_email(Context& context,
                                                              account_fn::cancelPasswordEmail&) {
  CO_TRY(co_await context.services.passwords.cancel_email(context.caller));
  co_return true;
}

Answer<account_fn::resetPassword> reset_password(Context& context, account_fn::resetPassword&) {
  using Kind = services::PasswordReset::Kind;
  CO_ASSIGN(const auto outcome, co_await context.services.passwords.reset(context.caller));
  const auto at = static_cast<std::int32_t>(outcome.at);
  if (outcome.kind == Kind::wait_until) {
    tl::account::resetPasswordRequestedWait wait;
    wait.until_date = at;
    co_return tl::Box<tl::account::ResetPasswordResult>(std::move(wait));
  }
  if (outcome.kind == Kind::may_ask_again_at) {
    tl::account::resetPasswordFailedWait wait;
    wait.retry_date = at;
    co_return tl::Box<tl::account::ResetPasswordResult>(std::move(wait));
  }
  co_return tl::Box<tl::account::ResetPasswordResult>(tl::account::resetPasswordOk{});
}

Answer<account_fn::declinePasswordReset> decline_password_reset(Context& context,
                                                                account_fn::declinePasswordReset&) {
  CO_TRY(co_await context.services.passwords.decline_reset(context.caller));
  co_return true;
}

Answer<account_fn::getAuthorizations> get_authorizations(Context& context, account_fn::getAuthorizations&) {
  CO_ASSIGN(auto list, co_await context.services.authorizations.list(context.caller));
  tl::account::authorizations answer;
  answer.authorization_ttl_days = list.ttl_days;
  for (auto& device : list.devices) {
    auto shown = render_device(device.client);
    shown.current = device.current;
    shown.hash = device.hash;
    shown.date_created = static_cast<std::int32_t>(device.signed_in_at);
    shown.date_active = static_cast<std::int32_t>(device.active_at);
    shown.ip = std::move(device.ip);
    shown.encrypted_requests_disabled = device.encrypted_requests_disabled;
    shown.call_requests_disabled = device.call_requests_disabled;
    answer.authorizations.push_back(std::move(shown));
  }
  co_return tl::Box<tl::account::Authorizations>(std::move(answer));
}

Answer<account_fn::resetAuthorization> reset_authorization(Context& context,
                                                           account_fn::resetAuthorization& request) {
  CO_TRY(co_await context.services.authorizations.end(context.caller, request.hash));
  co_return true;
}

Answer<tl::fn::auth::resetAuthorizations> reset_authorizations(Context& context,
                                                               tl::fn::auth::resetAuthorizations&) {
  CO_TRY(co_await context.services.authorizations.end_others(context.caller));
  co_return true;
}

Answer<account_fn::setAuthorizationTTL> set_authorization_ttl(Context& context,
                                                              account_fn::setAuthorizationTTL& request) {
  CO_TRY(co_await context.services.authorizations.set_ttl(context.caller, request.authorization_ttl_days));
  co_return true;
}

Answer<account_fn::changeAuthorizationSettings> change_authorization_settings(
    Context& context, account_fn::changeAuthorizationSettings& request) {
  CO_TRY(co_await context.services.authorizations.change(
      context.caller, request.hash, request.encrypted_requests_disabled, request.call_requests_disabled));
  co_return true;
}

Answer<account_fn::getAccountTTL> get_account_ttl(Context& context, account_fn::getAccountTTL&) {
  tl::accountDaysTTL answer;
  CO_ASSIGN(answer.days, co_await context.services.deletion.ttl(context.caller));
  co_return tl::Box<tl::AccountDaysTTL>(std::move(answer));
}

Answer<account_fn::setAccountTTL> set_account_ttl(Context& context, account_fn::setAccountTTL& request) {
  const auto* ttl = request.ttl.get_if<tl::accountDaysTTL>();
  const std::int32_t days = ttl != nullptr ? ttl->days : 0;
  CO_TRY(co_await context.services.deletion.set_ttl(context.caller, days));
  co_return true;
}

Answer<account_fn::deleteAccount> delete_account(Context& context, account_fn::deleteAccount& request) {
  auto proof = proof_from(request.password);
  CO_TRY(co_await context.services.deletion.delete_account(context.caller, std::move(proof)));
  co_return true;
}

// The number

Answer<account_fn::sendChangePhoneCode> send_change_phone_code(Context& context,
                                                               account_fn::sendChangePhoneCode& request) {
  CO_ASSIGN(auto sent, co_await context.services.sign_in.send_change_code(context.caller, context.ip,
                                                                          std::move(request.phone_number)));
  co_return render_sent_code(std::move(sent));
}

Answer<account_fn::changePhone> change_phone(Context& context, account_fn::changePhone& request) {
  const auto user = context.caller.user;
  CO_TRY(co_await context.services.sign_in.change_phone(context.caller, std::move(request.phone_number),
                                                        std::move(request.phone_code_hash),
                                                        std::move(request.phone_code)));
  context.services.users.forget(user);
  CO_ASSIGN(const auto view, co_await context.services.users.view_one(user, user));
  co_return render_user(view);
}

}  // namespace

void register_account_security(Methods& methods) {
  methods.on(send_change_phone_code);
  methods.on(change_phone);
  methods.on(get_password, Access::anyone);  // also with the password pending
  methods.on(get_password_settings);
  methods.on(update_password_settings);
  methods.on(confirm_password_email);
  methods.on(resend_password_email);
  methods.on(cancel_password_email);
  methods.on(reset_password);
  methods.on(decline_password_reset);
  methods.on(get_authorizations);
  methods.on(reset_authorization);
  methods.on(reset_authorizations);
  methods.on(set_authorization_ttl);
  methods.on(change_authorization_settings);
  methods.on(get_account_ttl);
  methods.on(set_account_ttl);
  methods.on(delete_account);
}

}  // namespace heliograph::api
