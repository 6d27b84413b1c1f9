#include "services/people/peer_settings.h"

#include "services/people/privacy.h"
#include "services/updates/events.h"

namespace heliograph::services {

Result<PeerSettings> peer_settings(store::Tx& tx, UserId owner, UserId user) {
  PeerSettings settings;
  if (owner == user || user == service_user) return settings;
  HG_ASSIGN(const auto hidden, tx.settings().find(owner, store::SettingKind::peer_settings, user.value));
  if (hidden) return settings;
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->state != store::AccountState::active || account->bot) return settings;
  HG_ASSIGN(const auto contact, tx.contacts().find(owner, user));
  if (contact) {
    HG_ASSIGN(const auto back, tx.contacts().find(user, owner));
    HG_ASSIGN(const bool sees, allows(tx, PrivacyKey::phone_number, owner, user));
    settings.share_contact = !sees && !contact->shares_phone && !(back && back->knows_phone);
    return settings;
  }
  HG_ASSIGN(const bool blocked, tx.contacts().is_blocked(owner, user));
  HG_ASSIGN(const auto answered, tx.messages().newest_outgoing(owner, Peer::of(user), MessageId{INT32_MAX}));
  HG_ASSIGN(const auto dialog, tx.dialogs().find(owner, Peer::of(user)));
  settings.add_contact = true;
  settings.block_contact = !blocked;
  settings.report_spam = !blocked && dialog && dialog->top_message && !answered;
  return settings;
}

Task<Result<PeerSettings>> peer_settings(const Environment& environment, UserId owner, UserId user) {
  auto read = [=](store::Tx& tx) { return peer_settings(tx, owner, user); };
  co_return co_await environment.store.read(std::move(read));
}

Task<Status> hide_peer_settings(const Environment& environment, Caller caller, UserId user) {
  const auto now = environment.clock.unix_seconds();
  auto write = [=](store::Tx& tx) -> Status {
    const std::uint8_t hidden[] = {1};
    HG_TRY(tx.settings().put(caller.user, store::SettingKind::peer_settings, user.value, hidden));
    HG_TRY(append_event(tx, caller, caller.user, now, events::PeerSettingsChanged{Peer::of(user)}));
    return {};
  };
  co_return co_await environment.store.write(std::move(write));
}

}  // namespace heliograph::services
