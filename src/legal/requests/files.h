// What is kept sealed of requests, acts, agencies and officers. Part of the stored format: fields are only
// added at the end.
#pragma once

#include <string>
#include <vector>

#include "base/codec.h"
#include "crypto/sealer.h"
#include "legal/requests/vocabulary.h"

namespace heliograph::legal {

// What an agency's officer fills in. An order about several people is a form for each.
struct RequestForm {
  IdentifierKind kind = IdentifierKind::user_id;
  std::string identifier;  // "1000007", "ann", "+4915112345678", "https://t.me/news/31"
  UnixSeconds as_of = 0;   // whose it was then; 0: now
  bool wants_phone = true;
  bool wants_addresses = true;
  UnixSeconds from = 0, to = 0;  // of the addresses
  std::string issuer;            // of kIssuers
  std::string issuer_name;
  std::string validator;  // of kIssuers; empty: none
  std::string validator_name;
  std::string case_number, offence, legal_basis;
  UnixSeconds issued_at = 0;
  UnixSeconds expires_at = 0;  // the order's own end; 0: it says none
  std::string suspicion;       // that the person is a suspect, and of what
  std::string necessity;       // and proportionality
  std::string emergency;       // the threat, in an emergency
  UnixSeconds gag_until = 0;   // 0: the person may be told
  std::string gag_reason;
  std::string language;  // of the answer, BCP 47
  void fields(auto& codec) {
    codec(kind, identifier, as_of, wants_phone, wants_addresses, from, to, issuer, issuer_name, validator,
          validator_name, case_number, offence, legal_basis, issued_at, expires_at, suspicion, necessity,
          emergency, gag_until, gag_reason, language);
  }
};

// What somebody wrote down as they passed a gate.
struct Evidence {
  std::string name;  // of kEvidence
  std::string text;
  void fields(auto& codec) { codec(name, text); }
  bool operator==(const Evidence&) const = default;
};

// What an answer held, as evidence of the gate "disclosed": which categories of data, and nothing of them.
inline constexpr std::string_view kHeldPhone = "phone_number", kHeldAddresses = "ip_addresses";

struct ActFile {
  std::string words;
  std::vector<Evidence> evidence;
  std::string rules;  // "eu 2026-11-29": the file that was in force
  void fields(auto& codec) { codec(words, evidence, rules); }
};

// What the answer held, as its act says: that a phone number was asked for does not mean that there was one.
struct Held {
  bool phone = false, addresses = false;
};

struct AgencyFile {
  std::string call_back;      // a number that was found independently
  std::string number_source;  // where
  std::string domain;         // of its mail, for the record: no mailbox proves anything
  std::string notes;
  std::vector<std::int64_t> conflicts;  // of the staff, who take no part in what it asks
  void fields(auto& codec) { codec(call_back, number_source, domain, notes, conflicts); }
};

struct OfficerFile {
  std::string name, title, email;
  Bytes box_key;  // X25519: what answers are encrypted to
  void fields(auto& codec) { codec(name, title, email, box_key); }
};

// Each sealed to the row that it belongs to.
Bytes seal_form(RequestForm form, std::int64_t request, const crypto::Sealer& sealer, Random& random);
Result<RequestForm> open_form(const store::LegalRequest& request, const crypto::Sealer& sealer);
// Of an act about a request; or, with `agency`, about an agency; or, without one, about an `application`.
Bytes seal_act(ActFile file, const store::LegalAct& act, const crypto::Sealer& sealer, Random& random);
Result<ActFile> open_act(const store::LegalAct& act, const crypto::Sealer& sealer);
// In the order given.
using OpenActs = std::vector<std::pair<store::LegalAct, ActFile>>;
Result<OpenActs> open_acts(std::vector<store::LegalAct> acts, const crypto::Sealer& sealer);
// By the acts of a request; nothing while it has not been answered.
Result<Held> held_by(const std::vector<store::LegalAct>& acts, const crypto::Sealer& sealer);
Bytes seal_agency(AgencyFile file, std::int64_t agency, const crypto::Sealer& sealer, Random& random);
Result<AgencyFile> open_agency(const store::Agency& agency, const crypto::Sealer& sealer);
Bytes seal_officer(OfficerFile file, std::int64_t officer, const crypto::Sealer& sealer, Random& random);
Result<OfficerFile> open_officer(const store::AgencyOfficer& officer, const crypto::Sealer& sealer);

// Whether the form can be meant: sizes, dates, a bounded time that is over, an identifier of its kind. A
// removal order names what is to go, by a link or a name, and asks for no data. What the law needs is checked
// later, at the gates. invalid FORM_INVALID; the message begins with the field.
Status check_form(const RequestForm& form, Type type, std::int32_t period_days_most, UnixSeconds now);
// Of kFormFields. "order_file" is not in the form.
bool is_filled(const RequestForm& form, std::string_view field);

// As all spellings of it are stored: for comparing.
std::string plain_identifier(const RequestForm& form);
// The same of the authority's own case number, in its country; empty: the form has none.
std::string plain_case_number(const RequestForm& form, std::string_view country);

}  // namespace heliograph::legal
