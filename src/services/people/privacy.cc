#include "services/people/privacy.h"

#include <algorithm>

#include "services/accounts/service_account.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

using Kind = PrivacyRule::Kind;
using store::SettingKind;

bool contains(const std::vector<std::int64_t>& ids, std::int64_t id) {
  return std::ranges::find(ids, id) != ids.end();
}

bool allowing(Kind kind) {
  switch (kind) {
    case Kind::disallow_all:
    case Kind::disallow_contacts:
    case Kind::disallow_users:
    case Kind::disallow_chat_participants:
    case Kind::disallow_bots:
      return false;
    default:
      return true;
  }
}

// How specific a rule is where it fits the viewer; 0: it does not fit.
int rank(const PrivacyRule& rule, const ViewerFacts& facts) {
  switch (rule.kind) {
    case Kind::allow_users:
    case Kind::disallow_users:
      return contains(rule.ids, facts.viewer.value) ? 5 : 0;
    case Kind::allow_chat_participants:
    case Kind::disallow_chat_participants:
      return 0;  // rank 4, once there are groups to be in
    case Kind::allow_close_friends:
      return facts.close_friend ? 3 : 0;
    case Kind::allow_premium:
      return 0;
    case Kind::allow_bots:
    case Kind::disallow_bots:
      return facts.bot ? 3 : 0;
    case Kind::allow_contacts:
    case Kind::disallow_contacts:
      return facts.is_contact ? 2 : 0;
    case Kind::allow_all:
    case Kind::disallow_all:
      return 1;
  }
  return 0;
}

PrivacyRules just(Kind kind) {
  return {{{kind, {}}}};
}

}  // namespace

const PrivacyRules& default_privacy(PrivacyKey key) {
  static const PrivacyRules everybody = just(Kind::allow_all);
  static const PrivacyRules contacts = just(Kind::allow_contacts);
  switch (key) {
    case PrivacyKey::phone_number:
    case PrivacyKey::birthday:
    case PrivacyKey::star_gifts_auto_save:
    case PrivacyKey::no_paid_messages:
      return contacts;
    default:
      return everybody;
  }
}

bool evaluate(const PrivacyRules& rules, const ViewerFacts& facts) {
  int best = 0;
  bool allowed = false;
  for (const auto& rule : rules.rules) {
    const int fits = rank(rule, facts);
    if (fits > best) {
      best = fits;
      allowed = allowing(rule.kind);
    } else if (fits == best && fits > 0) {
      allowed = allowed && allowing(rule.kind);
    }
  }
  return allowed;
}

Result<PrivacyRules> privacy_rules(store::Tx& tx, PrivacyKey key, UserId owner) {
  HG_ASSIGN(const auto stored,
            tx.settings().find(owner, SettingKind::privacy, static_cast<std::int64_t>(key)));
  if (!stored) return default_privacy(key);
  return decode<PrivacyRules>(*stored);
}

Result<std::vector<std::int64_t>> close_friends(store::Tx& tx, UserId owner) {
  HG_ASSIGN(const auto stored, tx.settings().find(owner, SettingKind::close_friends, 0));
  if (!stored) return std::vector<std::int64_t>{};
  HG_ASSIGN(auto list, decode<CloseFriends>(*stored));
  return std::move(list.ids);
}

Result<bool> allows(store::Tx& tx, PrivacyKey key, UserId owner, UserId viewer) {
  if (owner == viewer) return true;
  HG_ASSIGN(const auto rules, privacy_rules(tx, key, owner));
  ViewerFacts facts{.viewer = viewer};
  HG_ASSIGN(const auto contact, tx.contacts().find(owner, viewer));
  facts.is_contact = contact.has_value();
  const auto mentions = [&](std::initializer_list<Kind> kinds) {
    return std::ranges::any_of(
        rules.rules, [&](const auto& rule) { return std::ranges::find(kinds, rule.kind) != kinds.end(); });
  };
  if (facts.is_contact && mentions({Kind::allow_close_friends})) {
    HG_ASSIGN(const auto friends, close_friends(tx, owner));
    facts.close_friend = contains(friends, viewer.value);
  }
  if (mentions({Kind::allow_bots, Kind::disallow_bots})) {
    HG_ASSIGN(const auto account, tx.accounts().find(viewer));
    facts.bot = account && account->bot;
  }
  return evaluate(rules, facts);
}

Result<bool> sees_last_seen(store::Tx& tx, UserId viewer, UserId owner) {
  if (owner == service_user) return false;
  HG_ASSIGN(const auto account, tx.accounts().find(owner));
  if (!account || account->state == store::AccountState::deleted || account->bot) return false;
  HG_ASSIGN(const bool blocked, tx.contacts().is_blocked(owner, viewer));
  if (blocked) return false;
  HG_ASSIGN(const bool they_allow, allows(tx, PrivacyKey::status_timestamp, owner, viewer));
  if (!they_allow) return false;
  return allows(tx, PrivacyKey::status_timestamp, viewer, owner);
}

Result<GlobalPrivacy> global_privacy(store::Tx& tx, UserId owner) {
  HG_ASSIGN(const auto stored, tx.settings().find(owner, SettingKind::global_privacy, 0));
  if (!stored) return GlobalPrivacy{};
  return decode<GlobalPrivacy>(*stored);
}

Task<Result<PrivacyRules>> Privacy::get(UserId owner, PrivacyKey key) const {
  auto read = [=](store::Tx& tx) { return privacy_rules(tx, key, owner); };
  co_return co_await environment_.store.read(std::move(read));
}

Task<Result<PrivacyRules>> Privacy::set(Caller caller, PrivacyKey key, PrivacyRules rules) {
  if (rules.rules.empty()) co_return fail(Error::invalid("PRIVACY_VALUE_INVALID"));
  std::size_t ids = 0;
  for (const auto& rule : rules.rules) ids += rule.ids.size();
  if (rules.rules.size() > rules_max || ids > ids_max) co_return fail(Error::invalid("PRIVACY_TOO_LONG"));

  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Result<PrivacyRules> {
    const auto number = static_cast<std::int32_t>(key);
    if (rules == default_privacy(key)) {
      HG_TRY(tx.settings().erase(caller.user, SettingKind::privacy, number));
    } else {
      HG_TRY(tx.settings().put(caller.user, SettingKind::privacy, number, encode(rules)));
    }
    HG_TRY(append_event(tx, caller, caller.user, now, events::PrivacyChanged{number}));
    return rules;
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Result<GlobalPrivacy>> Privacy::get_global(UserId owner) const {
  auto read = [=](store::Tx& tx) { return global_privacy(tx, owner); };
  co_return co_await environment_.store.read(std::move(read));
}

Task<Result<GlobalPrivacy>> Privacy::set_global(Caller caller, GlobalPrivacy settings) {
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Result<GlobalPrivacy> {
    HG_TRY(tx.settings().put(caller.user, SettingKind::global_privacy, 0, encode(settings)));
    // The schema has no update for it; this makes the other devices fetch their own user again.
    HG_TRY(append_event(tx, caller, caller.user, now, events::UserChanged{caller.user}));
    return settings;
  };
  co_return co_await environment_.store.write(std::move(write));
}

Task<Status> Privacy::set_close_friends(Caller caller, std::vector<std::int64_t> ids) {
  if (ids.size() > ids_max) co_return fail(Error::invalid("PRIVACY_TOO_LONG"));
  const auto now = environment_.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    HG_TRY(tx.settings().put(caller.user, SettingKind::close_friends, 0, encode(CloseFriends{ids})));
    HG_TRY(append_event(tx, caller, caller.user, now, events::ContactsReset{}));
    return {};
  };
  co_return co_await environment_.store.write(std::move(write));
}

}  // namespace heliograph::services
