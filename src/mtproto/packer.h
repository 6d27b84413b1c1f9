// Packs messages for one session and one connection: one alone where it can be, else in containers.
#pragma once

#include <vector>

#include "mtproto/container.h"
#include "mtproto/msg_id.h"
#include "mtproto/sessions.h"

namespace heliograph::mtproto {

class Packer {
 public:
  // `session` may be null (a refusal to a session that was never opened); `envelope` names connection,
  // session and salt. What add() is given must live until finish().
  Packer(OutgoingMessage envelope, Session* session, MsgIds& msg_ids, Duration wall,
         std::vector<OutgoingMessage>& out)
      : envelope_(std::move(envelope)), session_(session), msg_ids_(&msg_ids), wall_(wall), out_(&out) {}

  // Call before giving an id to a message with a body of this size: if it does not fit beside what is
  // waiting, that leaves first, under a lower id.
  void make_room(std::size_t body_bytes);
  // A new message, not kept.
  void add_passing(ByteView body);
  // A kept one, which has its id. One that is sent again always goes inside a container: clients judge the
  // outer id by its age, and refuse one that they have seen.
  void add_kept(const Kept& kept, bool again);
  void finish();

 private:
  void add(const InnerMessage& message, bool contain);
  std::int32_t next_seqno() { return session_ != nullptr ? session_->next_seqno(false) : 0; }

  OutgoingMessage envelope_;
  Session* session_;
  MsgIds* msg_ids_;
  Duration wall_;
  std::vector<OutgoingMessage>* out_;
  std::vector<InnerMessage> pending_;
  std::size_t pending_bytes_ = 0;
  bool contain_ = false;
};

}  // namespace heliograph::mtproto
