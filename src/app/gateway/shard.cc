#include "app/gateway/shard.h"

#include <algorithm>

#include "app/gateway/core.h"
#include "base/assert.h"
#include "base/log.h"

namespace heliograph::app {

namespace {
constexpr auto fresh_key_time = std::chrono::seconds(60);
constexpr auto held_pause = std::chrono::milliseconds(5);

std::optional<mtproto::AuthKey> key_from(ByteView bytes) {
  mtproto::AuthKey::Value value;
  if (bytes.size() != value.size()) return std::nullopt;
  std::ranges::copy(bytes, value.begin());
  return mtproto::AuthKey(value);
}
}  // namespace

Shard::~Shard() = default;

template <typename Work>
void Shard::run(Work work) {
  if (Executor::current() == &loop_) {
    work();
  } else {
    loop_.post(std::move(work));
  }
}

Shard::Key* Shard::find(AuthKeyId id) {
  const auto at = keys_.find(id);
  return at == keys_.end() ? nullptr : at->second.get();
}

Shard::Key& Shard::insert(AuthKeyId id) {
  auto& key = keys_[id];
  key = std::make_unique<Key>();
  key->id = id;
  key->generation = ++last_generation_;
  core_.stats.keys_loaded.fetch_add(1, std::memory_order_relaxed);
  return *key;
}

void Shard::open(Key& key, const mtproto::AuthKey& value, std::optional<std::int64_t> first_salt,
                 UnixSeconds expires_at) {
  key.expires_at = expires_at;
  key.endpoint.emplace(value, *core_.parts.salts, *core_.parts.clock, *core_.parts.random,
                       core_.limits.sessions, first_salt);
}

void Shard::receive(std::shared_ptr<Link> link, AuthKeyId key, ByteView packet, bool quick_ack) {
  if (Executor::current() == &loop_) return take(link, key, packet, quick_ack);
  loop_.post([this, link = std::move(link), key, bytes = to_bytes(packet), quick_ack] {
    take(link, key, bytes, quick_ack);
  });
}

void Shard::take(const std::shared_ptr<Link>& link, AuthKeyId id, ByteView packet, bool quick_ack) {
  Key* key = find(id);
  if (key != nullptr && key->expires_at != 0 && key->expires_at <= core_.parts.clock->unix_seconds()) {
    close_now(id);
    key = nullptr;  // the store says the same
  }
  if (key != nullptr && key->endpoint) return process(*key, link, packet, quick_ack);
  const bool fresh = key == nullptr;
  if (fresh) key = &insert(id);
  if (key->waiting.size() >= core_.limits.packets_while_loading) {
    return link->run([](Link& self) { self.abort(); });
  }
  key->waiting.push_back({link, to_bytes(packet), quick_ack});
  if (fresh) spawn(load(id, key->generation));
}

Task<void> Shard::load(AuthKeyId id, std::uint64_t generation) {
  auto loading = core_.parts.keys->load(id);
  const auto stored = co_await std::move(loading);
  Key* key = find(id);
  // Adopted or closed meanwhile: whoever did that has dealt with the packets.
  if (key == nullptr || key->generation != generation || key->endpoint) co_return;
  if (!stored) {
    // Not "unknown": a client that hears that throws its key away.
    log::error("cannot read an authorization key: {}", stored.error().code);
    const auto waiting = std::exchange(key->waiting, {});
    keys_.erase(id);
    core_.stats.keys_loaded.fetch_sub(1, std::memory_order_relaxed);
    for (const auto& packet : waiting) packet.link->run([](Link& self) { self.abort(); });
    co_return;
  }
  const auto value = *stored ? key_from((*stored)->key) : std::nullopt;
  if (!value) {
    unknown(id);
    co_return;
  }
  open(*key, *value, {}, (*stored)->expires_at);
  for (const auto& packet : std::exchange(key->waiting, {})) {
    process(*key, packet.link, packet.packet, packet.quick_ack);
  }
  schedule_flush(*key);  // all of its links may have gone meanwhile
}

void Shard::unknown(AuthKeyId id) {
  const auto waiting = std::exchange(find(id)->waiting, {});
  keys_.erase(id);
  core_.stats.keys_loaded.fetch_sub(1, std::memory_order_relaxed);
  core_.stats.keys_unknown.fetch_add(1, std::memory_order_relaxed);
  for (const auto& packet : waiting) {
    packet.link->run([](Link& self) { self.refuse(mtproto::TransportError::key_unknown); });
  }
}

void Shard::adopt(const mtproto::AuthKey& value, std::int64_t first_salt, UnixSeconds expires_at) {
  run([this, value, first_salt, expires_at] {
    Key* key = find(value.id());
    if (key != nullptr && key->endpoint) return;
    if (key == nullptr) key = &insert(value.id());
    open(*key, value, first_salt, expires_at);
    key->keep_until = core_.parts.clock->monotonic() + fresh_key_time;
    for (const auto& packet : std::exchange(key->waiting, {})) {
      process(*key, packet.link, packet.packet, packet.quick_ack);
    }
    schedule_flush(*key);
  });
}

void Shard::process(Key& key, const std::shared_ptr<Link>& link, ByteView packet, bool quick_ack) {
  Output out;
  const auto token = key.endpoint->receive(link->id(), packet, out);
  if (!token) {
    core_.stats.packets_bad.fetch_add(1, std::memory_order_relaxed);
    link->run([](Link& self) { self.abort(); });
    return handle(key, std::move(out.events), link);
  }
  if (std::ranges::find(key.links, link) == key.links.end()) key.links.push_back(link);
  link->run([quick_ack, token = *token](Link& self) {
    self.established();
    if (quick_ack) self.send_quick_ack(token);
  });
  update_attached(key);
  handle(key, std::move(out.events), link);
  schedule_flush(key);
}

void Shard::handle(Key& key, std::vector<mtproto::SessionEvent> events, const std::shared_ptr<Link>& link) {
  for (auto& event : events) {
    if (auto* request = std::get_if<mtproto::RequestReceived>(&event)) {
      HG_ASSERT(link != nullptr);  // flush() brings no requests
      call(key, *request, link);
    } else if (const auto* asked = std::get_if<mtproto::KeyDestroyAsked>(&event)) {
      destroy(key, *asked);
    } else if (std::holds_alternative<mtproto::SessionClosed>(event)) {
      update_attached(key);
    }
    // SessionOpened: update_attached() has seen it. RequestDropped: the call goes on, its answer is ignored.
  }
}

void Shard::call(Key& key, mtproto::RequestReceived& request, const std::shared_ptr<Link>& link) {
  core_.stats.calls.fetch_add(1, std::memory_order_relaxed);
  core_.stats.calls_running.fetch_add(1, std::memory_order_relaxed);
  ++key.running;
  const std::size_t answer_bytes = core_.door->answer_bytes(request.body);
  if (answer_bytes == 0 || (key.held.empty() && has_room(key, *link, answer_bytes))) {
    return start(key, request, link, answer_bytes);
  }
  key.held.push_back({std::move(request), link, answer_bytes});
  start_held(key);
}

bool Shard::has_room(const Key& key, const Link& link, std::size_t answer_bytes) const {
  const std::size_t before = key.answer_bytes + link.unsent();
  return before == 0 || before + answer_bytes <= core_.limits.answer_bytes;
}

// In order. What the network has taken is not told: while something is held, one looks again and again.
void Shard::start_held(Key& key) {
  while (!key.held.empty() && has_room(key, *key.held.front().link, key.held.front().answer_bytes)) {
    Held held = std::move(key.held.front());
    key.held.pop_front();
    start(key, held.request, held.link, held.answer_bytes);
  }
  if (key.held.empty() || key.looks_again) return;
  key.looks_again = true;
  loop_.post_after(held_pause, [this, id = key.id, generation = key.generation] {
    Key* found = find(id);
    if (found == nullptr || found->generation != generation) return;
    found->looks_again = false;
    if (found->held.empty()) return;
    found->held.front().link->run([](Link& self) { self.look(); });
    start_held(*found);
  });
}

void Shard::start(Key& key, mtproto::RequestReceived& request, const std::shared_ptr<Link>& link,
                  std::size_t answer_bytes) {
  key.answer_bytes += answer_bytes;
  const std::size_t size = request.body.size() + sizeof(api::Call);
  api::Call call{key.id, request.session, request.msg_id, link->ip(), link->port(), std::move(request.body)};
  auto answering = core_.door->handle(std::move(call));
  spawn(std::move(answering),
        [this, id = key.id, generation = key.generation, session = request.session, msg_id = request.msg_id,
         answer_bytes, charge = Link::Charge(link, size)](Bytes result) {
          core_.stats.calls_running.fetch_sub(1, std::memory_order_relaxed);
          Key* found = find(id);
          if (found == nullptr || found->generation != generation) return;
          --found->running;
          found->answer_bytes -= answer_bytes;
          found->endpoint->reply(session, msg_id, std::move(result));
          schedule_flush(*found);
        });
}

void Shard::destroy(Key& key, const mtproto::KeyDestroyAsked& asked) {
  core_.stats.calls_running.fetch_add(1, std::memory_order_relaxed);
  ++key.running;
  auto destroying = core_.door->destroy_key(key.id);
  spawn(std::move(destroying), [this, id = key.id, generation = key.generation, asked](bool gone) {
    core_.stats.calls_running.fetch_sub(1, std::memory_order_relaxed);
    Key* found = find(id);
    if (found == nullptr || found->generation != generation) return;
    --found->running;
    found->endpoint->answer_destroy_key(asked.session, asked.msg_id,
                                        gone ? mtproto::KeyDestroyed::ok : mtproto::KeyDestroyed::failed);
    schedule_flush(*found);
    if (gone) close(id);
  });
}

// Tells the door which sessions gained their first connection or lost their last.
void Shard::update_attached(Key& key) {
  const auto sessions = key.endpoint->sessions();
  const auto connected = [&](SessionId session) {
    return std::ranges::find(sessions, session) != sessions.end() && key.endpoint->connected(session);
  };
  for (std::size_t i = 0; i < key.attached.size();) {
    const SessionId session = key.attached[i];
    if (connected(session)) {
      ++i;
      continue;
    }
    key.attached.erase(key.attached.begin() + static_cast<std::ptrdiff_t>(i));
    core_.door->session_detached(key.id, session);
  }
  for (const SessionId session : sessions) {
    if (!key.endpoint->connected(session) || std::ranges::find(key.attached, session) != key.attached.end()) {
      continue;
    }
    key.attached.push_back(session);
    core_.door->session_attached(key.id, session);
  }
}

void Shard::link_closed(AuthKeyId id, mtproto::ConnectionId link) {
  run([this, id, link] {
    Key* key = find(id);
    if (key == nullptr) return;
    std::erase_if(key->waiting, [&](const Waiting& w) { return w.link->id() == link; });
    std::erase_if(key->links, [&](const auto& l) { return l->id() == link; });
    if (!key->endpoint) return;
    key->endpoint->connection_closed(link);
    update_attached(*key);
    schedule_flush(*key);
  });
}

void Shard::push(AuthKeyId id, SessionId session, Bytes updates) {
  run([this, id, session, updates = std::move(updates)]() mutable {
    Key* key = find(id);
    if (key == nullptr || !key->endpoint) return;
    if (key->endpoint->push(session, std::move(updates))) schedule_flush(*key);
  });
}

// Posted even from here: the caller may be inside a call of the very key.
void Shard::close(AuthKeyId id) {
  loop_.post([this, id] { close_now(id); });
}

void Shard::close_now(AuthKeyId id) {
  Key* key = find(id);
  if (key == nullptr) return;
  if (!key->endpoint) return unknown(id);
  flush(*key);
  key = find(id);
  if (key == nullptr) return;
  Output out;
  for (const SessionId session : key->endpoint->sessions()) key->endpoint->close(session, out);
  update_attached(*key);
  for (const auto& link : key->links) link->run([](Link& self) { self.finish(); });
  core_.stats.calls_running.fetch_sub(key->held.size(), std::memory_order_relaxed);
  keys_.erase(id);
  core_.stats.keys_loaded.fetch_sub(1, std::memory_order_relaxed);
}

// At the end of the loop's round, so that answers and updates that belong together leave together.
void Shard::schedule_flush(Key& key) {
  if (key.dirty) return;
  key.dirty = true;
  dirty_.push_back(key.id);
  if (flush_scheduled_) return;
  flush_scheduled_ = true;
  loop_.post([this] { flush_dirty(); });
}

void Shard::flush_dirty() {
  flush_scheduled_ = false;
  for (const AuthKeyId id : std::exchange(dirty_, {})) {
    if (Key* key = find(id)) flush(*key);
  }
}

void Shard::flush(Key& key) {
  key.dirty = false;
  if (!key.endpoint) return;
  Output out;
  key.endpoint->flush(out);
  for (std::size_t i = 0; i < out.packets.size();) {
    const auto connection = out.packets[i].connection;
    std::vector<Bytes> packets;
    std::size_t bytes = 0;
    for (; i < out.packets.size() && out.packets[i].connection == connection; ++i) {
      bytes += out.packets[i].bytes.size();
      packets.push_back(std::move(out.packets[i].bytes));
    }
    const auto link = std::ranges::find(key.links, connection, [](const auto& l) { return l->id(); });
    if (link == key.links.end()) continue;
    (*link)->expect(bytes);
    (*link)->run([packets = std::move(packets)](Link& self) mutable { self.send(std::move(packets)); });
  }
  for (const auto connection : out.disconnects) {
    const auto link = std::ranges::find(key.links, connection, [](const auto& l) { return l->id(); });
    if (link != key.links.end()) (*link)->run([](Link& self) { self.finish(); });
  }
  if (!out.events.empty()) handle(key, std::move(out.events), nullptr);
  if (disposable(key)) {
    keys_.erase(key.id);
    core_.stats.keys_loaded.fetch_sub(1, std::memory_order_relaxed);
    return;
  }
  arm(key);
}

bool Shard::disposable(const Key& key) const {
  return key.endpoint->empty() && key.links.empty() && key.running == 0 &&
         key.keep_until <= core_.parts.clock->monotonic();
}

void Shard::arm(Key& key) {
  Monotonic when = key.endpoint->next_deadline();
  if (key.endpoint->empty() && key.links.empty() && key.running == 0) when = std::min(when, key.keep_until);
  if (when >= key.timer) return;
  key.timer = when;
  timers_.push_back({when, key.id});
  std::ranges::push_heap(timers_, std::greater());
  set_timer(when);
}

// An earlier time leaves the later wake-up behind, to be ignored when it comes.
void Shard::set_timer(Monotonic when) {
  if (when >= timer_set_) return;
  timer_set_ = when;
  loop_.post_after(std::max(Duration(0), when - core_.parts.clock->monotonic()), [this, when] {
    if (timer_set_ == when) run_timers();
  });
}

void Shard::run_timers() {
  const auto now = core_.parts.clock->monotonic();
  timer_set_ = Monotonic::max();
  while (!timers_.empty() && timers_.front().when <= now) {
    const Timer due = timers_.front();
    std::ranges::pop_heap(timers_, std::greater());
    timers_.pop_back();
    Key* key = find(due.key);
    if (key == nullptr || key->timer != due.when) continue;
    key->timer = Monotonic::max();
    flush(*key);
  }
  if (!timers_.empty()) set_timer(timers_.front().when);
}

}  // namespace heliograph::app
