// The state of one session (core.telegram.org/mtproto/description#session): what was received, what is being
// answered, what is kept for the client, and on which connections it lives. No encryption, no TL of the API.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "mtproto/connection_id.h"
#include "mtproto/container.h"
#include "mtproto/outbox.h"
#include "mtproto/seen.h"
#include "mtproto/session_limits.h"

namespace heliograph::mtproto {

// Codes of bad_msg_notification (core.telegram.org/mtproto/service_messages_about_messages).
enum class BadMsg : std::int32_t {
  none = 0,
  msg_id_too_low = 16,
  msg_id_too_high = 17,
  msg_id_not_divisible = 18,
  container_repeated = 19,
  too_old = 20,
  seqno_too_low = 32,
  seqno_too_high = 33,
  seqno_not_even = 34,
  seqno_not_odd = 35,
  wrong_salt = 48,
  container_invalid = 64,
};

class Session {
 public:
  Session(SessionId session_id, std::int64_t created_unique_id)
      : id(session_id), unique_id(created_unique_id) {}

  // What to do with a message that asks for something.
  struct Admission {
    BadMsg refused = BadMsg::none;
    bool fresh = false;  // to be executed; now remembered as running
  };
  // A repeated request is not executed again: its answer, if kept, becomes due on `connection` or is
  // announced there; else the request is acknowledged.
  Admission admit(const InnerMessage& message, Monotonic now, const SessionLimits& limits);

  // False where the request is not running (answered, dropped, never seen).
  bool finish(std::int64_t request_msg_id);
  bool running(std::int64_t request_msg_id) const;
  std::size_t running_count() const { return running_.size(); }

  // The status byte of msgs_state_info for a message that the client sent.
  std::uint8_t status(std::int64_t msg_id) const;

  // Makes `connection` the one that messages go out on. On one that is new to the session everything kept
  // becomes due again, and the timers run.
  void attach(ConnectionId connection, Monotonic now, const SessionLimits& limits);
  // True where this was the session's last connection.
  bool detach(ConnectionId connection, Monotonic now);
  bool connected() const { return !connections_.empty(); }
  ConnectionId connection() const { return connected() ? connections_.back() : ConnectionId{}; }
  const std::vector<ConnectionId>& connections() const { return connections_; }

  // Drops updates until the limits hold. False where answers alone break them.
  bool make_room(const SessionLimits& limits);
  // Puts updatesTooLong in the outbox if updates were dropped that the client cannot have.
  void report_gap();

  std::int32_t next_seqno(bool content) { return content ? content_sent_++ * 2 + 1 : content_sent_ * 2; }

  // Work that falls due by the clock: acknowledgements of slow requests, announcements, giving memory back.
  // Call when now >= wake; afterwards wake is the next such time.
  void run_timers(Monotonic now, UnixSeconds unix_now, const SessionLimits& limits);
  bool expired(Monotonic now, const SessionLimits& limits) const {
    return !connected() && now - quiet_since >= limits.idle_max;
  }
  void wake_by(Monotonic time) { wake = std::min(wake, time); }

  std::size_t memory_bytes() const;

  SessionId id;
  std::int64_t unique_id;           // of new_session_created
  std::int64_t first_msg_id = 0;    // the lowest that new_session_created named
  std::int64_t highest_packet = 0;  // the highest id of a whole packet
  Monotonic quiet_since{};          // last packet, or loss of the last connection
  Monotonic wake = Monotonic::max();
  Outbox outbox;
  bool overfull = false;  // to be closed at the next flush
  // To be sent at the next flush, then forgotten.
  std::vector<std::int64_t> acks;
  std::vector<std::int64_t> announcements;  // ids of kept messages
  Seen seen;

 private:
  struct Running {
    std::int64_t msg_id;
    Monotonic since;
    bool acknowledged;
  };
  bool remember_running(std::int64_t msg_id, Monotonic now);

  std::vector<ConnectionId> connections_;  // the one used last at the end
  std::vector<Running> running_;
  std::int32_t content_sent_ = 0;
  bool gap_ = false;                 // updates were dropped that were never sent
  bool gap_if_reconnected_ = false;  // updates were dropped that may still be on their way
};

}  // namespace heliograph::mtproto
