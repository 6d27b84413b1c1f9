// A packet under a fixed key; and, since no fuzzer finds a msg_key, the same bytes as a plaintext with a
// right one.
#include <algorithm>

#include "base/assert.h"
#include "crypto/hash.h"
#include "mtproto/bind_temp_key.h"
#include "mtproto/cipher.h"

using namespace heliograph;
using mtproto::Sender;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const mtproto::AuthKey key{mtproto::AuthKey::Value{}};
  const ByteView input(data, size);
  Bytes plaintext;

  Bytes packet;
  append_le(packet, key.id().value);
  append(packet, input);
  HG_ASSERT(!mtproto::decrypt(key, Sender::client, input, plaintext));
  HG_ASSERT(!mtproto::open_key_binding(key, packet));

  const auto whole = input.first(size / crypto::aes_block * crypto::aes_block);
  const auto large = crypto::sha256({key.part(88, 32), whole});
  const auto msg_key = ByteView(large).subspan(8, 16);
  const auto aes = mtproto::message_aes(key, Sender::client, msg_key);
  packet.resize(8);
  append(packet, msg_key);
  packet.resize(24 + whole.size());
  crypto::ige_encrypt(aes.key, aes.iv, whole, MutableByteView(packet).subspan(24));
  const auto opened = mtproto::decrypt(key, Sender::client, packet, plaintext);
  if (opened) {
    HG_ASSERT(opened->data.size() % 4 == 0 && opened->data.size() + 32 + 12 <= whole.size());
    HG_ASSERT(std::ranges::equal(opened->data, whole.subspan(32, opened->data.size())));
  }
  return 0;
}
