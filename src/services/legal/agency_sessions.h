// How officers of agencies get in: by an invitation that is good once, then by their passkey. There is no
// other way: no password, no code, no mail. How a passkey is verified is the caller's to know (src/staff).
//
// A session ends after 30 minutes without a request and after 12 hours in any case. What is severe takes a
// passkey that was shown no longer ago than five minutes. Thread-safe. Errors of the store come through.
#pragma once

#include <functional>

#include "legal/requests/agencies.h"
#include "services/environment.h"

namespace heliograph::services {

// Somebody who has been let in.
struct AgencyVisit {
  store::Agency agency;
  store::AgencyOfficer officer;
  legal::OfficerFile file;
  store::AgencySession session;

  static constexpr UnixSeconds idle_seconds = 30 * 60;
  static constexpr UnixSeconds session_seconds = 12 * 60 * 60;
  static constexpr UnixSeconds proof_seconds = 5 * 60;

  UnixSeconds proved_until() const { return session.proved_at + proof_seconds; }
};

struct AgencyEntered {
  std::string token;  // of the session that has begun
  AgencyVisit visit;
};

class AgencySessions {
 public:
  // `sealer`: the one that officers' files are sealed with.
  AgencySessions(Environment& environment, const legal::Agencies& agencies, const crypto::Sealer& sealer)
      : environment_(environment), agencies_(agencies), sealer_(sealer) {}

  // Of the stored officer: the passkey's counter as it is now, or an error. Runs in a transaction.
  using Verify = std::function<Result<std::uint32_t>(const store::AgencyOfficer&)>;

  // Whom an invitation is for. not_found INVITATION_UNKNOWN.
  Task<Result<AgencyVisit>> invited(std::string token);
  // Errors also those of Agencies::enrol().
  Task<Result<AgencyEntered>> enrol(std::string token, legal::Agencies::Passkey passkey, Bytes box_key);
  // unauthorized PASSKEY_UNKNOWN; forbidden OFFICER_NOT_ACTIVE, AGENCY_NOT_ONBOARDED; those of `verify`.
  Task<Result<AgencyEntered>> enter(Bytes passkey, Verify verify);
  // Whoever holds the token; counts as a request. unauthorized SIGN_IN_NEEDED.
  Task<Result<AgencyVisit>> visit(std::string token);
  // Proves again who is there.
  Task<Result<AgencyVisit>> prove(std::string token, Bytes passkey, Verify verify);
  Task<Status> leave(std::string token);
  // Forgets sessions that have ended. Now and then.
  Task<Status> sweep();

 private:
  Result<AgencyVisit> of_officer(store::Tx& tx, std::int64_t officer) const;
  Result<AgencyVisit> begin(store::Tx& tx, std::int64_t officer, const std::string& token) const;
  Result<store::AgencyOfficer> shown(store::Tx& tx, const Bytes& passkey, const Verify& verify) const;

  Environment& environment_;
  const legal::Agencies& agencies_;
  const crypto::Sealer& sealer_;
};

}  // namespace heliograph::services
