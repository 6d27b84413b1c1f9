// The client's side of a session, for tests: makes messages with ids and sequence numbers as the protocol
// wants them (or deliberately not), and takes apart what the server sends. No encryption.
#pragma once

#include <algorithm>
#include <vector>

#include "base/clock.h"
#include "mtproto/msg_id.h"
#include "mtproto/service_ids.h"
#include "mtproto/sessions.h"
#include "mtproto/wire.h"
#include "tl/gzip.h"

namespace heliograph::mtproto {

// A message to send, by itself or in a container.
struct Sent {
  std::int64_t msg_id = 0;
  std::int32_t seqno = 0;
  Bytes body;

  InnerMessage inner() const { return {msg_id, seqno, body}; }
};

// A message that came, taken out of its container.
struct Got {
  ConnectionId connection;
  std::int64_t packet_msg_id = 0;  // of the container, or its own
  std::int64_t msg_id = 0;
  std::int32_t seqno = 0;
  Bytes body;

  std::uint32_t constructor() const { return load_le<std::uint32_t>(body.data()); }
  bool contained() const { return packet_msg_id != msg_id; }
  WireReader fields() const { return WireReader(ByteView(body).subspan(4)); }
};

inline Bytes rpc(std::uint32_t method = 0x11111111, std::size_t extra_words = 1) {
  WireWriter out;
  out.u32(method);
  for (std::size_t i = 0; i < extra_words; ++i) out.u32(static_cast<std::uint32_t>(i));
  return out.take();
}

class SessionClient {
 public:
  SessionClient(const Clock& clock, std::int64_t session, std::int64_t server_salt)
      : salt(server_salt), session_id(session), clock_(&clock) {}

  std::int64_t next_msg_id() {
    last_ = std::max(last_ + 4, msg_id_at(clock_->wall()));
    return last_;
  }
  Sent message(Bytes body, bool content = true) {
    const auto msg_id = next_msg_id();
    return {msg_id, content ? content_++ * 2 + 1 : content_ * 2, std::move(body)};
  }
  Sent container(const std::vector<Sent>& messages) {
    std::vector<InnerMessage> inner;
    for (const auto& each : messages) inner.push_back(each.inner());
    return message(build_container(inner), false);
  }
  Sent acks(std::vector<std::int64_t> ids) {
    return message(WireWriter().u32(id::msgs_ack).longs(ids).take(), false);
  }
  Sent ping(std::int64_t ping_id = 7) {
    return message(WireWriter().u32(id::ping).i64(ping_id).take(), false);
  }
  // View into `sent`.
  Message envelope(const Sent& sent) const {
    return Message{.salt = salt,
                   .session_id = SessionId(session_id),
                   .msg_id = sent.msg_id,
                   .seqno = sent.seqno,
                   .data = sent.body};
  }

  static std::vector<Got> take_apart(const OutgoingMessage& message) {
    std::vector<Got> out;
    const auto constructor = load_le<std::uint32_t>(message.body.data());
    if (constructor != id::msg_container) {
      out.push_back({message.connection, message.msg_id, message.msg_id, message.seqno, message.body});
      return out;
    }
    const auto parsed = parse_container(message.body, message.msg_id, 1 << 20);
    if (!parsed) return out;
    for (const auto& each : *parsed) {
      out.push_back({message.connection, message.msg_id, each.msg_id, each.seqno, to_bytes(each.body)});
    }
    return out;
  }

  static std::int64_t salt_now(const SaltSource& source, AuthKeyId key, UnixSeconds now) {
    return source.salt(key, now / salt_window_s);
  }

  std::int64_t salt;
  std::int64_t session_id;

 private:
  const Clock* clock_;
  std::int64_t last_ = 0;
  std::int32_t content_ = 0;
};

// rpc_result taken apart; gzip_packed undone.
struct Answer {
  std::int64_t request_msg_id = 0;
  Bytes result;
  bool packed = false;
};
inline Answer read_answer(const Got& got) {
  auto fields = got.fields();
  Answer out{.request_msg_id = fields.i64(), .result = to_bytes(fields.rest())};
  if (out.result.size() >= 4 && load_le<std::uint32_t>(out.result.data()) == id::gzip_packed) {
    out.packed = true;
    WireReader packed(ByteView(out.result).subspan(4));
    out.result = tl::gunzip(packed.bytes(), 1 << 24).value_or(Bytes{});
  }
  return out;
}

}  // namespace heliograph::mtproto
