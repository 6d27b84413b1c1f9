// What people answered to messages without writing: reactions, votes, views, mentions.
#pragma once

#include <vector>

#include "api/render/viewer.h"
#include "services/updates/events.h"
#include "tl/core_c.h"
#include "tl/core_m.h"
#include "tl/core_r.h"

namespace heliograph::api {

// A viewer who is about to be shown these messages: with what they see of them that is not part of them.
Task<Result<Viewer>> viewer_of(services::Services& services, UserId user,
                               const std::vector<store::Message>& messages);
Task<Result<Viewer>> viewer_of(services::Services& services, UserId user,
                               std::vector<const store::Message*> messages);

// Whom what was answered names: who reacted or voted last. May add one twice.
void collect_peers(const Viewer& viewer, std::vector<Peer>& peers);

tl::messageReactions render_reactions(const services::ReactionSummary& summary, UserId viewer);
// As a push says it, to somebody whose own reactions it does not know (they keep what they have).
tl::messageReactions render_reactions(const services::events::ReactionsChanged& event, UserId viewer);

tl::messageReplies render_replies(const services::ThreadSummary& thread);

tl::Box<tl::Reaction> render_reaction(const std::string& emoji);
// Which a chat takes.
tl::Box<tl::ChatReactions> render_taken_reactions(bool all, const std::vector<std::string>& some);
tl::messagePeerReaction render_given(const store::GivenReaction& given, UserId viewer, bool unread);

}  // namespace heliograph::api
