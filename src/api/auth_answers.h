// What the auth.* methods have in common: how a sign-in ends, and how passwords come and go.
#pragma once

#include "api/method.h"
#include "tl/account.h"
#include "tl/auth.h"
#include "tl/core_a.h"
#include "tl/core_i.h"
#include "tl/help.h"

namespace heliograph::api {

// auth.authorization with the user as they see themselves.
Task<Result<tl::Box<tl::auth::Authorization>>> render_signed_in(Context& context, UserId user);

tl::Box<tl::auth::SentCode> render_sent_code(services::SentCode sent);

// A device with what its client said about itself; nothing is guessed about its country.
tl::authorization render_device(const services::ClientInfo& client);

tl::Box<tl::help::TermsOfService> render_terms(const services::Terms& terms);

services::PasswordProof proof_from(tl::Box<tl::InputCheckPasswordSRP>& input);
// invalid NEW_SETTINGS_INVALID for a way of hashing that this server does not know, or Passport secrets.
Result<services::NewPassword> new_password_from(tl::Box<tl::account::PasswordInputSettings>& input);

}  // namespace heliograph::api
