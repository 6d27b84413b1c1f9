// Whose attention a message asks for, and what of that is still unread (core.telegram.org/api/mentions).
#pragma once

#include <vector>

#include "services/chats/append.h"
#include "services/chats/history.h"
#include "services/groups/place.h"

namespace heliograph::services {

inline constexpr std::size_t mentions_max = 50;  // people one message can mention

// Members of a group whom the message names (by link, by @username) or whose message it answers; not its
// author. Nobody in private chats and broadcast channels. Before reply's resolution only names count.
Result<std::vector<UserId>> mentioned_in(store::Tx& tx, const Place& place, const Outgoing& message);

// messages.getUnreadMentions, messages.getUnreadReactions: of a dialog, or of `range.thread` in a supergroup.
// As open_place.
Task<Result<PlacePage>> unread_attention(const Environment& environment, UserId caller, Peer peer,
                                         store::AttentionKind kind, store::HistoryRange range);

struct AttentionRead {
  store::Update update;  // of the box that holds the messages
  bool more = false;     // call again
};
// messages.readMentions, messages.readReactions: all of a dialog, or of a thread of a supergroup, a step at a
// time. As open_place.
Task<Result<AttentionRead>> read_attention(const Environment& environment, Caller caller, Peer peer,
                                           store::AttentionKind kind, MessageId thread = {});

// channels.readMessageContents: mentions and reactions of these messages have been seen. As open_chat.
Task<Status> read_channel_contents(const Environment& environment, Caller caller, Peer channel,
                                   std::vector<MessageId> ids);

}  // namespace heliograph::services
