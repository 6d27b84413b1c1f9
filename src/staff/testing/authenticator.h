// An authenticator as a browser has one, with real keys, real CBOR and real signatures.
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <memory>
#include <string>

#include "crypto/hash.h"
#include "staff/base64url.h"
#include "staff/webauthn.h"

namespace heliograph::staff::testing {

class Authenticator {
 public:
  enum class Kind : std::uint8_t { es256, eddsa };

  explicit Authenticator(Kind kind = Kind::es256, std::uint8_t number = 1)
      : id(16, number),
        kind_(kind),
        key_(kind == Kind::es256 ? EVP_EC_gen("P-256") : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"),
             &EVP_PKEY_free) {}

  Registration make(ByteView challenge) {
    Registration out;
    out.client_data = client_data("webauthn.create", challenge);
    // {"fmt": "none", "attStmt": {}, "authData": ...}, in canonical order.
    const auto data = authenticator_data(true);
    Bytes& object = out.attestation_object;
    object = {0xa3};
    put_text(object, "fmt");
    put_text(object, "none");
    put_text(object, "attStmt");
    object.push_back(0xa0);
    put_text(object, "authData");
    put_bytes(object, data);
    return out;
  }

  Assertion answer(ByteView challenge) {
    if (counts) ++counter;
    Assertion out;
    out.credential_id = id;
    out.client_data = client_data("webauthn.get", challenge);
    out.authenticator_data = authenticator_data(false);
    Bytes message = out.authenticator_data;
    append(message, crypto::sha256(out.client_data));
    out.signature = sign(message);
    return out;
  }

  // What a test may spoil.
  Bytes id;
  RelyingParty party{"localhost", "http://localhost:8080"};
  std::string origin = "http://localhost:8080";
  std::string extra;  // members of the client data
  std::uint8_t flags = 1 | 4;
  std::uint32_t counter = 0;
  bool counts = true;
  Bytes extensions;

 private:
  Bytes client_data(std::string_view type, ByteView challenge) const {
    const auto text = R"({"type":")" + std::string(type) + R"(","challenge":")" + to_base64url(challenge) +
                      R"(","origin":")" + origin + "\"" + extra + "}";
    return to_bytes(as_bytes(text));
  }

  Bytes authenticator_data(bool with_key) const {
    const auto hash = crypto::sha256(as_bytes(party.id));
    Bytes out(hash.begin(), hash.end());
    out.push_back(static_cast<std::uint8_t>(flags | (with_key ? 64 : 0) | (extensions.empty() ? 0 : 128)));
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(counter >> shift));
    if (with_key) {
      out.resize(out.size() + 16);  // of no maker
      out.push_back(static_cast<std::uint8_t>(id.size() >> 8));
      out.push_back(static_cast<std::uint8_t>(id.size()));
      append(out, id);
      append(out, cose_key());
    }
    append(out, extensions);
    return out;
  }

  Bytes cose_key() const {
    if (kind_ == Kind::eddsa) {
      Bytes point(32);
      std::size_t size = point.size();
      EVP_PKEY_get_raw_public_key(key_.get(), point.data(), &size);
      Bytes out{0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21};  // OKP, EdDSA, Ed25519, x
      put_bytes(out, point);
      return out;
    }
    Bytes out{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01};  // EC2, ES256, P-256
    for (const auto* name : {"qx", "qy"}) {
      BIGNUM* number = nullptr;
      EVP_PKEY_get_bn_param(key_.get(), name, &number);
      Bytes coordinate(32);
      BN_bn2binpad(number, coordinate.data(), 32);
      BN_free(number);
      out.push_back(name[1] == 'x' ? 0x21 : 0x22);
      put_bytes(out, coordinate);
    }
    return out;
  }

  Bytes sign(ByteView message) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestSignInit(context.get(), nullptr, kind_ == Kind::es256 ? EVP_sha256() : nullptr, nullptr,
                       key_.get());
    Bytes signature(128);
    std::size_t size = signature.size();
    EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size());
    signature.resize(size);
    return signature;
  }

  static void put_text(Bytes& out, std::string_view text) {
    out.push_back(static_cast<std::uint8_t>(0x60 + text.size()));  // short ones only
    append(out, as_bytes(text));
  }
  static void put_bytes(Bytes& out, ByteView bytes) {
    out.push_back(0x59);
    out.push_back(static_cast<std::uint8_t>(bytes.size() >> 8));
    out.push_back(static_cast<std::uint8_t>(bytes.size()));
    append(out, bytes);
  }

  Kind kind_;
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

}  // namespace heliograph::staff::testing
