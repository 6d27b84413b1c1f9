#include "crypto/pq.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace heliograph::crypto {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t multiply(std::uint64_t a, std::uint64_t b, std::uint64_t modulus) {
  return static_cast<std::uint64_t>(static_cast<Wide>(a) * b % modulus);
}

std::uint64_t power(std::uint64_t base, std::uint64_t exponent, std::uint64_t modulus) {
  std::uint64_t result = 1;
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1) result = multiply(result, base, modulus);
    base = multiply(base, base, modulus);
  }
  return result;
}

std::uint32_t random_prime(Random& random) {
  for (;;) {
    const auto candidate = (random.next<std::uint32_t>() >> 2) | 0x40000001u;
    if (is_prime(candidate)) return candidate;
  }
}

}  // namespace

bool is_prime(std::uint32_t n) {
  for (const std::uint32_t small : {2u, 3u, 5u, 7u, 11u, 13u}) {
    if (n % small == 0) return n == small;
  }
  if (n < 2) return false;
  const int twos = __builtin_ctz(n - 1);
  // Miller-Rabin with these bases has no false answer below 3,215,031,751, and with 61 none in 32 bits
  // (Jaeschke 1993).
  for (const std::uint64_t base : {2u, 7u, 61u}) {
    if (base % n == 0) continue;
    auto x = power(base, (n - 1) >> twos, n);
    if (x == 1 || x == n - 1) continue;
    bool composite = true;
    for (int i = 1; i < twos && composite; ++i) {
      x = multiply(x, x, n);
      composite = x != n - 1;
    }
    if (composite) return false;
  }
  return true;
}

PqPuzzle make_pq(Random& random) {
  auto p = random_prime(random);
  auto q = random_prime(random);
  while (q == p) q = random_prime(random);
  if (p > q) std::swap(p, q);
  return {static_cast<std::uint64_t>(p) * q, p, q};
}

std::uint64_t factor_pq(std::uint64_t pq) {
  if (pq < 4) return 0;
  if (pq % 2 == 0) return 2;
  for (std::uint64_t c = 1; c < 20; ++c) {
    // Brent's variant of Pollard's rho, one gcd per 128 steps.
    std::uint64_t y = 2, x = 2, checkpoint = 2, product = 1, divisor = 1;
    const auto step = [&](std::uint64_t v) { return (multiply(v, v, pq) + c) % pq; };
    for (std::uint64_t length = 1; divisor == 1 && length < (1u << 20); length *= 2) {
      x = y;
      for (std::uint64_t i = 0; i < length; ++i) y = step(y);
      for (std::uint64_t done = 0; done < length && divisor == 1; done += 128) {
        checkpoint = y;
        for (std::uint64_t i = 0; i < std::min<std::uint64_t>(128, length - done); ++i) {
          y = step(y);
          product = multiply(product, x > y ? x - y : y - x, pq);
        }
        divisor = std::gcd(product, pq);
      }
    }
    if (divisor == pq) {  // went past it: again, step by step
      do {
        checkpoint = step(checkpoint);
        divisor = std::gcd(x > checkpoint ? x - checkpoint : checkpoint - x, pq);
      } while (divisor == 1);
    }
    if (divisor != 1 && divisor != pq) return std::min(divisor, pq / divisor);
  }
  return 0;
}

}  // namespace heliograph::crypto
