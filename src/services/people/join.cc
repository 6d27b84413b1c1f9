#include "services/people/join.h"

#include "services/chats/append.h"
#include "services/people/preferences.h"
#include "services/updates/events.h"

namespace heliograph::services {

Status contact_joined(store::Tx& tx, UnixSeconds now, const store::Account& account, bool quiet) {
  if (account.phone_index.empty()) return {};
  HG_ASSIGN(const auto waiting, tx.contacts().awaiting(account.phone_index));
  if (waiting.empty()) return {};
  for (const auto& entry : waiting) {
    if (entry.owner == account.id) continue;
    store::Contact contact{.owner = entry.owner,
                           .user = account.id,
                           .first_name = entry.first_name,
                           .last_name = entry.last_name,
                           .knows_phone = true,
                           .added_at = now};
    if (contact.first_name.empty() && contact.last_name.empty()) {
      contact.first_name = account.first_name;
      contact.last_name = account.last_name;
    }
    HG_ASSIGN(const auto before, tx.contacts().find(entry.owner, account.id));
    if (before) {  // known under an earlier number
      contact = *before;
      contact.knows_phone = true;
    }
    HG_TRY(tx.contacts().put(contact));
    HG_TRY(append_event(tx, Caller{}, entry.owner, now, events::PeerSettingsChanged{Peer::of(account.id)}));
    if (quiet) continue;
    HG_ASSIGN(const auto silent, silent_about_sign_ups(tx, entry.owner));
    if (silent) continue;
    HG_TRY(append_action(tx, now, entry.owner, account.id, Action{.kind = ActionKind::contact_sign_up}));
  }
  return tx.contacts().erase_awaited(account.phone_index);
}

}  // namespace heliograph::services
