#include "mtproto/bind_temp_key.h"

#include <algorithm>

#include "crypto/aes.h"
#include "crypto/hash.h"
#include "crypto/secret.h"
#include "mtproto/cipher.h"
#include "mtproto/wire.h"

namespace heliograph::mtproto {
namespace {

constexpr std::uint32_t bind_auth_key_inner_id = 0x75a3f765;
constexpr std::size_t inner_size = 40;
constexpr std::size_t fields = 32;       // 16 random bytes, msg_id, seqno, length
constexpr std::size_t sealed_size = 80;  // fields and inner data, up to whole blocks
constexpr std::size_t packet_size = 8 + 16 + sealed_size;

// core.telegram.org/mtproto/description_v1#defining-aes-key-and-initialization-vector, client to server.
AesParameters aes_of_version_1(const AuthKey& key, ByteView msg_key) {
  const auto a = crypto::sha1({msg_key, key.part(0, 32)});
  const auto b = crypto::sha1({key.part(32, 16), msg_key, key.part(48, 16)});
  const auto c = crypto::sha1({key.part(64, 32), msg_key});
  const auto d = crypto::sha1({msg_key, key.part(96, 32)});
  AesParameters aes;
  auto to = aes.key.begin();
  to = std::copy_n(a.begin(), 8, to);
  to = std::copy_n(b.begin() + 8, 12, to);
  std::copy_n(c.begin() + 4, 12, to);
  to = aes.iv.begin();
  to = std::copy_n(a.begin() + 8, 12, to);
  to = std::copy_n(b.begin(), 8, to);
  to = std::copy_n(c.begin() + 16, 4, to);
  std::copy_n(d.begin(), 8, to);
  return aes;
}

std::unexpected<Error> invalid() {
  return fail(Error::invalid("ENCRYPTED_MESSAGE_INVALID", "The proof was not made with the permanent key."));
}

}  // namespace

Result<OpenedKeyBinding> open_key_binding(const AuthKey& permanent_key, ByteView encrypted_message) {
  if (encrypted_message.size() != packet_size || packet_key_id(encrypted_message) != permanent_key.id()) {
    return invalid();
  }
  const auto msg_key = encrypted_message.subspan(8, 16);
  const auto aes = aes_of_version_1(permanent_key, msg_key);
  std::array<std::uint8_t, sealed_size> plaintext;
  crypto::ige_decrypt(aes.key, aes.iv, encrypted_message.subspan(24), plaintext);
  // Version 1 leaves the padding out of the hash.
  const auto digest = crypto::sha1(ByteView(plaintext).first(fields + inner_size));
  if (!crypto::equal_constant_time(ByteView(digest).subspan(4), msg_key)) return invalid();

  WireReader reader(ByteView(plaintext).subspan(16));
  OpenedKeyBinding opened;
  opened.msg_id = reader.i64();
  reader.i32();  // seqno
  if (reader.u32() != inner_size || reader.u32() != bind_auth_key_inner_id) return invalid();
  KeyBinding& found = opened.binding;
  found.nonce = reader.i64();
  found.temporary_key_id = AuthKeyId(reader.i64());
  found.permanent_key_id = AuthKeyId(reader.i64());
  found.session_id = SessionId(reader.i64());
  found.expires_at = reader.i32();
  return opened;
}

Bytes seal_key_binding(const AuthKey& permanent_key, const KeyBinding& binding, std::int64_t msg_id,
                       Random& random) {
  WireWriter writer;
  writer.raw(random.bytes(16)).i64(msg_id).i32(0).u32(inner_size);
  writer.u32(bind_auth_key_inner_id).i64(binding.nonce);
  writer.i64(binding.temporary_key_id.value).i64(binding.permanent_key_id.value);
  writer.i64(binding.session_id.value).i32(binding.expires_at);
  auto plaintext = writer.take();
  const auto digest = crypto::sha1(plaintext);
  const auto msg_key = ByteView(digest).subspan(4);
  append(plaintext, random.bytes(sealed_size - plaintext.size()));
  const auto aes = aes_of_version_1(permanent_key, msg_key);
  crypto::ige_encrypt(aes.key, aes.iv, plaintext, plaintext);
  WireWriter packet;
  packet.i64(permanent_key.id().value).raw(msg_key).raw(plaintext);
  return packet.take();
}

}  // namespace heliograph::mtproto
