#include "mtproto/sessions.h"

#include <algorithm>

#include "mtproto/packer.h"
#include "mtproto/packet.h"
#include "mtproto/service_ids.h"
#include "mtproto/wire.h"
#include "tl/gzip.h"

namespace heliograph::mtproto {

namespace {

std::uint32_t constructor_of(ByteView body) {
  return load_le<std::uint32_t>(body.data());
}
bool well_formed(ByteView body) {
  return body.size() >= 4 && body.size() % 4 == 0;
}

}  // namespace

Sessions::Sessions(const SaltSource& salts, AuthKeyId key, const Clock& clock, Random& random,
                   const SessionLimits& limits, std::optional<std::int64_t> first_salt)
    : limits_(&limits),
      clock_(&clock),
      random_(&random),
      salts_(salts, key, clock.unix_seconds(), first_salt) {}
Sessions::~Sessions() = default;
Sessions::Sessions(Sessions&&) noexcept = default;

Session* Sessions::find(SessionId session) {
  for (const auto& each : sessions_) {
    if (each->id == session) return each.get();
  }
  return nullptr;
}
const Session* Sessions::find(SessionId session) const {
  return const_cast<Sessions*>(this)->find(session);
}

BadMsg Sessions::check_envelope(const Message& message, UnixSeconds now) {
  if ((message.msg_id & 3) != 0) return BadMsg::msg_id_not_divisible;
  const auto sent = msg_id_seconds(message.msg_id);
  if (sent < now - limits_->msg_id_age_max_s) return BadMsg::msg_id_too_low;
  if (sent > now + limits_->msg_id_ahead_max_s) return BadMsg::msg_id_too_high;
  if (!salts_.accepts(message.salt, now)) return BadMsg::wrong_salt;
  return BadMsg::none;
}

void Sessions::refuse(ConnectionId connection, SessionId session, std::int64_t msg_id, std::int32_t seqno,
                      BadMsg code) {
  WireWriter out(28);
  out.u32(code == BadMsg::wrong_salt ? id::bad_server_salt : id::bad_msg_notification);
  out.i64(msg_id).i32(seqno).i32(static_cast<std::int32_t>(code));
  if (code == BadMsg::wrong_salt) out.i64(salts_.current(clock_->unix_seconds()));
  passing_.push_back({connection, session, out.take()});
  dirty_ = true;
}

Status Sessions::receive(ConnectionId connection, const Message& message, Output& out) {
  const auto invalid = [] { return fail(Error::invalid("MTPROTO_MESSAGE_INVALID")); };
  if (!well_formed(message.data)) return invalid();
  const auto refuse_packet = [&](BadMsg code) -> Status {
    refuse(connection, message.session_id, message.msg_id, message.seqno, code);
    return {};
  };
  const auto unix_now = clock_->unix_seconds();
  if (const auto code = check_envelope(message, unix_now); code != BadMsg::none) return refuse_packet(code);

  Packet packet{.connection = connection,
                .session = find(message.session_id),
                .out = &out,
                .now = clock_->monotonic(),
                .unix_now = unix_now,
                .inflate_budget = limits_->inflated_bytes_per_packet_max};
  Bytes inflated;
  auto body = message.data;
  if (constructor_of(body) == id::gzip_packed) {
    auto unpacked = packet.inflate(body, limits_->inflated_bytes_max);
    if (!unpacked) return invalid();
    inflated = std::move(*unpacked);
    body = inflated;
  }

  std::vector<InnerMessage> inner;
  const bool contained = constructor_of(body) == id::msg_container;
  if (contained) {
    if (packet.session != nullptr) {
      if (packet.session->seen.contains(message.msg_id)) return refuse_packet(BadMsg::container_repeated);
      if (message.msg_id <= packet.session->seen.floor()) return refuse_packet(BadMsg::too_old);
    }
    auto parsed = parse_container(body, message.msg_id, limits_->container_messages_max);
    if (!parsed) return refuse_packet(BadMsg::container_invalid);
    if ((message.seqno & 1) != 0) return refuse_packet(BadMsg::seqno_not_even);
    inner = std::move(*parsed);
  } else {
    inner.push_back({message.msg_id, message.seqno, body});
  }

  if (packet.session == nullptr) {
    auto first = message.msg_id;
    for (const auto& each : inner) first = std::min(first, each.msg_id);
    packet.session = &open(message.session_id, first, connection, out);
  }
  auto& session = *packet.session;
  if (contained) session.seen.insert(message.msg_id, Seen::unordered, limits_->seen_max);
  session.quiet_since = packet.now;
  session.wake_by(packet.now + std::chrono::seconds(limits_->msg_id_age_max_s));
  // A replayed packet must not draw the session's messages to another connection: only a packet that is not
  // older than the last, or one that brings a new request, moves the session.
  if (message.msg_id >= session.highest_packet || !session.connected())
    session.attach(connection, packet.now, *limits_);
  session.highest_packet = std::max(session.highest_packet, message.msg_id);
  for (const auto& each : inner) process(packet, each);
  if (packet.fresh) session.attach(connection, packet.now, *limits_);
  dirty_ = true;
  if (packet.malformed) return invalid();
  return {};
}

Session& Sessions::open(SessionId id, std::int64_t first_msg_id, ConnectionId connection, Output& out) {
  while (sessions_.size() >= limits_->sessions_max) {
    const auto quietest = std::ranges::min_element(sessions_, {}, [](const auto& session) {
      return std::pair(session->connected(), session->quiet_since);
    });
    remove((*quietest)->id, CloseReason::displaced, out);
  }
  sessions_.push_back(std::make_unique<Session>(id, random_->next<std::int64_t>()));
  auto& session = *sessions_.back();
  name_first(session, first_msg_id);
  out.events.push_back(SessionOpened{id, connection});
  return session;
}

void Sessions::name_first(Session& session, std::int64_t first_msg_id) {
  for (const auto& kept : session.outbox.kept()) {
    if (kept.kind != KeptKind::created) continue;
    session.outbox.drop(&kept);
    break;
  }
  session.first_msg_id = first_msg_id;
  WireWriter body(28);
  body.u32(id::new_session_created).i64(first_msg_id).i64(session.unique_id);
  body.i64(salts_.current(clock_->unix_seconds()));
  session.outbox.add(KeptKind::created, 0, body.take());
}

void Sessions::remove(SessionId id, CloseReason reason, Output& out) {
  const auto at = std::ranges::find(sessions_, id, [](const auto& session) { return session->id; });
  if (at == sessions_.end()) return;
  if (reason == CloseReason::backlog) {
    const auto& connections = (*at)->connections();
    out.disconnects.insert(out.disconnects.end(), connections.begin(), connections.end());
  }
  sessions_.erase(at);
  out.events.push_back(SessionClosed{id, reason});
}

void Sessions::reply(SessionId id, std::int64_t request_msg_id, Bytes result) {
  auto* session = find(id);
  if (session == nullptr || !session->finish(request_msg_id)) return;
  answer(*session, request_msg_id, result);
}

void Sessions::answer(Session& session, std::int64_t request_msg_id, ByteView result) {
  WireWriter body(12 + result.size());
  body.u32(id::rpc_result).i64(request_msg_id);
  std::optional<Bytes> packed;
  if (result.size() >= limits_->gzip_bytes_min) packed = tl::gzip_if_smaller(result);
  if (packed) {
    body.u32(id::gzip_packed).bytes(*packed);
  } else {
    body.raw(result);
  }
  keep(session, KeptKind::answer, request_msg_id, body.take());
}

void Sessions::answer_error(Session& session, std::int64_t request_msg_id, std::int32_t code,
                            std::string_view text) {
  answer(session, request_msg_id, WireWriter().u32(id::rpc_error).i32(code).bytes(as_bytes(text)).take());
}

void Sessions::keep(Session& session, KeptKind kind, std::int64_t request_msg_id, Bytes body) {
  dirty_ = true;
  if (session.overfull) return;  // about to be closed
  session.outbox.add(kind, request_msg_id, std::move(body));
  session.overfull = !session.make_room(*limits_);
}

bool Sessions::push(SessionId id, Bytes update) {
  auto* session = find(id);
  if (session == nullptr) return false;
  keep(*session, KeptKind::update, 0, std::move(update));
  return true;
}

void Sessions::answer_destroy_key(SessionId id, std::int64_t msg_id, KeyDestroyed outcome) {
  auto* session = find(id);
  if (session == nullptr || !session->finish(msg_id)) return;
  const auto constructor = outcome == KeyDestroyed::ok     ? id::destroy_auth_key_ok
                           : outcome == KeyDestroyed::none ? id::destroy_auth_key_none
                                                           : id::destroy_auth_key_fail;
  passing_.push_back({session->connection(), id, WireWriter().u32(constructor).take()});
  dirty_ = true;
}

void Sessions::connection_closed(ConnectionId connection) {
  const auto now = clock_->monotonic();
  for (const auto& session : sessions_) {
    if (session->detach(connection, now)) {
      session->wake_by(now + limits_->idle_max);
      session->overfull = session->overfull || !session->make_room(*limits_);
    }
    if (session->connected() && session->outbox.has_due()) dirty_ = true;
  }
  std::erase_if(timeouts_, [&](const Timeout& timeout) { return timeout.connection == connection; });
  std::erase_if(passing_, [&](const Passing& passing) { return passing.connection == connection; });
}

void Sessions::close(SessionId session, Output& out) {
  remove(session, CloseReason::destroyed, out);
}

std::vector<SessionId> Sessions::ids() const {
  std::vector<SessionId> out;
  for (const auto& session : sessions_) out.push_back(session->id);
  return out;
}

bool Sessions::connected(SessionId session) const {
  const auto* found = find(session);
  return found != nullptr && found->connected();
}

std::size_t Sessions::memory_bytes() const {
  std::size_t bytes = sizeof *this + sessions_.capacity() * sizeof(void*) +
                      passing_.capacity() * sizeof(Passing) + timeouts_.capacity() * sizeof(Timeout);
  for (const auto& session : sessions_) bytes += session->memory_bytes();
  return bytes;
}

}  // namespace heliograph::mtproto
