#include "services/limits.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>

namespace heliograph::services {

std::string network_of(const std::string& ip) {
  in6_addr address{};
  if (::inet_pton(AF_INET6, ip.c_str(), &address) != 1) return ip;
  return std::string(reinterpret_cast<const char*>(address.s6_addr), 8);
}

Status Limits::take(std::string_view what, std::string_view who, Rate rate) {
  std::string key;
  key.reserve(what.size() + who.size() + 1);
  key.append(what).append(1, '/').append(who);
  auto& shard = shards_[std::hash<std::string>{}(key) % shards_.size()];
  const auto now = clock_.monotonic();

  std::lock_guard lock(shard.mutex);
  if (shard.buckets.size() >= buckets_max / shards_.size()) make_room(shard, now);
  const auto [found, fresh] = shard.buckets.try_emplace(std::move(key));
  auto& bucket = found->second;
  if (fresh) {
    bucket.tokens = rate.burst;
  } else {
    bucket.tokens +=
        std::chrono::duration<double>(now - bucket.refilled) / std::chrono::duration<double>(rate.interval);
    bucket.tokens = std::min<double>(bucket.tokens, rate.burst);
  }
  bucket.refilled = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return {};
  }
  const auto wait = (1 - bucket.tokens) * std::chrono::duration<double>(rate.interval).count();
  return fail(Error::flood(std::max(1, static_cast<std::int32_t>(std::ceil(wait)))));
}

void Limits::make_room(Shard& shard, Monotonic now) {
  // A bucket untouched for long has refilled, and says nothing: those go first. If all are busy, half of them
  // go.
  std::erase_if(shard.buckets,
                [&](const auto& entry) { return now - entry.second.refilled > std::chrono::minutes(10); });
  bool odd = false;
  if (shard.buckets.size() >= buckets_max / shards_.size()) {
    std::erase_if(shard.buckets, [&](const auto&) { return odd = !odd; });
  }
}

}  // namespace heliograph::services
