// Forums: supergroups whose messages lie in topics (core.telegram.org/api/forum), and who may do what to a
// topic. A topic is a thread (services/chats/threads.h) with a title. What lies in no other is in the General
// topic, which has no message that begins it and bears number 1.
#pragma once

#include <array>

#include "services/caller.h"
#include "services/environment.h"
#include "services/groups/place.h"

namespace heliograph::services {

using store::general_topic;

// What an icon without an emoji is filled with; the first is the one of who does not say.
inline constexpr std::array<std::int32_t, 6> topic_colors{0x6fb9f0, 0xffd67e, 0xcb86db,
                                                          0x8eee98, 0xff93b2, 0xfb6f5f};

// channels.toggleForum: by the owner. What was written before lies in General; topics of former times are
// there again. CHAT_ADMIN_REQUIRED, CHAT_DISCUSSION_UNALLOWED (it discusses a channel), CHAT_NOT_MODIFIED,
// CHANNEL_INVALID (no supergroup); as open_chat.
Task<Status> set_forum(const Environment& environment, Caller caller, Peer channel, bool enabled, bool tabs);

// The group is to be a forum from the start: gives it its General topic.
Status begin_forum(store::Tx& tx, const store::Chat& chat);

// channels.toggleViewForumAsMessages, for the caller alone. CHANNEL_FORUM_MISSING; as open_chat.
Task<Status> view_forum_as_messages(const Environment& environment, Caller caller, Peer forum, bool enabled);
Result<bool> views_as_messages(store::Tx& tx, UserId account, Peer forum);

// PEER_ID_INVALID (no channel), CHANNEL_FORUM_MISSING; as open_chat.
Result<Place> open_forum(store::Tx& tx, UserId caller, Peer forum, UnixSeconds now);
// One that is there. TOPIC_ID_INVALID.
Result<store::Topic> find_topic(store::Tx& tx, const Place& forum, MessageId id);

// Whether `account` may change a topic: its creator, and who manages topics.
bool may_change(const Place& forum, const store::Topic& topic, UserId account);
// Whether `account` may write in it at all: TOPIC_DELETED, TOPIC_CLOSED.
Status may_write_in(store::Tx& tx, const Place& forum, MessageId topic, UserId account);

// The message that began it is going: the topic is none any more, and what was kept about it goes.
Status end_topic(store::Tx& tx, BoxId box, MessageId topic);

// In which topic a message of a forum lies.
MessageId topic_of(const store::Message& message);

// Whether a message of a supergroup lies in General. So may those of a group that was a forum once: there,
// too, answers to it are a thread within General (store::Message::subthread).
Result<bool> lies_in_general(store::Tx& tx, const Place& group, const store::Message& message);

}  // namespace heliograph::services
