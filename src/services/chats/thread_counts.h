// Keeping the counts of threads (store/threads.h) true to the messages in them, inside the transaction that
// changes these. Only boxes of channels have threads.
#pragma once

#include <optional>
#include <unordered_map>

#include "services/groups/place.h"
#include "store/tx.h"

namespace heliograph::services {

// The message has just been put into its box. A topic of a forum learns that it has a newer one.
Status count_in_thread(store::Tx& tx, const store::Message& message);
// The message has just been taken out of its box.
Status uncount_in_thread(store::Tx& tx, const store::Message& message);

// How far `account` has read the thread, reading the whole group counted in.
Result<store::ThreadRead> thread_read_by(store::Tx& tx, UserId account, Peer group, MessageId top);

// A thread as a viewer sees it beside the message that it belongs to.
struct ThreadSummary {
  store::ThreadCount count;
  Peer group;                // of a post: where the comments are; empty: the message is in the thread's group
  MessageId read_max_id;     // 0: nothing, or not known
  std::int32_t box_pts = 0;  // of the group, at which this is so
};

// Summaries for one viewer, within one transaction. What those of one group have in common is read once.
class ThreadSummaries {
 public:
  ThreadSummaries(store::Tx& tx, UserId viewer) : tx_(tx), viewer_(viewer) {}
  // Of a message flagged message_thread. None: a post whose comments are gone, or whose channel is not
  // discussed there any more.
  Result<std::optional<ThreadSummary>> of(const store::Message& message);

 private:
  struct Group {
    MessageId read_max_id;  // by the viewer, in the group as a whole
    std::int32_t pts = 0;
  };
  Result<Group> group(Peer peer);

  store::Tx& tx_;
  UserId viewer_;
  std::unordered_map<Peer, Group> groups_;
};

}  // namespace heliograph::services
