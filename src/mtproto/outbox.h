// What one session has to say and what it has said that the client has not acknowledged: answers, updates,
// new_session_created. Kept until acknowledged, so that it can be sent again.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "mtproto/connection_id.h"

namespace heliograph::mtproto {

enum class KeptKind : std::uint8_t {
  answer,   // rpc_result; never dropped by itself
  update,   // may be dropped: the account's update log has it
  created,  // new_session_created
};

struct Kept {
  std::int64_t msg_id = 0;          // 0: not sent yet
  std::int64_t request_msg_id = 0;  // answer only
  Bytes body;
  ConnectionId sent_on;
  Monotonic sent_at{};
  std::int32_t seqno = 0;
  KeptKind kind = KeptKind::answer;
  bool due = true;         // to be sent at the next flush
  bool announced = false;  // its id was sent again after the client was silent
};

class Outbox {
 public:
  void add(KeptKind kind, std::int64_t request_msg_id, Bytes body);
  // False where no message with this id is kept.
  bool acknowledge(std::int64_t msg_id);
  Kept* find(std::int64_t msg_id);
  // The kept answer to this request, or null.
  Kept* answer_to(std::int64_t request_msg_id);
  void drop(const Kept* kept);
  // Drops the oldest update. Returns false where there is none; otherwise `was_due` tells whether it still
  // had to be sent on the present connection.
  bool drop_oldest_update(bool& was_due);

  // Gives `kept` (one of kept(), with no id yet) its id.
  void number(Kept& kept, std::int64_t msg_id, std::int32_t seqno);

  void make_due(Kept& kept) { kept.due = due_ = true; }
  // Everything is to be sent again (the session has a new connection).
  void all_due();
  // What was last sent on `gone` is to be sent again.
  void due_again(ConnectionId gone);

  // In order of creation; those not sent yet stand at the end. Ids are given in this order.
  std::vector<Kept>& kept() { return kept_; }
  const std::vector<Kept>& kept() const { return kept_; }
  std::size_t bytes() const { return bytes_; }
  // Of the updates among them.
  std::size_t update_count() const { return update_count_; }
  std::size_t update_bytes() const { return update_bytes_; }
  bool has_due() const { return due_; }
  // After what was due went out; `rest`: not all of it.
  void sent_due(bool rest) { due_ = rest; }
  // Gives memory back after a burst.
  void trim() {
    if (kept_.capacity() > kept_.size() * 2 + 1) kept_.shrink_to_fit();
  }

 private:
  std::vector<Kept> kept_;
  std::size_t bytes_ = 0;
  std::size_t update_count_ = 0;
  std::size_t update_bytes_ = 0;
  std::int64_t highest_id_ = 0;
  bool due_ = false;
  bool ids_rise_ = true;  // not where the wall clock was set back meanwhile
};

}  // namespace heliograph::mtproto
