// Requests of authorities as both audiences' HTTP APIs write them: the form, files, what was found of
// signatures.
#pragma once

#include "services/legal/legal_desk.h"
#include "web/console/fields.h"

namespace heliograph::web {

// Reads a form strictly; faults are those of `fields`, whose done() tells them.
legal::RequestForm form_in(Fields& fields);
Json form_json(const legal::RequestForm& form);
// As much of a form as somebody has written: nothing is needed, and what there is, is of its type.
Json part_of_form_in(Fields& fields);
Json legal_file_json(const services::LegalFileView& view);
// The row alone: nothing about the person.
Json legal_request_json(const store::LegalRequest& row);
std::string_view clock_name(store::LegalClockKind kind);
// What became of a removal order.
Json decision_json(const legal::RemovalDecision& decision);
// What answers are signed with in CMS, as people compare it and programs load it.
Json certificate_json(const crypto::CmsKey& key);
// What each type needs, as its rules say.
Json type_rules_json(legal::Type type, const legal::TypeRules& rules);

}  // namespace heliograph::web
