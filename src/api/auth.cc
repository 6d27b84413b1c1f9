// auth.*: signing in and out (core.telegram.org/api/auth), and the terms of service.
#include "api/auth_answers.h"
#include "tl/core_d.h"
#include "tl/fn_auth.h"
#include "tl/fn_help.h"

namespace heliograph::api {

namespace {

namespace auth_fn = tl::fn::auth;
using services::SignedIn;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

Answer<auth_fn::exportLoginToken> render_login_token(Context& context, services::LoginToken token) {
  if (!token.accepted) {
    tl::auth::loginToken answer;
    answer.expires = static_cast<std::int32_t>(token.expires_at);
    answer.token = std::move(token.token);
    co_return tl::Box<tl::auth::LoginToken>(std::move(answer));
  }
  if (token.accepted->outcome == SignedIn::Outcome::password_required) {
    co_return fail(
        Error::unauthorized("SESSION_PASSWORD_NEEDED", "Give the two-step verification password."));
  }
  tl::auth::loginTokenSuccess answer;
  CO_ASSIGN(answer.authorization, co_await render_signed_in(context, token.accepted->user));
  co_return tl::Box<tl::auth::LoginToken>(std::move(answer));
}

Answer<auth_fn::sendCode> send_code(Context& context, auth_fn::sendCode& request) {
  CO_ASSIGN(auto sent, co_await context.services.sign_in.send_code(context.caller, context.ip,
                                                                   std::move(request.phone_number)));
  co_return render_sent_code(std::move(sent));
}

Answer<auth_fn::resendCode> resend_code(Context& context, auth_fn::resendCode& request) {
  CO_ASSIGN(auto sent, co_await context.services.sign_in.resend_code(context.caller, context.ip,
                                                                     std::move(request.phone_number),
                                                                     std::move(request.phone_code_hash)));
  co_return render_sent_code(std::move(sent));
}

Answer<auth_fn::cancelCode> cancel_code(Context& context, auth_fn::cancelCode& request) {
  CO_TRY(co_await context.services.sign_in.cancel_code(context.caller, std::move(request.phone_number),
                                                       std::move(request.phone_code_hash)));
  co_return true;
}

Answer<auth_fn::signIn> sign_in(Context& context, auth_fn::signIn& request) {
  auto code = std::move(request.phone_code).value_or("");
  CO_ASSIGN(const auto signed_in, co_await context.services.sign_in.sign_in(
                                      context.caller, context.ip, std::move(request.phone_number),
                                      std::move(request.phone_code_hash), std::move(code)));
  switch (signed_in.outcome) {
    case SignedIn::Outcome::sign_up_required: {
      tl::auth::authorizationSignUpRequired answer;
      answer.terms_of_service = render_terms(*context.services.terms.now());
      co_return tl::Box<tl::auth::Authorization>(std::move(answer));
    }
    case SignedIn::Outcome::password_required:
      co_return fail(
          Error::unauthorized("SESSION_PASSWORD_NEEDED", "Give the two-step verification password."));
    case SignedIn::Outcome::signed_in:
      break;
  }
  co_return co_await render_signed_in(context, signed_in.user);
}

Answer<auth_fn::signUp> sign_up(Context& context, auth_fn::signUp& request) {
  services::SignIn::NewPerson person;
  person.first_name = std::move(request.first_name);
  person.last_name = std::move(request.last_name);
  person.notify_contacts = !request.no_joined_notifications;
  CO_ASSIGN(const auto user, co_await context.services.sign_in.sign_up(
                                 context.caller, context.ip, std::move(request.phone_number),
                                 std::move(request.phone_code_hash), std::move(person)));
  co_return co_await render_signed_in(context, user);
}

Answer<auth_fn::checkPassword> check_password(Context& context, auth_fn::checkPassword& request) {
  auto proof = proof_from(request.password);
  CO_ASSIGN(const auto user,
            co_await context.services.passwords.check(context.caller, context.ip, std::move(proof)));
  co_return co_await render_signed_in(context, user);
}

Answer<auth_fn::requestPasswordRecovery> request_password_recovery(Context& context,
                                                                   auth_fn::requestPasswordRecovery&) {
  tl::auth::passwordRecovery answer;
  CO_ASSIGN(answer.email_pattern, co_await context.services.passwords.request_recovery(context.caller));
  co_return tl::Box<tl::auth::PasswordRecovery>(std::move(answer));
}

Answer<auth_fn::checkRecoveryPassword> check_recovery_password(Context& context,
                                                               auth_fn::checkRecoveryPassword& request) {
  CO_TRY(co_await context.services.passwords.check_recovery(context.caller, std::move(request.code)));
  co_return true;
}

Answer<auth_fn::recoverPassword> recover_password(Context& context, auth_fn::recoverPassword& request) {
  CO_ASSIGN(auto wanted, new_password_from(request.new_settings));
  CO_ASSIGN(const auto user, co_await context.services.passwords.recover(
                                 context.caller, context.ip, std::move(request.code), std::move(wanted)));
  co_return co_await render_signed_in(context, user);
}

Answer<auth_fn::logOut> log_out(Context& context, auth_fn::logOut&) {
  CO_TRY(co_await context.services.sign_in.log_out(context.caller));
  co_return tl::Box<tl::auth::LoggedOut>(tl::auth::loggedOut{});
}

Answer<auth_fn::bindTempAuthKey> bind_temp_auth_key(Context& context, auth_fn::bindTempAuthKey& request) {
  services::BindRequest bind;
  bind.temporary = context.wire_key;
  bind.session = context.caller.session;
  bind.msg_id = context.msg_id;
  bind.permanent = AuthKeyId{request.perm_auth_key_id};
  bind.nonce = request.nonce;
  bind.expires_at = request.expires_at;
  bind.encrypted_message = std::move(request.encrypted_message);
  CO_TRY(co_await context.services.keys.bind(std::move(bind)));
  co_return true;
}

Answer<auth_fn::dropTempAuthKeys> drop_temp_auth_keys(Context& context, auth_fn::dropTempAuthKeys& request) {
  std::vector<AuthKeyId> except{context.wire_key};
  for (const auto id : request.except_auth_keys) except.push_back(AuthKeyId{id});
  CO_ASSIGN(const auto gone,
            co_await context.services.keys.drop_temporary(context.caller.key, std::move(except)));
  for (const auto key : gone) context.services.devices.close(key);
  co_return true;
}

Answer<auth_fn::exportLoginToken> export_login_token(Context& context, auth_fn::exportLoginToken& request) {
  std::vector<UserId> except;
  for (const auto id : request.except_ids) except.push_back(UserId{id});
  CO_ASSIGN(auto token, co_await context.services.login_tokens.export_token(context.caller, context.wire_key,
                                                                            context.ip, std::move(except)));
  co_return co_await render_login_token(context, std::move(token));
}

// With one data centre no token has to be carried to another; clients that do it all the same get what
// exporting again would give them.
Answer<auth_fn::importLoginToken> import_login_token(Context& context, auth_fn::importLoginToken& request) {
  CO_ASSIGN(auto token,
            co_await context.services.login_tokens.import_token(context.caller, std::move(request.token)));
  co_return co_await render_login_token(context, std::move(token));
}

Answer<auth_fn::acceptLoginToken> accept_login_token(Context& context, auth_fn::acceptLoginToken& request) {
  CO_ASSIGN(const auto accepted,
            co_await context.services.login_tokens.accept(context.caller, std::move(request.token)));
  auto device = render_device(accepted.client);
  device.hash = accepted.hash;
  device.password_pending = accepted.password_pending;
  device.date_created = device.date_active = static_cast<std::int32_t>(accepted.at);
  device.ip = accepted.ip;
  co_return tl::Box<tl::Authorization>(std::move(device));
}

// There is one data centre, so nothing ever has to be carried to another.
Answer<auth_fn::exportAuthorization> export_authorization(Context&, auth_fn::exportAuthorization&) {
  co_return fail(Error::invalid("DC_ID_INVALID", "This server is its only data centre."));
}

Answer<auth_fn::importAuthorization> import_authorization(Context&, auth_fn::importAuthorization&) {
  co_return fail(Error::invalid("AUTH_BYTES_INVALID", "This server exports no authorizations."));
}

// There are no bots yet, so no token is right.
Answer<auth_fn::importBotAuthorization> import_bot_authorization(Context&, auth_fn::importBotAuthorization&) {
  co_return fail(Error::invalid("ACCESS_TOKEN_INVALID", "There is no bot with this token."));
}

Answer<tl::fn::help::getTermsOfServiceUpdate> get_terms_of_service_update(
    Context& context, tl::fn::help::getTermsOfServiceUpdate&) {
  const auto expires = static_cast<std::int32_t>(context.now()) + 86400;
  CO_ASSIGN(const bool accepted, co_await context.services.sign_in.terms_accepted(context.caller));
  if (accepted) {
    tl::help::termsOfServiceUpdateEmpty nothing;
    nothing.expires = expires;
    co_return tl::Box<tl::help::TermsOfServiceUpdate>(std::move(nothing));
  }
  tl::help::termsOfServiceUpdate update;
  update.expires = expires;
  update.terms_of_service = render_terms(*context.services.terms.now());
  co_return tl::Box<tl::help::TermsOfServiceUpdate>(std::move(update));
}

Answer<tl::fn::help::acceptTermsOfService> accept_terms_of_service(
    Context& context, tl::fn::help::acceptTermsOfService& request) {
  std::string id;
  if (auto* data = request.id.get_if<tl::dataJSON>()) id = std::move(data->data);
  CO_TRY(co_await context.services.sign_in.accept_terms(context.caller, std::move(id)));
  co_return true;
}

}  // namespace

void register_auth(Methods& methods) {
  methods.on(send_code, Access::anyone);
  methods.on(resend_code, Access::anyone);
  methods.on(cancel_code, Access::anyone);
  methods.on(sign_in, Access::anyone);
  methods.on(sign_up, Access::anyone);
  methods.on(check_password, Access::anyone);
  methods.on(request_password_recovery, Access::anyone);
  methods.on(check_recovery_password, Access::anyone);
  methods.on(recover_password, Access::anyone);
  methods.on(log_out);
  methods.on(bind_temp_auth_key, Access::anyone);
  methods.on(drop_temp_auth_keys, Access::anyone);
  methods.on(export_login_token, Access::anyone);
  methods.on(import_login_token, Access::anyone);
  methods.on(accept_login_token);
  methods.on(export_authorization);
  methods.on(import_authorization, Access::anyone);
  methods.on(import_bot_authorization, Access::anyone);
  methods.on(get_terms_of_service_update);
  methods.on(accept_terms_of_service);
}

}  // namespace heliograph::api
