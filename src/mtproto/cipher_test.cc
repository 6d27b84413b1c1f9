#include "mtproto/cipher.h"

#include <gtest/gtest.h>

#include <numeric>

#include "base/random.h"
#include "crypto/hash.h"
#include "mtproto/bind_temp_key.h"

namespace heliograph::mtproto {
namespace {

AuthKey make_key(std::uint64_t seed) {
  SeededRandom random(seed);
  AuthKey::Value value;
  random.fill(value);
  return AuthKey(value);
}

class Cipher : public testing::Test {
 protected:
  SeededRandom random{7};
  AuthKey key = make_key(1);
  Bytes data = random.bytes(100);
  Message message{.salt = 1, .session_id = SessionId(2), .msg_id = 3 << 2, .seqno = 5, .data = data};
  Bytes plaintext;

  Bytes sealed(Sender sender = Sender::client) {
    Bytes packet;
    encrypt(key, sender, message, random, packet);
    return packet;
  }
};

TEST_F(Cipher, GoesBackAndForthAtEveryLength) {
  for (std::size_t length = 0; length < 200; length += 4) {
    const auto content = random.bytes(length);
    message.data = content;
    for (const auto sender : {Sender::client, Sender::server}) {
      const auto packet = sealed(sender);
      EXPECT_LE(packet.size(), length + packet_overhead_max);
      EXPECT_EQ(packet_key_id(packet), key.id());
      const auto opened = decrypt(key, sender, packet, plaintext);
      ASSERT_TRUE(opened) << length;
      EXPECT_EQ(opened->salt, message.salt);
      EXPECT_EQ(opened->session_id, message.session_id);
      EXPECT_EQ(opened->msg_id, message.msg_id);
      EXPECT_EQ(opened->seqno, message.seqno);
      EXPECT_EQ(to_bytes(opened->data), content);
    }
  }
}

// Values computed by hand with another tool from the formulas in core.telegram.org/mtproto/description, for
// the key and msg_key 00 01 02 ...
TEST(MessageAes, MatchesAnIndependentCalculation) {
  AuthKey::Value value;
  std::iota(value.begin(), value.end(), std::uint8_t{0});
  Bytes msg_key(16);
  std::iota(msg_key.begin(), msg_key.end(), std::uint8_t{0});
  EXPECT_EQ(to_hex(message_aes(AuthKey(value), Sender::client, msg_key).key),
            "704ed09c8b41668ae8f99d244738f71dbddc44469b6bbd4aa8573dd042bd059e");
}

TEST_F(Cipher, EveryFlippedBitIsNoticed) {
  const auto packet = sealed();
  for (std::size_t bit = 0; bit < packet.size() * 8; ++bit) {
    auto changed = packet;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(decrypt(key, Sender::client, changed, plaintext)) << "bit " << bit;
  }
}

TEST_F(Cipher, CutOrLengthenedPacketsAreRefused) {
  auto packet = sealed();
  for (std::size_t length = 0; length < packet.size(); ++length) {
    EXPECT_FALSE(decrypt(key, Sender::client, ByteView(packet).first(length), plaintext)) << length;
  }
  packet.resize(packet.size() + 16);
  EXPECT_FALSE(decrypt(key, Sender::client, packet, plaintext));
}

TEST_F(Cipher, OtherKeysAndTheOtherDirectionDoNotOpenIt) {
  const auto packet = sealed();
  EXPECT_EQ(decrypt(make_key(2), Sender::client, packet, plaintext).error().code, "MESSAGE_INVALID");
  EXPECT_FALSE(decrypt(key, Sender::server, packet, plaintext)) << "a packet cannot be reflected";
}

// Seals a plaintext of our choosing, fields and padding included, with a right msg_key.
Bytes seal_raw(const AuthKey& key, ByteView plaintext) {
  const auto large = crypto::sha256({key.part(88, 32), plaintext});
  const auto msg_key = ByteView(large).subspan(8, 16);
  const auto aes = message_aes(key, Sender::client, msg_key);
  Bytes packet;
  append_le(packet, key.id().value);
  append(packet, msg_key);
  const auto head = packet.size();
  packet.resize(head + plaintext.size());
  crypto::ige_encrypt(aes.key, aes.iv, plaintext, MutableByteView(packet).subspan(head));
  return packet;
}

TEST_F(Cipher, TheLengthInsideMustLeaveTheRightPadding) {
  const auto with_length = [&](std::size_t total, std::uint32_t length) {
    Bytes raw(total);
    store_le(raw.data() + 28, length);
    return static_cast<bool>(decrypt(key, Sender::client, seal_raw(key, raw), plaintext));
  };
  EXPECT_TRUE(with_length(32 + 64, 52)) << "12 bytes of padding";
  EXPECT_FALSE(with_length(32 + 64, 56)) << "8 bytes";
  EXPECT_FALSE(with_length(32 + 64, 51)) << "not a multiple of four";
  EXPECT_FALSE(with_length(32 + 64, 68)) << "more than there is";
  EXPECT_FALSE(with_length(32 + 64, 0xfffffffc)) << "negative";
  EXPECT_TRUE(with_length(32 + 1024, 0)) << "1024 bytes";
  EXPECT_FALSE(with_length(32 + 1040, 0)) << "1040 bytes";
}

TEST_F(Cipher, QuickAckTokenIsTheStartOfTheSameHash) {
  Bytes raw(32 + 16);
  const auto opened = decrypt(key, Sender::client, seal_raw(key, raw), plaintext);
  ASSERT_TRUE(opened);
  const auto hash = crypto::sha256({key.part(88, 32), raw});
  EXPECT_EQ(opened->quick_ack_token, load_le<std::uint32_t>(hash.data()) | 0x80000000u);
}

TEST(KeyBinding, ProvesThePermanentKey) {
  SeededRandom random(9);
  const auto permanent = make_key(1), temporary = make_key(2);
  const KeyBinding binding{11, temporary.id(), permanent.id(), SessionId(22), 1'700'000'000};
  const auto proof = seal_key_binding(permanent, binding, 44, random);
  const auto opened = open_key_binding(permanent, proof);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->binding, binding);
  EXPECT_EQ(opened->msg_id, 44);

  EXPECT_EQ(open_key_binding(temporary, proof).error().code, "ENCRYPTED_MESSAGE_INVALID");
  for (std::size_t i = 0; i < proof.size() - 8;
       ++i) {  // the last 8 bytes are padding, outside version 1's hash
    auto changed = proof;
    changed[i] ^= 1;
    EXPECT_FALSE(open_key_binding(permanent, changed)) << "byte " << i;
    EXPECT_FALSE(open_key_binding(permanent, ByteView(proof).first(i))) << "cut at " << i;
  }
}

}  // namespace
}  // namespace heliograph::mtproto
