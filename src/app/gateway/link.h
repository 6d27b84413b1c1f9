// One client connection: its transport, and the key exchange while there is one.
#pragma once

#include <atomic>

#include "app/gateway/gateway.h"
#include "mtproto/connection_id.h"
#include "mtproto/handshake.h"
#include "mtproto/transport.h"

namespace heliograph::app {

// On the connection's loop, but for the members marked otherwise. Shards keep it by shared_ptr; the
// connection itself is gone after on_closed().
class Link final : public net::Handler, public std::enable_shared_from_this<Link> {
 public:
  Link(Gateway::Core& core, net::Connection& connection);

  void on_bytes(MutableByteView bytes) override;
  void on_closed(net::CloseReason reason) override;

  // Brings unsent() up to date.
  void look();
  // Encrypted packets, in order.
  void send(std::vector<Bytes> packets);
  void send_quick_ack(std::uint32_t token);
  // A packet was decrypted: the peer is a real client, and only silence ends the connection from now on.
  void established();
  // Says so in the transport's own way, and ends the connection.
  void refuse(mtproto::TransportError error);
  void finish();
  void abort();

  // Any thread.
  mtproto::ConnectionId id() const { return id_; }
  net::Loop& loop() const { return loop_; }
  const std::string& ip() const { return ip_; }
  std::uint16_t port() const { return port_; }
  // Bytes that the peer has not taken yet: as of the last send() or look(), and what is on its way to them.
  std::size_t unsent() const { return unsent_.load(std::memory_order_relaxed); }
  void expect(std::size_t bytes) { unsent_.fetch_add(bytes, std::memory_order_relaxed); }

  // Bytes of requests that are not answered yet; while it lives they count against
  // GatewayLimits::pending_bytes. Any thread.
  class Charge {
   public:
    Charge() = default;
    Charge(std::shared_ptr<Link> link, std::size_t bytes);
    Charge(Charge&& other) noexcept = default;
    Charge& operator=(Charge&&) = delete;
    ~Charge();

   private:
    std::shared_ptr<Link> link_;
    std::size_t bytes_ = 0;
  };

  // Runs `work` on the link's loop: now where this is it, else posted. Any thread.
  template <typename Work>
  void run(Work work) {
    if (Executor::current() == &loop_) {
      work(*this);
    } else {
      loop_.post([self = shared_from_this(), work = std::move(work)]() mutable { work(*self); });
    }
  }

 private:
  void pump();
  void take(const mtproto::Transport::Packet& packet);
  bool use_key(AuthKeyId key);
  void start_exchange(ByteView packet);
  void exchanged(std::unique_ptr<mtproto::Handshake> handshake, Result<mtproto::Handshake::Reply> reply);
  Task<void> keep_key(mtproto::NewKey key, Bytes message);
  void write_plain(ByteView packet);
  void update_paused();

  Gateway::Core& core_;
  net::Connection* connection_;  // null once closed
  net::Loop& loop_;
  const mtproto::ConnectionId id_;
  const net::Address address_;
  const std::string ip_;
  const std::uint16_t port_;
  mtproto::Transport transport_;
  std::unique_ptr<mtproto::Handshake> handshake_;
  std::vector<AuthKeyId> keys_;  // homes to be told when the connection ends
  std::atomic<std::size_t> pending_ = 0;
  std::atomic<bool> throttled_ = false;
  std::atomic<std::size_t> unsent_ = 0;
  bool busy_ = false;  // a key exchange step is being computed or stored
  bool exchange_done_ = false;
  bool established_ = false;
};

}  // namespace heliograph::app
