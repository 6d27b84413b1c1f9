#include "services/moderation/limited.h"

#include "services/bots/bots.h"

namespace heliograph::services {

namespace {

Error silenced() {
  return Error::invalid("USER_BANNED_IN_CHANNEL", "The account is limited and cannot write in public.");
}

bool is_built_in_bot(const Environment& environment, Peer peer) {
  return peer.is_user() && environment.bots != nullptr && environment.bots->find(peer.user()) != nullptr;
}

}  // namespace

std::optional<safety::Limit> limit_in_force(const store::Account& account, UnixSeconds now) {
  if (account.limited_until <= now) return std::nullopt;
  return limit_of(account);
}

Status take_turn_in_public(store::Tx& tx, UserId author, UnixSeconds now, std::int32_t slow_seconds) {
  HG_ASSIGN(auto account, tx.accounts().find(author));
  const auto limit = account ? limit_in_force(*account, now) : std::nullopt;
  if (!limit) return {};
  if (*limit != safety::Limit::slow) return fail(silenced());
  const auto next = account->paced_at + slow_seconds;
  if (next > now) return fail(Error::flood(static_cast<std::int32_t>(next - now), "SLOWMODE_WAIT"));
  account->paced_at = now;
  return tx.accounts().update(*account);
}

Status may_edit_in_public(store::Tx& tx, UserId editor, UnixSeconds now) {
  HG_ASSIGN(const auto account, tx.accounts().find(editor));
  const auto limit = account ? limit_in_force(*account, now) : std::nullopt;
  if (limit && *limit != safety::Limit::slow) return fail(silenced());
  return {};
}

Status may_write_to(const Environment& environment, const Caller& caller, Peer to) {
  if (!caller.frozen || is_built_in_bot(environment, to)) return {};
  return fail(frozen_error());
}

Status may_send_later(const Environment& environment, store::Tx& tx, UserId author, Peer to,
                      UnixSeconds now) {
  HG_ASSIGN(const auto account, tx.accounts().find(author));
  const bool frozen = account && limit_in_force(*account, now) == safety::Limit::freeze;
  return may_write_to(environment, Caller{author, {}, {}, frozen}, to);
}

Error frozen_error() {
  auto error = Error::flood(0, "FROZEN_METHOD_INVALID");
  error.message = "The account is frozen: it can read, and appeal, and nothing else.";
  return error;
}

}  // namespace heliograph::services
