// The random numbers of simulations: Philox4x32-10, a counter-based generator (J. K. Salmon, M. A. Moraes, R. O. Dror,
// D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC '11). Each block follows from its counter and the key
// alone, so a result depends neither on the machine nor on the order in which threads come to their share. For
// simulations only, never for secrets.
#pragma once

#include <array>
#include <cstdint>

namespace assay {

using PhiloxBlock = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

inline PhiloxBlock philox(PhiloxBlock counter, PhiloxKey key) {
  // Single words, not the array: so the compiler can work on several blocks at once.
  std::uint32_t a = counter[0], b = counter[1], c = counter[2], d = counter[3];
  for (std::uint32_t round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53} * a, third = std::uint64_t{0xCD9E8D57} * c;
    a = static_cast<std::uint32_t>(third >> 32U) ^ b ^ (key[0] + round * 0x9E3779B9);
    b = static_cast<std::uint32_t>(third);
    c = static_cast<std::uint32_t>(first >> 32U) ^ d ^ (key[1] + round * 0xBB67AE85);
    d = static_cast<std::uint32_t>(first);
  }
  return {a, b, c, d};
}

inline PhiloxKey philox_key(std::uint64_t seed) {
  return {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)};
}

// The middle of one of 2^32 equal steps between 0 and 1: never one of the ends.
inline double unit_interval(std::uint32_t bits) { return (static_cast<double>(bits) + 0.5) / 4294967296.0; }

}  // namespace assay
