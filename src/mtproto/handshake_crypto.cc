#include "mtproto/handshake_crypto.h"

#include <algorithm>

#include "base/assert.h"
#include "crypto/hash.h"
#include "crypto/secret.h"
#include "mtproto/wire.h"

namespace heliograph::mtproto {
namespace {

Nonce last_16(const crypto::Sha1Digest& digest) {
  Nonce out;
  std::copy(digest.begin() + 4, digest.end(), out.begin());
  return out;
}

template <std::size_t size>
std::array<std::uint8_t, size> read_array(WireReader& reader) {
  std::array<std::uint8_t, size> out{};
  const auto from = reader.raw(size);
  std::copy(from.begin(), from.end(), out.begin());
  return out;
}

}  // namespace

AesParameters temporary_aes(const NewNonce& new_nonce, const Nonce& server_nonce) {
  const auto a = crypto::sha1({new_nonce, server_nonce});
  const auto b = crypto::sha1({server_nonce, new_nonce});
  const auto c = crypto::sha1({new_nonce, new_nonce});
  AesParameters aes;
  std::copy_n(b.begin(), 12, std::copy(a.begin(), a.end(), aes.key.begin()));
  auto to = std::copy_n(b.begin() + 12, 8, aes.iv.begin());
  to = std::copy(c.begin(), c.end(), to);
  std::copy_n(new_nonce.begin(), 4, to);
  return aes;
}

Nonce new_nonce_hash(const NewNonce& new_nonce, std::uint8_t number, const AuthKey& key) {
  std::uint8_t tail[9] = {number};
  store_le(tail + 1, key.aux_hash());
  return last_16(crypto::sha1({new_nonce, tail}));
}

Nonce new_nonce_hash_without_key(const NewNonce& new_nonce) {
  return last_16(crypto::sha1(new_nonce));
}

std::int64_t first_server_salt(const NewNonce& new_nonce, const Nonce& server_nonce) {
  return load_le<std::int64_t>(new_nonce.data()) ^ load_le<std::int64_t>(server_nonce.data());
}

Bytes seal_inner(const AesParameters& aes, ByteView data, Random& random) {
  const auto digest = crypto::sha1(data);
  Bytes sealed(digest.begin(), digest.end());
  append(sealed, data);
  append(sealed, random.bytes((crypto::aes_block - sealed.size() % crypto::aes_block) % crypto::aes_block));
  crypto::ige_encrypt(aes.key, aes.iv, sealed, sealed);
  return sealed;
}

std::optional<OpenedInner> OpenedInner::open(const AesParameters& aes, ByteView sealed) {
  if (sealed.size() < 32 || sealed.size() % crypto::aes_block != 0) return std::nullopt;
  Bytes plaintext(sealed.size());
  crypto::ige_decrypt(aes.key, aes.iv, sealed, plaintext);
  return OpenedInner(std::move(plaintext));
}

bool OpenedInner::hash_matches(std::size_t data_size) const {
  if (data_size > data().size() || data().size() - data_size >= crypto::aes_block) return false;
  return crypto::equal_constant_time(crypto::sha1(data().first(data_size)), ByteView(plaintext_).first(20));
}

crypto::RsaBlock rsa_pad(ByteView data, const crypto::RsaPublicKey& key, Random& random) {
  constexpr std::size_t padded_size = 192;
  HG_ASSERT(data.size() <= 144);
  auto padded = to_bytes(data);
  append(padded, random.bytes(padded_size - padded.size()));
  for (;;) {
    crypto::AesKey temporary;
    random.fill(temporary);
    Bytes with_hash(padded.rbegin(), padded.rend());
    const auto hash = crypto::sha256({temporary, padded});
    append(with_hash, hash);
    crypto::ige_encrypt(temporary, crypto::IgeIv{}, with_hash, with_hash);
    const auto mask = crypto::sha256(with_hash);
    crypto::RsaBlock block;
    for (std::size_t i = 0; i < mask.size(); ++i) block[i] = temporary[i] ^ mask[i];
    std::copy(with_hash.begin(), with_hash.end(), block.begin() + mask.size());
    if (auto encrypted = key.encrypt_raw(block)) return *encrypted;  // else it was not below the modulus
  }
}

std::optional<Bytes> rsa_unpad(const crypto::RsaBlock& decrypted) {
  const auto sealed = ByteView(decrypted).subspan(32);
  const auto mask = crypto::sha256(sealed);
  crypto::AesKey temporary;
  for (std::size_t i = 0; i < mask.size(); ++i) temporary[i] = decrypted[i] ^ mask[i];
  Bytes padded(sealed.size());
  crypto::ige_decrypt(temporary, crypto::IgeIv{}, sealed, padded);
  const Bytes hash(padded.end() - 32, padded.end());
  padded.resize(padded.size() - 32);
  std::ranges::reverse(padded);
  if (!crypto::equal_constant_time(crypto::sha256({temporary, padded}), hash)) return std::nullopt;
  return padded;
}

crypto::RsaBlock rsa_pad_legacy(ByteView data, const crypto::RsaPublicKey& key, Random& random) {
  HG_ASSERT(data.size() <= 235);
  const auto hash = crypto::sha1(data);
  crypto::RsaBlock block;
  random.fill(block);
  block[0] = 0;
  std::copy(data.begin(), data.end(), std::copy(hash.begin(), hash.end(), block.begin() + 1));
  return *key.encrypt_raw(block);  // with a leading zero it is below any 2048-bit modulus
}

std::optional<PqInner::Read> PqInner::read(ByteView bytes) {
  WireReader reader(bytes);
  const auto id = reader.u32();
  PqInner inner;
  const auto pq = number_from(reader.bytes()), p = number_from(reader.bytes()),
             q = number_from(reader.bytes());
  inner.nonce = read_array<16>(reader);
  inner.server_nonce = read_array<16>(reader);
  inner.new_nonce = read_array<32>(reader);
  const bool has_dc = id == handshake_ids::p_q_inner_data_dc || id == handshake_ids::p_q_inner_data_temp_dc;
  const bool temporary =
      id == handshake_ids::p_q_inner_data_temp || id == handshake_ids::p_q_inner_data_temp_dc;
  if (has_dc) inner.dc = reader.i32();
  if (temporary) inner.expires_in = reader.i32();
  if (reader.failed() || !(has_dc || temporary || id == handshake_ids::p_q_inner_data)) return std::nullopt;
  if (!pq || !p || !q) return std::nullopt;
  inner.pq = *pq;
  inner.p = *p;
  inner.q = *q;
  return Read{inner, bytes.size() - reader.rest().size()};
}

std::optional<PqInner> PqInner::from_block(const crypto::RsaBlock& decrypted) {
  if (const auto data = rsa_unpad(decrypted)) {
    const auto found = read(*data);
    if (!found) return std::nullopt;
    return found->inner;
  }
  const auto data = ByteView(decrypted).subspan(1 + 20);
  const auto found = read(data);
  if (!found || decrypted[0] != 0) return std::nullopt;
  const auto hash = crypto::sha1(data.first(found->size));
  if (!crypto::equal_constant_time(hash, ByteView(decrypted).subspan(1, 20))) return std::nullopt;
  return found->inner;
}

Bytes PqInner::write() const {
  using namespace handshake_ids;
  WireWriter writer;
  writer.u32(dc ? (expires_in ? p_q_inner_data_temp_dc : p_q_inner_data_dc)
                : (expires_in ? p_q_inner_data_temp : p_q_inner_data));
  writer.bytes(number_bytes(pq)).bytes(number_bytes(p)).bytes(number_bytes(q));
  writer.raw(nonce).raw(server_nonce).raw(new_nonce);
  if (dc) writer.i32(*dc);
  if (expires_in) writer.i32(*expires_in);
  return writer.take();
}

Bytes number_bytes(std::uint64_t number) {
  Bytes out;
  for (; number > 0; number >>= 8) out.insert(out.begin(), static_cast<std::uint8_t>(number));
  return out;
}

std::optional<std::uint64_t> number_from(ByteView big_endian) {
  if (big_endian.size() > 8) return std::nullopt;
  std::uint64_t number = 0;
  for (const auto byte : big_endian) number = number << 8 | byte;
  return number;
}

}  // namespace heliograph::mtproto
