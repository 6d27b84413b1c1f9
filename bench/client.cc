#include "client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "mtproto/msg_id.h"
#include "mtproto/service_ids.h"
#include "mtproto/wire.h"
#include "tl/fn_core.h"
#include "tl/fn_updates.h"
#include "tl/gzip.h"

namespace heliograph::bench {

void give_up(const std::string& why) {
  std::fprintf(stderr, "bench: %s\n", why.c_str());
  std::exit(1);
}

Poller::Poller() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
Poller::~Poller() {
  ::close(epoll_);
}

void Poller::flush() {
  for (auto* socket : unsent_) socket->flush();
  unsent_.clear();
}

bool Poller::run_until(const std::function<bool()>& done, Duration limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  std::array<epoll_event, 256> events;
  for (;;) {
    flush();
    if (done()) return true;
    if (std::chrono::steady_clock::now() > deadline) return false;
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 20);
    for (int i = 0; i < count; ++i)
      static_cast<Socket*>(events[static_cast<std::size_t>(i)].data.ptr)->readable();
  }
}

Socket::Socket(Poller& poller, const std::string& host, int port, Random& random)
    : poller_(poller),
      fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      transport_(mtproto::Framing::intermediate, false, random) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, host.c_str(), &to.sin_addr);
  if (fd_ < 0 || ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    give_up("cannot connect: " + std::string(std::strerror(errno)));
  }
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = this;
  if (::epoll_ctl(poller_.epoll_, EPOLL_CTL_ADD, fd_, &event) != 0) give_up("epoll_ctl failed");
}

Socket::~Socket() {
  std::erase(poller_.unsent_, this);
  ::close(fd_);
}

void Socket::send(ByteView packet) {
  if (unsent_.empty()) poller_.unsent_.push_back(this);
  transport_.write(packet, unsent_);
}

void Socket::flush() {
  for (ByteView rest = unsent_; !rest.empty();) {
    const auto sent = ::send(fd_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) give_up("the server closed a connection");
    rest = rest.subspan(static_cast<std::size_t>(sent));
  }
  unsent_ = Bytes();
}

void Socket::readable() {
  static std::array<std::uint8_t, 1 << 16> buffer;
  const auto got = ::recv(fd_, buffer.data(), buffer.size(), 0);
  if (got <= 0) give_up("the server closed a connection");
  transport_.receive(ByteView(buffer).first(static_cast<std::size_t>(got)));
  for (;;) {
    auto next = transport_.next();
    if (!next) give_up("bad framing from the server");
    if (!*next) return;
    if (const auto error = mtproto::ClientTransport::error_of((*next)->payload)) {
      give_up("transport error " + std::to_string(*error));
    }
    on_packet((*next)->payload);  // receives nothing itself
  }
}

Client::Client(Poller& poller, const std::string& host, int port, const SeededKey& key, Random& random)
    : key_(key), random_(random), socket_(poller, host, port, random), session_(random.next<std::int64_t>()) {
  socket_.on_packet = [this](ByteView bytes) { packet(bytes); };
}

std::int64_t Client::next_msg_id() {
  const auto now = mtproto::msg_id_at(std::chrono::system_clock::now().time_since_epoch());
  last_msg_id_ = std::max(last_msg_id_ + 4, now);
  return last_msg_id_;
}

void Client::send_message(std::int64_t msg_id, std::int32_t seqno, ByteView body) {
  Bytes packet;
  mtproto::encrypt(key_.key, mtproto::Sender::client,
                   {.salt = salt_, .session_id = session_, .msg_id = msg_id, .seqno = seqno, .data = body},
                   random_, packet);
  socket_.send(packet);
}

void Client::transmit(std::int64_t msg_id, const Bytes& body) {
  const auto seqno = content_++ * 2 + 1;
  if (acks_.size() < 8) {
    send_message(msg_id, seqno, body);
    return;
  }
  const auto ack_body = take_acks();
  const auto ack_id = next_msg_id();
  const auto container = mtproto::build_container({{msg_id, seqno, body}, {ack_id, content_ * 2, ack_body}});
  send_message(next_msg_id(), content_ * 2, container);
}

Bytes Client::take_acks() {
  auto body = mtproto::WireWriter().u32(mtproto::id::msgs_ack).longs(acks_).take();
  acks_.clear();
  return body;
}

void Client::acknowledge() {
  if (acks_.empty()) return;
  const auto body = take_acks();
  send_message(next_msg_id(), content_ * 2, body);
}

void Client::call_raw(Bytes body, Answer answer) {
  const auto msg_id = next_msg_id();
  auto& pending = pending_[msg_id] = {std::move(body), std::move(answer)};
  transmit(msg_id, pending.body);
}

void Client::start(std::function<void()> ready) {
  tl::fn::initConnection init;
  init.api_id = 1;
  init.device_model = "load client";
  init.system_version = "1";
  init.app_version = "1";
  init.lang_code = "en";
  init.system_lang_code = "en";
  init.query = tl::encode_request(tl::fn::updates::getState{}, layer).value();
  tl::fn::invokeWithLayer with_layer;
  with_layer.layer = layer;
  with_layer.query = tl::encode_request(init, layer).value();
  call(with_layer, [ready = std::move(ready)](ByteView) { ready(); });
}

tl::Box<tl::InputPeer> Client::partner() const {
  tl::inputPeerUser peer;
  peer.user_id = key_.partner.value;
  peer.access_hash = key_.partner_hash;
  return peer;
}

void Client::packet(ByteView bytes) {
  static Bytes plaintext;  // nothing called below decrypts
  const auto message_in = mtproto::decrypt(key_.key, mtproto::Sender::server, bytes, plaintext);
  if (!message_in) give_up("a packet does not decrypt");
  message(message_in->msg_id, message_in->seqno, message_in->data);
}

void Client::message(std::int64_t msg_id, std::int32_t seqno, ByteView body) {
  mtproto::WireReader in(body);
  const auto id = in.u32();
  if (id == mtproto::id::msg_container) {
    const auto inner = mtproto::parse_container(body, msg_id, 1 << 12);
    if (!inner) give_up("a container is broken");
    for (const auto& each : *inner) message(each.msg_id, each.seqno, each.body);
    return;
  }
  if ((seqno & 1) != 0) acks_.push_back(msg_id);
  if (id == mtproto::id::gzip_packed) {
    const Bytes plain = tl::gunzip(in.bytes(), 1 << 24).value_or(Bytes{});
    message(msg_id, 0, plain);
  } else if (id == mtproto::id::rpc_result) {
    const auto request = in.i64();
    const auto found = pending_.find(request);
    if (found == pending_.end()) return;
    const auto answer = std::move(found->second.answer);
    pending_.erase(found);
    ByteView result = in.rest();
    Bytes unpacked;
    if (result.size() >= 4 && load_le<std::uint32_t>(result.data()) == mtproto::id::gzip_packed) {
      mtproto::WireReader packed(result.subspan(4));
      unpacked = tl::gunzip(packed.bytes(), 1 << 24).value_or(Bytes{});
      result = unpacked;
    }
    if (load_le<std::uint32_t>(result.data()) == 0x2144ca19) {  // rpc_error
      mtproto::WireReader error(result.subspan(8));
      give_up("the server answered " + std::string(as_text(error.bytes())));
    }
    answer(result);
  } else if (id == mtproto::id::bad_server_salt) {
    const auto refused = in.i64();
    in.i32();
    in.i32();
    salt_ = in.i64();
    if (const auto found = pending_.find(refused); found != pending_.end()) {
      auto again = std::move(found->second);
      pending_.erase(found);
      call_raw(std::move(again.body), std::move(again.answer));
    }
  } else if (id == mtproto::id::bad_msg_notification) {
    in.i64();
    in.i32();
    give_up("bad_msg_notification " + std::to_string(in.i32()));
  } else if (id == mtproto::id::new_session_created) {
    in.i64();
    in.i64();
    salt_ = in.i64();
  } else if (id == mtproto::id::msgs_ack || id == mtproto::id::pong) {
    return;
  } else if (on_updates) {
    on_updates(body);
  }
}

KeyExchange::KeyExchange(Poller& poller, const std::string& host, int port,
                         const crypto::RsaPublicKey& server_key, Random& random, const Clock& clock)
    : handshake_(server_key, {}, random, clock), socket_(poller, host, port, random) {
  socket_.on_packet = [this](ByteView packet) {
    auto step = handshake_.receive(packet);
    if (!step) give_up("key exchange: " + std::string(step.error().code));
    if (step->new_key) {
      done_ = true;
    } else {
      socket_.send(step->send);
    }
  };
  socket_.send(handshake_.start());
}

}  // namespace heliograph::bench
