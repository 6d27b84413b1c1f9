// What the families of the legal desk share.
#pragma once

#include <map>

#include "services/legal/legal_desk.h"
#include "web/console/door.h"

namespace heliograph::web {

// unavailable NOT_OFFERED.
Result<services::LegalDesk*> legal_desk(const ConsoleParts& parts);
// As the desk knows whoever calls.
legal::Actor actor_of(const Call& call);
// forbidden PERSON_NEEDED: who asks shows a program's token. Whoever has a shell on the machine can make one
// of anybody; nobody can make a passkey of somebody else's.
Status must_be_a_person(const Call& call);
// Who applies has named a domain; of whom an officer has met it need not be known.
enum class DomainIs : std::uint8_t { needed, optional };
legal::NewAgency read_agency(Fields& fields, DomainIs domain);
Json clock_json(const store::LegalClock& clock);
Json legal_act_json(const store::LegalAct& act, const legal::ActFile& file,
                    const std::map<StaffId, std::string>& names);

}  // namespace heliograph::web
