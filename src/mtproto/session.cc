#include "mtproto/session.h"

#include <algorithm>

#include "mtproto/msg_id.h"
#include "mtproto/service_ids.h"
#include "mtproto/wire.h"

namespace heliograph::mtproto {

namespace {

// An answer up to this size is sent again when its request is repeated; a larger one that went out on the
// same connection is only announced.
constexpr std::size_t repeat_bytes_max = 4096;

// Status bits of msgs_state_info.
constexpr std::uint8_t status_unknown = 1;
constexpr std::uint8_t status_not_received = 2;
constexpr std::uint8_t status_too_high = 3;
constexpr std::uint8_t status_received = 4;
constexpr std::uint8_t status_processing = 32;
constexpr std::uint8_t status_answered = 64;

// Gives memory back after a burst, without doing so at every turn.
template <typename T>
void trim(std::vector<T>& of) {
  if (of.capacity() > of.size() * 2 + 4) of.shrink_to_fit();
}

}  // namespace

Session::Admission Session::admit(const InnerMessage& message, Monotonic now, const SessionLimits& limits) {
  const auto msg_id = message.msg_id;
  if (msg_id <= seen.highest()) {
    if (running(msg_id)) {
      acks.push_back(msg_id);
      return {};
    }
    if (auto* answer = outbox.answer_to(msg_id)) {
      if (answer->body.size() > repeat_bytes_max && answer->msg_id != 0 && answer->sent_on == connection()) {
        announcements.push_back(answer->msg_id);
      } else {
        outbox.make_due(*answer);
      }
      return {};
    }
    if (seen.contains(msg_id)) {
      acks.push_back(msg_id);
      return {};
    }
    if (msg_id <= seen.floor()) return {.refused = BadMsg::too_old};
  }
  if ((message.seqno & 1) == 0) return {.refused = BadMsg::seqno_not_odd};
  switch (seen.fit(msg_id, message.seqno)) {
    case SeqnoFit::too_low:
      return {.refused = BadMsg::seqno_too_low};
    case SeqnoFit::too_high:
      return {.refused = BadMsg::seqno_too_high};
    case SeqnoFit::fits:
      break;
  }
  if (!seen.insert(msg_id, message.seqno, limits.seen_max)) return {.refused = BadMsg::too_old};
  running_.push_back({msg_id, now, false});
  wake_by(now + limits.ack_delay);
  return {.fresh = true};
}

bool Session::finish(std::int64_t request_msg_id) {
  const auto at = std::ranges::find(running_, request_msg_id, &Running::msg_id);
  if (at == running_.end()) return false;
  running_.erase(at);
  return true;
}

bool Session::running(std::int64_t request_msg_id) const {
  return std::ranges::find(running_, request_msg_id, &Running::msg_id) != running_.end();
}

std::uint8_t Session::status(std::int64_t msg_id) const {
  if ((msg_id & 3) != 0) return status_unknown;
  if (running(msg_id)) return status_received | status_processing;
  if (seen.contains(msg_id)) return status_received | status_processing | status_answered;
  if (msg_id <= seen.floor()) return status_unknown;
  return msg_id > seen.highest() ? status_too_high : status_not_received;
}

void Session::attach(ConnectionId connection, Monotonic now, const SessionLimits& limits) {
  const auto known = std::ranges::find(connections_, connection);
  if (known != connections_.end()) {
    std::rotate(known, known + 1, connections_.end());
    return;
  }
  if (connections_.size() >= limits.connections_max) connections_.erase(connections_.begin());
  connections_.push_back(connection);
  wake_by(now);
  outbox.all_due();
  gap_ = gap_ || gap_if_reconnected_;
  gap_if_reconnected_ = false;
}

bool Session::detach(ConnectionId connection, Monotonic now) {
  if (std::erase(connections_, connection) == 0) return false;
  outbox.due_again(connection);
  if (connected()) return false;
  connections_.shrink_to_fit();
  quiet_since = now;
  return true;
}

bool Session::make_room(const SessionLimits& limits) {
  const auto full = [&] {
    return outbox.kept().size() > limits.kept_messages_max || outbox.bytes() > limits.kept_bytes_max;
  };
  const auto offline_full = [&] {
    return !connected() && (outbox.update_count() > limits.offline_updates_max ||
                            outbox.update_bytes() > limits.offline_update_bytes_max);
  };
  while (full() || offline_full()) {
    bool was_due = false;
    if (!outbox.drop_oldest_update(was_due)) return false;
    (was_due ? gap_ : gap_if_reconnected_) = true;
  }
  return true;
}

void Session::report_gap() {
  if (!gap_) return;
  gap_ = false;
  outbox.add(KeptKind::update, 0, WireWriter().u32(id::updates_too_long).take());
}

void Session::run_timers(Monotonic now, UnixSeconds unix_now, const SessionLimits& limits) {
  wake = Monotonic::max();
  for (auto& request : running_) {
    if (request.acknowledged || !connected()) continue;
    if (request.since + limits.ack_delay <= now) {
      request.acknowledged = true;
      acks.push_back(request.msg_id);
    } else {
      wake_by(request.since + limits.ack_delay);
      break;  // those behind started later
    }
  }
  for (auto& kept : outbox.kept()) {
    if (kept.announced || kept.due || kept.sent_on != connection()) continue;
    if (kept.sent_at + limits.notice_delay <= now) {
      kept.announced = true;
      announcements.push_back(kept.msg_id);
    } else {
      wake_by(kept.sent_at + limits.notice_delay);
    }
  }
  if (!connected()) wake_by(quiet_since + limits.idle_max);
  // Older ones are refused by their time.
  seen.forget_below(unix_now - limits.msg_id_age_max_s < 0 ? 0
                                                           : (unix_now - limits.msg_id_age_max_s - 1) << 32);
  if (seen.count() > 0) wake_by(now + std::chrono::seconds(limits.msg_id_age_max_s));
  outbox.trim();
  trim(running_);
  trim(acks);
  trim(announcements);
}

std::size_t Session::memory_bytes() const {
  return sizeof *this + outbox.bytes() + outbox.kept().capacity() * sizeof(Kept) + seen.memory_bytes() +
         connections_.capacity() * sizeof(ConnectionId) + running_.capacity() * sizeof(Running) +
         (acks.capacity() + announcements.capacity()) * sizeof(std::int64_t);
}

}  // namespace heliograph::mtproto
