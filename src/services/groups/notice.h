// Service messages of groups and channels, and telling those who are in them that something has changed.
// Inside the transaction that makes the change.
#pragma once

#include <optional>
#include <vector>

#include "services/caller.h"
#include "services/chats/append.h"
#include "services/groups/place.h"

namespace heliograph::services {

// Who is in a basic group.
Result<std::vector<store::Member>> present_members(store::Tx& tx, Peer group);

// A service message by the caller, shown as sign() in send.cc would show it. `notice` has its action set;
// who, where, when and the service flag are set here.
Result<Appended> append_notice(store::Tx& tx, const Caller& caller, const Place& place, Outgoing notice,
                               const std::optional<ReplyTo>& reply = {});
Result<Appended> append_notice(store::Tx& tx, const Caller& caller, const Place& place, Action action);

// The same about who comes and goes: nothing in a broadcast channel, which does not say so.
Result<std::optional<Appended>> say_of_members(store::Tx& tx, const Caller& caller, const Place& place,
                                               Action action);

// What everybody in it sees of the chat has changed (title, rights, members): caches forget it, live sessions
// are told to look again. Nothing is stored for it.
Status tell_changed(store::Tx& tx, const Caller& caller, Peer chat);

// Who is in it, or what they are there, has changed: tell_changed(), and the list of a basic group.
Status members_changed(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat);

// What the chat is to `user` has changed: `in` says whether they are in it from now on.
Status tell_member(store::Tx& tx, const Caller& caller, UnixSeconds now, Peer chat, UserId user, bool in);

}  // namespace heliograph::services
