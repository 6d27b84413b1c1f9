// Feeds decrypted messages of a hostile key holder to Sessions, mixed with answers, updates, lost connections
// and passing time. Message ids and salts are made right unless the input asks for wrong ones, so that the
// input gets past the envelope; ids inside containers likewise.
#include <cstdlib>
#include <set>

#include "mtproto/testing/session_client.h"

namespace heliograph::mtproto {
namespace {

void require(bool held) {
  if (!held) std::abort();
}

class Input {
 public:
  explicit Input(ByteView bytes) : rest_(bytes) {}
  bool empty() const { return rest_.empty(); }
  std::uint8_t u8() {
    if (rest_.empty()) return 0;
    const auto value = rest_[0];
    rest_ = rest_.subspan(1);
    return value;
  }
  std::size_t u16() {
    const std::size_t low = u8();
    return low | static_cast<std::size_t>(u8()) << 8;
  }
  Bytes take(std::size_t size) {
    const auto out = to_bytes(rest_.first(std::min(size, rest_.size())));
    rest_ = rest_.subspan(out.size());
    return out;
  }

 private:
  ByteView rest_;
};

class Run {
 public:
  void step(Input& in) {
    switch (in.u8() & 7) {
      case 0:
      case 1:
      case 2:
        return receive(in);
      case 3: {
        const auto which = in.u8();
        if (running_.empty()) return;
        auto at = running_.begin();
        std::advance(at, which % running_.size());
        sessions_.reply(at->first, at->second, Bytes(in.u16() / 4 * 4, in.u8()));
        running_.erase(at);
        return flush();
      }
      case 4:
        sessions_.push(SessionId(in.u8() & 3), Bytes(4 + in.u8() * 4));
        return;
      case 5: {
        const auto which = in.u8();
        if (which >= 240) {
          sessions_.close(SessionId(which & 3), out_);
          return flush();
        }
        return sessions_.connection_closed(ConnectionId(1 + (which & 3)));
      }
      case 6:
        clock_.advance(std::chrono::milliseconds(in.u16() * 10));
        return;
      default:
        return flush();
    }
  }

  void flush() {
    std::vector<OutgoingMessage> messages;
    sessions_.flush(out_, messages);
    for (const auto& message : messages) {
      require(message.msg_id > last_ && (message.msg_id & 1) == 1);
      last_ = message.msg_id;
      require(!message.body.empty() && message.body.size() % 4 == 0);
      const auto parts = SessionClient::take_apart(message);
      require(!parts.empty());
      for (const auto& part : parts) known_ids_.push_back(part.msg_id);
    }
    for (const auto& event : out_.events) {
      if (const auto* request = std::get_if<RequestReceived>(&event)) {
        require(running_.insert({request->session, request->msg_id}).second);
        require(request->body.size() >= 4 && request->body.size() % 4 == 0);
      } else if (const auto* dropped = std::get_if<RequestDropped>(&event)) {
        require(running_.erase({dropped->session, dropped->msg_id}) == 1);
      } else if (const auto* closed = std::get_if<SessionClosed>(&event)) {
        std::erase_if(running_, [&](const auto& each) { return each.first == closed->session; });
      } else if (const auto* destroy = std::get_if<KeyDestroyAsked>(&event)) {
        sessions_.answer_destroy_key(destroy->session, destroy->msg_id, KeyDestroyed::failed);
      }
    }
    out_ = {};
    // A timer that is due again at once would spin.
    std::vector<OutgoingMessage> rest;
    sessions_.flush(out_, rest);
    require(out_.events.empty() && sessions_.next_deadline() > clock_.monotonic());
    require(sessions_.memory_bytes() < limits_.kept_bytes_per_key_max + (4 << 20));
  }

 private:
  static SessionLimits small() {
    SessionLimits limits;
    limits.sessions_max = 3;
    limits.connections_max = 2;
    limits.running_max = 8;
    limits.kept_messages_max = 16;
    limits.seen_max = 16;
    limits.kept_bytes_max = 64 << 10;
    limits.kept_bytes_per_key_max = 128 << 10;
    limits.inflated_bytes_max = 64 << 10;
    limits.inflated_bytes_per_packet_max = 128 << 10;
    return limits;
  }

  std::int64_t fresh_id() {
    id_ = std::max(id_ + 4, msg_id_at(clock_.wall()));
    return id_;
  }

  // Gives the messages of a container ids that may stand there, and list entries ids that exist.
  void mend(Bytes& body, bool repeat) {
    if (body.size() < 8) return;
    const auto constructor = load_le<std::uint32_t>(body.data());
    if (constructor == id::msg_container) {
      std::size_t at = 8;
      while (at + 16 <= body.size()) {
        if (!repeat) store_le(body.data() + at, fresh_id());
        at += 16 + std::min<std::size_t>(load_le<std::uint32_t>(body.data() + at + 12), body.size());
      }
    }
    if (known_ids_.empty()) return;
    for (std::size_t at = 4; at + 8 <= body.size(); at += 4) {
      const auto value = load_le<std::uint64_t>(body.data() + at);
      if (value < 256) store_le(body.data() + at, known_ids_[value % known_ids_.size()]);
    }
  }

  void receive(Input& in) {
    const auto where = in.u8();
    const auto flags = in.u8();
    auto body = in.take(in.u16());
    mend(body, (flags & 1) != 0);
    Message message{.session_id = SessionId(where & 3), .data = body};
    message.msg_id = (flags & 2) != 0 ? id_ - (flags & 4) * 4 : fresh_id();
    if ((flags & 8) != 0) message.msg_id += static_cast<std::int64_t>(in.u8()) - 128;
    if ((flags & 16) != 0) message.msg_id += (static_cast<std::int64_t>(in.u8()) - 128) << 34;
    message.seqno = static_cast<std::int32_t>((flags & 32) != 0 ? in.u8() : content_++ * 2 + 1);
    if (body.size() >= 4 && load_le<std::uint32_t>(body.data()) == id::msg_container) message.seqno &= ~1;
    message.salt = salts_.salt(key_, clock_.unix_seconds() / salt_window_s) + ((flags & 64) != 0 ? 1 : 0);
    known_ids_.push_back(message.msg_id);
    const auto status = sessions_.receive(ConnectionId(1 + (where >> 2 & 3)), message, out_);
    if (!status) require(status.error().code == "MTPROTO_MESSAGE_INVALID");
    if ((flags & 128) == 0) flush();
  }

  SessionLimits limits_ = small();
  ManualClock clock_;
  SeededRandom random_{1};
  AuthKeyId key_{1};
  SaltSource salts_{crypto::SecretKey()};
  Sessions sessions_{salts_, key_, clock_, random_, limits_};
  Sessions::Output out_;
  std::set<std::pair<SessionId, std::int64_t>> running_;
  std::vector<std::int64_t> known_ids_;
  std::int64_t id_ = 0;
  std::int64_t last_ = 0;
  std::uint32_t content_ = 0;
};

}  // namespace
}  // namespace heliograph::mtproto

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace heliograph::mtproto;
  Run run;
  Input in({data, size});
  while (!in.empty()) run.step(in);
  run.flush();
  return 0;
}
