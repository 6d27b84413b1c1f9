// One block at a time through OpenSSL: for processors without AES instructions that we write for.
#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "base/assert.h"
#include "crypto/aes_implementation.h"

namespace heliograph::crypto::detail {
namespace {

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

class Ecb {
 public:
  Ecb(const AesKey& key, bool encrypt) : context_(EVP_CIPHER_CTX_new()) {
    HG_ASSERT(context_ != nullptr);
    HG_ASSERT(EVP_CipherInit_ex(context_.get(), EVP_aes_256_ecb(), nullptr, key.data(), nullptr, encrypt) ==
              1);
    EVP_CIPHER_CTX_set_padding(context_.get(), 0);
  }
  void block(std::uint8_t* out, const std::uint8_t* in) {
    int written = 0;
    HG_ASSERT(EVP_CipherUpdate(context_.get(), out, &written, in, aes_block) == 1 && written == aes_block);
  }

 private:
  std::unique_ptr<EVP_CIPHER_CTX, Free> context_;
};

using Block = std::array<std::uint8_t, aes_block>;

Block load(const std::uint8_t* from) {
  Block block;
  std::copy_n(from, aes_block, block.begin());
  return block;
}

Block operator^(const Block& a, const Block& b) {
  Block out;
  for (std::size_t i = 0; i < aes_block; ++i) out[i] = a[i] ^ b[i];
  return out;
}

// Encrypting and decrypting differ in the block function and in which half of the IV goes where.
void ige(Ecb ecb, Block before, Block after, const std::uint8_t* in, std::uint8_t* out, std::size_t blocks) {
  for (std::size_t i = 0; i < blocks; ++i, in += aes_block, out += aes_block) {
    const Block input = load(in);
    const Block mixed = input ^ before;
    Block result;
    ecb.block(result.data(), mixed.data());
    before = result ^ after;
    after = input;
    std::copy(before.begin(), before.end(), out);
  }
}

void ige_encrypt(const AesKey& key, const IgeIv& iv, const std::uint8_t* in, std::uint8_t* out,
                 std::size_t blocks) {
  ige(Ecb(key, true), load(iv.data()), load(iv.data() + aes_block), in, out, blocks);
}

void ige_decrypt(const AesKey& key, const IgeIv& iv, const std::uint8_t* in, std::uint8_t* out,
                 std::size_t blocks) {
  ige(Ecb(key, false), load(iv.data() + aes_block), load(iv.data()), in, out, blocks);
}

void ctr(const AesKey& key, CtrIv& counter, std::uint8_t* data, std::size_t blocks) {
  Ecb ecb(key, true);
  for (; blocks > 0; --blocks, data += aes_block) {
    Block stream;
    ecb.block(stream.data(), counter.data());
    for (std::size_t i = 0; i < aes_block; ++i) data[i] ^= stream[i];
    for (std::size_t i = aes_block; i-- > 0 && ++counter[i] == 0;) {
    }
  }
}

}  // namespace

const AesImplementation& aes_portable() {
  static constexpr AesImplementation implementation{&ige_encrypt, &ige_decrypt, &ctr};
  return implementation;
}

}  // namespace heliograph::crypto::detail
