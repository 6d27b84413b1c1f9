// What each kind of message does to its session.
#include <algorithm>

#include "mtproto/packet.h"
#include "mtproto/service_ids.h"
#include "mtproto/sessions.h"
#include "mtproto/wire.h"

namespace heliograph::mtproto {

void Sessions::pass(const Packet& packet, Bytes body) {
  passing_.push_back({packet.connection, packet.session->id, std::move(body)});
}

void Sessions::process(Packet& packet, const InnerMessage& message) {
  const auto constructor = load_le<std::uint32_t>(message.body.data());
  // Inside a container this was not checked with the envelope.
  if ((message.msg_id & 3) != 0) {
    refuse(packet.connection, packet.session->id, message.msg_id, message.seqno,
           BadMsg::msg_id_not_divisible);
    return;
  }
  switch (constructor) {
    case id::msgs_ack:
      return process_acks(packet, message.body);
    case id::ping:
    case id::ping_delay_disconnect:
      return process_ping(packet, message, constructor == id::ping_delay_disconnect);
    case id::get_future_salts:
      return process_future_salts(packet, message);
    case id::msgs_state_req:
      return process_state_request(packet, message);
    case id::msg_resend_req:
    case id::msg_resend_ans_req:
      return process_resend_request(packet, message, constructor == id::msg_resend_ans_req);
    case id::msgs_all_info:
      return process_all_info(packet, message.body);
    case id::destroy_session:
      return process_destroy_session(packet, message.body);
    case id::rpc_drop_answer:
      return process_drop_answer(packet, message);
    case id::destroy_auth_key:
      if (admit(packet, message)) {
        packet.out->events.push_back(KeyDestroyAsked{packet.session->id, message.msg_id});
      }
      return;
    case id::http_wait:  // for HTTP connections, which this server does not have
    case id::msgs_state_info:
    case id::msg_detailed_info:
    case id::msg_new_detailed_info:
    case id::bad_msg_notification:
    case id::bad_server_salt:
    case id::pong:
    case id::rpc_result:
      return;
    default:
      return process_request(packet, message);
  }
}

bool Sessions::admit(Packet& packet, const InnerMessage& message) {
  auto& session = *packet.session;
  const auto admission = session.admit(message, packet.now, *limits_);
  if (admission.refused != BadMsg::none) {
    refuse(packet.connection, session.id, message.msg_id, message.seqno, admission.refused);
  }
  if (!admission.fresh) return false;
  packet.fresh = true;
  if (message.msg_id < session.first_msg_id) name_first(session, message.msg_id);
  return true;
}

void Sessions::process_request(Packet& packet, const InnerMessage& message) {
  auto& session = *packet.session;
  if (!admit(packet, message)) return;
  const auto refuse_request = [&](std::int32_t code, std::string_view text) {
    session.finish(message.msg_id);
    answer_error(session, message.msg_id, code, text);
  };
  if (session.running_count() > limits_->running_max) return refuse_request(420, "FLOOD_WAIT_1");
  Bytes body;
  if (load_le<std::uint32_t>(message.body.data()) == id::gzip_packed) {
    auto unpacked = packet.inflate(message.body, limits_->inflated_bytes_max);
    if (!unpacked) {
      return refuse_request(
          400, unpacked.error().code == "GZIP_TOO_LARGE" ? "INPUT_REQUEST_TOO_LONG" : "INPUT_FETCH_ERROR");
    }
    body = std::move(*unpacked);
    const auto constructor = load_le<std::uint32_t>(body.data());
    if (constructor == id::gzip_packed || constructor == id::msg_container) {
      return refuse_request(400, "INPUT_FETCH_ERROR");
    }
  } else {
    body = to_bytes(message.body);
  }
  packet.out->events.push_back(
      RequestReceived{session.id, packet.connection, message.msg_id, message.seqno, std::move(body)});
}

void Sessions::process_acks(Packet& packet, ByteView body) {
  WireReader in(body.subspan(4));
  const auto ids = packet.ids(in, limits_->ids_per_message_max);
  if (in.failed()) packet.malformed = true;
  for (const auto msg_id : ids) packet.session->outbox.acknowledge(msg_id);
}

void Sessions::process_ping(Packet& packet, const InnerMessage& message, bool with_delay) {
  WireReader in(message.body.subspan(4));
  const auto ping_id = in.i64();
  const auto delay_s = with_delay ? in.i32() : 0;
  if (in.failed()) {
    packet.malformed = true;
    return;
  }
  if (with_delay) {
    const auto at = packet.now + std::chrono::seconds(std::clamp(delay_s, 0, 24 * 3600));
    const auto known = std::ranges::find(timeouts_, packet.connection, &Timeout::connection);
    if (known != timeouts_.end()) {
      known->at = at;
    } else {
      timeouts_.push_back({packet.connection, at});
    }
  }
  pass(packet, WireWriter(20).u32(id::pong).i64(message.msg_id).i64(ping_id).take());
}

void Sessions::process_future_salts(Packet& packet, const InnerMessage& message) {
  WireReader in(message.body.subspan(4));
  const auto count = std::clamp(in.i32(), 1, 64);
  if (in.failed()) packet.malformed = true;
  // Each costs 64 hashes: once per packet is all that a client can want.
  if (packet.malformed || packet.salts_answered) return;
  packet.salts_answered = true;
  WireWriter out(20 + static_cast<std::size_t>(count) * 16);
  out.u32(id::future_salts).i64(message.msg_id).i32(static_cast<std::int32_t>(packet.unix_now)).i32(count);
  for (const auto& salt : salts_.future(static_cast<std::size_t>(count), packet.unix_now)) {
    out.i32(salt.valid_since).i32(salt.valid_until).i64(salt.salt);
  }
  pass(packet, out.take());
}

void Sessions::pass_states(Packet& packet, std::int64_t request_msg_id,
                           const std::vector<std::int64_t>& ids) {
  Bytes states;
  states.reserve(ids.size());
  for (const auto msg_id : ids) states.push_back(packet.session->status(msg_id));
  pass(packet,
       WireWriter(states.size() + 24).u32(id::msgs_state_info).i64(request_msg_id).bytes(states).take());
}

void Sessions::process_state_request(Packet& packet, const InnerMessage& message) {
  WireReader in(message.body.subspan(4));
  const auto ids = packet.ids(in, limits_->ids_per_message_max);
  if (in.failed()) {
    packet.malformed = true;
    return;
  }
  // Clients take "answered" without having the answer as a reason to ask anew: make sure that it goes first.
  for (const auto msg_id : ids) {
    auto* kept = packet.session->outbox.answer_to(msg_id);
    if (kept != nullptr && kept->sent_on != packet.connection) packet.session->outbox.make_due(*kept);
  }
  pass_states(packet, message.msg_id, ids);
}

void Sessions::process_resend_request(Packet& packet, const InnerMessage& message, bool answers) {
  WireReader in(message.body.subspan(4));
  const auto ids = packet.ids(in, limits_->ids_per_message_max);
  if (in.failed()) {
    packet.malformed = true;
    return;
  }
  auto& outbox = packet.session->outbox;
  bool all_found = true;
  for (const auto msg_id : ids) {
    auto* kept = answers ? outbox.answer_to(msg_id) : outbox.find(msg_id);
    if (kept != nullptr) {
      outbox.make_due(*kept);
    } else {
      all_found = false;
    }
  }
  if (answers || !all_found) pass_states(packet, message.msg_id, ids);
}

void Sessions::process_all_info(Packet& packet, ByteView body) {
  WireReader in(body.subspan(4));
  const auto ids = packet.ids(in, limits_->ids_per_message_max);
  const auto states = in.bytes();
  if (in.failed() || states.size() != ids.size()) {
    packet.malformed = true;
    return;
  }
  auto& outbox = packet.session->outbox;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto state = states[i] & 7;
    if (state == 4) {
      outbox.acknowledge(ids[i]);
    } else if (auto* kept = outbox.find(ids[i]); kept != nullptr && state != 0) {
      outbox.make_due(*kept);
    }
  }
}

void Sessions::process_destroy_session(Packet& packet, ByteView body) {
  WireReader in(body.subspan(4));
  const SessionId target(in.i64());
  if (in.failed()) {
    packet.malformed = true;
    return;
  }
  // What destroying the present session means is left open by the protocol; here it does nothing.
  const bool known = target != packet.session->id && find(target) != nullptr;
  if (known) remove(target, CloseReason::destroyed, *packet.out);
  pass(
      packet,
      WireWriter(12).u32(known ? id::destroy_session_ok : id::destroy_session_none).i64(target.value).take());
}

void Sessions::process_drop_answer(Packet& packet, const InnerMessage& message) {
  WireReader in(message.body.subspan(4));
  const auto target = in.i64();
  if (in.failed()) {
    packet.malformed = true;
    return;
  }
  if (!admit(packet, message)) return;
  auto& session = *packet.session;
  session.finish(message.msg_id);
  if (target != message.msg_id && session.finish(target)) {
    packet.out->events.push_back(RequestDropped{session.id, target});
    const auto dropped = WireWriter(4).u32(id::rpc_answer_dropped_running).take();
    answer(session, target, dropped);
    answer(session, message.msg_id, dropped);
  } else if (auto* kept = session.outbox.answer_to(target)) {
    if (kept->msg_id == 0) {
      session.outbox.number(*kept, msg_ids_.next(clock_->wall(), true), session.next_seqno(true));
    }
    WireWriter dropped(20);
    dropped.u32(id::rpc_answer_dropped).i64(kept->msg_id).i32(kept->seqno);
    dropped.i32(static_cast<std::int32_t>(kept->body.size()));
    session.outbox.drop(kept);
    answer(session, message.msg_id, dropped.take());
  } else {
    answer(session, message.msg_id, WireWriter(4).u32(id::rpc_answer_unknown).take());
  }
}

}  // namespace heliograph::mtproto
