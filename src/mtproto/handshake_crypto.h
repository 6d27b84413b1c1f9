// The formulas of the key exchange (core.telegram.org/mtproto/auth_key) that both sides use.
#pragma once

#include <optional>

#include "base/random.h"
#include "base/result.h"
#include "crypto/rsa.h"
#include "mtproto/auth_key.h"
#include "mtproto/cipher.h"

namespace heliograph::mtproto {

using Nonce = std::array<std::uint8_t, 16>;
using NewNonce = std::array<std::uint8_t, 32>;

// Ids of the constructors.
namespace handshake_ids {
inline constexpr std::uint32_t req_pq = 0x60469778;
inline constexpr std::uint32_t req_pq_multi = 0xbe7e8ef1;
inline constexpr std::uint32_t res_pq = 0x05162463;
inline constexpr std::uint32_t p_q_inner_data = 0x83c95aec;
inline constexpr std::uint32_t p_q_inner_data_dc = 0xa9f55f95;
inline constexpr std::uint32_t p_q_inner_data_temp = 0x3c6a84d4;
inline constexpr std::uint32_t p_q_inner_data_temp_dc = 0x56fddf88;
inline constexpr std::uint32_t req_dh_params = 0xd712e4be;
inline constexpr std::uint32_t server_dh_params_ok = 0xd0e8075c;
inline constexpr std::uint32_t server_dh_params_fail = 0x79cb045d;
inline constexpr std::uint32_t server_dh_inner_data = 0xb5890dba;
inline constexpr std::uint32_t set_client_dh_params = 0xf5045f1f;
inline constexpr std::uint32_t client_dh_inner_data = 0x6643b654;
inline constexpr std::uint32_t dh_gen_ok = 0x3bcbf734;
inline constexpr std::uint32_t dh_gen_retry = 0x46dc1fb9;
inline constexpr std::uint32_t dh_gen_fail = 0xa69dae02;
}  // namespace handshake_ids

// tmp_aes_key and tmp_aes_iv.
AesParameters temporary_aes(const NewNonce& new_nonce, const Nonce& server_nonce);

// new_nonce_hash1, 2 or 3.
Nonce new_nonce_hash(const NewNonce& new_nonce, std::uint8_t number, const AuthKey& key);
// The hash in server_DH_params_fail, where there is no key yet.
Nonce new_nonce_hash_without_key(const NewNonce& new_nonce);

std::int64_t first_server_salt(const NewNonce& new_nonce, const Nonce& server_nonce);

// SHA1(data) | data | padding, encrypted with AES-IGE.
Bytes seal_inner(const AesParameters& aes, ByteView data, Random& random);
// Undoes it, all but the check: the length of the data is known only once it has been read. Nothing if
// `sealed` has an impossible length. data() may be followed by up to 15 bytes of padding.
class OpenedInner {
 public:
  static std::optional<OpenedInner> open(const AesParameters& aes, ByteView sealed);
  ByteView data() const { return ByteView(plaintext_).subspan(20); }
  bool hash_matches(std::size_t data_size) const;

 private:
  explicit OpenedInner(Bytes plaintext) : plaintext_(std::move(plaintext)) {}
  Bytes plaintext_;
};

// RSA_PAD and its reverse. `data` is at most 144 bytes. Unpadding gives 192 bytes (the data and padding), or
// nothing if the hash does not match.
crypto::RsaBlock rsa_pad(ByteView data, const crypto::RsaPublicKey& key, Random& random);
std::optional<Bytes> rsa_unpad(const crypto::RsaBlock& decrypted);

// What clients did before: 0 | SHA1(data) | data | padding. `data` is at most 235 bytes.
crypto::RsaBlock rsa_pad_legacy(ByteView data, const crypto::RsaPublicKey& key, Random& random);

// p_q_inner_data in its four forms.
struct PqInner {
  std::uint64_t pq = 0, p = 0, q = 0;
  Nonce nonce{}, server_nonce{};
  NewNonce new_nonce{};
  std::optional<std::int32_t> dc;
  std::optional<std::int32_t> expires_in;  // of a temporary key, seconds

  // Reads it from the front of `bytes`; `size` is how much of them it takes.
  struct Read;
  static std::optional<Read> read(ByteView bytes);
  // After RSA decryption, whichever padding it has.
  static std::optional<PqInner> from_block(const crypto::RsaBlock& decrypted);
  Bytes write() const;
};
struct PqInner::Read {
  PqInner inner;
  std::size_t size;
};

// Numbers of up to 8 bytes, big-endian, without leading zeros, as the exchange's strings hold them.
Bytes number_bytes(std::uint64_t number);
std::optional<std::uint64_t> number_from(ByteView big_endian);

}  // namespace heliograph::mtproto
