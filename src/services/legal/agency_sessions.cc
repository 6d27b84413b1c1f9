#include "services/legal/agency_sessions.h"

#include "crypto/hash.h"

namespace heliograph::services {

namespace {

Bytes session_digest(std::string_view token) {
  return to_bytes(ByteView(crypto::sha256(as_bytes(token))));
}

Error agency_sign_in_needed() {
  return Error::unauthorized("SIGN_IN_NEEDED", "Sign in first.");
}

}  // namespace

Result<AgencyVisit> AgencySessions::of_officer(store::Tx& tx, std::int64_t officer) const {
  HG_ASSIGN(auto standing, legal::Agencies::standing(tx, officer));
  HG_ASSIGN(auto file, legal::open_officer(standing.officer, sealer_));
  return AgencyVisit{std::move(standing.agency), std::move(standing.officer), std::move(file), {}};
}

Result<AgencyVisit> AgencySessions::begin(store::Tx& tx, std::int64_t officer,
                                          const std::string& token) const {
  const auto now = environment_.clock.unix_seconds();
  HG_ASSIGN(auto out, of_officer(tx, officer));
  out.session = {session_digest(token), officer, now, now, now + AgencyVisit::session_seconds, now};
  HG_TRY(store::legal_of(tx).put_session(out.session));
  out.officer.seen_at = now;
  HG_TRY(store::legal_of(tx).update_officer(out.officer));
  return out;
}

// In the transaction, so that a counter is not read and written by two at once.
Result<store::AgencyOfficer> AgencySessions::shown(store::Tx& tx, const Bytes& passkey,
                                                   const Verify& verify) const {
  HG_ASSIGN(auto officer, store::legal_of(tx).find_officer_by_passkey(passkey));
  if (!officer) return fail(Error::unauthorized("PASSKEY_UNKNOWN", "Nobody here has this passkey."));
  HG_ASSIGN(officer->counter, verify(*officer));
  HG_TRY(store::legal_of(tx).update_officer(*officer));
  return std::move(*officer);
}

Task<Result<AgencyVisit>> AgencySessions::invited(std::string token) {
  const auto look = [this, digest = session_digest(token)](store::Tx& tx) -> Result<AgencyVisit> {
    HG_ASSIGN(auto officer, store::legal_of(tx).find_invited(digest));
    if (!officer || officer->invited_until <= environment_.clock.unix_seconds()) {
      return fail(Error::not_found("INVITATION_UNKNOWN", "The invitation is used or over."));
    }
    HG_ASSIGN(auto agency, store::legal_of(tx).find_agency(officer->agency));
    HG_ASSIGN(auto file, legal::open_officer(*officer, sealer_));
    return AgencyVisit{agency.value_or(store::Agency{}), std::move(*officer), std::move(file), {}};
  };
  co_return co_await environment_.store.read(look);
}

Task<Result<AgencyEntered>> AgencySessions::enrol(std::string token, legal::Agencies::Passkey passkey,
                                                  Bytes box_key) {
  AgencyEntered out;
  out.token = to_hex(environment_.random.bytes(32));
  const auto fresh = out.token;
  const auto act = [=, this](store::Tx& tx) -> Result<AgencyVisit> {
    HG_ASSIGN(const auto officer, agencies_.enrol(tx, token, passkey, box_key));
    return begin(tx, officer.id, fresh);
  };
  CO_ASSIGN(out.visit, co_await environment_.store.write(act));
  co_return out;
}

Task<Result<AgencyEntered>> AgencySessions::enter(Bytes passkey, Verify verify) {
  AgencyEntered out;
  out.token = to_hex(environment_.random.bytes(32));
  const auto fresh = out.token;
  const auto act = [=, this](store::Tx& tx) -> Result<AgencyVisit> {
    HG_ASSIGN(const auto officer, shown(tx, passkey, verify));
    return begin(tx, officer.id, fresh);
  };
  CO_ASSIGN(out.visit, co_await environment_.store.write(act));
  co_return out;
}

Task<Result<AgencyVisit>> AgencySessions::visit(std::string token) {
  const auto act = [this, digest = session_digest(token)](store::Tx& tx) -> Result<AgencyVisit> {
    const auto now = environment_.clock.unix_seconds();
    HG_ASSIGN(auto session, store::legal_of(tx).find_session(digest));
    if (!session || session->expires_at <= now || session->used_at + AgencyVisit::idle_seconds <= now) {
      return fail(agency_sign_in_needed());
    }
    HG_ASSIGN(auto out, of_officer(tx, session->officer));
    session->used_at = now;
    HG_TRY(store::legal_of(tx).put_session(*session));
    out.session = std::move(*session);
    return out;
  };
  co_return co_await environment_.store.write(act);
}

Task<Result<AgencyVisit>> AgencySessions::prove(std::string token, Bytes passkey, Verify verify) {
  const auto act = [=, this](store::Tx& tx) -> Result<AgencyVisit> {
    const auto now = environment_.clock.unix_seconds();
    HG_ASSIGN(auto session, store::legal_of(tx).find_session(session_digest(token)));
    HG_ASSIGN(const auto officer, shown(tx, passkey, verify));
    if (!session || session->expires_at <= now || session->officer != officer.id) {
      return fail(agency_sign_in_needed());
    }
    HG_ASSIGN(auto out, of_officer(tx, officer.id));
    session->used_at = session->proved_at = now;
    HG_TRY(store::legal_of(tx).put_session(*session));
    out.session = std::move(*session);
    return out;
  };
  co_return co_await environment_.store.write(act);
}

Task<Status> AgencySessions::leave(std::string token) {
  const auto act = [digest = session_digest(token)](store::Tx& tx) {
    return store::legal_of(tx).erase_session(digest);
  };
  co_return co_await environment_.store.write(act);
}

Task<Status> AgencySessions::sweep() {
  const auto now = environment_.clock.unix_seconds();
  const auto act = [now](store::Tx& tx) { return store::legal_of(tx).erase_expired_sessions(now); };
  co_return co_await environment_.store.write(act);
}

}  // namespace heliograph::services
