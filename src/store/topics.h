// The topics of forums (core.telegram.org/api/forum). A topic is a thread (store/threads.h) with a title,
// named by the box and the message that begins it; the messages written in it bear that number. The General
// topic has number 1, and no message begins it: message 1 lies in it like others.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

inline constexpr MessageId general_topic{1};

// Part of the stored format.
enum TopicFlag : std::uint32_t {
  topic_closed = 1,
  topic_hidden = 2,   // the General topic only
  topic_deleted = 4,  // kept without title, so that who still writes to it is told
};

struct Topic {
  BoxId box;
  MessageId id;
  UserId creator;
  Peer shown_as;  // whose it is shown as, if not the creator's
  UnixSeconds date = 0;
  std::string title;  // as it is shown
  std::int32_t icon_color = 0;
  std::int64_t icon_emoji = 0;    // id of a document; 0: none
  std::uint32_t flags = 0;        // TopicFlag
  MessageId titled_by;            // the service message that gave the title; 0: nobody's, General's first one
  MessageId top;                  // the newest message in it, or the one that begins it
  std::int32_t pinned_order = 0;  // 0: not pinned; higher is nearer to the top
};

class Topics {
 public:
  virtual ~Topics() = default;

  virtual Result<std::optional<Topic>> find(BoxId box, MessageId id) = 0;  // deleted ones, too
  // Insert or replace. `top` is taken of a new one only: reached() and left() keep it.
  virtual Status put(const Topic& topic) = 0;
  // Those that are not deleted and whose title matches `text` (store/text.h), the one written in last first:
  // not pinned, with top < `below` (0: all), at most `limit`.
  virtual Result<std::vector<Topic>> list(BoxId box, std::string_view text, MessageId below,
                                          std::size_t limit) = 0;
  virtual Result<std::vector<Topic>> pinned(BoxId box, std::string_view text) = 0;  // top first
  virtual Result<std::size_t> count(BoxId box, std::string_view text) = 0;
  // The forum is gone, and with it what accounts kept about its threads.
  virtual Status erase_all(BoxId box) = 0;

  // The message has come into the thread, or left it. False: that thread is no topic.
  virtual Result<bool> reached(BoxId box, MessageId topic, MessageId message) = 0;
  virtual Status left(BoxId box, MessageId topic, MessageId message) = 0;

  // Puts what lies in no topic into General: messages of the box after `after`, oldest first, at most `limit`
  // at once. Threads that are no topics stay as threads of answers there. Returns the last message looked at;
  // 0: there are no more.
  virtual Result<MessageId> gather(BoxId box, MessageId after, std::size_t limit) = 0;
};

}  // namespace heliograph::store
