// The server's RSA key, with which clients recognise it during the key exchange, and its public half.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

typedef struct evp_pkey_st EVP_PKEY;

namespace heliograph::crypto {

using RsaBlock = std::array<std::uint8_t, 256>;

class RsaPublicKey {
 public:
  // From "-----BEGIN RSA PUBLIC KEY-----" (PKCS#1) or "-----BEGIN PUBLIC KEY-----". RSA_KEY_INVALID
  // otherwise.
  static Result<RsaPublicKey> load_pem(std::string_view pem);
  RsaPublicKey(ByteView modulus, ByteView exponent);

  const RsaBlock& modulus() const { return modulus_; }

  // The lower 64 bits of SHA-1 over the TL encoding of modulus and exponent
  // (core.telegram.org/mtproto/auth_key, "server_public_key_fingerprints").
  std::int64_t fingerprint() const { return fingerprint_; }

  // block^e mod n, without padding. RSA_BLOCK_INVALID if block >= modulus.
  Result<RsaBlock> encrypt_raw(const RsaBlock& block) const;

 private:
  RsaBlock modulus_{};
  Bytes exponent_;
  std::int64_t fingerprint_ = 0;
};

// Immutable after construction; all const functions are safe on any thread.
class RsaKey {
 public:
  // 2048 bits, e = 65537. Retries until the top hex digit of the fingerprint is not zero: a widely used
  // client library looks keys up by fingerprints written without leading zeros and never finds such a key.
  // Takes from 50 ms to seconds.
  static RsaKey generate();
  // PKCS#1 or PKCS#8, unencrypted. RSA_KEY_INVALID if it is not a 2048-bit private RSA key.
  static Result<RsaKey> load_pem(std::string_view pem);

  RsaKey(RsaKey&&) noexcept;
  RsaKey& operator=(RsaKey&&) noexcept;
  ~RsaKey();

  // Secret: PKCS#8 PEM.
  std::string private_pem() const;
  // "-----BEGIN RSA PUBLIC KEY-----" (PKCS#1), which is what client libraries read.
  std::string public_pem() const;
  const RsaPublicKey& public_key() const { return *public_key_; }
  std::int64_t fingerprint() const { return public_key_->fingerprint(); }

  // block^d mod n, without padding, blinded and in constant time. About 0.7 ms: call it on a worker.
  // RSA_BLOCK_INVALID if block >= modulus.
  Result<RsaBlock> decrypt_raw(const RsaBlock& block) const;

 private:
  explicit RsaKey(EVP_PKEY* key);
  struct Free {
    void operator()(EVP_PKEY* key) const;
  };
  std::unique_ptr<EVP_PKEY, Free> key_;
  std::unique_ptr<const RsaPublicKey> public_key_;
};

}  // namespace heliograph::crypto
