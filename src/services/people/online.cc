#include "services/people/online.h"

namespace heliograph::services {

std::optional<Online::Presence> Online::find(UserId user) const {
  auto& shard = shard_of(user);
  std::lock_guard lock(shard.mutex);
  for (const auto* map : {&shard.young, &shard.old}) {
    if (const auto found = map->find(user); found != map->end()) return found->second;
  }
  return std::nullopt;
}

void Online::set(UserId user, Presence presence) {
  auto& shard = shard_of(user);
  std::lock_guard lock(shard.mutex);
  if (shard.young.size() >= per_shard_ && !shard.young.contains(user)) {
    // Clients repeat that they are online every few minutes, so whoever is has moved to `young` by then.
    shard.old = std::move(shard.young);
    shard.young.clear();
  }
  shard.young.insert_or_assign(user, presence);
}

}  // namespace heliograph::services
