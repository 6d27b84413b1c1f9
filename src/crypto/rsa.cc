#include "crypto/rsa.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/encoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>

#include "crypto/big_number.h"
#include "crypto/hash.h"

namespace heliograph::crypto {
namespace {

constexpr int bits = 2048;

struct BioFree {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, BioFree>;

struct ContextFree {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(OSSL_DECODER_CTX* context) const { OSSL_DECODER_CTX_free(context); }
  void operator()(OSSL_ENCODER_CTX* context) const { OSSL_ENCODER_CTX_free(context); }
};

Error bad_key(std::string message) {
  return Error::invalid("RSA_KEY_INVALID", std::move(message));
}

// Null if `pem` holds no such key. Clears what OpenSSL noted about the failure.
EVP_PKEY* decode(std::string_view pem, int selection) {
  EVP_PKEY* key = nullptr;
  std::unique_ptr<OSSL_DECODER_CTX, ContextFree> context(
      OSSL_DECODER_CTX_new_for_pkey(&key, "PEM", nullptr, "RSA", selection, nullptr, nullptr));
  auto* at = reinterpret_cast<const unsigned char*>(pem.data());
  auto left = pem.size();
  if (!context || OSSL_DECODER_from_data(context.get(), &at, &left) != 1) key = nullptr;
  ERR_clear_error();
  return key;
}

std::string encode(EVP_PKEY* key, int selection, const char* structure) {
  std::unique_ptr<OSSL_ENCODER_CTX, ContextFree> context(
      OSSL_ENCODER_CTX_new_for_pkey(key, selection, "PEM", structure, nullptr));
  HG_ASSERT(context != nullptr);
  unsigned char* data = nullptr;
  std::size_t length = 0;
  HG_ASSERT(OSSL_ENCODER_to_data(context.get(), &data, &length) == 1);
  std::string pem(reinterpret_cast<char*>(data), length);
  OPENSSL_clear_free(data, length);
  return pem;
}

Bytes number_of(const EVP_PKEY* key, const char* name) {
  BIGNUM* raw = nullptr;
  HG_ASSERT(EVP_PKEY_get_bn_param(key, name, &raw) == 1);
  const BigNumber number(raw);
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), bytes.data());
  return bytes;
}

RsaPublicKey public_half(const EVP_PKEY* key) {
  return {number_of(key, OSSL_PKEY_PARAM_RSA_N), number_of(key, OSSL_PKEY_PARAM_RSA_E)};
}

}  // namespace

RsaPublicKey::RsaPublicKey(ByteView modulus, ByteView exponent) : exponent_(to_bytes(exponent)) {
  HG_ASSERT(modulus.size() == modulus_.size() && exponent.size() < 254);
  std::copy(modulus.begin(), modulus.end(), modulus_.begin());
  // TL strings: 256 bytes have the long form of the length; both end on a multiple of four.
  constexpr std::uint8_t long_form[] = {254, 0, 1, 0};
  Bytes short_form{static_cast<std::uint8_t>(exponent.size())};
  append(short_form, exponent);
  while (short_form.size() % 4 != 0) short_form.push_back(0);
  const auto digest = sha1({long_form, modulus, short_form});
  fingerprint_ = load_le<std::int64_t>(digest.data() + 12);
}

Result<RsaPublicKey> RsaPublicKey::load_pem(std::string_view pem) {
  EVP_PKEY* key = decode(pem, EVP_PKEY_PUBLIC_KEY);
  if (key == nullptr) return fail(bad_key("Not an RSA public key in PEM form."));
  if (EVP_PKEY_get_bits(key) != bits) {
    EVP_PKEY_free(key);
    return fail(bad_key("The RSA key must have 2048 bits."));
  }
  auto half = public_half(key);
  EVP_PKEY_free(key);
  return half;
}

Result<RsaBlock> RsaPublicKey::encrypt_raw(const RsaBlock& block) const {
  const auto n = to_number(modulus_);
  const auto e = to_number(exponent_);
  const auto number = to_number(block);
  if (BN_cmp(number.get(), n.get()) >= 0) return fail(Error::invalid("RSA_BLOCK_INVALID"));
  const auto context = new_context();
  const auto result = new_number();
  HG_ASSERT(BN_mod_exp(result.get(), number.get(), e.get(), n.get(), context.get()) == 1);
  RsaBlock out;
  HG_ASSERT(BN_bn2binpad(result.get(), out.data(), static_cast<int>(out.size())) ==
            static_cast<int>(out.size()));
  return out;
}

RsaKey::RsaKey(EVP_PKEY* key) : key_(key), public_key_(std::make_unique<RsaPublicKey>(public_half(key))) {}
RsaKey::RsaKey(RsaKey&&) noexcept = default;
RsaKey& RsaKey::operator=(RsaKey&&) noexcept = default;
RsaKey::~RsaKey() = default;
void RsaKey::Free::operator()(EVP_PKEY* key) const {
  EVP_PKEY_free(key);
}

RsaKey RsaKey::generate() {
  for (;;) {
    EVP_PKEY* made = EVP_RSA_gen(static_cast<unsigned>(bits));
    HG_ASSERT(made != nullptr);
    RsaKey key(made);
    if (static_cast<std::uint64_t>(key.fingerprint()) >> 60 != 0) return key;
  }
}

Result<RsaKey> RsaKey::load_pem(std::string_view pem) {
  EVP_PKEY* key = decode(pem, EVP_PKEY_KEYPAIR);
  if (key == nullptr) return fail(bad_key("Not an unencrypted RSA private key in PEM form."));
  if (EVP_PKEY_get_bits(key) != bits) {
    EVP_PKEY_free(key);
    return fail(bad_key("The RSA key must have 2048 bits."));
  }
  return RsaKey(key);
}

std::string RsaKey::private_pem() const {
  return encode(key_.get(), EVP_PKEY_KEYPAIR, "PrivateKeyInfo");
}

std::string RsaKey::public_pem() const {
  return encode(key_.get(), EVP_PKEY_PUBLIC_KEY, "pkcs1");
}

Result<RsaBlock> RsaKey::decrypt_raw(const RsaBlock& block) const {
  std::unique_ptr<EVP_PKEY_CTX, ContextFree> context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  HG_ASSERT(context != nullptr && EVP_PKEY_decrypt_init(context.get()) == 1 &&
            EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) == 1);
  RsaBlock out;
  auto length = out.size();
  if (EVP_PKEY_decrypt(context.get(), out.data(), &length, block.data(), block.size()) != 1 ||
      length != out.size()) {
    ERR_clear_error();
    return fail(Error::invalid("RSA_BLOCK_INVALID"));
  }
  return out;
}

}  // namespace heliograph::crypto
