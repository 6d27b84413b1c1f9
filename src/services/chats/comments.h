// Comments under the posts of a channel (core.telegram.org/api/discussion): a thread of the group that
// discusses the channel, begun by a copy of the post. The copy shares the post's link, and with it edits and
// reactions; it goes when the post goes. The copies of an album share the thread of the first.
#pragma once

#include <optional>

#include "services/chats/content.h"
#include "store/tx.h"

namespace heliograph::services {

// The copy of a post that has just been put into its channel, for the group that its content names, ready to
// be put there. None: the group does not exist.
Result<std::optional<store::Message>> copy_for_discussion(store::Tx& tx, const store::Message& post);

struct CommentThread {
  Peer group;
  MessageId top;
};
// None: a post without comments, because it is older than the link, its copy was deleted, or the channel is
// not discussed there any more.
Result<std::optional<CommentThread>> comments_of(store::Tx& tx, const store::Message& post);

// Where the thread begins that answers to this copy of a post belong to.
Result<MessageId> thread_of_copy(const store::Message& copy);

// The post that begins a thread of comments.
struct CommentedPost {
  Peer channel;
  MessageId id;
};
// None: `top` is no copy of a post.
Result<std::optional<CommentedPost>> commented_post(const store::Message& top);

// The posts have gone from their channel: so do their copies.
Status erase_copies_of_posts(store::Tx& tx, UnixSeconds now, const std::vector<store::Message>& posts);

}  // namespace heliograph::services
