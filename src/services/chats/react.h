// Reacting to messages (core.telegram.org/api/reactions).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/caller.h"
#include "services/chats/responses.h"
#include "services/environment.h"

namespace heliograph::services {

struct KnownReaction {
  std::string_view emoji;
  std::string_view title;
};
// What this server offers, in the order in which clients show it.
std::span<const KnownReaction> known_reactions();

inline constexpr std::size_t reactions_per_user = 3;      // help.getAppConfig says so, too
inline constexpr std::size_t reactions_per_message = 11;  // different ones; so does it

struct React {
  Peer peer;
  MessageId id;
  std::vector<std::string> reactions;  // in place of those given before; empty: none
  bool big = false;
};
struct Reacted {
  store::Message message;  // as the caller has it
  ReactionSummary summary;
};
// MESSAGE_ID_INVALID, REACTION_INVALID (unknown, or the chat does not take it), REACTIONS_TOO_MANY,
// MESSAGE_NOT_MODIFIED, USER_BANNED_IN_CHANNEL, ANONYMOUS_REACTIONS_DISABLED; as open_place and may_write.
Task<Result<Reacted>> send_reaction(const Environment& environment, Caller caller, React request);

// messages.getMessagesReactions: of those of `ids` that exist. As open_place.
Task<Result<std::vector<Reacted>>> reactions_of(const Environment& environment, UserId caller, Peer peer,
                                                std::vector<MessageId> ids);

struct ReactionPage {
  std::vector<store::GivenReaction> given;
  std::int64_t total = 0;
  std::size_t next = 0;  // where to go on; 0: nowhere
};
// Who gave what, the latest first. BROADCAST_FORBIDDEN (nobody is told who reacted to a post),
// MESSAGE_ID_INVALID; as open_place.
Task<Result<ReactionPage>> list_reactions(const Environment& environment, UserId caller, Peer peer,
                                          MessageId id, std::string reaction, std::size_t offset,
                                          std::size_t limit);

// messages.setChatAvailableReactions, by whoever may change what the chat is. CHAT_NOT_MODIFIED,
// REACTION_INVALID, CHAT_ADMIN_REQUIRED; as open_chat.
Task<Status> set_reaction_policy(const Environment& environment, Caller caller, Peer chat,
                                 store::ReactionPolicy policy);
Task<Result<store::ReactionPolicy>> reaction_policy(const Environment& environment, Peer chat);

}  // namespace heliograph::services
