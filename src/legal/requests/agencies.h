// Who may ask: agencies and their officers. An agency is onboarded before any of its officers, by a call to a
// number that was found independently; a mailbox proves nothing. Each call is one body of a transaction.
// Thread-safe.
//
// What people do about agencies and officers is kept as acts, which auditors read, and nothing takes away.
// Words of LegalAct::what: "proposed" (with the application that it came of, if it did), "onboarded" (each
// time), "suspended", "resumed", "conflict", "conflict-lifted", "invited", "enrolled", "disabled".
#pragma once

#include "legal/requests/files.h"
#include "store/staff.h"
#include "store/tx.h"

namespace heliograph::legal {

// Somebody on the staff.
struct Actor {
  StaffId id;
  std::string name;  // as the ledger keeps it, for the staff alone
  store::StaffRole role = store::StaffRole::legal_officer;
  bool proved = false;  // has shown just now that it is them: a passkey or a code
};

// forbidden ROLE_NOT_ALLOWED.
Status must_be_legal_officer(const Actor& actor);

// As an officer of the desk writes it down.
struct NewAgency {
  std::string name;
  std::string country;  // "DE"
  std::string kind;     // of kIssuers
  std::string domain;   // of its mail; empty: not known
};

struct AgencyParts {
  const Clock& clock;
  Random& random;
  const crypto::Sealer& sealer;
};

class Agencies {
 public:
  static constexpr std::int32_t daily_most = 50;
  static constexpr UnixSeconds invitation_seconds = 7 * 86'400;

  explicit Agencies(AgencyParts parts) : parts_(parts) {}

  // By a legal officer. `application`: that it comes of; 0: none. invalid AGENCY_INVALID, AGENCY_KNOWN;
  // forbidden ROLE_NOT_ALLOWED.
  Result<std::int64_t> propose(store::Tx& tx, const Actor& actor, NewAgency agency,
                               std::int64_t application = 0) const;
  // Whom the officer called, at which number, where it was found. The agency keeps what was written down the
  // first time; again it is an act more. invalid AGENCY_INVALID: something of it is missing;
  // AGENCY_SUSPENDED: see resume(); AGENCY_COUNTRIES_FULL: see has_room_for() (legal/requests/cells.h);
  // not_found AGENCY_UNKNOWN.
  Status onboard(store::Tx& tx, const Actor& actor, std::int64_t agency, std::string call_back,
                 std::string number_source, std::string notes) const;
  Status suspend(store::Tx& tx, const Actor& actor, std::int64_t agency, std::string why) const;
  // Ends a suspension, after a call as to onboard it. Errors the same, and invalid AGENCY_NOT_SUSPENDED,
  // WORDS_MISSING: `why` says why the reason for it is gone.
  Status resume(store::Tx& tx, const Actor& actor, std::int64_t agency, std::string call_back,
                std::string number_source, std::string why) const;
  // Of the staff, who have a part in what the agency does: all of them. Whoever wants somebody's conflict
  // lifted says why (invalid WORDS_MISSING), and is somebody else: forbidden OWN_CONFLICT.
  Status set_conflicts(store::Tx& tx, const Actor& actor, std::int64_t agency,
                       std::vector<std::int64_t> staff, std::string why) const;

  // `token` lets them enrol, once; the caller made it and hands it over by another way than mail. invalid
  // AGENCY_NOT_ONBOARDED, AGENCY_INVALID.
  Result<std::int64_t> invite(store::Tx& tx, const Actor& actor, std::int64_t agency, OfficerFile officer,
                              std::string_view token) const;
  // The officer's passkey and the key that answers are encrypted to. not_found INVITATION_UNKNOWN; invalid
  // BOX_KEY_INVALID, PASSKEY_OCCUPIED.
  struct Passkey {
    Bytes id, public_key;
    std::int32_t algorithm = 0;
    std::uint32_t counter = 0;
  };
  Result<store::AgencyOfficer> enrol(store::Tx& tx, std::string_view token, const Passkey& passkey,
                                     ByteView box_key) const;
  Status disable(store::Tx& tx, const Actor& actor, std::int64_t officer) const;

  // Who may file and collect now: an active officer of an agency that is onboarded. forbidden
  // AGENCY_NOT_ONBOARDED, OFFICER_NOT_ACTIVE.
  struct Standing {
    store::Agency agency;
    store::AgencyOfficer officer;
  };
  static Result<Standing> standing(store::Tx& tx, std::int64_t officer);

  // All that was done about it, oldest first.
  Result<OpenActs> acts(store::Tx& tx, std::int64_t agency) const;

 private:
  struct Note {
    std::string_view what;
    StaffId staff;
    std::int64_t officer = 0;
    StaffId about;
    ActFile file;
    std::int64_t application = 0;
  };
  Status note(store::Tx& tx, std::int64_t agency, Note note) const;
  // It may ask from now on.
  Status let_in(store::Tx& tx, const Actor& actor, store::Agency& row, AgencyFile& file,
                std::string call_back, std::string number_source) const;
  Result<std::pair<store::Agency, AgencyFile>> must_find(store::Tx& tx, std::int64_t agency) const;

  AgencyParts parts_;
};

}  // namespace heliograph::legal
