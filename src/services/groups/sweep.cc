#include "services/groups/sweep.h"

#include "services/groups/notice.h"

namespace heliograph::services {

namespace {

using store::MemberStatus;

Status lift(store::Tx& tx, UnixSeconds now, store::Member member) {
  const bool in = store::is_in(member.status);
  member.until = 0;
  member.banned = 0;
  switch (member.status) {
    case MemberStatus::restricted:
      member.status = MemberStatus::member;
      break;
    case MemberStatus::restricted_left:
    case MemberStatus::banned:
      member.status = MemberStatus::left;
      break;
    default:
      break;
  }
  HG_TRY(tx.chats().put_member(member));
  HG_TRY(tell_member(tx, Caller{}, now, member.chat, member.user, in));
  return tell_changed(tx, Caller{}, member.chat);
}

}  // namespace

Task<Result<std::size_t>> sweep_restrictions(const Environment& environment, std::size_t limit) {
  const auto now = environment.clock.unix_seconds();
  // A look first: most of the time there is nothing to write.
  auto look = [now](store::Tx& tx) { return tx.chats().expired(now, 1); };
  CO_ASSIGN(const auto any, co_await environment.store.read(std::move(look)));
  if (any.empty()) co_return std::size_t{0};
  auto body = [now, limit](store::Tx& tx) -> Result<std::size_t> {
    HG_ASSIGN(const auto expired, tx.chats().expired(now, limit));
    for (const auto& member : expired) HG_TRY(lift(tx, now, member));
    return expired.size();
  };
  co_return co_await environment.store.write(std::move(body));
}

}  // namespace heliograph::services
