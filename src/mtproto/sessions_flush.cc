// Timers, limits, and packing what is due.
#include <algorithm>

#include "mtproto/packer.h"
#include "mtproto/service_ids.h"
#include "mtproto/sessions.h"
#include "mtproto/wire.h"

namespace heliograph::mtproto {

namespace {

// What tells the client that it should already have `kept`. The status byte is 4: the request was received.
Bytes announcement(const Kept& kept) {
  WireWriter out(28);
  const auto bytes = static_cast<std::int32_t>(kept.body.size());
  if (kept.kind == KeptKind::answer) {
    out.u32(id::msg_detailed_info).i64(kept.request_msg_id).i64(kept.msg_id).i32(bytes).i32(4);
  } else {
    out.u32(id::msg_new_detailed_info).i64(kept.msg_id).i32(bytes).i32(0);
  }
  return out.take();
}

}  // namespace

void Sessions::flush(Output& out, std::vector<OutgoingMessage>& messages) {
  const auto now = clock_->monotonic();
  run_timers(now, out);
  if (!dirty_) return;
  dirty_ = false;
  enforce_limits(out);
  for (const auto& session : sessions_) flush_session(*session, messages);
  // What is left concerns connections other than the session's present one, or sessions never opened.
  while (!passing_.empty()) {
    const auto connection = passing_.front().connection;
    const auto session = passing_.front().session;
    pack(connection, find(session), session, false, messages);
  }
  if (passing_.capacity() > 64) passing_.shrink_to_fit();
}

void Sessions::run_timers(Monotonic now, Output& out) {
  std::erase_if(timeouts_, [&](const Timeout& timeout) {
    if (timeout.at > now) return false;
    out.disconnects.push_back(timeout.connection);
    return true;
  });
  std::vector<SessionId> expired;
  for (const auto& session : sessions_) {
    if (session->wake > now) continue;
    if (session->expired(now, *limits_)) {
      expired.push_back(session->id);
      continue;
    }
    session->run_timers(now, clock_->unix_seconds(), *limits_);
    dirty_ = dirty_ || !session->acks.empty() || !session->announcements.empty() || session->outbox.has_due();
  }
  for (const auto session : expired) remove(session, CloseReason::idle, out);
}

void Sessions::enforce_limits(Output& out) {
  std::vector<SessionId> overfull;
  std::size_t bytes = 0;
  for (const auto& session : sessions_) {
    bytes += session->outbox.bytes();
    if (session->overfull) overfull.push_back(session->id);
  }
  for (const auto session : overfull) remove(session, CloseReason::backlog, out);
  while (bytes > limits_->kept_bytes_per_key_max && !sessions_.empty()) {
    const auto largest =
        std::ranges::max_element(sessions_, {}, [](const auto& session) { return session->outbox.bytes(); });
    bytes -= (*largest)->outbox.bytes();
    remove((*largest)->id, CloseReason::backlog, out);
  }
}

void Sessions::flush_session(Session& session, std::vector<OutgoingMessage>& messages) {
  if (!session.connected()) {
    session.acks.clear();
    session.announcements.clear();
    return;
  }
  session.report_gap();
  if (session.outbox.has_due() || !session.acks.empty() || !session.announcements.empty() ||
      !passing_.empty()) {
    pack(session.connection(), &session, session.id, true, messages);
  }
}

void Sessions::pack(ConnectionId connection, Session* session, SessionId session_id, bool with_kept,
                    std::vector<OutgoingMessage>& messages) {
  OutgoingMessage envelope{
      .connection = connection, .salt = salts_.current(clock_->unix_seconds()), .session = session_id};
  Packer packer(std::move(envelope), session, msg_ids_, clock_->wall(), messages);
  std::vector<Bytes> bodies;  // what the packer looks at until it is finished
  if (with_kept) {
    auto& outbox = session->outbox;
    if (!session->acks.empty()) {
      bodies.push_back(WireWriter().u32(id::msgs_ack).longs(session->acks).take());
      session->acks.clear();
    }
    for (const auto msg_id : session->announcements) {
      const auto* kept = outbox.find(msg_id);
      if (kept != nullptr && !kept->due) bodies.push_back(announcement(*kept));
    }
    session->announcements.clear();
    pack_kept(packer, *session, connection);
  }
  const auto mine = [&](const Passing& passing) {
    return passing.connection == connection && passing.session == session_id;
  };
  for (auto& passing : passing_) {
    if (mine(passing)) bodies.push_back(std::move(passing.body));
  }
  std::erase_if(passing_, mine);
  for (const auto& body : bodies) packer.add_passing(body);
  packer.finish();
}

void Sessions::pack_kept(Packer& packer, Session& session, ConnectionId connection) {
  const auto now = clock_->monotonic();
  std::size_t again_bytes = 0;
  bool rest = false;
  for (auto& kept : session.outbox.kept()) {
    if (!kept.due) continue;
    const bool again = kept.msg_id != 0;
    if (again) {
      if (again_bytes != 0 && again_bytes + kept.body.size() > limits_->resend_bytes_max) {
        rest = true;
        continue;
      }
      again_bytes += kept.body.size();
    }
    packer.make_room(kept.body.size());
    if (!again) {
      const bool is_answer = kept.kind == KeptKind::answer;
      session.outbox.number(kept, msg_ids_.next(clock_->wall(), is_answer), session.next_seqno(true));
    }
    kept.due = kept.announced = false;
    kept.sent_on = connection;
    kept.sent_at = now;
    packer.add_kept(kept, again);
    session.wake_by(now + limits_->notice_delay);
  }
  session.outbox.sent_due(rest);
  if (rest) session.wake_by(now + limits_->resend_pause);
}

Monotonic Sessions::next_deadline() const {
  if (dirty_) return clock_->monotonic();
  auto deadline = Monotonic::max();
  for (const auto& session : sessions_) deadline = std::min(deadline, session->wake);
  for (const auto& timeout : timeouts_) deadline = std::min(deadline, timeout.at);
  return deadline;
}

}  // namespace heliograph::mtproto
