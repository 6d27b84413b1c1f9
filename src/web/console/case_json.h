// Cases, people and places as docs/api/console.yaml writes them.
#pragma once

#include <map>

#include "web/console/door.h"

namespace heliograph::web {

// For whom it is written, and what that takes.
struct CaseReader {
  store::StaffMember member;
  std::map<StaffId, std::string> names;  // of the staff
  UnixSeconds now = 0;
  std::shared_ptr<const safety::Rulebook> book;  // by which highlights are made

  bool works() const { return member.role == staff::Role::moderator || senior(); }
  bool senior() const { return member.role == staff::Role::senior_moderator; }
};
Task<Result<CaseReader>> case_reader(ConsoleParts& parts, const Call& call);

// As the desk knows whoever calls. Senior: also an admin.
safety::Staffer staffer_of(const Call& call);

// Bits of the categories that this person is trained in and has not opted out of.
std::uint32_t shown_categories(const store::StaffMember& member);

// Enters in the journal what is about to be answered. `account` 0: of several people.
Task<Status> record_case_read(ConsoleParts& parts, const Call& call, std::int64_t case_id, UserId account);

Json staff_ref_json(const CaseReader& reader, StaffId id);
Json claim_json(const CaseReader& reader, StaffId by, UnixSeconds until);
Json person_json(const services::PersonView& person);
Json place_json(const services::PlaceView& place);
Json summary_json(const services::CaseView& view, const CaseReader& reader);
// What it said: the text that was found, or of what was said in private what was reported of it.
std::string content_text(const services::CaseDetail& detail);
Json case_json(const services::CaseDetail& detail, const CaseReader& reader);
// To be looked at again by somebody who knows nothing of what was decided: `sample` is its number.
Json sample_json(std::int64_t sample, const services::CaseDetail& detail, const CaseReader& reader);
// What is in force, or waits for a second person; null: nothing was decided.
Json decision_json(const services::CaseDetail& detail, const CaseReader& reader);

// The case as it is now, with its decision. Errors: those of Casework::detail().
Task<Result<Json>> decided_json(ConsoleParts& parts, const CaseReader& reader, std::int64_t case_id);

}  // namespace heliograph::web
