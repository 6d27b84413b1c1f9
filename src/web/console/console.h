// The staff's console over HTTP: docs/api/console.yaml is what it speaks, docs/console.md how it is set up.
// One file a family of operations; who may call what stands in endpoints.cc.
#pragma once

#include "safety/policy/rules.h"
#include "web/console/door.h"

namespace heliograph::web {

// `parts` outlives the router.
void add_console_routes(net::HttpRouter& router, ConsoleParts& parts);

// The families, for console.cc.
void add_appeals(Door& door);
void add_cases(Door& door);
void add_case_lists(Door& door);
void add_decisions(Door& door);
void add_enrolment(Door& door);
void add_figures(Door& door);
void add_legal(Door& door);
void add_legal_lists(Door& door);
void add_legal_applications(Door& door);
void add_lookups(Door& door);
void add_meta(Door& door);
void add_quality(Door& door);
void add_queue(Door& door);
void add_replays(Door& door);
void add_reports(Door& door);
void add_rules(Door& door);
void add_session(Door& door);
void add_staff(Door& door);
void add_templates(Door& door);
void add_terms(Door& door);
void add_wellness(Door& door);

Json clauses_json(const safety::Rules& rules);
// Exposures after which this person is told to stop for a while.
std::int32_t break_after_of(const store::StaffMember& member);

// Shared by families that let somebody in.
Json session_json(const staff::Visitor& visitor);
Reply entered_reply(const ConsoleParts& parts, const staff::Entered& entered);
Json creation_json(const staff::RelyingParty& party, const store::StaffMember& member, ByteView challenge,
                   const std::vector<store::Passkey>& have);
// A browser's answer, in the body; `label` of a registration. Errors: those of Fields.
struct RegistrationAnswer {
  staff::Registration registration;
  std::string label;
};
Result<RegistrationAnswer> registration_in(const Json& answer, std::string& at_fault,
                                           const std::string& path);
Result<staff::Assertion> assertion_in(const Json& answer, std::string& at_fault, const std::string& path);

}  // namespace heliograph::web
