// Encryption of messages, MTProto 2.0 (core.telegram.org/mtproto/description). Pure functions, any thread.
//
//   packet     auth_key_id (8) | msg_key (16) | AES-256-IGE of the plaintext
//   plaintext  salt (8) | session_id (8) | msg_id (8) | seqno (4) | length (4) | data | padding (12..1024)
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/aes.h"
#include "mtproto/auth_key.h"

namespace heliograph::mtproto {

// Whose message it is: the two directions use different parts of the key.
enum class Sender : std::uint8_t { client, server };

struct Message {
  std::int64_t salt = 0;
  SessionId session_id;
  std::int64_t msg_id = 0;
  std::int32_t seqno = 0;
  ByteView data;  // a multiple of four bytes
};

struct DecryptedMessage : Message {
  // What to pass to Transport::write_quick_ack if the packet asked for it.
  std::uint32_t quick_ack_token = 0;
};

// How much longer than its data a packet is, at most.
inline constexpr std::size_t packet_overhead_max = 24 + 32 + 27;

// The key a packet says it is encrypted with; 0 for an unencrypted one (see Handshake). Nothing if too short.
std::optional<AuthKeyId> packet_key_id(ByteView packet);

// Appends the packet to `out`. Adds the least padding that is allowed (12 to 27 bytes).
void encrypt(const AuthKey& key, Sender sender, const Message& message, Random& random, Bytes& out);

// Decrypts into `plaintext`, which is resized to fit (less than the packet); the result's data points into
// it. `packet` begins with the auth_key_id, which the caller used to find `key`. MESSAGE_INVALID whatever is
// wrong: the length, the msg_key (compared in constant time, before anything inside is looked at), or a field
// inside. Salt, session, msg_id and seqno are for the caller to judge.
Result<DecryptedMessage> decrypt(const AuthKey& key, Sender sender, ByteView packet, Bytes& plaintext);

struct AesParameters {
  crypto::AesKey key;
  crypto::IgeIv iv;
};
// `msg_key` is 16 bytes. (For tests.)
AesParameters message_aes(const AuthKey& key, Sender sender, ByteView msg_key);

}  // namespace heliograph::mtproto
