#include "services/accounts/deletion.h"

#include <algorithm>

#include "services/accounts/authorizations.h"
#include "services/accounts/authorize.h"
#include "services/chats/dialog.h"
#include "services/discovery/public.h"
#include "services/updates/events.h"

namespace heliograph::services {
namespace {

// Accounts whose boxes are not empty yet.
constexpr std::string_view unfinished_name = "deletion.unfinished";
// So many people are told at once; the others see it when they next look.
constexpr std::size_t told_max = 1000;
constexpr std::size_t step = 500;

struct Unfinished {
  std::vector<UserId> users;
  void fields(auto& codec) { codec(users); }
};

Result<Unfinished> find_unfinished(store::Tx& tx) {
  HG_ASSIGN(const auto stored, tx.settings().find_global(unfinished_name));
  if (!stored) return Unfinished{};
  return decode<Unfinished>(*stored);
}

// Those who have the account in their contacts or dialogs.
Result<std::vector<UserId>> concerned(store::Tx& tx, UserId user) {
  HG_ASSIGN(auto people, tx.contacts().owners_having(user, told_max));
  HG_ASSIGN(const auto partners, tx.dialogs().owners_with(user, told_max));
  people.insert(people.end(), partners.begin(), partners.end());
  std::ranges::sort(people);
  const auto repeated = std::ranges::unique(people);
  people.erase(repeated.begin(), repeated.end());
  std::erase(people, user);
  if (people.size() > told_max) people.resize(told_max);
  return people;
}

Status erase_blocks(store::Tx& tx, UserId user) {
  for (;;) {
    HG_ASSIGN(const auto blocks, tx.contacts().blocked(user, 0, step));
    for (const auto& block : blocks) HG_TRY(tx.contacts().unblock(user, block.user));
    if (blocks.size() < step) return {};
  }
}

// Returns the keys whose sessions are to be closed. `own`: the device that asked for it, which is signed out
// but left open, so that it can be answered.
Result<std::vector<AuthKeyId>> make_nameless(store::Tx& tx, UserId user, AuthKeyId own, UnixSeconds now) {
  HG_ASSIGN(auto account, tx.accounts().find(user));
  if (!account || account->state == store::AccountState::deleted) return std::vector<AuthKeyId>{};
  store::Account left;
  left.id = user;
  left.state = store::AccountState::deleted;
  left.created_at = account->created_at;
  HG_TRY(tx.accounts().update(left));
  HG_TRY(note_account(tx, *account, left));
  HG_ASSIGN(auto closed, deauthorize_all(tx, user, own));
  if (own) HG_TRY(deauthorize(tx, own));
  HG_ASSIGN(const auto people, concerned(tx, user));
  for (const auto person : people) HG_TRY(append_event(tx, Caller{}, person, now, events::UserChanged{user}));
  HG_TRY(tx.media().erase_profile_photos(Peer::of(user)));
  HG_TRY(tx.contacts().erase_all(user));
  HG_TRY(erase_blocks(tx, user));
  HG_TRY(tx.settings().erase_all(user));
  HG_TRY(tx.bots().erase_all_of(user));
  HG_TRY(tx.threads().forget_reader(user));
  HG_ASSIGN(auto unfinished, find_unfinished(tx));
  unfinished.users.push_back(user);
  HG_TRY(tx.settings().put_global(unfinished_name, encode(unfinished)));
  return closed;
}

// What the account wrote for a channel and has not gone out.
Status erase_waiting_posts(store::Tx& tx, UserId user, Peer channel) {
  const auto queue = BoxId::of(channel.channel());
  HG_ASSIGN(const auto waiting, tx.messages().scheduled(queue, channel));
  for (const auto& post : waiting) {
    if (post.from == user) HG_TRY(tx.messages().erase_scheduled(queue, post.id));
  }
  return {};
}

// True when nothing is left.
Result<bool> empty_box_step(store::Tx& tx, UserId user) {
  std::size_t budget = step;
  for (const std::int32_t folder : {0, 1}) {
    HG_ASSIGN(const auto dialogs, tx.dialogs().list(user, folder, true, {}, 50));
    for (const auto& dialog : dialogs) {
      HG_ASSIGN(const auto ids, tx.messages().ids_up_to(user, dialog.peer, MessageId{0x7fffffff}, budget));
      HG_ASSIGN(const auto messages, tx.messages().find_many(user, ids));
      for (const auto& message : messages) HG_TRY(erase_with_responses(tx, message));
      budget -= ids.size();
      if (budget == 0) return false;
      HG_ASSIGN(const auto scheduled, tx.messages().scheduled(user, dialog.peer));
      for (const auto& message : scheduled) HG_TRY(tx.messages().erase_scheduled(user, message.id));
      if (dialog.peer.is_channel()) HG_TRY(erase_waiting_posts(tx, user, dialog.peer));
      HG_TRY(tx.dialogs().erase(user, dialog.peer));
    }
    if (!dialogs.empty()) return false;
  }
  HG_TRY(tx.updates().erase_all(user));
  HG_ASSIGN(auto unfinished, find_unfinished(tx));
  std::erase(unfinished.users, user);
  HG_TRY(tx.settings().put_global(unfinished_name, encode(unfinished)));
  return true;
}

// The account, if nobody has used it for its whole ttl.
Result<bool> still_expired(store::Tx& tx, UserId user, UnixSeconds now) {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->state != store::AccountState::active) return false;
  HG_ASSIGN(const auto devices, tx.auth_keys().of_user(user));
  UnixSeconds active_at = std::max(account->created_at, account->last_online_at);
  for (const auto& device : devices) active_at = std::max(active_at, device.active_at);
  if (active_at + UnixSeconds{account->ttl_days} * 86400 <= now) return true;
  // Some clients never say that they are online: what the device did counts.
  HG_TRY(tx.accounts().set_last_online(user, active_at));
  return false;
}

}  // namespace

Task<Status> Deletion::erase_person(UserId user, AuthKeyId own) {
  auto body = [user, own, now = environment_.clock.unix_seconds()](store::Tx& tx) {
    return make_nameless(tx, user, own, now);
  };
  CO_ASSIGN(const auto closed, co_await environment_.store.write(body));
  users_.forget(user);
  keys_.forget(own);
  for (const auto key : closed) keys_.forget(key);
  for (const auto key : closed) devices_.close(key);
  co_return co_await empty_box(user);
}

Task<Status> Deletion::empty_box(UserId user) {
  for (bool done = false; !done;) {
    auto body = [user](store::Tx& tx) { return empty_box_step(tx, user); };
    CO_ASSIGN(done, co_await environment_.store.write(body));
  }
  co_return Status{};
}

Task<Status> Deletion::delete_account(Caller caller, PasswordProof proof) {
  CO_TRY(co_await passwords_.prove(caller, std::move(proof)));
  co_return co_await erase_person(caller.user, caller.key);
}

Task<Result<std::int32_t>> Deletion::ttl(Caller caller) {
  auto body = [user = caller.user](store::Tx& tx) -> Result<std::int32_t> {
    HG_ASSIGN(const auto account, tx.accounts().find(user));
    if (!account) return fail(Error::unauthorized("USER_DEACTIVATED"));
    return account->ttl_days;
  };
  co_return co_await environment_.store.read(body);
}

Task<Status> Deletion::set_ttl(Caller caller, std::int32_t days) {
  if (days < ttl_days_min || days > ttl_days_max) co_return fail(Error::invalid("TTL_DAYS_INVALID"));
  auto body = [user = caller.user, days](store::Tx& tx) -> Status {
    HG_ASSIGN(auto account, tx.accounts().find(user));
    if (!account) return fail(Error::unauthorized("USER_DEACTIVATED"));
    account->ttl_days = days;
    return tx.accounts().update(*account);
  };
  co_return co_await environment_.store.write(body);
}

Task<Result<std::size_t>> Deletion::sweep() {
  const auto now = environment_.clock.unix_seconds();
  auto find_work = [](store::Tx& tx) { return find_unfinished(tx); };
  CO_ASSIGN(const auto unfinished, co_await environment_.store.read(find_work));
  for (const auto user : unfinished.users) CO_TRY(co_await empty_box(user));

  auto find_expired = [now](store::Tx& tx) { return tx.accounts().expired(now, 1000); };
  CO_ASSIGN(const auto expired, co_await environment_.store.read(find_expired));
  std::size_t deleted = 0;
  for (const auto user : expired) {
    auto check = [user, now](store::Tx& tx) { return still_expired(tx, user, now); };
    CO_ASSIGN(const bool gone, co_await environment_.store.write(check));
    if (!gone) continue;
    CO_TRY(co_await erase_person(user, AuthKeyId{}));
    ++deleted;
  }
  co_return deleted;
}

}  // namespace heliograph::services
