#include "mtproto/outbox.h"

#include <algorithm>

namespace heliograph::mtproto {

namespace {
// What one entry costs beside its body.
constexpr std::size_t entry_bytes = sizeof(Kept) + 16;
}  // namespace

void Outbox::add(KeptKind kind, std::int64_t request_msg_id, Bytes body) {
  bytes_ += body.size() + entry_bytes;
  if (kind == KeptKind::update) {
    ++update_count_;
    update_bytes_ += body.size() + entry_bytes;
  }
  kept_.push_back(Kept{.request_msg_id = request_msg_id, .body = std::move(body), .kind = kind});
  due_ = true;
}

bool Outbox::acknowledge(std::int64_t msg_id) {
  if (msg_id == 0) return false;
  const auto* found = find(msg_id);
  if (found == nullptr) return false;
  drop(found);
  return true;
}

Kept* Outbox::find(std::int64_t msg_id) {
  if (!ids_rise_) {
    const auto at = std::ranges::find(kept_, msg_id, &Kept::msg_id);
    return at != kept_.end() ? &*at : nullptr;
  }
  auto sent_end = kept_.end();
  while (sent_end != kept_.begin() && std::prev(sent_end)->msg_id == 0) --sent_end;
  const auto at =
      std::lower_bound(kept_.begin(), sent_end, msg_id,
                       [](const Kept& kept, std::int64_t wanted) { return kept.msg_id < wanted; });
  return at != sent_end && at->msg_id == msg_id ? &*at : nullptr;
}

void Outbox::number(Kept& kept, std::int64_t msg_id, std::int32_t seqno) {
  if (msg_id <= highest_id_) ids_rise_ = false;
  highest_id_ = msg_id;
  kept.msg_id = msg_id;
  kept.seqno = seqno;
}

Kept* Outbox::answer_to(std::int64_t request_msg_id) {
  const auto at = std::ranges::find_if(kept_, [&](const Kept& kept) {
    return kept.kind == KeptKind::answer && kept.request_msg_id == request_msg_id;
  });
  return at != kept_.end() ? &*at : nullptr;
}

void Outbox::drop(const Kept* kept) {
  bytes_ -= kept->body.size() + entry_bytes;
  if (kept->kind == KeptKind::update) {
    --update_count_;
    update_bytes_ -= kept->body.size() + entry_bytes;
  }
  kept_.erase(kept_.begin() + (kept - kept_.data()));
  if (kept_.empty()) ids_rise_ = true;
}

bool Outbox::drop_oldest_update(bool& was_due) {
  const auto at = std::ranges::find(kept_, KeptKind::update, &Kept::kind);
  if (at == kept_.end()) return false;
  was_due = at->due;
  drop(&*at);
  return true;
}

void Outbox::all_due() {
  for (auto& kept : kept_) kept.due = true;
  due_ = !kept_.empty();
}

void Outbox::due_again(ConnectionId gone) {
  for (auto& kept : kept_) {
    if (kept.msg_id == 0 || kept.sent_on != gone) continue;
    kept.due = true;
    due_ = true;
  }
}

}  // namespace heliograph::mtproto
