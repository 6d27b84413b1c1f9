#include "mtproto/handshake.h"

#include <gtest/gtest.h>

#include <set>

#include "crypto/dh.h"
#include "mtproto/testing/client_handshake.h"

namespace heliograph::mtproto {
namespace {

const std::vector<crypto::RsaKey>& keys() {
  static const auto generated = [] {
    std::vector<crypto::RsaKey> made;
    made.push_back(crypto::RsaKey::generate());
    made.push_back(crypto::RsaKey::generate());
    return made;
  }();
  return generated;
}

class HandshakeTest : public ::testing::Test {
 protected:
  SeededRandom random{1};
  ManualClock clock;
  Handshake::Setup setup{keys(), &random, &clock, {}};
  Handshake server{setup};
  ClientHandshake client{keys()[0].public_key(), {}, random, clock};

  struct Outcome {
    std::optional<NewKey> server_key, client_key;
    std::string_view server_error, client_error;
    std::vector<Bytes> requests;
    std::int32_t server_time = 0;
  };
  // Lets the two talk until one is content or complains.
  Outcome run(ClientHandshake& with) {
    Outcome outcome;
    Bytes request = with.start();
    while (!request.empty()) {
      outcome.requests.push_back(request);
      auto reply = server.receive(request);
      if (!reply) {
        outcome.server_error = reply.error().code;
        return outcome;
      }
      if (reply->new_key) outcome.server_key = reply->new_key;
      auto step = with.receive(reply->message);
      if (!step) {
        outcome.client_error = step.error().code;
        return outcome;
      }
      if (step->new_key) outcome.client_key = step->new_key;
      outcome.server_time = step->server_time;
      request = step->send;
    }
    return outcome;
  }
  void expect_agreement(const Outcome& outcome) {
    ASSERT_TRUE(outcome.server_key && outcome.client_key) << outcome.server_error << outcome.client_error;
    EXPECT_EQ(outcome.server_key->key.bytes(), outcome.client_key->key.bytes());
    EXPECT_EQ(outcome.server_key->server_salt, outcome.client_key->server_salt);
    EXPECT_EQ(outcome.server_key->expires_in, outcome.client_key->expires_in);
  }
};

TEST_F(HandshakeTest, ClientAndServerAgreeOnAKey) {
  const auto outcome = run(client);
  expect_agreement(outcome);
  EXPECT_EQ(outcome.server_time, clock.unix_seconds());
  EXPECT_EQ(outcome.server_key->expires_in, std::nullopt);
}

TEST_F(HandshakeTest, EveryKindOfClientIsServed) {
  std::set<AuthKeyId> ids;
  for (const auto& key : keys()) {
    for (const bool multi : {false, true}) {
      for (const bool legacy : {false, true}) {
        for (const std::optional<std::int32_t> dc : {std::optional<std::int32_t>(), {2}, {-2}, {10002}}) {
          for (const std::optional<std::int32_t> expires : {std::optional<std::int32_t>(), {86400}}) {
            ClientHandshake one(key.public_key(), {multi, legacy, dc, expires}, random, clock);
            const auto outcome = run(one);  // all on one connection
            expect_agreement(outcome);
            EXPECT_EQ(outcome.server_key->expires_in, expires);
            ids.insert(outcome.server_key->key.id());
          }
        }
      }
    }
  }
  EXPECT_EQ(ids.size(), 64u);
}

TEST_F(HandshakeTest, ServerMessageIdsGrowAndAnswer) {
  std::int64_t last = 0;
  Bytes request = client.start();
  while (!request.empty()) {
    const auto reply = server.receive(request);
    const auto msg_id = load_le<std::int64_t>(reply->message.data() + 8);
    EXPECT_EQ(msg_id % 4, 1);
    EXPECT_GT(msg_id, last);
    EXPECT_EQ(msg_id >> 32, clock.unix_seconds());
    last = msg_id;
    request = client.receive(reply->message)->send;
  }
}

TEST_F(HandshakeTest, ARepeatedRequestIsAnsweredAsBefore) {
  Bytes request = client.start();
  while (!request.empty()) {
    const auto reply = server.receive(request);
    ASSERT_TRUE(reply);
    const auto again = server.receive(request);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->new_key);
    const auto body = [](const Bytes& message) { return Bytes(message.begin() + 16, message.end()); };
    EXPECT_EQ(body(again->message), body(reply->message));
    request = client.receive(again->message)->send;
  }
}

TEST_F(HandshakeTest, ATakenKeyIdIsTriedAgain) {
  std::vector<AuthKeyId> refused;
  setup.key_taken = [&](AuthKeyId id) {
    if (refused.size() == 2) return false;
    refused.push_back(id);
    return true;
  };
  const auto outcome = run(client);
  expect_agreement(outcome);
  EXPECT_EQ(refused.size(), 2u);
  EXPECT_EQ(outcome.requests.size(), 5u);
}

TEST_F(HandshakeTest, TryingAgainComesToAnEnd) {
  setup.key_taken = [](AuthKeyId) { return true; };
  EXPECT_EQ(run(client).client_error, "DH_FAILED");
}

TEST_F(HandshakeTest, InconsistentInnerDataIsAnsweredWithFail) {
  const std::function<void(PqInner&)> changes[] = {
      [](PqInner& inner) { inner.pq += 2; },        [](PqInner& inner) { std::swap(inner.p, inner.q); },
      [](PqInner& inner) { inner.nonce[0] ^= 1; },  [](PqInner& inner) { inner.server_nonce[0] ^= 1; },
      [](PqInner& inner) { inner.expires_in = 0; }, [](PqInner& inner) { inner.expires_in = -1; },
  };
  for (const auto& change : changes) {
    client.change_pq_inner = change;
    EXPECT_EQ(run(client).client_error, "DH_FAILED");
  }
  client.change_pq_inner = nullptr;
  expect_agreement(run(client));
}

TEST_F(HandshakeTest, AWeakPublicValueFails) {
  for (const auto& value : {crypto::DhNumber{}, crypto::dh_prime()}) {
    client.change_g_b = [&](crypto::DhNumber& g_b) { g_b = value; };
    const auto outcome = run(client);
    EXPECT_FALSE(outcome.server_key);
    EXPECT_EQ(outcome.client_error, "DH_FAILED");
  }
}

TEST_F(HandshakeTest, AClientOfAnotherServerFindsNoKey) {
  const auto other = crypto::RsaKey::generate();
  ClientHandshake stranger(other.public_key(), {}, random, clock);
  EXPECT_EQ(run(stranger).client_error, "KEY_UNKNOWN");
}

// Flips each bit of each request in turn; whatever comes of it, no key is agreed on and nothing crashes.
TEST_F(HandshakeTest, AChangedRequestNeverGivesAKey) {
  for (std::size_t stage = 0; stage < 3; ++stage) {
    const std::size_t step = stage == 0 ? 1 : 37;  // bits; the later requests cost a private operation each
    for (std::size_t bit = 20 * 8;; bit += step) {
      Handshake fresh(setup);
      ClientHandshake one(keys()[0].public_key(), {}, random, clock);
      Bytes request = one.start();
      for (std::size_t i = 0; i < stage; ++i) request = one.receive(fresh.receive(request)->message)->send;
      if (bit >= request.size() * 8) break;
      const auto byte = bit / 8;
      const bool string_padding = stage == 1 && ((byte >= 61 && byte < 64) || (byte >= 69 && byte < 72));
      if (string_padding) continue;  // after p and q: has no meaning
      request[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
      const auto reply = fresh.receive(request);
      if (!reply) continue;
      EXPECT_FALSE(reply->new_key) << "stage " << stage << " bit " << bit;
      EXPECT_FALSE(one.receive(reply->message) && stage > 0) << "stage " << stage << " bit " << bit;
    }
  }
}

TEST_F(HandshakeTest, StepsOutOfOrderAreRefused) {
  const auto outcome = run(client);
  Handshake fresh(setup);
  EXPECT_EQ(fresh.receive(outcome.requests[1]).error().code, "HANDSHAKE_INVALID");
  EXPECT_EQ(fresh.receive(outcome.requests[2]).error().code, "HANDSHAKE_INVALID");
  EXPECT_TRUE(fresh.receive(outcome.requests[0]));
  EXPECT_FALSE(fresh.receive(outcome.requests[1])) << "the server's nonce is another";
}

TEST_F(HandshakeTest, TheEnvelopeIsChecked) {
  const auto request = client.start();
  EXPECT_TRUE(Handshake::is_unencrypted(request));
  for (std::size_t length = 0; length < request.size(); ++length) {
    EXPECT_FALSE(server.receive(ByteView(request).first(length))) << length;
  }
  auto changed = request;
  changed[0] = 1;
  EXPECT_FALSE(Handshake::is_unencrypted(changed));
  EXPECT_FALSE(server.receive(changed));
  changed = request;
  changed[8] |= 1;
  EXPECT_FALSE(server.receive(changed)) << "a msg_id that no client has";
  changed = request;
  changed.resize(request.size() + 15);
  EXPECT_TRUE(server.receive(changed)) << "padding of the transport";
  changed.resize(request.size() + 16);
  EXPECT_FALSE(server.receive(changed));
  changed = request;
  store_le(changed.data() + 20, 0xabcdef01u);
  EXPECT_FALSE(server.receive(changed)) << "an unknown request";
}

}  // namespace
}  // namespace heliograph::mtproto
