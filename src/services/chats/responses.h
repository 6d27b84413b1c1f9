// What a viewer sees with a message that is not part of it: whether it mentions them, how often it was seen,
// how people reacted, how a poll stands, what is in its thread. Read apart, and only for messages that have
// any of it.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "services/chats/poll_view.h"
#include "services/chats/thread_counts.h"
#include "services/environment.h"
#include "store/tx.h"

namespace heliograph::services {

// The reactions to one message.
struct ReactionSummary {
  std::vector<store::ReactionCount> counts;
  std::vector<store::GivenReaction> recent;  // groups and private chats; the latest first
  std::vector<std::string> chosen;           // by the viewer, in their order
  bool unread = false;                       // the viewer's message, and new ones among them
  bool may_list = false;                     // who gave what can be asked for
};

struct Responses {
  bool mentioned = false;
  bool unread = false;  // the mention
  store::PostCount count;
  std::optional<ReactionSummary> reactions;
  std::optional<PollView> poll;
  std::optional<ThreadSummary> thread;
};

struct MessageName {
  BoxId box;
  MessageId id;
  bool operator==(const MessageName&) const = default;
};
struct MessageNameHash {
  std::size_t operator()(const MessageName& name) const noexcept {
    return std::hash<BoxId>{}(name.box) * 31 + std::hash<MessageId>{}(name.id);
  }
};
using ResponseMap = std::unordered_map<MessageName, Responses, MessageNameHash>;

// Whether there is anything to look up.
bool has_responses(const store::Message& message);

inline constexpr std::size_t recent_reactions = 3;  // shown with a message
Result<ReactionSummary> reactions_to(store::Tx& tx, UserId viewer, const store::Message& message);

// Of those messages that have some; costs no read when none has.
Task<Result<std::shared_ptr<const ResponseMap>>> responses_to(const Environment& environment, UserId viewer,
                                                              std::vector<const store::Message*> messages);

}  // namespace heliograph::services
