// What is public and what can be searched for, decided in one place; and how those who change it tell the
// search index and the judge: by entries in the store's search log (store/search_log.h) and in the judge's
// queue (store/judge_queue.h), in the transaction that makes the change.
#pragma once

#include <optional>
#include <span>

#include "store/tx.h"

namespace heliograph::services {

// Channels and supergroups that have a username, and people who have one.
bool is_public(const store::Chat& chat);
bool is_public(const store::Account& account);
// What anybody can read: what is public, and the group that discusses a public channel or the channel whose
// posts are copied into a public group.
Result<bool> is_open(store::Tx& tx, const store::Chat& chat);
// The group or channel, if anybody can read it.
Result<std::optional<store::Chat>> find_open_chat(store::Tx& tx, Peer peer);
// Of these, those that search may show: not what was taken out of it, or closed, for breaking the rules.
bool is_listed(const store::Chat& chat);
bool is_listed(const store::Account& account);
// Of a public channel or supergroup: whether people can search for it. Not what the service says.
bool is_searchable(const store::Message& message);

// The channel or supergroup, if search may show it.
Result<std::optional<store::Chat>> listed_chat(store::Tx& tx, Peer peer);

// These messages of one box were put, edited or erased. Costs one look at the channel; nothing for other
// boxes.
Status note_messages(store::Tx& tx, BoxId box, std::span<const store::Message> messages);
inline Status note_message(store::Tx& tx, const store::Message& message) {
  return note_messages(tx, message.owner, {&message, 1});
}
// A channel was changed, ended, made public or private.
Status note_chat(store::Tx& tx, const store::Chat& before, const store::Chat& after);
// A person has another name or username, or is gone.
Status note_account(store::Tx& tx, const store::Account& before, const store::Account& after);

}  // namespace heliograph::services
