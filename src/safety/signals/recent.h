// What is remembered of the most recent keys: beyond `capacity` the one that was touched longest ago goes.
#pragma once

#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace heliograph::safety {

template <typename Key, typename Value>
class Recent {
 public:
  explicit Recent(std::size_t capacity) : capacity_(capacity) {}

  // Made where there is none. Valid until the next touch().
  Value& touch(const Key& key) {
    const auto found = places_.find(key);
    if (found != places_.end()) {
      order_.splice(order_.begin(), order_, found->second);
      return found->second->second;
    }
    if (order_.size() >= capacity_) {
      places_.erase(order_.back().first);
      order_.pop_back();
    }
    order_.emplace_front(key, Value{});
    places_.emplace(key, order_.begin());
    return order_.front().second;
  }
  // Null: nothing is remembered.
  const Value* find(const Key& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? nullptr : &found->second->second;
  }
  std::size_t size() const { return order_.size(); }

 private:
  using Order = std::list<std::pair<Key, Value>>;
  std::size_t capacity_;
  Order order_;  // the latest first
  std::unordered_map<Key, typename Order::iterator> places_;
};

}  // namespace heliograph::safety
