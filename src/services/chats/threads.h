// Threads of supergroups: a message and everything that answers it, or an answer to it
// (core.telegram.org/api/threads). The comments under a post of a channel are one, which the post's copy in
// the discussion group begins.
#pragma once

#include "services/caller.h"
#include "services/chats/comments.h"
#include "services/chats/history.h"

namespace heliograph::services {

struct Thread {
  Place place;           // the group
  store::Message first;  // of a topic whose first message is not for the caller: its number alone
  std::optional<store::Topic> topic;  // that it is
  std::optional<CommentedPost> post;  // that it comments on
  bool in_general = false;            // answers to a message in General

  MessageId top() const { return first.id; }
};

// The thread that message `id` of `peer` begins: a topic of a forum, a message of a supergroup, or a post of
// a channel, whose comments they are. MSG_ID_INVALID (no such message there, not for the caller, or a post
// without comments), TOPIC_ID_INVALID (a deleted topic), PEER_ID_INVALID (no channel); as open_place for the
// group.
Result<Thread> open_thread(store::Tx& tx, UserId caller, Peer peer, MessageId id, UnixSeconds now);

// messages.getReplies: what was written in the thread, without its first message; the limit is clamped as of
// history(). As open_thread.
Task<Result<PlacePage>> thread_history(const Environment& environment, UserId caller, Peer peer, MessageId id,
                                       store::HistoryRange range);

// messages.getDiscussionMessage: what the thread begins with, and how far the caller has read it. A message
// within a thread stands for its beginning.
struct Discussion {
  std::vector<store::Message> first;  // the copies of an album are several; the newest first; of a topic, if
                                      // the caller may see it
  store::ThreadCount count;
  store::ThreadRead read;
  std::int32_t unread = 0;
};
Task<Result<Discussion>> discussion(const Environment& environment, UserId caller, Peer peer, MessageId id);

// messages.readDiscussion: the thread has been read up to `max_id`. As open_thread.
Task<Status> read_discussion(const Environment& environment, Caller caller, Peer peer, MessageId id,
                             MessageId max_id);

}  // namespace heliograph::services
