// Sessions with the encryption around them, and what a packet for the wrong key does.
#include "mtproto/endpoint.h"

#include "mtproto/testing/session_fixture.h"

namespace heliograph::mtproto {
namespace {

AuthKey some_key(std::uint64_t seed) {
  AuthKey::Value bytes;
  SeededRandom(seed).fill(bytes);
  return AuthKey(bytes);
}

struct EndpointTest : ::testing::Test {
  Bytes packet(const Sent& sent) {
    Bytes out_bytes;
    encrypt(key, Sender::client, client.envelope(sent), random, out_bytes);
    return out_bytes;
  }
  std::vector<Got> flush() {
    endpoint.flush(out);
    std::vector<Got> got;
    for (const auto& each : out.packets) {
      Bytes plain;
      const auto message = decrypt(key, Sender::server, each.bytes, plain);
      EXPECT_TRUE(message);
      EXPECT_EQ(message->session_id, SessionId(client.session_id));
      for (auto& part :
           SessionClient::take_apart({each.connection, message->salt, message->session_id, message->msg_id,
                                      message->seqno, to_bytes(message->data)})) {
        got.push_back(std::move(part));
      }
    }
    out.packets.clear();
    return got;
  }

  SessionLimits limits;
  ManualClock clock;
  SeededRandom random{1};
  AuthKey key = some_key(1);
  SaltSource salts{crypto::SecretKey()};
  Endpoint endpoint{key, salts, clock, random, limits, 4242};
  SessionClient client{clock, 9, 4242};
  Endpoint::Output out;
};

TEST_F(EndpointTest, ARequestThereAndBack) {
  const auto sent = client.message(rpc(5));
  const auto token = endpoint.receive(first_connection, packet(sent), out);
  ASSERT_TRUE(token);
  EXPECT_NE(*token & 0x80000000, 0u) << "quick ack tokens have the top bit set";
  ASSERT_EQ(out.events.size(), 2u);
  endpoint.reply(SessionId(9), sent.msg_id, rpc(6));
  const auto got = flush();
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[0].constructor(), id::new_session_created);
  EXPECT_EQ(read_answer(got[1]).result, rpc(6));
}

TEST_F(EndpointTest, WhatIsNotEncryptedWithTheKeyIsAnError) {
  auto bytes = packet(client.message(rpc(5)));
  for (std::size_t at = 8; at < bytes.size(); ++at) {
    bytes[at] ^= 1;
    EXPECT_EQ(endpoint.receive(first_connection, bytes, out).error().code, "MESSAGE_INVALID");
    bytes[at] ^= 1;
  }
  EXPECT_TRUE(out.events.empty());
  EXPECT_TRUE(endpoint.receive(first_connection, bytes, out));
}

TEST_F(EndpointTest, IsSmallWithOneIdleSession) {
  endpoint.receive(first_connection, packet(client.ping()), out).value();
  std::vector<std::int64_t> ids;
  for (const auto& each : flush()) ids.push_back(each.msg_id);
  endpoint.receive(first_connection, packet(client.acks(ids)), out).value();
  flush();
  EXPECT_LT(endpoint.memory_bytes(), 1200u);
}

}  // namespace
}  // namespace heliograph::mtproto
