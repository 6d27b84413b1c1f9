#include "services/moderation/moderation.h"

#include "services/accounts/authorizations.h"
#include "services/bots/report_input.h"
#include "services/chats/append.h"
#include "services/chats/poll_view.h"
#include "services/discovery/public.h"
#include "services/groups/barred.h"
#include "services/groups/topics.h"
#include "services/moderation/limited.h"
#include "services/moderation/withheld.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::string_view kWithhold = "message.withhold", kReturn = "message.return", kMark = "message.mark",
                           kUnmark = "message.unmark", kLimit = "account.limit", kRelease = "account.release",
                           kBan = "account.ban", kUnban = "account.unban", kDelist = "peer.delist",
                           kRelist = "peer.relist", kRestrict = "message.restrict",
                           kUnrestrict = "message.unrestrict";

constexpr std::size_t deadlines_at_once = 100;

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

// On a permanent key, or a temporary one that is bound to it.
Result<bool> is_signed_in(store::Tx& tx, AuthKeyId id, UserId user) {
  HG_ASSIGN(auto key, tx.auth_keys().find(id));
  if (key && key->bound_to) {
    HG_ASSIGN(key, tx.auth_keys().find(key->bound_to));
  }
  return key && key->user == user;
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
  enforcer_ = std::make_unique<safety::Enforcer>(
      safety::EnforcerParts{*parts_.ledger, environment.clock, environment.random, environment.sealer, *this,
                            *parts_.gate, parts_.appeals, parts_.appeal_days});
  desk_ = std::make_unique<safety::Desk>(safety::DeskParts{
      *enforcer_, *this, environment.clock, environment.random, environment.sealer, parts_.appeal_days});
  environment.moderation = this;
}

const safety::Desk* desk_of(const Environment& environment) {
  return environment.moderation == nullptr ? nullptr : environment.moderation->desk();
}

std::function<store::CaseQueue(const store::Case&)> route_by(const Environment& environment) {
  return [&environment](const store::Case& one) {
    if (desk_of(environment) == nullptr) return store::CaseQueue::general;
    return environment.moderation->enforcer().queue_for(one);
  };
}

bool Moderation::looks() const {
  return parts_.viewer != nullptr || parts_.gate->rulebook()->hashes->size() != 0;
}

Moderation::~Moderation() {
  if (environment_.moderation == this) environment_.moderation = nullptr;
}

Task<Status> Moderation::reverse(std::int64_t case_id, std::string staff, std::string why) {
  auto change = [this, case_id, staff = std::move(staff), why = std::move(why)](store::Tx& tx) {
    return enforcer_->reverse(tx, case_id, staff, why);
  };
  co_return co_await change_case(case_id, std::move(change));
}

Task<Status> Moderation::decide(std::int64_t case_id, safety::PersonDecision decision) {
  auto change = [this, case_id, decision = std::move(decision)](store::Tx& tx) {
    return enforcer_->decide(tx, case_id, decision);
  };
  co_return co_await change_case(case_id, std::move(change));
}

Task<Status> Moderation::change_case(std::int64_t case_id, Change change) {
  auto body = [case_id, change = std::move(change)](store::Tx& tx) -> Result<std::string> {
    HG_TRY(change(tx));
    HG_ASSIGN(const auto one, tx.cases().find(case_id));
    const bool wrong = static_cast<safety::Effect>(one->effect) == safety::Effect::allow;
    return wrong ? safety::Enforcer::campaign_of(*one) : std::string();
  };
  CO_ASSIGN(const auto campaign, co_await environment_.store.write(std::move(body)));
  if (!campaign.empty()) parts_.gate->signals().pardon(campaign);
  co_return Status();
}

Task<Status> Moderation::sweep_deadlines() {
  if (parts_.gate == nullptr) co_return Status();
  const auto now = environment_.clock.unix_seconds();
  CO_ASSIGN(const auto due, co_await environment_.store.read(
                                [now](store::Tx& tx) { return tx.deadlines().due(now, deadlines_at_once); }));
  for (const auto& one : due) {
    auto body = [this, one](store::Tx& tx) { return enforcer_->run_out(tx, one); };
    CO_TRY(co_await environment_.store.write(std::move(body)));
  }
  co_return Status();
}

Task<Status> Moderation::tell_reporters() {
  if (desk_ == nullptr) co_return Status();
  CO_ASSIGN(const auto untold,
            co_await environment_.store.read([](store::Tx& tx) { return tx.cases().untold(1); }));
  if (untold.empty()) co_return Status();
  const auto id = untold.front().id;
  CO_TRY(co_await environment_.store.write([this, id](store::Tx& tx) -> Status {
    HG_TRY(desk_->settle(tx, id));
    return {};
  }));
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

Status Moderation::restrict_message(store::Tx& tx, Peer place, MessageId message,
                                    std::vector<std::string> countries, std::string text,
                                    const ledger::Receipt& receipt) const {
  const bool on = !countries.empty();
  HG_TRY(receipt.redeem(tx, on ? kRestrict : kUnrestrict, ledger::Subject::of(place, message)));
  HG_ASSIGN(auto copies, copies_of(tx, place, message));
  for (auto& copy : copies) {
    const auto before = copy;
    HG_TRY(bar_in(copy, {joined_countries(countries), text}));
    // One that was sent like this is known to be so.
    if (copy.content == before.content && copy.flags == before.flags) continue;
    HG_TRY(put(tx, environment_.clock.unix_seconds(), copy, true));
  }
  return {};
}

Status Moderation::limit(store::Tx& tx, UserId user, safety::Limiting limiting,
                         const ledger::Receipt& receipt) const {
  HG_TRY(receipt.redeem(tx, limiting.until != 0 ? kLimit : kRelease, ledger::Subject::of(user)));
  HG_ASSIGN(auto account, account_of(tx, user));
  const auto now = environment_.clock.unix_seconds();
  const auto before = limit_in_force(account, now);
  if (limiting.keep_stronger && before) {
    if (*before == limiting.limit) limiting.until = std::max(limiting.until, account.limited_until);
    if (*before > limiting.limit) limiting = {account.limited_until, *before, limiting.sign_out};
  }
  account.limited_until = limiting.until;
  account.limited_as = limiting.until == 0 ? 0 : static_cast<std::uint8_t>(limiting.limit);
  const auto after = limit_in_force(account, now);
  if (after != before) account.limited_since = after ? now : 0;
  account.paced_at = 0;
  HG_TRY(tx.accounts().update(account));
  HG_ASSIGN(const auto devices, tx.auth_keys().of_user(user));  // the one used last comes first
  SignedOut out{user, {}};
  if (after && limiting.sign_out) {
    HG_ASSIGN(out.keys, deauthorize_all(tx, user, devices.empty() ? AuthKeyId{} : devices.front().id));
  }
  if (before == safety::Limit::freeze || after == safety::Limit::freeze) {
    // Its devices ask what they may do now (core.telegram.org/api/auth#frozen-accounts), and sweep() makes
    // the key ring look again.
    for (const auto& device : devices) out.keys.push_back(device.id);
    HG_TRY(append_event(tx, Caller{}, user, now, events::ConfigChanged{}));
  }
  if (out.keys.empty()) return {};
  const std::lock_guard lock(mutex_);
  signed_out_.push_back(std::move(out));
  return {};
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
    for (const auto key : keys) {
      // Of a transaction that came to nothing nobody was signed out.
      auto find = [key, user](store::Tx& tx) { return is_signed_in(tx, key, user); };
      CO_ASSIGN(const bool stays, co_await environment_.store.read(std::move(find)));
      if (!stays) devices_.close(key);
    }
  }
  co_return Status();
}

Status Moderation::tell(store::Tx& tx, UserId user, safety::Letter letter) const {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->state == store::AccountState::deleted) return {};
  std::optional<ReplyMarkup> buttons;
  if (letter.appeal != 0) {
    const Button appeal{ButtonKind::url, "Appeal", {}, appeal_link_for(letter.appeal)};
    buttons = ReplyMarkup{.rows = {{{appeal}}}};
  }
  HG_TRY(send_notice(tx, environment_.clock.unix_seconds(), user, std::move(letter.text), {},
                     std::move(buttons)));
  return {};
}

}  // namespace heliograph::services
