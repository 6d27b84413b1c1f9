#include "services/people/blocking.h"

#include <algorithm>
#include <unordered_set>

#include "services/people/privacy.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

Status change(store::Tx& tx, const Caller& caller, UnixSeconds now, UserId user, bool blocked) {
  if (blocked) {
    HG_TRY(tx.contacts().block({caller.user, user, now}));
  } else {
    HG_TRY(tx.contacts().unblock(caller.user, user));
  }
  HG_TRY(append_event(tx, caller, caller.user, now, events::PeerBlocked{Peer::of(user), blocked}));
  // What the other one may know of the status has changed; rendering it says so.
  tx.updates().publish_transient(transient_event(Caller{}, user, events::Status{caller.user}));
  return {};
}

// Whether somebody who takes messages from contacts only takes them from `from`.
Result<bool> knows(store::Tx& tx, UserId owner, UserId from) {
  HG_ASSIGN(const auto contact, tx.contacts().find(owner, from));
  if (contact) return true;
  HG_ASSIGN(const auto written, tx.messages().newest_outgoing(owner, Peer::of(from), MessageId{INT32_MAX}));
  return static_cast<bool>(written);
}

}  // namespace

Status may_write(store::Tx& tx, UserId from, UserId to) {
  if (from == to) return {};
  HG_ASSIGN(const auto blocked, tx.contacts().is_blocked(to, from));
  if (blocked) return fail(Error::invalid("USER_IS_BLOCKED", "This user does not take messages from you."));
  HG_ASSIGN(const auto blocks, tx.contacts().is_blocked(from, to));
  if (blocks) return fail(Error::invalid("YOU_BLOCKED_USER", "Unblock this user to write to them."));
  HG_ASSIGN(const auto global, global_privacy(tx, to));
  if (global.new_noncontact_peers_require_premium) {
    HG_ASSIGN(const auto known, knows(tx, to, from));
    if (!known) {
      return fail(Error::not_acceptable("PRIVACY_PREMIUM_REQUIRED",
                                        "This user takes messages from their contacts only."));
    }
  }
  return {};
}

Task<Status> Blocking::block(Caller caller, UserId user) {
  if (user == caller.user) co_return fail(Error::invalid("CONTACT_ID_INVALID"));
  CO_TRY(limits_.take("block", std::to_string(caller.user.value), rate));
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    if (!account) return fail(Error::invalid("PEER_ID_INVALID"));
    HG_ASSIGN(const auto already, tx.contacts().is_blocked(caller.user, user));
    if (already) return {};
    HG_ASSIGN(const auto count, tx.contacts().count_blocked(caller.user));
    if (count >= blocked_max) return fail(Error::invalid("BLOCKED_TOO_MUCH"));
    return change(tx, caller, now, user, true);
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Status> Blocking::unblock(Caller caller, UserId user) {
  if (user == caller.user) co_return fail(Error::invalid("CONTACT_ID_INVALID"));
  CO_TRY(limits_.take("block", std::to_string(caller.user.value), rate));
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto blocked, tx.contacts().is_blocked(caller.user, user));
    if (!blocked) return {};
    return change(tx, caller, now, user, false);
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Status> Blocking::set(Caller caller, std::vector<UserId> users, std::size_t limit) {
  CO_TRY(limits_.take("block_list", std::to_string(caller.user.value), set_rate));
  std::erase(users, caller.user);
  if (users.size() > std::min(limit, blocked_max)) users.resize(std::min(limit, blocked_max));
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(const auto before, tx.contacts().blocked(caller.user, 0, blocked_max));
    HG_ASSIGN(const auto accounts, tx.accounts().find_many(users));
    std::unordered_set<UserId> wanted;
    for (const auto& account : accounts) wanted.insert(account.id);
    for (const auto& block : before) {
      if (wanted.erase(block.user) == 0) HG_TRY(change(tx, caller, now, block.user, false));
    }
    for (const auto user : wanted) HG_TRY(change(tx, caller, now, user, true));
    return {};
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Result<Blocking::Page>> Blocking::list(UserId owner, std::size_t offset, std::size_t limit) const {
  auto read = [=](store::Tx& tx) -> Result<Page> {
    Page page;
    HG_ASSIGN(page.blocks, tx.contacts().blocked(owner, offset, limit));
    HG_ASSIGN(page.total, tx.contacts().count_blocked(owner));
    return page;
  };
  co_return co_await environment_.store.read(std::move(read));
}

}  // namespace heliograph::services
