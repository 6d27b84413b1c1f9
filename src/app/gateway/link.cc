#include "app/gateway/link.h"

#include <algorithm>

#include "app/gateway/core.h"
#include "base/log.h"
#include "mtproto/cipher.h"

namespace heliograph::app {

using net::CloseReason;

Link::Link(Gateway::Core& core, net::Connection& connection)
    : core_(core),
      connection_(&connection),
      loop_(connection.loop()),
      id_(++core.last_connection),
      address_(connection.remote()),
      ip_(address_.text()),
      port_(connection.remote_port()) {}

void Link::on_bytes(MutableByteView bytes) {
  if (connection_ == nullptr) return;
  if (const auto received = transport_.receive(bytes); !received) return abort();
  pump();
}

void Link::on_closed(CloseReason) {
  connection_ = nullptr;
  look();
  handshake_.reset();
  for (const AuthKeyId key : keys_) core_.home(key).link_closed(key, id_);
}

void Link::pump() {
  while (connection_ != nullptr && connection_->is_open() && !busy_) {
    const auto packet = transport_.next();
    if (!packet) return abort();
    if (!*packet) return;
    take(**packet);
  }
}

void Link::take(const mtproto::Transport::Packet& packet) {
  core_.stats.packets.fetch_add(1, std::memory_order_relaxed);
  if (mtproto::Handshake::is_unencrypted(packet.payload)) return start_exchange(packet.payload);
  const auto key = mtproto::packet_key_id(packet.payload);
  if (!key || !use_key(*key)) {
    core_.stats.packets_bad.fetch_add(1, std::memory_order_relaxed);
    return abort();
  }
  core_.home(*key).receive(shared_from_this(), *key, packet.payload, packet.quick_ack);
}

bool Link::use_key(AuthKeyId key) {
  if (std::ranges::find(keys_, key) != keys_.end()) return true;
  if (keys_.size() >= core_.limits.keys_per_connection) return false;
  keys_.push_back(key);
  return true;
}

void Link::start_exchange(ByteView packet) {
  const bool admitted = core_.handshake_rate.admit(address_, core_.parts.clock->monotonic());
  if (!admitted) {
    core_.stats.handshakes_refused.fetch_add(1, std::memory_order_relaxed);
    return refuse(mtproto::TransportError::flood);
  }
  exchange_done_ = false;
  if (handshake_ == nullptr) handshake_ = std::make_unique<mtproto::Handshake>(core_.handshake);
  busy_ = true;
  update_paused();
  const bool queued = core_.parts.workers->post(
      [self = shared_from_this(), handshake = std::move(handshake_), message = to_bytes(packet)]() mutable {
        auto reply = handshake->receive(message);
        Link& link = *self;
        link.loop_.post(
            [self = std::move(self), handshake = std::move(handshake), reply = std::move(reply)]() mutable {
              self->exchanged(std::move(handshake), std::move(reply));
            });
      });
  if (!queued) {
    core_.stats.handshakes_refused.fetch_add(1, std::memory_order_relaxed);
    refuse(mtproto::TransportError::flood);
  }
}

void Link::exchanged(std::unique_ptr<mtproto::Handshake> handshake, Result<mtproto::Handshake::Reply> reply) {
  if (connection_ == nullptr) return;
  if (!reply) {
    core_.stats.handshakes_failed.fetch_add(1, std::memory_order_relaxed);
    return refuse(mtproto::TransportError::key_unknown);
  }
  handshake_ = std::move(handshake);
  if (reply->new_key) {
    spawn(keep_key(std::move(*reply->new_key), std::move(reply->message)),
          [self = shared_from_this()] { self->pump(); });
    return;
  }
  busy_ = false;
  write_plain(reply->message);
  update_paused();
  pump();
}

// A client uses its key as soon as it has been told that the exchange went well: it must be on disk by then.
Task<void> Link::keep_key(mtproto::NewKey key, Bytes message) {
  const UnixSeconds now = core_.parts.clock->unix_seconds();
  StoredKey stored{key.key.id(), to_bytes(key.key.bytes()), key.expires_in ? now + *key.expires_in : 0};
  const UnixSeconds expires_at = stored.expires_at;
  auto saving = core_.parts.keys->save(std::move(stored));
  const Status saved = co_await std::move(saving);
  busy_ = false;
  if (connection_ == nullptr) co_return;
  if (!saved) {
    log::error("cannot store a new authorization key: {}", saved.error().code);
    core_.stats.handshakes_failed.fetch_add(1, std::memory_order_relaxed);
    abort();
    co_return;
  }
  core_.stats.handshakes_done.fetch_add(1, std::memory_order_relaxed);
  core_.home(key.key.id()).adopt(key.key, key.server_salt, expires_at);
  exchange_done_ = true;
  write_plain(message);
  if (!established_) connection_->set_deadline(core_.limits.first_message);
  update_paused();
}

void Link::write_plain(ByteView packet) {
  Bytes out;
  transport_.write(packet, out);
  connection_->write(std::move(out));
}

void Link::send(std::vector<Bytes> packets) {
  if (connection_ == nullptr) return;
  Bytes out;
  std::size_t size = 0;
  for (const auto& packet : packets) size += packet.size() + 16;
  out.reserve(size);
  for (const auto& packet : packets) transport_.write(packet, out);
  connection_->write(std::move(out));
  look();
}

void Link::look() {
  unsent_.store(connection_ == nullptr ? 0 : connection_->unsent(), std::memory_order_relaxed);
}

void Link::send_quick_ack(std::uint32_t token) {
  if (connection_ == nullptr) return;
  Bytes out;
  transport_.write_quick_ack(token, out);
  connection_->write(std::move(out));
}

void Link::established() {
  // Whoever uses a key has no more questions about how it was made.
  if (exchange_done_ && !busy_) handshake_.reset();
  if (established_ || connection_ == nullptr) return;
  established_ = true;
  connection_->set_deadline(std::nullopt);
  connection_->set_idle_limit(core_.limits.idle);
}

void Link::refuse(mtproto::TransportError error) {
  if (connection_ == nullptr) return;
  Bytes out;
  transport_.write_error(error, out);
  connection_->write(std::move(out));
  connection_->finish();
}

void Link::finish() {
  if (connection_ != nullptr) connection_->finish();
}

void Link::abort() {
  if (connection_ != nullptr) connection_->close(CloseReason::protocol_error);
}

void Link::update_paused() {
  if (connection_ != nullptr) connection_->pause_reading(busy_ || throttled_.load());
}

Link::Charge::Charge(std::shared_ptr<Link> link, std::size_t bytes) : link_(std::move(link)), bytes_(bytes) {
  const std::size_t pending = link_->pending_.fetch_add(bytes_) + bytes_;
  if (pending > link_->core_.limits.pending_bytes && !link_->throttled_.exchange(true)) {
    link_->run([](Link& self) { self.update_paused(); });
  }
}

Link::Charge::~Charge() {
  if (link_ == nullptr) return;
  const std::size_t pending = link_->pending_.fetch_sub(bytes_) - bytes_;
  if (pending <= link_->core_.limits.pending_bytes / 2 && link_->throttled_.exchange(false)) {
    link_->run([](Link& self) { self.update_paused(); });
  }
}

}  // namespace heliograph::app
