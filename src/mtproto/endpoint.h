// What the server knows of one authorization key while any client uses it: the key and its sessions. Packets
// in, events and packets out; no sockets, no clock of its own.
//
//   auto token = endpoint.receive(connection, packet, out);   // error: close the connection
//   for (auto& event : out.events) ...                        // reply() at once or later
//   endpoint.flush(out);                                      // write out.packets, then out.disconnects
//
// Call flush() after every round of calls and when next_deadline() comes. A packet whose key id the caller
// does not know never gets here: it is answered with TransportError::key_unknown.
//
// Used from one thread. Takes about 1 KiB with one idle session.
#pragma once

#include "mtproto/auth_key.h"
#include "mtproto/sessions.h"

namespace heliograph::mtproto {

class Endpoint {
 public:
  struct Packet {
    ConnectionId connection;
    Bytes bytes;
  };
  struct Output : SessionOutput {
    std::vector<Packet> packets;
  };

  // All references must outlive this. `first_salt`: see Salts; from the key exchange, where it was just now.
  Endpoint(const AuthKey& key, const SaltSource& salts, const Clock& clock, Random& random,
           const SessionLimits& limits, std::optional<std::int64_t> first_salt = {})
      : key_(key), random_(&random), sessions_(salts, key.id(), clock, random, limits, first_salt) {}

  // The token for Transport::write_quick_ack(), should the packet ask for it. Appends to out.events.
  // Errors, after which the connection is to be closed: MESSAGE_INVALID (not encrypted with this key),
  // MTPROTO_MESSAGE_INVALID (no client sends this).
  Result<std::uint32_t> receive(ConnectionId connection, ByteView packet, Output& out);

  // These are Sessions' own: see there.
  void reply(SessionId session, std::int64_t request_msg_id, Bytes result) {
    sessions_.reply(session, request_msg_id, std::move(result));
  }
  bool push(SessionId session, Bytes update) { return sessions_.push(session, std::move(update)); }
  void answer_destroy_key(SessionId session, std::int64_t msg_id, KeyDestroyed outcome) {
    sessions_.answer_destroy_key(session, msg_id, outcome);
  }
  void connection_closed(ConnectionId connection) { sessions_.connection_closed(connection); }
  void close(SessionId session, Output& out) { sessions_.close(session, out); }
  Monotonic next_deadline() const { return sessions_.next_deadline(); }
  std::vector<SessionId> sessions() const { return sessions_.ids(); }
  bool connected(SessionId session) const { return sessions_.connected(session); }
  // No session is left: the endpoint may be dropped, and made again from the stored key when it is named
  // again.
  bool empty() const { return sessions_.empty(); }

  // Encrypts everything that is due.
  void flush(Output& out);

  const AuthKey& key() const { return key_; }
  std::size_t memory_bytes() const { return sizeof *this - sizeof sessions_ + sessions_.memory_bytes(); }

 private:
  AuthKey key_;
  Random* random_;
  Sessions sessions_;
};

}  // namespace heliograph::mtproto
