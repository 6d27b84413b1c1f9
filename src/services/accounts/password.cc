#include "services/accounts/password.h"

#include <algorithm>

#include "services/accounts/authorize.h"

namespace heliograph::services {
namespace {

Error wrong_password() {
  return Error::invalid("PASSWORD_HASH_INVALID", "The password is wrong.");
}

// The salts of a verifier as the SRP functions want them.
crypto::SrpSalts salts_of(const PasswordVerifier& verifier) {
  return {verifier.salt1, verifier.salt2};
}

Status check_new_verifier(const PasswordVerifier& verifier, const crypto::SrpSalts& offered) {
  // The client keeps the beginning of salt1 that account.getPassword gave it and appends randomness of its
  // own.
  const bool begins = verifier.salt1.size() >= offered.salt1.size() &&
                      std::ranges::equal(ByteView(verifier.salt1).first(offered.salt1.size()), offered.salt1);
  if (!begins || verifier.salt2 != offered.salt2 || verifier.salt1.size() > 256) {
    return fail(Error::invalid("NEW_SALT_INVALID", "Use the salts of account.getPassword."));
  }
  const auto number = crypto::dh_number(verifier.value);
  if (!number || !crypto::srp_verifier_ok(*number)) return fail(Error::invalid("NEW_SETTINGS_INVALID"));
  return {};
}

}  // namespace

void SrpChallenges::put(Entry entry) {
  std::lock_guard lock(mutex_);
  if (order_.size() >= total_max) {
    by_id_.erase(order_.front().id);
    order_.pop_front();
  }
  const auto id = entry.id;
  order_.push_back(std::move(entry));
  by_id_[id] = std::prev(order_.end());
}

std::optional<SrpChallenges::Entry> SrpChallenges::take(std::int64_t id, AuthKeyId key, UnixSeconds now) {
  std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end() || found->second->key != key) return std::nullopt;
  auto entry = std::move(*found->second);
  order_.erase(found->second);
  by_id_.erase(found);
  if (entry.expires_at <= now) return std::nullopt;
  return entry;
}

crypto::SrpSalts Passwords::new_salts(UserId user, const PasswordRecord& record) const {
  // Made anew from what is stored, so that nothing need be remembered between two calls.
  const auto text = std::to_string(user.value) + "/" + std::to_string(record.changed_at);
  const auto one = environment_.phone_index.tag(as_bytes("password-salt1/" + text));
  const auto two = environment_.phone_index.tag(as_bytes("password-salt2/" + text));
  return {Bytes(one.begin(), one.begin() + 8), Bytes(two.begin(), two.begin() + 16)};
}

Task<Result<UserId>> Passwords::subject(Caller caller) {
  if (caller.user) co_return caller.user;
  if (!caller.key) co_return fail(Error::unauthorized("AUTH_KEY_PERM_EMPTY"));
  CO_ASSIGN(const auto info, co_await keys_.info(caller.key));
  if (info.user) co_return info.user;
  if (info.pending_user) co_return info.pending_user;
  co_return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED", "Sign in first."));
}

Task<Result<PasswordState>> Passwords::state(Caller caller) {
  CO_ASSIGN(const auto user, co_await subject(caller));
  auto body = [user](store::Tx& tx) -> Result<PasswordRecord> {
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    if (!account) return fail(Error::unauthorized("USER_DEACTIVATED"));
    return password_of(*account);
  };
  CO_ASSIGN(const auto record, co_await environment_.store.read(body));
  const auto now = environment_.clock.unix_seconds();

  PasswordState state;
  state.set = static_cast<bool>(record.verifier);
  state.has_recovery = !record.email_sealed.empty();
  state.hint = record.hint;
  state.reset_at = record.reset_at;
  state.new_salts = new_salts(user, record);
  if (record.new_email_code && record.new_email_code.expires_at > now) {
    CO_ASSIGN(const auto email, open_email(user, record.new_email_sealed));
    state.unconfirmed_email_pattern = email_pattern(email);
  }
  if (state.set) {
    const auto verifier = crypto::dh_number(record.verifier.value);
    if (!verifier) co_return fail(Error::internal("PASSWORD_RECORD_BROKEN"));
    SrpChallenges::Entry entry;
    entry.id = environment_.random.next<std::int64_t>();
    entry.key = caller.key;
    entry.user = user;
    entry.verifier = record.verifier;
    entry.challenge = crypto::srp_challenge(*verifier, environment_.random);
    entry.expires_at = now + SrpChallenges::lifetime;
    state.salts = salts_of(record.verifier);
    state.srp_id = entry.id;
    state.srp_b.assign(entry.challenge.public_value.begin(), entry.challenge.public_value.end());
    challenges_.put(std::move(entry));
  }
  co_return state;
}

Result<Passwords::Verdict> Passwords::judge(Caller caller, UserId user, const PasswordProof& proof) {
  const auto entry = challenges_.take(proof.srp_id, caller.key, environment_.clock.unix_seconds());
  if (!entry || entry->user != user) {
    return fail(Error::invalid("SRP_ID_INVALID", "Call account.getPassword again."));
  }
  Verdict verdict;
  verdict.verifier = entry->verifier;
  const auto verifier = crypto::dh_number(entry->verifier.value);
  const auto a = crypto::dh_number(proof.a);
  crypto::SrpAnswer answer;
  if (!verifier || !a || proof.m1.size() != answer.proof.size()) return verdict;
  answer.public_value = *a;
  std::ranges::copy(proof.m1, answer.proof.begin());
  verdict.right = crypto::srp_verify(*verifier, salts_of(entry->verifier), entry->challenge, answer);
  return verdict;
}

Task<Status> Passwords::edit(UserId user, Change change) {
  auto body = [user, change = std::move(change)](store::Tx& tx) -> Result<Status> {
    HG_ASSIGN(auto account, tx.accounts().find(user));
    if (!account || account->state != store::AccountState::active) {
      return fail(Error::unauthorized("USER_DEACTIVATED"));
    }
    HG_ASSIGN(auto record, password_of(*account));
    HG_ASSIGN(const auto answer, change(tx, record));
    account->password = encode(record);
    HG_TRY(tx.accounts().update(*account));
    return answer;
  };
  CO_ASSIGN(auto answer, co_await environment_.store.write(body));
  co_return answer;
}

Task<Status> Passwords::with_password(Caller caller, UserId user, PasswordProof proof, Change change) {
  std::optional<Verdict> verdict;
  if (proof.given) {
    auto body = [user](store::Tx& tx) -> Result<bool> {
      HG_ASSIGN(const auto account, tx.accounts().find(user));
      return account ? has_password(*account) : false;
    };
    CO_ASSIGN(const bool set, co_await environment_.store.read(body));
    if (set) {
      CO_ASSIGN(verdict, judge(caller, user, proof));
    }
  }
  const auto now = environment_.clock.unix_seconds();
  Change settle = [verdict, now, change = std::move(change)](store::Tx& tx,
                                                             PasswordRecord& record) -> Result<Status> {
    if (!record.verifier) return change(tx, record);
    if (!verdict) return fail(wrong_password());
    if (record.verifier != verdict->verifier) {
      return fail(Error::invalid("SRP_PASSWORD_CHANGED", "Call account.getPassword again."));
    }
    if (record.wrong_since + wrong_window <= now) {
      record.wrong = 0;
      record.wrong_since = now;
    }
    if (record.wrong >= wrong_max) {
      return fail(Error::flood(static_cast<std::int32_t>(record.wrong_since + wrong_window - now)));
    }
    if (!verdict->right) {
      ++record.wrong;
      return Status(fail(wrong_password()));  // kept, and said
    }
    record.wrong = 0;
    return change(tx, record);
  };
  co_return co_await edit(user, std::move(settle));
}

Task<Status> Passwords::prove(Caller caller, PasswordProof proof) {
  Change nothing = [](store::Tx&, PasswordRecord&) -> Result<Status> { return Status{}; };
  co_return co_await with_password(caller, caller.user, std::move(proof), std::move(nothing));
}

Passwords::Change Passwords::finish_sign_in(Caller caller, UserId user, std::string_view ip) {
  Authorization authorization;
  authorization.user = user;
  authorization.hash = environment_.random.next<std::int64_t>() | 1;
  authorization.now = environment_.clock.unix_seconds();
  authorization.ip_sealed = seal_ip(environment_, caller.key, ip);
  return [caller, user, authorization](store::Tx& tx, PasswordRecord&) -> Result<Status> {
    HG_ASSIGN(const auto key, tx.auth_keys().find(caller.key));
    if (!key || key->user != user) return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
    if (key->password_pending) HG_TRY(authorize(tx, caller, authorization));
    return Status{};
  };
}

Task<Result<UserId>> Passwords::check(Caller caller, std::string ip, PasswordProof proof) {
  CO_ASSIGN(const auto user, co_await subject(caller));
  auto finish = finish_sign_in(caller, user, ip);
  CO_TRY(co_await with_password(caller, user, std::move(proof), std::move(finish)));
  CO_TRY(co_await keys_.refresh(caller.key));
  co_return user;
}

Task<Result<std::string>> Passwords::recovery_email(Caller caller, PasswordProof proof) {
  auto sealed = std::make_shared<Bytes>();
  Change look = [sealed](store::Tx&, PasswordRecord& record) -> Result<Status> {
    *sealed = record.email_sealed;
    return Status{};
  };
  CO_TRY(co_await with_password(caller, caller.user, std::move(proof), std::move(look)));
  co_return open_email(caller.user, *sealed);
}

Task<Status> Passwords::update(Caller caller, PasswordProof proof, NewPassword wanted) {
  const auto now = environment_.clock.unix_seconds();
  if (wanted.hint.size() > 255)
    co_return fail(Error::invalid("NEW_SETTINGS_INVALID", "The hint is too long."));
  if (wanted.email && !wanted.email->empty() && !looks_like_email(*wanted.email)) {
    co_return fail(Error::invalid("EMAIL_INVALID"));
  }
  const auto code = new_code();
  EmailCode sent;
  sent.digest = digest(caller.user, "confirm", code);
  sent.sent_at = now;
  sent.expires_at = now + code_lifetime;
  // Whether an address must be confirmed first is for the transaction to say.
  Change change = [this, user = caller.user, wanted, sent, now](store::Tx&,
                                                                PasswordRecord& record) -> Result<Status> {
    return apply(record, user, wanted, sent, now);
  };
  const auto status = co_await with_password(caller, caller.user, std::move(proof), std::move(change));
  if (!status && status.error().code == email_unconfirmed) {
    CO_TRY(send(CodeMessage::Purpose::confirm_email, *wanted.email, code));
  }
  co_return status;
}

Result<Status> Passwords::apply(PasswordRecord& record, UserId user, const NewPassword& wanted,
                                const EmailCode& sent, UnixSeconds now) const {
  const bool removes = wanted.verifier && !*wanted.verifier;
  if (removes) {
    const auto changed_at = now;
    record = PasswordRecord{};
    record.changed_at = changed_at;
    return Status{};
  }
  if (wanted.verifier) HG_TRY(check_new_verifier(*wanted.verifier, new_salts(user, record)));
  if (!wanted.verifier && !record.verifier) {
    return fail(Error::invalid("NEW_SETTINGS_EMPTY", "There is no password and none was given."));
  }
  if (wanted.email && !wanted.email->empty()) {
    HG_ASSIGN(const auto confirmed, open_email(user, record.email_sealed));
    if (*wanted.email != confirmed) {
      record.new_email_sealed = seal_email(user, *wanted.email);
      record.new_email_code = sent;
      record.new_verifier = wanted.verifier.value_or(PasswordVerifier{});
      record.new_hint = wanted.hint;
      return Status(fail(Error::invalid(email_unconfirmed, "Enter the code sent to the address.")));
    }
  }
  if (wanted.verifier) {
    record.verifier = *wanted.verifier;
    record.hint = wanted.hint;
    record.changed_at = now;
    record.recovery_code = {};
    record.reset_at = 0;
  }
  if (wanted.email && wanted.email->empty()) record.email_sealed.clear();
  record.new_email_sealed.clear();
  record.new_email_code = {};
  record.new_verifier = {};
  record.new_hint.clear();
  return Status{};
}

}  // namespace heliograph::services
