// What asks for an account's attention in groups and channels: messages that mention it, and reactions to
// what it wrote. Kept apart from the messages, because a message of a channel is there once for everybody.
#pragma once

#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

// Part of the stored format: do not renumber.
enum class AttentionKind : std::uint8_t { mention = 1, reaction = 2 };

class Attention {
 public:
  virtual ~Attention() = default;
  // `message` is numbered as the account sees it: in the channel's box, or in its own. Unread from now on.
  virtual Status ask(UserId account, Peer peer, AttentionKind kind, MessageId message) = 0;
  // Whether it is still unread; none: never asked for.
  virtual Result<std::optional<bool>> find(UserId account, Peer peer, AttentionKind kind,
                                           MessageId message) = 0;
  // False: it was not unread.
  virtual Result<bool> mark_read(UserId account, Peer peer, AttentionKind kind, MessageId message) = 0;
  // The newest first, with ids < `below` (0: all), at most `limit`. `thread`: of a channel, when not 0 only
  // what was written in it.
  virtual Result<std::vector<MessageId>> unread(UserId account, Peer peer, AttentionKind kind,
                                                MessageId thread, MessageId below, std::size_t limit) = 0;
  virtual Result<std::int32_t> count_unread(UserId account, Peer peer, AttentionKind kind,
                                            MessageId thread) = 0;
  // The message is gone from this box.
  virtual Status erase(BoxId box, Peer peer, MessageId message) = 0;
};

}  // namespace heliograph::store
