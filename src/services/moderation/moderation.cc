#include "services/moderation/moderation.h"

#include "services/accounts/authorizations.h"
#include "services/chats/append.h"
#include "services/chats/poll_view.h"
#include "services/discovery/public.h"
#include "services/groups/topics.h"
#include "services/moderation/withheld.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::string_view kWithhold = "message.withhold", kReturn = "message.return", kMark = "message.mark",
                           kUnmark = "message.unmark", kLimit = "account.limit", kRelease = "account.release",
                           kBan = "account.ban", kUnban = "account.unban", kDelist = "peer.delist",
                           kRelist = "peer.relist";

// All copies of a message of a channel or supergroup; there is one.
Result<std::vector<store::Message>> copies_of(store::Tx& tx, Peer place, MessageId id) {
  HG_ASSIGN(const auto found, tx.messages().find(BoxId::of(place.channel()), id));
  if (!place.is_channel() || !found) {
    return fail(Error::not_found("MESSAGE_ID_INVALID", "The message is gone."));
  }
  return tx.messages().copies(found->link);
}

Status put(store::Tx& tx, UnixSeconds now, const store::Message& message, bool shown) {
  HG_TRY(tx.messages().update(message));
  HG_TRY(note_message(tx, message));
  HG_TRY(retitle_topic(tx, message));
  if (!shown) return {};
  HG_TRY(append_message_event(tx, Caller{}, now, store::UpdateKind::edit_message, message));
  return {};
}

Result<store::Account> account_of(store::Tx& tx, UserId user) {
  HG_ASSIGN(auto account, tx.accounts().find(user));
  if (!account || account->state == store::AccountState::deleted) {
    return fail(Error::not_found("USER_ID_INVALID", "The account is gone."));
  }
  return std::move(*account);
}

}  // namespace

Moderation::Moderation(Environment& environment, ModerationParts parts, LookingParts looking, KeyRing& keys,
                       Devices& devices, Users& users)
    : environment_(environment),
      parts_(std::move(parts)),
      looking_(looking),
      keys_(keys),
      devices_(devices),
      users_(users) {
  if (parts_.gate == nullptr) return;
  enforcer_ = std::make_unique<safety::Enforcer>(safety::EnforcerParts{
      *parts_.ledger, environment.clock, environment.random, environment.sealer, *this, parts_.appeals});
  environment.moderation = this;
}

bool Moderation::looks() const {
  return parts_.viewer != nullptr || parts_.gate->rulebook()->hashes->size() != 0;
}

Moderation::~Moderation() {
  if (environment_.moderation == this) environment_.moderation = nullptr;
}

Task<Status> Moderation::reverse(std::int64_t case_id, std::string staff, std::string why) {
  auto body = [this, case_id, staff = std::move(staff),
               why = std::move(why)](store::Tx& tx) -> Result<std::string> {
    HG_TRY(enforcer_->reverse(tx, case_id, staff, why));
    HG_ASSIGN(const auto one, tx.cases().find(case_id));
    return safety::Enforcer::campaign_of(*one);
  };
  CO_ASSIGN(const auto campaign, co_await environment_.store.write(std::move(body)));
  if (!campaign.empty()) parts_.gate->signals().pardon(campaign);
  co_return Status();
}

Status Moderation::withhold(store::Tx& tx, Peer place, MessageId message, const store::Message* original,
                            std::string tombstone, const ledger::Receipt& receipt) const {
  HG_TRY(receipt.redeem(tx, kWithhold, ledger::Subject::of(place, message)));
  HG_ASSIGN(auto copies, copies_of(tx, place, message));
  for (auto& copy : copies) {
    HG_TRY(withhold_in(copy, original == nullptr ? copy : *original, tombstone));
    HG_TRY(put(tx, environment_.clock.unix_seconds(), copy, original == nullptr));
  }
  return {};
}

Status Moderation::give_back(store::Tx& tx, Peer place, MessageId message,
                             const ledger::Receipt& receipt) const {
  HG_TRY(receipt.redeem(tx, kReturn, ledger::Subject::of(place, message)));
  HG_ASSIGN(auto copies, copies_of(tx, place, message));
  for (auto& copy : copies) {
    HG_TRY(give_back_in(copy));
    HG_TRY(open_poll(tx, copy));  // one that was never shown has no votes yet
    HG_TRY(put(tx, environment_.clock.unix_seconds(), copy, true));
  }
  return {};
}

Status Moderation::mark(store::Tx& tx, Peer place, MessageId message, safety::Mark mark, bool on,
                        const ledger::Receipt& receipt) const {
  HG_TRY(receipt.redeem(tx, on ? kMark : kUnmark, ledger::Subject::of(place, message)));
  const bool shown = mark == safety::Mark::sensitive;  // search is nothing that clients are told of
  const std::uint32_t flag = shown ? store::message_sensitive : store::message_unsearchable;
  HG_ASSIGN(auto copies, copies_of(tx, place, message));
  for (auto& copy : copies) {
    copy.flags = on ? copy.flags | flag : copy.flags & ~flag;
    HG_TRY(put(tx, environment_.clock.unix_seconds(), copy, shown));
  }
  return {};
}

Status Moderation::delist(store::Tx& tx, Peer peer, bool on, const ledger::Receipt& receipt) const {
  HG_TRY(receipt.redeem(tx, on ? kDelist : kRelist, ledger::Subject::of(peer)));
  if (peer.is_user()) {
    HG_ASSIGN(const auto before, account_of(tx, peer.user()));
    auto account = before;
    account.delisted = on;
    HG_TRY(tx.accounts().update(account));
    return note_account(tx, before, account);
  }
  HG_ASSIGN(const auto before, tx.chats().find(peer));
  if (!before) return fail(Error::not_found("CHANNEL_INVALID", "The channel is gone."));
  auto chat = *before;
  chat.flags = on ? chat.flags | store::chat_delisted : chat.flags & ~std::uint32_t{store::chat_delisted};
  HG_TRY(tx.chats().update(chat));
  return note_chat(tx, *before, chat);
}

Status Moderation::limit(store::Tx& tx, UserId user, UnixSeconds until,
                         const ledger::Receipt& receipt) const {
  HG_TRY(receipt.redeem(tx, until != 0 ? kLimit : kRelease, ledger::Subject::of(user)));
  HG_ASSIGN(auto account, account_of(tx, user));
  account.limited_until = until;
  return tx.accounts().update(account);
}

Status Moderation::ban(store::Tx& tx, UserId user, bool on, const ledger::Receipt& receipt) const {
  HG_TRY(receipt.redeem(tx, on ? kBan : kUnban, ledger::Subject::of(user)));
  HG_ASSIGN(const auto before, account_of(tx, user));
  auto account = before;
  account.state = on ? store::AccountState::banned : store::AccountState::active;
  HG_TRY(tx.accounts().update(account));
  HG_TRY(note_account(tx, before, account));
  SignedOut out{user, {}};
  if (on) {
    HG_ASSIGN(out.keys, deauthorize_all(tx, user, AuthKeyId{}));
  }
  const std::lock_guard lock(mutex_);
  signed_out_.push_back(std::move(out));
  return {};
}

Task<Status> Moderation::sweep() {
  std::vector<SignedOut> all;
  {
    const std::lock_guard lock(mutex_);
    all.swap(signed_out_);
  }
  for (const auto& [user, keys] : all) {
    users_.forget(user);
    for (const auto key : keys) keys_.forget(key);
    CO_ASSIGN(const auto account,
              co_await environment_.store.read([user](store::Tx& tx) { return tx.accounts().find(user); }));
    // Of a transaction that came to nothing nobody was signed out.
    if (!account || account->state != store::AccountState::banned) continue;
    for (const auto key : keys) devices_.close(key);
  }
  co_return Status();
}

Status Moderation::tell(store::Tx& tx, UserId user, std::string text) const {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->state == store::AccountState::deleted) return {};
  HG_TRY(send_notice(tx, environment_.clock.unix_seconds(), user, std::move(text)));
  return {};
}

}  // namespace heliograph::services
