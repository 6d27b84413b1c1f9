#include "services/hub.h"

#include <algorithm>

namespace heliograph::services {

void Hub::subscribe(BoxId box, std::shared_ptr<Subscriber> subscriber, Executor& executor) {
  auto& s = shard(box);
  std::lock_guard lock(s.mutex);
  s.live[box].push_back({std::move(subscriber), &executor});
}

void Hub::unsubscribe(BoxId box, const Subscriber* subscriber) {
  auto& s = shard(box);
  std::lock_guard lock(s.mutex);
  const auto found = s.live.find(box);
  if (found == s.live.end()) return;
  std::erase_if(found->second, [&](const Entry& e) { return e.subscriber.get() == subscriber; });
  if (found->second.empty()) s.live.erase(found);
}

bool Hub::is_live(BoxId box) const {
  const auto& s = shard(box);
  std::lock_guard lock(s.mutex);
  return s.live.contains(box);
}

void Hub::add_observer(std::move_only_function<void(const store::Publication&)> observer) {
  observers_.push_back(std::move(observer));
}

void Hub::on_commit(std::vector<store::Publication> publications) {
  // One post per executor and batch, not one per update: under load a commit carries hundreds.
  struct Delivery {
    std::shared_ptr<Subscriber> to;
    SharedPublication what;
  };
  std::vector<std::pair<Executor*, std::vector<Delivery>>> batches;
  for (auto& publication : publications) {
    for (auto& observer : observers_) observer(publication);
    auto& s = shard(publication.update.box);
    std::lock_guard lock(s.mutex);
    const auto found = s.live.find(publication.update.box);
    if (found == s.live.end()) continue;
    const auto shared = std::make_shared<const store::Publication>(std::move(publication));
    for (const auto& entry : found->second) {
      auto batch = std::ranges::find(batches, entry.executor, [](const auto& b) { return b.first; });
      if (batch == batches.end()) batch = batches.insert(batches.end(), {entry.executor, {}});
      batch->second.push_back({entry.subscriber, shared});
    }
  }
  for (auto& [executor, deliveries] : batches) {
    executor->post([batch = std::move(deliveries)] {
      for (const auto& delivery : batch) delivery.to->on_publication(delivery.what);
    });
  }
}

void Hub::publish(store::Publication publication) {
  std::vector<store::Publication> one;
  one.push_back(std::move(publication));
  on_commit(std::move(one));
}

}  // namespace heliograph::services
