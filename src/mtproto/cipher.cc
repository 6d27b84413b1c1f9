#include "mtproto/cipher.h"

#include <algorithm>

#include "base/assert.h"
#include "crypto/hash.h"
#include "crypto/secret.h"

namespace heliograph::mtproto {
namespace {

constexpr std::size_t head = 8 + 16;  // auth_key_id, msg_key
constexpr std::size_t fields = 32;    // salt .. length
constexpr std::size_t padding_min = 12, padding_max = 1024;

std::size_t offset_of(Sender sender) {
  return sender == Sender::client ? 0 : 8;
}

// SHA-256 over part of the key and the padded plaintext; its middle is the msg_key.
crypto::Sha256Digest msg_key_large(const AuthKey& key, Sender sender, ByteView plaintext) {
  return crypto::sha256({key.part(88 + offset_of(sender), 32), plaintext});
}

ByteView middle(const crypto::Sha256Digest& large) {
  return ByteView(large).subspan(8, 16);
}

std::unexpected<Error> invalid() {
  return fail(Error::invalid("MESSAGE_INVALID"));
}

}  // namespace

AesParameters message_aes(const AuthKey& key, Sender sender, ByteView msg_key) {
  const auto x = offset_of(sender);
  const auto a = crypto::sha256({msg_key, key.part(x, 36)});
  const auto b = crypto::sha256({key.part(40 + x, 36), msg_key});
  AesParameters aes;
  std::copy_n(a.begin(), 8, aes.key.begin());
  std::copy_n(b.begin() + 8, 16, aes.key.begin() + 8);
  std::copy_n(a.begin() + 24, 8, aes.key.begin() + 24);
  std::copy_n(b.begin(), 8, aes.iv.begin());
  std::copy_n(a.begin() + 8, 16, aes.iv.begin() + 8);
  std::copy_n(b.begin() + 24, 8, aes.iv.begin() + 24);
  return aes;
}

std::optional<AuthKeyId> packet_key_id(ByteView packet) {
  if (packet.size() < 8) return std::nullopt;
  return AuthKeyId(load_le<std::int64_t>(packet.data()));
}

void encrypt(const AuthKey& key, Sender sender, const Message& message, Random& random, Bytes& out) {
  const auto length = message.data.size();
  HG_ASSERT(length % 4 == 0);
  const auto inner =
      (fields + length + padding_min + crypto::aes_block - 1) / crypto::aes_block * crypto::aes_block;
  const auto start = out.size();
  out.resize(start + head + inner);
  auto* at = out.data() + start + head;
  const MutableByteView plaintext(at, inner);
  store_le(at, message.salt);
  store_le(at + 8, message.session_id.value);
  store_le(at + 16, message.msg_id);
  store_le(at + 24, message.seqno);
  store_le(at + 28, static_cast<std::int32_t>(length));
  std::copy(message.data.begin(), message.data.end(), at + fields);
  random.fill(plaintext.subspan(fields + length));

  const auto large = msg_key_large(key, sender, plaintext);
  store_le(out.data() + start, key.id().value);
  std::copy_n(middle(large).begin(), 16, out.data() + start + 8);
  const auto aes = message_aes(key, sender, middle(large));
  crypto::ige_encrypt(aes.key, aes.iv, plaintext, plaintext);
}

Result<DecryptedMessage> decrypt(const AuthKey& key, Sender sender, ByteView packet, Bytes& plaintext) {
  if (packet.size() < head + fields + crypto::aes_block) return invalid();
  const auto sealed = packet.subspan(head);
  if (sealed.size() % crypto::aes_block != 0 || packet_key_id(packet) != key.id()) return invalid();
  const auto msg_key = packet.subspan(8, 16);
  const auto aes = message_aes(key, sender, msg_key);
  plaintext.resize(sealed.size());
  crypto::ige_decrypt(aes.key, aes.iv, sealed, plaintext);

  const auto large = msg_key_large(key, sender, plaintext);
  if (!crypto::equal_constant_time(middle(large), msg_key)) return invalid();

  const auto* at = plaintext.data();
  DecryptedMessage message;
  message.salt = load_le<std::int64_t>(at);
  message.session_id = SessionId(load_le<std::int64_t>(at + 8));
  message.msg_id = load_le<std::int64_t>(at + 16);
  message.seqno = load_le<std::int32_t>(at + 24);
  const std::size_t length = load_le<std::uint32_t>(at + 28);
  const auto room = plaintext.size() - fields;
  if (length % 4 != 0 || length > room) return invalid();
  if (room - length < padding_min || room - length > padding_max) return invalid();
  message.data = ByteView(plaintext).subspan(fields, length);
  message.quick_ack_token = load_le<std::uint32_t>(large.data()) | 0x80000000u;
  return message;
}

}  // namespace heliograph::mtproto
