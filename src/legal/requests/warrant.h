// A request in the shape of ETSI TS 103 120 (HI-1, "eWarrant"), for systems of authorities and of providers
// that exchange such messages: an HI1Message that creates an AuthorisationObject and, for each category of
// data, an LDTaskObject. What the standard has no word for stands under this program's own dictionaries, or
// in AuthorisationManualInformation. docs/legal.md says what it was made from, and against what it was not
// checked.
#pragma once

#include <string>

#include "legal/requests/files.h"

namespace heliograph::legal {

struct WarrantParts {
  const store::LegalRequest& row;
  const RequestForm& form;
  std::string agency;  // its name
  std::string origin;  // of the ledger: who receives it
  UnixSeconds at = 0;  // when it is written
};

// XML 1.0, UTF-8. The same parts give the same bytes. invalid TYPE_NOT_TAKEN: the type asks for no data, so
// that there is nothing to be disclosed by a task.
Result<std::string> to_warrant(const WarrantParts& parts);

}  // namespace heliograph::legal
