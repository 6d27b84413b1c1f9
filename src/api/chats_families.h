// The answers that the methods of groups and of channels share.
#pragma once

#include <vector>

#include "api/method.h"
#include "services/groups/invites.h"
#include "services/groups/members.h"
#include "tl/core_c.h"
#include "tl/core_u.h"
#include "tl/messages.h"

namespace heliograph::api {

// updateChannel or updateChat.
tl::Box<tl::Update> changed_update(Peer chat);
// That the chat has changed, with the chat as it is now.
Task<Result<tl::Box<tl::Updates>>> render_changed(Context& context, Peer chat);
// The same, with the service message about it.
Task<Result<tl::Box<tl::Updates>>> render_membership(Context& context, Peer chat,
                                                     const services::MembershipChange& change);
Task<Result<tl::Box<tl::messages::InvitedUsers>>> render_invited(Context& context, Peer chat,
                                                                 const services::MembershipChange& change);
Task<Result<tl::Box<tl::messages::ChatFull>>> render_full_chat(Context& context, Peer chat);
Task<Result<tl::Box<tl::messages::Chats>>> render_chats(Context& context, std::vector<Peer> chats);

tl::chatInviteExported render_invite(const Facts& facts, const services::InviteView& view);

// Whom a member's row names.
void collect_peers(const store::Member& member, std::vector<Peer>& named);

}  // namespace heliograph::api
