// What the operator says about the legal desk: the rules of jurisdictions, and whose signatures are traced.
#pragma once

#include <memory>

#include "config/config.h"
#include "crypto/cms.h"
#include "legal/requests/rules.h"

namespace heliograph::app {

struct LegalRules {
  std::vector<std::pair<std::string, std::string>>
      files;  // names and texts, as the jurisdictions were read from
  std::shared_ptr<const legal::Jurisdictions> jurisdictions;
  crypto::CmsTrust trust;
};

// Errors: FILE_UNREADABLE, JURISDICTION_INVALID, TRUST_INVALID; the message is for the operator.
Result<LegalRules> read_legal_rules(const config::Config& config);

}  // namespace heliograph::app
