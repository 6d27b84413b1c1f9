// AES with the x86 instructions (Intel's white paper 323641). IGE is one long chain of dependent blocks, so
// its limit is the latency of 14 rounds a block; the xors are folded into the last round key so that nothing
// else is on the chain.
#include "crypto/aes_implementation.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define HG_AES __attribute__((target("aes,sse4.1,ssse3")))

namespace heliograph::crypto::detail {
namespace {

constexpr int rounds = 14;

struct Schedule {
  __m128i key[rounds + 1];
};

HG_AES inline __m128i load(const void* from) {
  return _mm_loadu_si128(static_cast<const __m128i*>(from));
}
HG_AES inline void store(void* to, __m128i value) {
  _mm_storeu_si128(static_cast<__m128i*>(to), value);
}

HG_AES inline __m128i spread(__m128i x) {
  x = _mm_xor_si128(x, _mm_slli_si128(x, 4));
  return _mm_xor_si128(x, _mm_slli_si128(x, 8));
}

template <int rcon>
HG_AES inline void expand_pair(__m128i* key) {
  key[2] = _mm_xor_si128(spread(key[0]), _mm_shuffle_epi32(_mm_aeskeygenassist_si128(key[1], rcon), 0xff));
  if constexpr (rcon != 0x40) {
    key[3] = _mm_xor_si128(spread(key[1]), _mm_shuffle_epi32(_mm_aeskeygenassist_si128(key[2], 0), 0xaa));
  }
}

HG_AES Schedule expand(const AesKey& key) {
  Schedule s;
  s.key[0] = load(key.data());
  s.key[1] = load(key.data() + 16);
  expand_pair<0x01>(s.key);
  expand_pair<0x02>(s.key + 2);
  expand_pair<0x04>(s.key + 4);
  expand_pair<0x08>(s.key + 6);
  expand_pair<0x10>(s.key + 8);
  expand_pair<0x20>(s.key + 10);
  expand_pair<0x40>(s.key + 12);
  return s;
}

// For the equivalent inverse cipher: reversed, the inner ones through InvMixColumns.
HG_AES Schedule invert(const Schedule& forward) {
  Schedule s;
  s.key[0] = forward.key[rounds];
  for (int i = 1; i < rounds; ++i) s.key[i] = _mm_aesimc_si128(forward.key[rounds - i]);
  s.key[rounds] = forward.key[0];
  return s;
}

template <bool encrypting>
HG_AES inline __m128i round(__m128i state, __m128i key) {
  return encrypting ? _mm_aesenc_si128(state, key) : _mm_aesdec_si128(state, key);
}

template <bool encrypting>
HG_AES inline __m128i last_round(__m128i state, __m128i key) {
  return encrypting ? _mm_aesenclast_si128(state, key) : _mm_aesdeclast_si128(state, key);
}

// out[i] = F(in[i] ^ out[i-1]) ^ in[i-1]. The chained value is not out[i] but the next block's state after
// its first key addition, out[i] ^ in[i+1] ^ k0; out[i] itself is recovered beside the chain.
template <bool encrypting>
HG_AES void ige(const Schedule& s, __m128i before, __m128i after, const std::uint8_t* in, std::uint8_t* out,
                std::size_t blocks) {
  if (blocks == 0) return;
  const __m128i k0 = s.key[0];
  const __m128i k_ends = _mm_xor_si128(s.key[rounds], k0);
  __m128i input = load(in);
  __m128i state = _mm_xor_si128(_mm_xor_si128(input, before), k0);
  for (std::size_t i = 0; i + 1 < blocks; ++i, in += aes_block, out += aes_block) {
    const __m128i next = load(in + aes_block);
    const __m128i last = _mm_xor_si128(_mm_xor_si128(after, next), k_ends);
#pragma GCC unroll 13
    for (int r = 1; r < rounds; ++r) state = round<encrypting>(state, s.key[r]);
    state = last_round<encrypting>(state, last);
    store(out, _mm_xor_si128(state, _mm_xor_si128(next, k0)));
    after = input;
    input = next;
  }
  for (int r = 1; r < rounds; ++r) state = round<encrypting>(state, s.key[r]);
  store(out, last_round<encrypting>(state, _mm_xor_si128(after, s.key[rounds])));
}

HG_AES void ige_encrypt(const AesKey& key, const IgeIv& iv, const std::uint8_t* in, std::uint8_t* out,
                        std::size_t blocks) {
  ige<true>(expand(key), load(iv.data()), load(iv.data() + aes_block), in, out, blocks);
}

HG_AES void ige_decrypt(const AesKey& key, const IgeIv& iv, const std::uint8_t* in, std::uint8_t* out,
                        std::size_t blocks) {
  ige<false>(invert(expand(key)), load(iv.data() + aes_block), load(iv.data()), in, out, blocks);
}

HG_AES inline __m128i counter_block(std::uint64_t high, std::uint64_t low) {
  return _mm_set_epi64x(static_cast<long long>(__builtin_bswap64(low)),
                        static_cast<long long>(__builtin_bswap64(high)));
}

template <int lanes>
HG_AES inline void ctr_lanes(const Schedule& s, std::uint64_t& high, std::uint64_t& low, std::uint8_t* data) {
  __m128i state[lanes];
#pragma GCC unroll 8
  for (auto& lane : state) {
    lane = _mm_xor_si128(counter_block(high, low), s.key[0]);
    if (++low == 0) ++high;
  }
  for (int r = 1; r < rounds; ++r) {
#pragma GCC unroll 8
    for (auto& lane : state) lane = _mm_aesenc_si128(lane, s.key[r]);
  }
#pragma GCC unroll 8
  for (int i = 0; i < lanes; ++i) {
    auto* const at = data + i * aes_block;
    store(at, _mm_xor_si128(load(at), _mm_aesenclast_si128(state[i], s.key[rounds])));
  }
}

HG_AES void ctr(const AesKey& key, CtrIv& counter, std::uint8_t* data, std::size_t blocks) {
  const Schedule s = expand(key);
  auto high = __builtin_bswap64(load_le<std::uint64_t>(counter.data()));
  auto low = __builtin_bswap64(load_le<std::uint64_t>(counter.data() + 8));
  constexpr int lanes = 8;
  for (; blocks >= lanes; blocks -= lanes, data += lanes * aes_block) ctr_lanes<lanes>(s, high, low, data);
  for (; blocks > 0; --blocks, data += aes_block) ctr_lanes<1>(s, high, low, data);
  store_le(counter.data(), __builtin_bswap64(high));
  store_le(counter.data() + 8, __builtin_bswap64(low));
}

}  // namespace

const AesImplementation* aes_native() {
  static constexpr AesImplementation implementation{&ige_encrypt, &ige_decrypt, &ctr};
  return __builtin_cpu_supports("aes") && __builtin_cpu_supports("sse4.1") ? &implementation : nullptr;
}

}  // namespace heliograph::crypto::detail

#else

namespace heliograph::crypto::detail {
const AesImplementation* aes_native() {
  return nullptr;
}
}  // namespace heliograph::crypto::detail

#endif
