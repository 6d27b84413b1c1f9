// Takes every request: whose it is, which layer, which method; and gives the answer.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "api/door.h"
#include "api/live_session.h"
#include "api/method.h"

namespace heliograph::api {

// How often one account (or, before sign-in, one key; and one address) may call, whatever the method.
struct CallRates {
  services::Rate per_account{300, std::chrono::milliseconds(5)};
  services::Rate per_key_unsigned{60, std::chrono::milliseconds(200)};
};

class Server final : public Door {
 public:
  Server(services::Services& services, Sessions& sessions, Facts facts, CallRates rates = {});
  ~Server() override;

  Task<Bytes> handle(Call call) override;
  std::size_t answer_bytes(ByteView body) const override;
  void session_attached(AuthKeyId key, SessionId session) override;
  void session_detached(AuthKeyId key, SessionId session) override;
  Task<bool> destroy_key(AuthKeyId key) override;

  // Forgets sessions without a connection for longer than the gateway keeps theirs. Called on each executor's
  // own thread every minute or so; touches only the sessions of that executor.
  void sweep();

  std::size_t method_count() const { return methods_.size(); }

 private:
  struct SessionName {
    AuthKeyId key;
    SessionId session;
    bool operator==(const SessionName&) const = default;
  };
  struct SessionNameHash {
    std::size_t operator()(const SessionName& name) const {
      return std::hash<AuthKeyId>{}(name.key) * 31 + std::hash<SessionId>{}(name.session);
    }
  };
  struct Slot {
    std::shared_ptr<LiveSession> live;
    Executor* executor;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<SessionName, Slot, SessionNameHash> sessions;
  };
  // What the wrappers around a request said.
  struct Wrapping {
    std::int32_t layer = 0;
    std::optional<services::ClientInfo> client;
    std::vector<std::int64_t> after;
    bool without_updates = false;
    std::optional<std::int64_t> takeout_id;
    std::optional<WithinRange> within;
  };

  std::shared_ptr<LiveSession> live(AuthKeyId key, SessionId session);
  Task<Result<Bytes>> answer(Call& call, LiveSession& session);
  static Result<tl::Request> unwrap(ByteView body, Wrapping& wrapping);
  Status check_access(const Method& method, const services::KeyInfo& info) const;
  Status check_rate(const services::KeyInfo& info, const Call& call, bool exporting);

  services::Services& services_;
  Sessions& sessions_;
  const Facts facts_;
  const CallRates rates_;
  Methods methods_;
  std::array<Shard, 16> shards_;
};

}  // namespace heliograph::api
