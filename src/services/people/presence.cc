#include "services/people/presence.h"

#include "base/log.h"
#include "services/chats/scheduled.h"
#include "services/people/audience.h"

namespace heliograph::services {

namespace {

Task<void> store_last_online(const Environment& environment, UserId user, UnixSeconds at) {
  auto write = [=](store::Tx& tx) { return tx.accounts().set_last_online(user, at); };
  // The store has logged what went wrong; the next minute tries again.
  static_cast<void>(co_await environment.store.write(std::move(write)));
}

}  // namespace

Task<void> Presence::update(Caller caller, bool offline) {
  if (!limits_.take("status", std::to_string(caller.user.value), rate)) co_return;
  if (offline) {
    co_await leave(caller);
    co_return;
  }
  const auto now = environment_.clock.unix_seconds();
  const auto before = online_.find(caller.user);
  const auto until = now + online_seconds;
  const auto stored_at = before ? before->stored_at : 0;
  const bool store = now - stored_at >= store_every_seconds;
  const bool news = !before || before->until <= now || until - before->until >= store_every_seconds;
  if (!store && !news) co_return;
  online_.set(caller.user, {until, store ? now : stored_at});
  if (store) co_await store_last_online(environment_, caller.user, now);
  if (news) co_await tell(caller);
  // Not only on return: what was being scheduled meanwhile, or could not be sent then, is found a minute
  // later.
  if (store) co_await deliver_awaited(caller.user);
}

Task<void> Presence::deliver_awaited(UserId user) {
  const auto sent = co_await send_awaited(environment_, user);
  if (!sent) log::warn("sending what waited for somebody's return failed: {}", sent.error().code);
}

Task<void> Presence::disconnected(UserId user) {
  if (hub_.is_live(user)) co_return;
  Caller caller;
  caller.user = user;
  co_await leave(caller);
}

Task<void> Presence::leave(Caller caller) {
  const auto now = environment_.clock.unix_seconds();
  const auto before = online_.find(caller.user);
  if (!before || before->until <= now) co_return;
  online_.set(caller.user, {now, now});
  co_await store_last_online(environment_, caller.user, now);
  co_await tell(caller);
}

Task<void> Presence::tell(Caller origin) {
  auto read = [user = origin.user](store::Tx& tx) { return audience_of(tx, user); };
  const auto audience = co_await environment_.store.read(std::move(read));
  if (!audience) co_return;
  for (const auto account : *audience) {
    if (!hub_.is_live(account)) continue;
    const auto view = co_await users_.view_one(account, origin.user);
    if (view && view->status.exact())
      hub_.publish(transient_event(origin, account, events::Status{origin.user}));
  }
}

}  // namespace heliograph::services
