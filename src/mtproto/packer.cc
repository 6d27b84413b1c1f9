#include "mtproto/packer.h"

namespace heliograph::mtproto {

namespace {
// What the protocol allows a container to hold (core.telegram.org/mtproto/service_messages#simple-container).
constexpr std::size_t container_bytes_max = 1 << 15;
constexpr std::size_t container_messages_max = 1020;
constexpr std::size_t inner_header_bytes = 16;
}  // namespace

void Packer::make_room(std::size_t body_bytes) {
  const auto bytes = body_bytes + inner_header_bytes;
  if (pending_bytes_ + bytes > container_bytes_max || pending_.size() >= container_messages_max) finish();
}

void Packer::add_passing(ByteView body) {
  make_room(body.size());
  const auto seqno = next_seqno();
  add({msg_ids_->next(wall_, true), seqno, body}, false);
}

void Packer::add_kept(const Kept& kept, bool again) {
  add({kept.msg_id, kept.seqno, kept.body}, again);
}

void Packer::add(const InnerMessage& message, bool contain) {
  pending_.push_back(message);
  pending_bytes_ += message.body.size() + inner_header_bytes;
  contain_ = contain_ || contain;
}

void Packer::finish() {
  if (pending_.empty()) return;
  auto& message = out_->emplace_back(envelope_);
  if (pending_.size() == 1 && !contain_) {
    message.msg_id = pending_[0].msg_id;
    message.seqno = pending_[0].seqno;
    message.body = to_bytes(pending_[0].body);
  } else {
    bool answers = false;
    for (const auto& inner : pending_) answers = answers || (inner.msg_id & 3) == 1;
    message.msg_id = msg_ids_->next(wall_, answers);
    message.seqno = next_seqno();
    message.body = build_container(pending_);
  }
  pending_.clear();
  pending_bytes_ = 0;
  contain_ = false;
}

}  // namespace heliograph::mtproto
