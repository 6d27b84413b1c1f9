// How much one authorization key may make this server remember, and for how long. What happens at each limit
// is part of the contract.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"

namespace heliograph::mtproto {

struct SessionLimits {
  // Sessions of one key. At the limit the one that has been quiet longest goes, those without a connection
  // first; its client sees new_session_created when it comes back.
  std::size_t sessions_max = 32;
  // Connections that a session remembers as its own. At the limit the one unused longest is forgotten (not
  // closed): nothing more is sent on it.
  std::size_t connections_max = 8;
  // Requests of one session that the server has not answered yet. Further ones are answered FLOOD_WAIT_1.
  std::size_t running_max = 1024;
  // Answers and updates of one session that the client has not acknowledged. Over either limit the oldest
  // updates go first (the client is told to fetch the difference); if answers alone are too many, the session
  // is closed and its connections with it.
  std::size_t kept_messages_max = 512;
  std::size_t kept_bytes_max = 16 << 20;
  // The same over all sessions of the key: the session that keeps most is closed.
  std::size_t kept_bytes_per_key_max = 32 << 20;
  // Updates that wait for a session without a connection; the oldest go first. A client that is away for
  // longer is better served by the difference.
  std::size_t offline_updates_max = 32;
  std::size_t offline_update_bytes_max = 64 << 10;
  // What is sent again in one go (one message at least). The rest follows when the client says something, or
  // after resend_pause: it must fit the connection's queue.
  std::size_t resend_bytes_max = 1 << 20;
  Duration resend_pause = std::chrono::seconds(2);
  // Message ids of one session remembered to recognise repetitions (16 bytes each). At the limit the oldest
  // quarter is forgotten, and messages with ids in that range are refused with code 20.
  std::size_t seen_max = 512;
  // msg_container: messages in one, and what gzip_packed may grow to, per object and per packet.
  std::size_t container_messages_max = 1020 + 4;  // the four kinds that the protocol does not count
  std::size_t inflated_bytes_max = 1 << 20;
  std::size_t inflated_bytes_per_packet_max = 4 << 20;
  // Ids in one msgs_ack, msgs_state_req, msg_resend_req, ...
  std::size_t ids_per_message_max = 8192;

  // A client's message id may be this far from the server's clock.
  std::int64_t msg_id_age_max_s = 300;
  std::int64_t msg_id_ahead_max_s = 30;
  // A request that is not answered after this is acknowledged by itself.
  Duration ack_delay = std::chrono::milliseconds(500);
  // A kept message that is not acknowledged this long after it was sent is announced again (by its id only).
  Duration notice_delay = std::chrono::seconds(120);
  // A session without a connection is forgotten after this.
  Duration idle_max = std::chrono::minutes(15);
  // Answers shorter than this are never compressed.
  std::size_t gzip_bytes_min = 1024;
};

}  // namespace heliograph::mtproto
