// The authorization keys whose home is one loop, while clients use them.
#pragma once

#include <deque>
#include <unordered_map>
#include <vector>

#include "app/gateway/gateway.h"
#include "app/gateway/link.h"
#include "mtproto/endpoint.h"

namespace heliograph::app {

// The public members may be called on any thread; the work is done on the shard's loop.
class Shard {
 public:
  Shard(Gateway::Core& core, net::Loop& loop) : core_(core), loop_(loop) {}
  ~Shard();
  Shard(const Shard&) = delete;

  // A packet encrypted with `key`, from `link`.
  void receive(std::shared_ptr<Link> link, AuthKeyId key, ByteView packet, bool quick_ack);
  // The link is gone.
  void link_closed(AuthKeyId key, mtproto::ConnectionId link);
  // A key that has just been made and stored.
  void adopt(const mtproto::AuthKey& key, std::int64_t first_salt, UnixSeconds expires_at);

  void push(AuthKeyId key, SessionId session, Bytes updates);
  void close(AuthKeyId key);

 private:
  struct Waiting {
    std::shared_ptr<Link> link;
    Bytes packet;
    bool quick_ack = false;
  };
  // A request whose answer is large, until there is room for it.
  struct Held {
    mtproto::RequestReceived request;
    std::shared_ptr<Link> link;
    std::size_t answer_bytes = 0;
  };
  struct Key {
    AuthKeyId id;
    std::uint64_t generation = 0;               // tells this stay in memory from a later one
    std::optional<mtproto::Endpoint> endpoint;  // nothing while the key is being read
    std::vector<Waiting> waiting;               // packets that came meanwhile
    std::vector<std::shared_ptr<Link>> links;
    std::vector<SessionId> attached;  // sessions the door believes connected
    UnixSeconds expires_at = 0;
    std::size_t running = 0;  // calls not answered yet, held ones with them
    std::deque<Held> held;
    std::size_t answer_bytes = 0;  // of the large answers that are being made
    bool looks_again = false;      // at what is held, soon
    Monotonic keep_until{};        // fresh keys wait for their first message
    Monotonic timer = Monotonic::max();
    bool dirty = false;
  };
  struct Timer {
    Monotonic when;
    AuthKeyId key;
    bool operator>(const Timer& other) const { return when > other.when; }
  };
  using Output = mtproto::Endpoint::Output;

  template <typename Work>
  void run(Work work);
  Key* find(AuthKeyId id);
  Key& insert(AuthKeyId id);
  void open(Key& key, const mtproto::AuthKey& value, std::optional<std::int64_t> first_salt,
            UnixSeconds expires_at);
  void take(const std::shared_ptr<Link>& link, AuthKeyId id, ByteView packet, bool quick_ack);
  Task<void> load(AuthKeyId id, std::uint64_t generation);
  void unknown(AuthKeyId id);
  void process(Key& key, const std::shared_ptr<Link>& link, ByteView packet, bool quick_ack);
  // `link` brought the packet the events come from; null: they come from a timer.
  void handle(Key& key, std::vector<mtproto::SessionEvent> events, const std::shared_ptr<Link>& link);
  void call(Key& key, mtproto::RequestReceived& request, const std::shared_ptr<Link>& link);
  void start(Key& key, mtproto::RequestReceived& request, const std::shared_ptr<Link>& link,
             std::size_t answer_bytes);
  bool has_room(const Key& key, const Link& link, std::size_t answer_bytes) const;
  void start_held(Key& key);
  void destroy(Key& key, const mtproto::KeyDestroyAsked& asked);
  void update_attached(Key& key);
  void schedule_flush(Key& key);
  void flush_dirty();
  void flush(Key& key);
  void arm(Key& key);
  void set_timer(Monotonic when);
  void run_timers();
  void close_now(AuthKeyId id);
  bool disposable(const Key& key) const;

  Gateway::Core& core_;
  net::Loop& loop_;
  std::unordered_map<AuthKeyId, std::unique_ptr<Key>> keys_;
  std::vector<AuthKeyId> dirty_;
  bool flush_scheduled_ = false;
  std::vector<Timer> timers_;  // heap, earliest first; entries of keys that moved on are skipped
  Monotonic timer_set_ = Monotonic::max();
  std::uint64_t last_generation_ = 0;
};

}  // namespace heliograph::app
