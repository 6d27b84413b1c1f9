// For tests of methods: requests go in as TL and come out as TL, through the whole of api, on real services
// and a real store (services/testing/world.h). Only the gateway is missing.
//
//   FrontDoor door;
//   const auto ada = door.world.sign_up("Ada");
//   auto answer = door.call(ada, tl::fn::users::getUsers{...});
//   ASSERT_TRUE(answer) << answer.error;
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/server.h"
#include "services/testing/world.h"
#include "tl/fn_core.h"
#include "tl/fn_updates.h"

namespace heliograph::api::testing {

using services::Caller;
using services::testing::World;

// What was queued for whom.
class RecordedSessions final : public Sessions {
 public:
  struct Pushed {
    SessionId session;
    Bytes updates;
  };
  void push(AuthKeyId, SessionId session, Bytes updates) override {
    pushed.push_back({session, std::move(updates)});
  }
  void close_key(AuthKeyId) override {}
  void forget_key(AuthKeyId) override {}
  std::vector<Pushed> pushed;
};

template <typename Reply>
struct Answer {
  std::optional<Reply> value;
  std::string error;  // as the wire has it: "400 PEER_ID_INVALID"
  explicit operator bool() const { return value.has_value(); }
  Reply& operator*() { return *value; }
  Reply* operator->() { return &*value; }
};

class FrontDoor {
 public:
  // As a client of `layer` would call it.
  template <typename Fn>
  Answer<typename Fn::Reply> call(const Caller& caller, const Fn& request, std::int32_t layer = 228) {
    return call_for<typename Fn::Reply>(caller, request, layer);
  }
  // The same for a layer whose form of the method answers another type.
  template <typename Reply, typename Fn>
  Answer<Reply> call_for(const Caller& caller, const Fn& request, std::int32_t layer) {
    Call call;
    call.key = caller.key;
    call.session = caller.session;
    call.msg_id = ++last_msg_id_ * 4;
    call.ip = "192.0.2.1";
    tl::fn::invokeWithLayer wrapper;
    wrapper.layer = layer;
    wrapper.query = World::must(tl::encode_request(request, layer));
    call.body = World::must(tl::encode_request(wrapper, layer));
    const auto bytes = world.run(server.handle(std::move(call)));
    world.executor.run();
    return read<Reply>(bytes);
  }
  // From now on what is pushed to the session is recorded.
  void connect(const Caller& caller) {
    world.executor.post([this, caller] { server.session_attached(caller.key, caller.session); });
    world.executor.run();
    call(caller, tl::fn::updates::getState{});  // after the first request the session knows whose it is
    sessions.pushed.clear();
  }
  // What the session has been told since, in order.
  std::vector<tl::Box<tl::Updates>> told(const Caller& caller) {
    settle();
    std::vector<tl::Box<tl::Updates>> updates;
    for (const auto& pushed : sessions.pushed) {
      if (pushed.session == caller.session) {
        updates.push_back(World::must(tl::decode_boxed<tl::Updates>(pushed.updates)));
      }
    }
    return updates;
  }

  // Lets pushes that read the store before they can be rendered come to their end: a few reads one after the
  // other at most. The world's store has one reader, which takes them in order.
  void settle() {
    for (int reads = 0; reads < 6; ++reads) {
      world.executor.run();
      static_cast<void>(world.read([](store::Tx&) { return Status(); }));
    }
    world.executor.run();
  }

  World world;
  RecordedSessions sessions;
  Server server{world.services, sessions,
                Facts{.dc_id = 2, .host = "192.0.2.9", .port = 4430, .url = "http://h"}};

 private:
  static constexpr std::uint32_t rpc_error_id = 0x2144ca19;

  template <typename Reply>
  static Answer<Reply> read(const Bytes& bytes) {
    if (bytes.size() >= 9 && load_le<std::uint32_t>(bytes.data()) == rpc_error_id) {
      const auto code = load_le<std::int32_t>(bytes.data() + 4);
      const auto size = bytes[8];
      return {{}, std::to_string(code) + " " + std::string(as_text(ByteView(bytes).subspan(9, size)))};
    }
    auto reply = tl::decode<Reply>(bytes);
    if (!reply) return {{}, "unreadable answer: " + reply.error().message};
    return {std::move(*reply), {}};
  }

  std::int64_t last_msg_id_ = 1'000'000;
};

}  // namespace heliograph::api::testing
