// What answers are signed with in tests, for all of the time that they play in.
#pragma once

#include "crypto/cms_signing.h"

namespace heliograph::legal::testing {

inline crypto::CmsKey a_certificate() {
  static const auto made = crypto::make_cms_key("Example, legal desk", 0, 4'000'000'000).value();
  return crypto::CmsKey::read(made.certificate_pem, made.key_pem, 1'700'000'000).value();
}

}  // namespace heliograph::legal::testing
