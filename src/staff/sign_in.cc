#include "staff/sign_in.h"

#include <algorithm>

#include "crypto/hash.h"
#include "staff/totp.h"

namespace heliograph::staff {

namespace {

using store::StaffState;
using store::StaffToken;
using Purpose = Challenges::Purpose;

constexpr UnixSeconds kTouchSeconds = 60;  // a session's last use is this exact
constexpr std::string_view kIssuer = "Heliograph staff";

Error enrolment_unknown() {
  return Error::not_found(
      "ENROLMENT_UNKNOWN",
      "This link has been used, has expired or was never given; ask an admin for a new one.");
}
Error challenge_expired() {
  return Error::unauthorized("CHALLENGE_EXPIRED", "That took too long, or was sent twice; try again.");
}
Error code_wrong() {
  return Error::unauthorized("CODE_INVALID", "The name or the code is wrong; a code is good once.");
}
Error passkey_unknown() {
  return Error::unauthorized("PASSKEY_UNKNOWN",
                             "This passkey is not known here; use another way, or a new link.");
}

// The link's token and whose it is.
Result<std::pair<StaffToken, store::StaffMember>> find_enrolment(store::Staff& staff, std::string_view token,
                                                                 UnixSeconds now) {
  HG_ASSIGN(const auto found, staff.find_token(digest_of_token(token)));
  if (!found || found->kind != StaffToken::Kind::enrolment || found->expires_at <= now)
    return fail(enrolment_unknown());
  HG_ASSIGN(const auto member, staff.find(found->staff));
  if (!member || member->state == StaffState::disabled) return fail(enrolment_unknown());
  return std::pair(*found, *member);
}

StaffToken new_session(StaffId staff, std::string_view token, UnixSeconds now) {
  return {.digest = digest_of_token(token),
          .kind = StaffToken::Kind::session,
          .staff = staff,
          .created_at = now,
          .used_at = now,
          .expires_at = now + kSessionSeconds,
          .proved_at = now};
}

store::Passkey passkey_from(const PasskeyFacts& facts, StaffId staff, std::string label, UnixSeconds now) {
  return {.id = facts.id,
          .staff = staff,
          .algorithm = facts.algorithm,
          .public_key = facts.public_key,
          .counter = facts.counter,
          .label = std::move(label),
          .created_at = now,
          .used_at = now};
}

UnixSeconds lock_seconds(std::int32_t failures) {
  const auto doublings = std::clamp(failures - kFreeFailures, 0, 10);
  return std::min(kFirstLockSeconds << doublings, kLongestLockSeconds);
}

// What one look at a code came to. A wrong one is counted, so the transaction must not fail.
struct CodeLook {
  std::optional<store::StaffMember> member;  // it was right
  UnixSeconds wait = 0;
};

}  // namespace

Bytes SignIn::codes_secret(std::string_view token) const {
  const auto digest = crypto::hmac_sha256(parts_.codes_key.view(), {as_bytes(token)});
  return {digest.begin(), digest.begin() + kTotpSecretBytes};
}

Bytes SignIn::sealed_about(StaffId staff) const {
  return to_bytes(as_bytes("staff totp " + std::to_string(staff.value)));
}

Task<Result<EnrolmentFacts>> SignIn::enrolment(std::string token) {
  const auto now = parts_.clock.unix_seconds();
  const auto body = [=](store::Tx& tx) -> Result<EnrolmentFacts> {
    HG_ASSIGN(const auto found, find_enrolment(store::staff_of(tx), token, now));
    return EnrolmentFacts{found.second, found.first.expires_at};
  };
  co_return co_await parts_.store.read(body);
}

Task<Result<std::pair<EnrolmentFacts, Bytes>>> SignIn::begin_enrolment(std::string token) {
  CO_ASSIGN(auto facts, co_await enrolment(std::move(token)));
  auto challenge = challenges_.give(Purpose::enrol, facts.member.id);
  co_return std::pair(std::move(facts), std::move(challenge));
}

Task<Result<CodesOffer>> SignIn::offer_codes(std::string token) {
  const auto secret = codes_secret(token);
  CO_ASSIGN(const auto facts, co_await enrolment(std::move(token)));
  co_return CodesOffer{totp_secret_text(secret), totp_uri(kIssuer, facts.member.name, secret)};
}

template <typename Keep>
Task<Result<Entered>> SignIn::use_enrolment(std::string token, std::string what, Keep keep) {
  const auto now = parts_.clock.unix_seconds();
  auto fresh = make_token(parts_.random);
  const auto body = [=](store::Tx& tx) -> Result<Visitor> {
    HG_ASSIGN(auto found, find_enrolment(store::staff_of(tx), token, now));
    auto& member = found.second;
    HG_TRY(forget_credentials(store::staff_of(tx), member));  // the link with them
    HG_TRY(keep(store::staff_of(tx), member, now));
    member.state = StaffState::active;
    HG_TRY(store::staff_of(tx).update(member));
    Visitor visitor{member, new_session(member.id, fresh, now)};
    HG_TRY(store::staff_of(tx).put_token(visitor.token));
    HG_TRY(note_event(store::staff_of(tx), member.id, what, {member.name, now}));
    return visitor;
  };
  auto entered = co_await parts_.store.write(body);
  CO_TRY(entered);
  co_return Entered{std::move(fresh), std::move(*entered)};
}

Result<PasskeyFacts> SignIn::registered(Purpose purpose, StaffId staff, const Registration& registration) {
  HG_ASSIGN(const auto challenge, challenge_in(registration.client_data));
  if (!challenges_.take(challenge, purpose, staff)) return fail(challenge_expired());
  return verify_registration(parts_.party, challenge, registration);
}

Task<Result<Entered>> SignIn::enrol_passkey(std::string token, Registration registration, std::string label) {
  CO_ASSIGN(const auto facts, co_await enrolment(token));
  CO_ASSIGN(const auto passkey, registered(Purpose::enrol, facts.member.id, registration));
  const auto keep = [passkey, label](store::Staff& staff, store::StaffMember& member,
                                     UnixSeconds now) -> Status {
    HG_TRY(staff.add_passkey(passkey_from(passkey, member.id, label, now)));
    return {};
  };
  // Not within the co_await: GCC 12 destroys closures there twice.
  auto used = use_enrolment(std::move(token), "enrolled with a passkey", keep);
  co_return co_await std::move(used);
}

Task<Result<Entered>> SignIn::enrol_codes(std::string token, std::string code) {
  const auto secret = codes_secret(token);
  CO_ASSIGN(const auto facts, co_await enrolment(token));
  const auto step = totp_step(secret, code, parts_.clock.unix_seconds(), 0);
  if (!step) {
    co_return fail(
        Error::unauthorized("CODE_INVALID", "The code is wrong; is the time of both devices right?"));
  }
  auto sealed = parts_.sealer.seal(secret, sealed_about(facts.member.id), parts_.random);
  const auto keep = [sealed, step](store::Staff&, store::StaffMember& member, UnixSeconds) -> Status {
    member.totp_sealed = sealed;
    member.totp_step = *step;
    return {};
  };
  auto used = use_enrolment(std::move(token), "enrolled with one-time codes", keep);
  co_return co_await std::move(used);
}

Task<Result<Entered>> SignIn::open(StaffId id, std::string what) {
  const auto now = parts_.clock.unix_seconds();
  auto fresh = make_token(parts_.random);
  const auto body = [=](store::Tx& tx) -> Result<Visitor> {
    HG_ASSIGN(auto member, must_find(store::staff_of(tx), id));
    if (member.state == StaffState::disabled) return fail(passkey_unknown());
    Visitor visitor{std::move(member), new_session(id, fresh, now)};
    HG_TRY(store::staff_of(tx).put_token(visitor.token));
    HG_TRY(note_event(store::staff_of(tx), id, what, {visitor.member.name, now}));
    return visitor;
  };
  auto entered = co_await parts_.store.write(body);
  CO_TRY(entered);
  co_return Entered{std::move(fresh), std::move(*entered)};
}

// Somebody's passkey, shown in answer to a challenge that was for `staff`; none: for whoever answers.
Task<Result<store::Passkey>> SignIn::checked(Assertion assertion, StaffId staff) {
  const auto refused = [](const Error& error) {
    return Error::unauthorized("PASSKEY_INVALID", error.message);
  };
  const auto challenge = challenge_in(assertion.client_data);
  if (!challenge) co_return fail(refused(challenge.error()));
  if (!challenges_.take(*challenge, Purpose::enter, staff)) co_return fail(challenge_expired());
  const auto now = parts_.clock.unix_seconds();
  const auto body = [=, this](store::Tx& tx) -> Result<store::Passkey> {
    HG_ASSIGN(auto found, store::staff_of(tx).find_passkey(assertion.credential_id));
    if (!found || (staff && found->staff != staff)) return fail(passkey_unknown());
    const PasskeyFacts known{found->id, found->algorithm, found->public_key, found->counter};
    const auto counter = verify_assertion(parts_.party, *challenge, known, assertion);
    if (!counter) return fail(refused(counter.error()));
    HG_TRY(store::staff_of(tx).touch_passkey(found->number, *counter, now));
    return std::move(*found);
  };
  // In the transaction, so that a counter is not read and written by two at once.
  co_return co_await parts_.store.write(body);
}

Task<Result<Entered>> SignIn::enter_with_passkey(Assertion assertion) {
  CO_ASSIGN(const auto passkey, co_await checked(std::move(assertion), {}));
  co_return co_await open(passkey.staff, "signed in with a passkey");
}

// By number, or by name where that is 0.
Task<Result<store::StaffMember>> SignIn::code_of(StaffId id, std::string name, std::string code) {
  const auto now = parts_.clock.unix_seconds();
  const auto body = [=, this](store::Tx& tx) -> Result<CodeLook> {
    HG_ASSIGN(auto member, id ? store::staff_of(tx).find(id) : store::staff_of(tx).find_by_name(name));
    if (!member || member->state != StaffState::active || member->totp_sealed.empty()) return CodeLook{};
    if (member->locked_until > now) return CodeLook{{}, member->locked_until - now};
    HG_ASSIGN(const auto secret, parts_.sealer.open(member->totp_sealed, sealed_about(member->id)));
    if (const auto step = totp_step(secret, code, now, member->totp_step)) {
      member->totp_step = *step;
      member->failures = 0;
      HG_TRY(store::staff_of(tx).update(*member));
      return CodeLook{std::move(member), 0};
    }
    member->failures += 1;
    if (member->failures >= kFreeFailures) member->locked_until = now + lock_seconds(member->failures);
    HG_TRY(store::staff_of(tx).update(*member));
    return CodeLook{};
  };
  auto look = co_await parts_.store.write(body);
  CO_TRY(look);
  if (look->wait > 0)
    co_return fail(Error::flood(static_cast<std::int32_t>(look->wait), "TOO_MANY_REQUESTS"));
  if (!look->member) co_return fail(code_wrong());
  co_return std::move(*look->member);
}

Task<Result<Entered>> SignIn::enter_with_code(std::string name, std::string code) {
  CO_ASSIGN(const auto member, co_await code_of({}, std::move(name), std::move(code)));
  co_return co_await open(member.id, "signed in with a one-time code");
}

Task<Result<Visitor>> SignIn::visitor(std::string token, StaffToken::Kind kind) {
  const auto now = parts_.clock.unix_seconds();
  const auto digest = digest_of_token(token);
  const auto body = [=](store::Tx& tx) -> Result<std::optional<Visitor>> {
    HG_ASSIGN(auto known, store::staff_of(tx).find_token(digest));
    if (!known || known->kind != kind) return std::nullopt;
    HG_ASSIGN(auto member, store::staff_of(tx).find(known->staff));
    if (!member || member->state == StaffState::disabled) return std::nullopt;
    return Visitor{std::move(*member), std::move(*known)};
  };
  auto found = co_await parts_.store.read(body);
  CO_TRY(found);
  if (!*found || (*found)->ends_at() <= now) {
    co_return fail(
        Error::unauthorized("SIGN_IN_NEEDED", "Nobody is signed in, or the session has ended; sign in."));
  }
  auto& visitor = **found;
  if (now - visitor.token.used_at >= kTouchSeconds) {
    visitor.token.used_at = now;
    // Only if it is still there: somebody may have signed out meanwhile.
    const auto touch = [=](store::Tx& tx) -> Status {
      HG_ASSIGN(auto token_now, store::staff_of(tx).find_token(digest));
      if (!token_now) return {};
      token_now->used_at = now;
      return store::staff_of(tx).put_token(*token_now);
    };
    CO_TRY(co_await parts_.store.write(touch));
  }
  co_return std::move(visitor);
}

Task<Status> SignIn::leave(Visitor visitor) {
  const auto body = [digest = visitor.token.digest](store::Tx& tx) {
    return store::staff_of(tx).erase_token(digest);
  };
  co_return co_await parts_.store.write(body);
}

Task<Result<Visitor>> SignIn::proved(Visitor visitor) {
  const auto now = parts_.clock.unix_seconds();
  const auto body = [=](store::Tx& tx) -> Result<Visitor> {
    HG_ASSIGN(auto token, store::staff_of(tx).find_token(visitor.token.digest));
    if (!token)
      return fail(Error::unauthorized("SIGN_IN_NEEDED", "The session has ended meanwhile; sign in."));
    token->proved_at = now;
    token->used_at = now;
    HG_TRY(store::staff_of(tx).put_token(*token));
    return Visitor{visitor.member, std::move(*token)};
  };
  co_return co_await parts_.store.write(body);
}

Task<Result<Visitor>> SignIn::prove_with_passkey(Visitor visitor, Assertion assertion) {
  CO_TRY(co_await checked(std::move(assertion), visitor.member.id));
  co_return co_await proved(std::move(visitor));
}

Task<Result<Visitor>> SignIn::prove_with_code(Visitor visitor, std::string code) {
  CO_TRY(co_await code_of(visitor.member.id, {}, std::move(code)));
  co_return co_await proved(std::move(visitor));
}

Task<Result<store::Passkey>> SignIn::add_passkey(Visitor visitor, Registration registration,
                                                 std::string label) {
  CO_ASSIGN(const auto facts, registered(Purpose::enrol, visitor.member.id, registration));
  const auto now = parts_.clock.unix_seconds();
  const auto body = [=](store::Tx& tx) -> Result<store::Passkey> {
    HG_ASSIGN(const auto have, store::staff_of(tx).passkeys(visitor.member.id));
    if (have.size() >= kPasskeysMax) {
      return fail(Error::invalid("PASSKEYS_TOO_MANY", "Ten passkeys are enough; remove one first."));
    }
    auto passkey = passkey_from(facts, visitor.member.id, label, now);
    HG_ASSIGN(passkey.number, store::staff_of(tx).add_passkey(passkey));
    HG_TRY(note_event(store::staff_of(tx), visitor.member.id, "added a passkey", {visitor.member.name, now}));
    return passkey;
  };
  co_return co_await parts_.store.write(body);
}

Task<Result<std::vector<store::Passkey>>> SignIn::passkeys(StaffId staff) {
  const auto body = [=](store::Tx& tx) { return store::staff_of(tx).passkeys(staff); };
  co_return co_await parts_.store.read(body);
}

Task<Status> SignIn::remove_credential(Visitor visitor, std::int64_t number) {
  const auto now = parts_.clock.unix_seconds();
  const auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(auto member, must_find(store::staff_of(tx), visitor.member.id));
    HG_ASSIGN(const auto have, store::staff_of(tx).passkeys(member.id));
    const bool codes = !member.totp_sealed.empty();
    const bool known = number == 0 ? codes : std::ranges::count(have, number, &store::Passkey::number) > 0;
    if (!known)
      return fail(Error::not_found("CREDENTIAL_UNKNOWN", "There is no such passkey or app of yours."));
    if (have.size() + (codes ? 1 : 0) == 1) {
      return fail(
          Error::invalid("LAST_CREDENTIAL", "Without it you could not sign in any more; add another first."));
    }
    if (number == 0) {
      member.totp_sealed.clear();
      HG_TRY(store::staff_of(tx).update(member));
    } else {
      HG_TRY(store::staff_of(tx).erase_passkey(member.id, number));
    }
    return note_event(store::staff_of(tx), member.id,
                      number == 0 ? "removed one-time codes" : "removed a passkey", {member.name, now});
  };
  co_return co_await parts_.store.write(body);
}

Task<Status> SignIn::sweep() {
  const auto now = parts_.clock.unix_seconds();
  const auto body = [=](store::Tx& tx) { return store::staff_of(tx).erase_expired_tokens(now); };
  co_return co_await parts_.store.write(body);
}

}  // namespace heliograph::staff
