#include "api/auth_answers.h"

#include "api/render/user.h"
#include "tl/core_d.h"
#include "tl/core_p.h"

namespace heliograph::api {

Task<Result<tl::Box<tl::auth::Authorization>>> render_signed_in(Context& context, UserId user) {
  CO_ASSIGN(const auto view, co_await context.services.users.view_one(user, user));
  tl::auth::authorization answer;  // tmp_sessions stays out: above one, a client insists on temporary keys
  answer.user = render_user(view);
  co_return tl::Box<tl::auth::Authorization>(std::move(answer));
}

tl::Box<tl::auth::SentCode> render_sent_code(services::SentCode sent) {
  tl::auth::sentCode answer;
  if (sent.route == services::CodeRoute::app) {
    tl::auth::sentCodeTypeApp type;
    type.length = services::SentCode::length;
    answer.type = std::move(type);
  } else {
    tl::auth::sentCodeTypeSms type;
    type.length = services::SentCode::length;
    answer.type = std::move(type);
  }
  answer.phone_code_hash = std::move(sent.code_hash);
  if (sent.next) {
    answer.next_type = tl::auth::codeTypeSms{};
    answer.timeout = sent.timeout;
  }
  return answer;
}

tl::authorization render_device(const services::ClientInfo& client) {
  tl::authorization device;
  device.device_model = client.device_model;
  device.system_version = client.system_version;
  device.api_id = client.api_id;
  device.app_version = client.app_version;
  return device;
}

tl::Box<tl::help::TermsOfService> render_terms(const services::Terms& terms) {
  tl::help::termsOfService shown;
  tl::dataJSON id;
  id.data = terms.id();
  shown.id = std::move(id);
  shown.text = terms.text;
  if (terms.min_age > 0) shown.min_age_confirm = terms.min_age;
  return shown;
}

services::PasswordProof proof_from(tl::Box<tl::InputCheckPasswordSRP>& input) {
  services::PasswordProof proof;
  if (auto* srp = input.get_if<tl::inputCheckPasswordSRP>()) {
    proof.given = true;
    proof.srp_id = srp->srp_id;
    proof.a = std::move(srp->A);
    proof.m1 = std::move(srp->M1);
  }
  return proof;
}

Result<services::NewPassword> new_password_from(tl::Box<tl::account::PasswordInputSettings>& input) {
  using Algo = tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;
  services::NewPassword wanted;
  auto* settings = input.get_if<tl::account::passwordInputSettings>();
  if (settings == nullptr) return wanted;
  if (settings->new_secure_settings) {
    return fail(Error::invalid("NEW_SETTINGS_INVALID", "This server stores no Passport data."));
  }
  if (settings->new_password_hash) {
    services::PasswordVerifier verifier;
    verifier.value = std::move(*settings->new_password_hash);
    if (auto* algo = settings->new_algo.get_if<Algo>()) {
      verifier.salt1 = std::move(algo->salt1);
      verifier.salt2 = std::move(algo->salt2);
    } else if (verifier) {
      return fail(
          Error::invalid("NEW_SETTINGS_INVALID", "Use the algorithm that account.getPassword names."));
    }
    wanted.verifier = std::move(verifier);
  }
  wanted.hint = std::move(settings->hint).value_or("");
  wanted.email = std::move(settings->email);
  return wanted;
}

}  // namespace heliograph::api
