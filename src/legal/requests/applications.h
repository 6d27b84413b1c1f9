// An agency that nobody here knows yet asks to be let in, without an account. What a stranger writes proves
// nothing: it becomes an agency that is proposed when a legal officer takes it up, and one that is onboarded
// by the same call as any other, to a number that was found elsewhere (agencies.h).
//
// Strangers cannot fill the desk: so many are taken a day, and so many wait at most. Several for one
// authority are all kept, and shown as one matter; whether there are others is told to nobody outside.
//
// What somebody wrote about themselves goes when the application is declined, and in any case with its time.
// The acts stay, in the register that auditors read. Words of LegalAct::what: "applied", "declined"; and,
// with an agency, "proposed". Each call is one body of a transaction. Thread-safe.
#pragma once

#include "legal/requests/agencies.h"

namespace heliograph::legal {

// What is filled in. Sealed: fields are only added at the end.
struct ApplicationForm {
  std::string authority;  // its name
  std::string kind;       // of kIssuers
  std::string country;    // "DE"
  std::string domain;     // "bka.example", in small letters
  std::string address;
  std::string applicant, office;  // who writes, and as what
  std::string email, phone;       // theirs. The number is never one to call back at
  std::string legal_basis;        // what law makes it competent
  std::vector<Type> types;        // that it means to file; each once
  std::string words;              // whatever else
  void fields(auto& codec) {
    codec(authority, kind, country, domain, address, applicant, office, email, phone, legal_basis, types,
          words);
  }
};

// Of each part: what it may be. The bounds are those of docs/api/portal.yaml in bytes.
bool is_domain(std::string_view text);  // in small letters, at least two parts, not an IP address
bool is_email(std::string_view text);
bool is_phone_number(std::string_view text);  // as people write them: "+49 (30) 1234-0"
// invalid APPLICATION_INVALID.
Status check_application(const ApplicationForm& form);

struct Application {
  store::AgencyApplication row;
  ApplicationForm form;
};

// What the applicant sees.
struct ApplicationStanding {
  enum class State : std::uint8_t { received, looked_at, onboarded, declined };
  State state = State::received;
  UnixSeconds received_at = 0;
  UnixSeconds decided_at = 0;  // when somebody took it up or declined it; 0: nobody has
  std::string reason;          // of declining
};
constexpr std::string_view name(ApplicationStanding::State state) {
  constexpr std::string_view names[] = {"received", "looked_at", "onboarded", "declined"};
  return names[static_cast<std::size_t>(state)];
}

struct ApplicationParts {
  const Clock& clock;
  Random& random;
  const crypto::Sealer& sealer;
  const crypto::BlindIndex& likeness;  // finds applications for the same authority
  const Agencies& agencies;
};

class Applications {
 public:
  static constexpr std::int64_t daily_most = 30;  // of all strangers together
  static constexpr std::int64_t open_most = 200;
  static constexpr UnixSeconds open_seconds = 90 * UnixSeconds{86'400};     // then it is stale
  static constexpr UnixSeconds decided_seconds = 90 * UnixSeconds{86'400};  // from the decision on
  static constexpr std::size_t reason_max = 4000;                           // bytes

  explicit Applications(ApplicationParts parts) : parts_(parts) {}

  // By anybody. `reference`: what they ask after it with; the caller made it, from at least 128 random bits.
  // Gives the application's number, which is for the desk alone. invalid APPLICATION_INVALID,
  // APPLICATIONS_FULL: so many came today, or wait; it says nothing about any one authority.
  Result<std::int64_t> apply(store::Tx& tx, ApplicationForm form, std::string_view reference) const;
  // not_found APPLICATION_UNKNOWN: there never was one, or its time is over.
  Result<ApplicationStanding> standing(store::Tx& tx, std::string_view reference) const;

  // Open ones, and after them those that were taken up; each in the order they came, at most `limit`.
  Result<std::vector<Application>> listed(store::Tx& tx, std::size_t limit) const;
  // Of an authority: name, country, kind and domain as the officer has them, who may have corrected what was
  // written. Gives the agency, which is proposed. forbidden ROLE_NOT_ALLOWED; not_found APPLICATION_UNKNOWN;
  // invalid APPLICATION_DECIDED; those of Agencies::propose().
  Result<std::int64_t> take_up(store::Tx& tx, const Actor& actor, std::int64_t application,
                               NewAgency agency) const;
  // `reason` is what the applicant reads. `alike`: all others too that wait for the same authority. What was
  // written in them is erased. Errors as take_up(), and invalid WORDS_MISSING, WORDS_TOO_LONG.
  Status decline(store::Tx& tx, const Actor& actor, std::int64_t application, std::string reason,
                 bool alike) const;

  // Those whose time is over. Acts stay.
  Status erase_old(store::Tx& tx) const;

 private:
  Result<Application> must_find_open(store::Tx& tx, std::int64_t application) const;
  Status decline_one(store::Tx& tx, const Actor& actor, Application one, const std::string& reason) const;
  Status note(store::Tx& tx, std::int64_t application, std::string_view what, StaffId staff,
              ActFile file) const;

  ApplicationParts parts_;
};

}  // namespace heliograph::legal
