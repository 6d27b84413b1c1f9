#include "staff/challenges.h"

#include <string>

namespace heliograph::staff {

Bytes Challenges::give(Purpose purpose, StaffId staff) {
  const std::lock_guard lock(mutex_);
  auto challenge = random_.bytes(bytes);
  const auto now = clock_.monotonic();
  while (!order_.empty()) {
    const auto oldest = given_.find(order_.front());
    const bool needed = oldest != given_.end() && now - oldest->second.at <= lifetime;
    if (needed && order_.size() < waiting_max) break;
    if (oldest != given_.end()) given_.erase(oldest);
    order_.pop_front();
  }
  order_.emplace_back(as_text(challenge));
  given_[order_.back()] = {purpose, staff, now};
  return challenge;
}

bool Challenges::take(ByteView challenge, Purpose purpose, StaffId staff) {
  const std::lock_guard lock(mutex_);
  const auto at = given_.find(std::string(as_text(challenge)));
  if (at == given_.end()) return false;
  const auto found = at->second;
  given_.erase(at);
  return found.purpose == purpose && found.staff == staff && clock_.monotonic() - found.at <= lifetime;
}

}  // namespace heliograph::staff
