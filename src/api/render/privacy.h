// Privacy keys and rules, between the wire and the service.
#pragma once

#include "api/method.h"
#include "services/people/privacy.h"
#include "tl/core_g.h"
#include "tl/core_i.h"
#include "tl/core_p.h"

namespace heliograph::api {

tl::Box<tl::PrivacyKey> render_privacy_key(services::PrivacyKey key);
std::vector<tl::Box<tl::PrivacyRule>> render_privacy_rules(const services::PrivacyRules& rules);
// The people that the rules name.
std::vector<UserId> users_in(const services::PrivacyRules& rules);
tl::Box<tl::GlobalPrivacySettings> render_global_privacy(const services::GlobalPrivacy& settings);

// invalid PRIVACY_KEY_INVALID.
Result<services::PrivacyKey> privacy_key_from(const tl::Box<tl::InputPrivacyKey>& input);
// invalid PRIVACY_VALUE_INVALID. People whose access hash is wrong are left out.
Task<Result<services::PrivacyRules>> privacy_rules_from(
    Context& context, const std::vector<tl::Box<tl::InputPrivacyRule>>& input);
// forbidden PREMIUM_ACCOUNT_REQUIRED: nobody can be made to pay for writing. invalid
// AUTOARCHIVE_NOT_AVAILABLE.
Result<services::GlobalPrivacy> global_privacy_from(const tl::Box<tl::GlobalPrivacySettings>& input);

}  // namespace heliograph::api
