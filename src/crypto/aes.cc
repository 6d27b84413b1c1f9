#include "crypto/aes.h"

#include <atomic>

#include "base/assert.h"
#include "crypto/aes_implementation.h"
#include "crypto/secret.h"

namespace heliograph::crypto {
namespace {

std::atomic<bool> portable_only{false};

const detail::AesImplementation& implementation() {
  static const auto* const native = detail::aes_native();
  return native == nullptr || portable_only.load(std::memory_order_relaxed) ? detail::aes_portable()
                                                                            : *native;
}

}  // namespace

void detail::set_aes_portable(bool portable) {
  portable_only = portable;
}

void ige_encrypt(const AesKey& key, const IgeIv& iv, ByteView in, MutableByteView out) {
  HG_ASSERT(in.size() % aes_block == 0 && in.size() == out.size());
  implementation().ige_encrypt(key, iv, in.data(), out.data(), in.size() / aes_block);
}

void ige_decrypt(const AesKey& key, const IgeIv& iv, ByteView in, MutableByteView out) {
  HG_ASSERT(in.size() % aes_block == 0 && in.size() == out.size());
  implementation().ige_decrypt(key, iv, in.data(), out.data(), in.size() / aes_block);
}

AesCtr::~AesCtr() {
  wipe(key_);
  wipe(stream_);
}

void AesCtr::apply(MutableByteView data) {
  while (used_ < aes_block && !data.empty()) {
    data[0] ^= stream_[used_++];
    data = data.subspan(1);
  }
  if (data.empty()) return;
  const auto whole = data.size() / aes_block;
  if (whole > 0) implementation().ctr(key_, counter_, data.data(), whole);
  data = data.subspan(whole * aes_block);
  if (data.empty()) return;
  stream_ = {};
  implementation().ctr(key_, counter_, stream_.data(), 1);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] ^= stream_[i];
  used_ = static_cast<std::uint8_t>(data.size());
}

}  // namespace heliograph::crypto
