#include "services/accounts/login_token.h"

#include <algorithm>

#include "services/accounts/authorize.h"
#include "services/accounts/password_record.h"

namespace heliograph::services {

void LoginTokens::forget_expired(UnixSeconds now) {
  // Kept for a while after the end, so that a late acceptance hears EXPIRED and not INVALID.
  while (!order_.empty() && (order_.front().expires_at + 60 <= now || order_.size() > tokens_max)) {
    by_token_.erase(order_.front().token);
    order_.pop_front();
  }
}

Task<Result<std::optional<SignedIn>>> LoginTokens::accepted(Caller caller) {
  if (!caller.key) co_return fail(Error::unauthorized("AUTH_KEY_PERM_EMPTY"));
  CO_ASSIGN(const auto info, co_await keys_.info(caller.key));
  std::optional<SignedIn> found;
  if (info.user) found = SignedIn{SignedIn::Outcome::signed_in, info.user};
  if (info.pending_user) found = SignedIn{SignedIn::Outcome::password_required, info.pending_user};
  co_return found;
}

Task<Result<LoginToken>> LoginTokens::import_token(Caller caller, Bytes token) {
  LoginToken answer;
  {
    std::lock_guard lock(mutex_);
    const auto found = by_token_.find(std::string(as_text(token)));
    if (found == by_token_.end() || found->second->device.key != caller.key) {
      co_return fail(Error::invalid("AUTH_TOKEN_INVALID"));
    }
    answer.expires_at = found->second->expires_at;
    const bool waits = !found->second->accepted;
    if (waits && answer.expires_at <= environment_.clock.unix_seconds()) {
      co_return fail(Error::invalid("AUTH_TOKEN_EXPIRED"));
    }
  }
  CO_ASSIGN(answer.accepted, co_await accepted(caller));
  if (!answer.accepted) answer.token = std::move(token);
  co_return answer;
}

Task<Result<LoginToken>> LoginTokens::export_token(Caller caller, AuthKeyId wire_key, std::string ip,
                                                   std::vector<UserId> except) {
  LoginToken answer;
  CO_ASSIGN(answer.accepted, co_await accepted(caller));
  if (answer.accepted) co_return answer;
  const auto now = environment_.clock.unix_seconds();
  Entry entry;
  answer.token = environment_.random.bytes(32);
  answer.expires_at = now + lifetime;
  entry.token = std::string(as_text(answer.token));
  entry.device = caller;
  entry.wire_key = wire_key;
  entry.ip = std::move(ip);
  entry.except = std::move(except);
  entry.expires_at = answer.expires_at;
  std::lock_guard lock(mutex_);
  forget_expired(now);
  order_.push_back(std::move(entry));
  by_token_[order_.back().token] = std::prev(order_.end());
  co_return answer;
}

Task<Result<AcceptedDevice>> LoginTokens::accept(Caller caller, Bytes token) {
  const auto now = environment_.clock.unix_seconds();
  Entry entry;
  {
    std::lock_guard lock(mutex_);
    const auto found = by_token_.find(std::string(as_text(token)));
    if (found == by_token_.end()) co_return fail(Error::invalid("AUTH_TOKEN_INVALID"));
    auto& known = *found->second;
    if (known.expires_at <= now) co_return fail(Error::invalid("AUTH_TOKEN_EXPIRED"));
    if (known.accepted) co_return fail(Error::invalid("AUTH_TOKEN_ALREADY_ACCEPTED"));
    if (std::ranges::find(known.except, caller.user) != known.except.end()) {
      co_return fail(Error::invalid("AUTH_TOKEN_EXCEPTION", "This account is signed in there already."));
    }
    known.accepted = true;
    entry = known;
  }
  Authorization authorization;
  authorization.user = caller.user;
  authorization.now = now;
  authorization.hash = environment_.random.next<std::int64_t>() | 1;
  authorization.ip_sealed = seal_ip(environment_, entry.device.key, entry.ip);
  auto body = [device = entry.device, authorization](store::Tx& tx) -> Result<AcceptedDevice> {
    HG_ASSIGN(const auto account, tx.accounts().find(authorization.user));
    if (!account) return fail(Error::unauthorized("USER_DEACTIVATED"));
    auto decided = authorization;
    HG_ASSIGN(decided.password_pending, has_password(*account));
    HG_ASSIGN(const auto before, tx.auth_keys().find(device.key));
    if (!before || before->user) return fail(Error::invalid("AUTH_TOKEN_INVALID"));
    HG_TRY(authorize(tx, device, decided));
    AcceptedDevice accepted;
    accepted.hash = decided.hash;
    accepted.client = client_of(*before);
    accepted.at = decided.now;
    accepted.password_pending = decided.password_pending;
    return accepted;
  };
  CO_ASSIGN(auto accepted, co_await environment_.store.write(body));
  accepted.ip = entry.ip;
  CO_TRY(co_await keys_.refresh(entry.device.key));
  devices_.login_token_accepted(entry.wire_key, entry.device.session);
  co_return accepted;
}

}  // namespace heliograph::services
