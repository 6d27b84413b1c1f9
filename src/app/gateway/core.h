// What links and shards share. For this folder only.
#pragma once

#include "app/gateway/gateway.h"
#include "app/gateway/handshake_rate.h"
#include "app/gateway/shard.h"
#include "mtproto/handshake.h"

namespace heliograph::app {

struct Gateway::Core {
  Core(const GatewayParts& given, const GatewayLimits& limited);

  Shard& home(AuthKeyId key) { return *shards[std::hash<AuthKeyId>{}(key) % shards.size()]; }

  const GatewayParts parts;
  const GatewayLimits limits;
  GatewayStats stats;
  mtproto::Handshake::Setup handshake;
  HandshakeRate handshake_rate;
  api::Door* door = nullptr;
  std::vector<std::unique_ptr<Shard>> shards;
  std::atomic<std::uint64_t> last_connection = 0;
};

}  // namespace heliograph::app
