// AES-256-IGE, which carries every message, against what one core can do at most with a serial mode of the
// same cipher: AES-256-CBC encryption by OpenSSL. Both chain block to block, so the latency of the AES
// instructions bounds them alike. 64 KiB at a time, one thread.
#include <openssl/evp.h>

#include "client.h"
#include "crypto/aes.h"
#include "workload.h"

namespace heliograph::bench {

namespace {

constexpr std::size_t chunk = 64 * 1024;
constexpr Duration slice = std::chrono::milliseconds(100);
constexpr int rounds = 7;

template <typename Work>
double rate(Work work) {
  const auto begin = thread_cpu_time();
  std::size_t bytes = 0;
  Duration spent{0};
  while (spent < slice) {
    for (int i = 0; i < 16; ++i, bytes += chunk) work();
    spent = thread_cpu_time() - begin;
  }
  return static_cast<double>(bytes) / seconds(spent) / 1e6;
}

}  // namespace

void aes(const Settings& settings, Report& report) {
  crypto::AesKey key;
  crypto::IgeIv iv;
  settings.random->fill(key);
  settings.random->fill(iv);
  Bytes data = settings.random->bytes(chunk);

  auto* context = EVP_CIPHER_CTX_new();
  if (context == nullptr ||
      EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), nullptr, key.data(), iv.data()) != 1) {
    give_up("OpenSSL has no AES-256-CBC");
  }
  EVP_CIPHER_CTX_set_padding(context, 0);

  // In turns, and the best of each: what disturbs the machine for a while disturbs all three.
  double cbc = 0, encrypt = 0, decrypt = 0;
  for (int round = 0; round < rounds; ++round) {
    cbc = std::max(cbc, rate([&] {
                     int length = 0;
                     EVP_EncryptUpdate(context, data.data(), &length, data.data(), static_cast<int>(chunk));
                   }));
    encrypt = std::max(encrypt, rate([&] { crypto::ige_encrypt(key, iv, data, data); }));
    decrypt = std::max(decrypt, rate([&] { crypto::ige_decrypt(key, iv, data, data); }));
  }
  EVP_CIPHER_CTX_free(context);
  const auto limit = "AES-256-CBC encrypt " + number(cbc, "MB/s");
  report.add("aes", "AES-256-IGE encrypt", number(encrypt, "MB/s"), limit, percent(encrypt, cbc));
  report.add("aes", "AES-256-IGE decrypt", number(decrypt, "MB/s"), limit, percent(decrypt, cbc));
}

}  // namespace heliograph::bench
