// All sessions of one authorization key, without the encryption: decrypted messages in, events and messages
// to encrypt out. endpoint.h adds the key itself.
//
// One round: any number of receive(), reply(), push(), ...; then flush(), which packs what became due,
// several messages to a container. flush() is also what timers call (next_deadline()).
//
// Used from one thread. Nothing here blocks or calls back.
#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "mtproto/cipher.h"
#include "mtproto/msg_id.h"
#include "mtproto/salts.h"
#include "mtproto/session.h"

namespace heliograph::mtproto {

// A message to encrypt and send on `connection`.
struct OutgoingMessage {
  ConnectionId connection;
  std::int64_t salt = 0;
  SessionId session;
  std::int64_t msg_id = 0;
  std::int32_t seqno = 0;
  Bytes body;
};

// A request for the API, to be answered with reply(). Taken out of containers and gzip_packed; wrappers of
// the API (invokeWithLayer, ...) are still around it. Each (session, msg_id) is handed out at most once.
struct RequestReceived {
  SessionId session;
  ConnectionId connection;
  std::int64_t msg_id = 0;
  std::int32_t seqno = 0;
  Bytes body;
};
// The client asked with rpc_drop_answer not to be answered. The request goes on; reply() for it is ignored
// from now on.
struct RequestDropped {
  SessionId session;
  std::int64_t msg_id = 0;
};
struct SessionOpened {
  SessionId session;
  ConnectionId connection;
};
enum class CloseReason : std::uint8_t {
  destroyed,  // destroy_session, or close()
  displaced,  // too many sessions of this key
  backlog,    // the client acknowledges nothing
  idle,       // without a connection for long
};
// The session's requests are not answered any more: reply() and push() for it are ignored.
struct SessionClosed {
  SessionId session;
  CloseReason reason = CloseReason::destroyed;
};
// To be answered with answer_destroy_key().
struct KeyDestroyAsked {
  SessionId session;
  std::int64_t msg_id = 0;
};
using SessionEvent =
    std::variant<RequestReceived, RequestDropped, SessionOpened, SessionClosed, KeyDestroyAsked>;

class Packer;

enum class KeyDestroyed : std::uint8_t { ok, none, failed };

// What a round brought. Calls append.
struct SessionOutput {
  std::vector<SessionEvent> events;
  // To be closed once their messages are written: ping_delay_disconnect ran out, or the session closed.
  std::vector<ConnectionId> disconnects;
};

class Sessions {
 public:
  using Output = SessionOutput;

  // All references must outlive this.
  Sessions(const SaltSource& salts, AuthKeyId key, const Clock& clock, Random& random,
           const SessionLimits& limits, std::optional<std::int64_t> first_salt = {});
  ~Sessions();
  Sessions(Sessions&&) noexcept;

  // Takes one decrypted message, or one container, off `connection`. What is wrong with it in the protocol's
  // own terms is answered with bad_msg_notification and is no error here. Error MTPROTO_MESSAGE_INVALID: no
  // client sends this; close the connection.
  Status receive(ConnectionId connection, const Message& message, Output& out);

  // `result`: the TL-encoded result, or rpc_error. Ignored unless the request is running.
  void reply(SessionId session, std::int64_t request_msg_id, Bytes result);
  // `update`: a TL-encoded Updates. False where there is no such session. A session without a connection
  // keeps it, within limits.
  bool push(SessionId session, Bytes update);
  void answer_destroy_key(SessionId session, std::int64_t msg_id, KeyDestroyed outcome);

  void connection_closed(ConnectionId connection);
  // Forgets a session as if its client had destroyed it.
  void close(SessionId session, Output& out);

  // Runs timers and packs everything that is due.
  void flush(Output& out, std::vector<OutgoingMessage>& messages);
  // When flush() has something to do if nothing else happens; Monotonic::max() for never.
  Monotonic next_deadline() const;

  std::vector<SessionId> ids() const;
  bool connected(SessionId session) const;
  bool empty() const { return sessions_.empty(); }
  // Heap included, roughly.
  std::size_t memory_bytes() const;

 private:
  // A message that is not kept: sent at the next flush on one connection, or lost with it.
  struct Passing {
    ConnectionId connection;
    SessionId session;
    Bytes body;
  };
  // What one receive() works on.
  struct Packet;
  struct Timeout {
    ConnectionId connection;
    Monotonic at;
  };

  Session* find(SessionId session);
  const Session* find(SessionId session) const;
  Session& open(SessionId id, std::int64_t first_msg_id, ConnectionId connection, Output& out);
  void remove(SessionId id, CloseReason reason, Output& out);
  // Puts new_session_created with this id in the outbox.
  void name_first(Session& session, std::int64_t first_msg_id);
  void keep(Session& session, KeptKind kind, std::int64_t request_msg_id, Bytes body);
  void answer(Session& session, std::int64_t request_msg_id, ByteView result);
  void answer_error(Session& session, std::int64_t request_msg_id, std::int32_t code, std::string_view text);

  BadMsg check_envelope(const Message& message, UnixSeconds now);
  void refuse(ConnectionId connection, SessionId session, std::int64_t msg_id, std::int32_t seqno,
              BadMsg code);

  // sessions_process.cc. One message, alone or out of a container.
  void process(Packet& packet, const InnerMessage& message);
  // True where the message is to be acted on; a refusal or the answer to a repetition is on its way
  // otherwise.
  bool admit(Packet& packet, const InnerMessage& message);
  void pass(const Packet& packet, Bytes body);
  void process_request(Packet& packet, const InnerMessage& message);
  void process_acks(Packet& packet, ByteView body);
  void process_ping(Packet& packet, const InnerMessage& message, bool with_delay);
  void process_future_salts(Packet& packet, const InnerMessage& message);
  void pass_states(Packet& packet, std::int64_t request_msg_id, const std::vector<std::int64_t>& ids);
  void process_state_request(Packet& packet, const InnerMessage& message);
  void process_resend_request(Packet& packet, const InnerMessage& message, bool answers);
  void process_all_info(Packet& packet, ByteView body);
  void process_destroy_session(Packet& packet, ByteView body);
  void process_drop_answer(Packet& packet, const InnerMessage& message);

  // sessions_flush.cc
  void run_timers(Monotonic now, Output& out);
  void enforce_limits(Output& out);
  void flush_session(Session& session, std::vector<OutgoingMessage>& messages);
  void pack(ConnectionId connection, Session* session, SessionId session_id, bool with_kept,
            std::vector<OutgoingMessage>& messages);
  void pack_kept(Packer& packer, Session& session, ConnectionId connection);

  const SessionLimits* limits_;
  const Clock* clock_;
  Random* random_;
  Salts salts_;
  MsgIds msg_ids_;
  std::vector<std::unique_ptr<Session>> sessions_;  // few: searched one by one
  std::vector<Passing> passing_;
  std::vector<Timeout> timeouts_;  // of ping_delay_disconnect
  bool dirty_ = false;             // flush() has something to pack
};

}  // namespace heliograph::mtproto
