#include "mtproto/seen.h"

#include <algorithm>

namespace heliograph::mtproto {

std::vector<Seen::Entry>::const_iterator Seen::position(std::int64_t msg_id) const {
  if (entries_.empty() || msg_id > entries_.back().msg_id) return entries_.end();
  return std::ranges::lower_bound(entries_, msg_id, {}, &Entry::msg_id);
}

bool Seen::contains(std::int64_t msg_id) const {
  const auto at = position(msg_id);
  return at != entries_.end() && at->msg_id == msg_id;
}

SeqnoFit Seen::fit(std::int64_t msg_id, std::int32_t seqno) const {
  const bool odd = (seqno & 1) != 0;
  const auto at = position(msg_id);
  auto before = at;
  while (before != entries_.begin() && std::prev(before)->seqno == unordered) --before;
  if (before != entries_.begin()) {
    const auto below = std::prev(before)->seqno;
    if (below > seqno || (below == seqno && odd)) return SeqnoFit::too_low;
  }
  auto after = at;
  while (after != entries_.end() && after->seqno == unordered) ++after;
  if (after != entries_.end() && (after->seqno < seqno || (after->seqno == seqno && odd))) {
    return SeqnoFit::too_high;
  }
  return SeqnoFit::fits;
}

bool Seen::insert(std::int64_t msg_id, std::int32_t seqno, std::size_t count_max) {
  if (entries_.size() >= count_max) forget(entries_.size() - count_max + 1 + count_max / 4);
  if (msg_id <= floor_) return false;
  entries_.insert(position(msg_id), Entry{msg_id, seqno});
  return true;
}

void Seen::forget_below(std::int64_t msg_id) {
  forget(static_cast<std::size_t>(position(msg_id) - entries_.begin()));
  if (entries_.capacity() > entries_.size() * 2 + 4) entries_.shrink_to_fit();
}

void Seen::forget(std::size_t count) {
  count = std::min(count, entries_.size());
  if (count == 0) return;
  floor_ = entries_[count - 1].msg_id;
  entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace heliograph::mtproto
