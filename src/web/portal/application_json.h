// An agency's application as both audiences' HTTP APIs write it.
#pragma once

#include "legal/requests/applications.h"
#include "web/console/fields.h"

namespace heliograph::web {

// Reads an application strictly; faults are those of `fields`, whose done() tells them. A domain is taken in
// any case of letters, and is in small ones then. What was read without a fault passes
// legal::check_application() but for characters that no line of text has.
legal::ApplicationForm application_in(Fields& fields);
Json application_json(const legal::ApplicationForm& form);

}  // namespace heliograph::web
