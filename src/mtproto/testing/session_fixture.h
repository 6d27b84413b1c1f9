// A server's Sessions and what comes out of them, for tests.
#pragma once

#include <gtest/gtest.h>

#include "mtproto/testing/session_client.h"

namespace heliograph::mtproto {

inline constexpr ConnectionId first_connection{1};
inline constexpr ConnectionId second_connection{2};

class SessionFixture : public ::testing::Test {
 protected:
  explicit SessionFixture(const SessionLimits& with = {}) : limits(with) {}

  // Hands the message over and flushes.
  std::vector<Got> send(SessionClient& from, const Sent& sent, ConnectionId connection = first_connection) {
    const auto status = sessions.receive(connection, from.envelope(sent), out);
    EXPECT_TRUE(status) << (status ? "" : status.error().code);
    return flush();
  }
  std::vector<Got> send(const Sent& sent, ConnectionId connection = first_connection) {
    return send(client, sent, connection);
  }
  std::vector<Got> flush() {
    std::vector<OutgoingMessage> messages;
    sessions.flush(out, messages);
    std::vector<Got> got;
    for (const auto& message : messages) {
      EXPECT_EQ(message.salt, client.salt_now(salts_source, key, clock.unix_seconds()));
      EXPECT_GT(message.msg_id, last_packet) << "ids of packets rise";
      last_packet = message.msg_id;
      for (auto& each : SessionClient::take_apart(message)) got.push_back(std::move(each));
    }
    return got;
  }
  // A session that exists and owes nothing.
  void open() {
    const auto got = send(client.ping());
    for (const auto& each : got) {
      if (each.constructor() == id::new_session_created) send(client.acks({each.msg_id}));
    }
    out = {};
  }
  // Sends a request and returns it; the events hold it.
  Sent request(Bytes body = rpc()) {
    auto sent = client.message(std::move(body));
    send(sent);
    return sent;
  }
  template <typename Event>
  std::vector<Event> events() const {
    std::vector<Event> found;
    for (const auto& event : out.events) {
      if (const auto* match = std::get_if<Event>(&event)) found.push_back(*match);
    }
    return found;
  }
  std::vector<Got> reply(const Sent& to, Bytes result) {
    sessions.reply(session(), to.msg_id, std::move(result));
    return flush();
  }
  SessionId session() const { return SessionId(client.session_id); }

  SessionLimits limits;
  ManualClock clock{1'700'000'100};
  SeededRandom random{1};
  AuthKeyId key{77};
  SaltSource salts_source{crypto::SecretKey()};
  Sessions sessions{salts_source, key, clock, random, limits};
  SessionClient client{clock, 0x5e5510, salts_source.salt(key, clock.unix_seconds() / salt_window_s)};
  Sessions::Output out;
  std::int64_t last_packet = 0;
};

// The messages with this constructor.
inline std::vector<Got> only(const std::vector<Got>& got, std::uint32_t constructor) {
  std::vector<Got> out;
  for (const auto& each : got) {
    if (each.constructor() == constructor) out.push_back(each);
  }
  return out;
}

}  // namespace heliograph::mtproto
