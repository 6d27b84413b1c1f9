#include "app/gateway/gateway.h"

#include <thread>

#include "app/gateway/core.h"
#include "app/gateway/link.h"

namespace heliograph::app {

Gateway::Core::Core(const GatewayParts& given, const GatewayLimits& limited)
    : parts(given), limits(limited), handshake_rate(limited.handshake_messages_per_minute) {
  handshake.rsa_keys = parts.rsa_keys;
  handshake.random = parts.random;
  handshake.clock = parts.clock;
  for (net::Loop* loop : parts.loops) shards.push_back(std::make_unique<Shard>(*this, *loop));
}

Gateway::Gateway(const GatewayParts& parts, const GatewayLimits& limits)
    : core_(std::make_unique<Core>(parts, limits)) {}

Gateway::~Gateway() = default;

void Gateway::set_door(api::Door& door) {
  core_->door = &door;
}

net::Accept Gateway::acceptor() {
  return [core = core_.get()](
             const std::shared_ptr<net::Connection>& connection) -> std::shared_ptr<net::Handler> {
    return std::make_shared<Link>(*core, *connection);
  };
}

void Gateway::push(AuthKeyId key, SessionId session, Bytes updates) {
  core_->home(key).push(key, session, std::move(updates));
}

void Gateway::close_key(AuthKeyId key) {
  core_->home(key).close(key);
}

// The store has forgotten it by now, so that all that is left is what is in memory.
void Gateway::forget_key(AuthKeyId key) {
  core_->home(key).close(key);
}

bool Gateway::wait_until_quiet(Duration limit) const {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (core_->stats.calls_running.load() != 0) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

const GatewayStats& Gateway::stats() const {
  return core_->stats;
}

}  // namespace heliograph::app
