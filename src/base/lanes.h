#pragma once

#include <cstdint>
#include <cstring>
#if defined(__SSE4_1__)
#include <smmintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

// Vectors of a few numbers that are reckoned with at once. Plain C++ of GCC and Clang but for the
// widening loads, which GCC 12 makes of five instructions where the processor has one. The results
// are the same bits on every machine.
namespace xinjing {

using Int8x4 = std::int8_t __attribute__((vector_size(4)));
using Int8x8 = std::int8_t __attribute__((vector_size(8)));
using Int16x8 = std::int16_t __attribute__((vector_size(16)));
using Int32x4 = std::int32_t __attribute__((vector_size(16)));
using Float4 = float __attribute__((vector_size(16)));

/// The eight bytes at `from`, as wider numbers.
inline Int16x8 eight_at(const std::int8_t* from) {
#if defined(__SSE4_1__)
  return reinterpret_cast<Int16x8>(
      _mm_cvtepi8_epi16(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
#else
  Int8x8 bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  return __builtin_convertvector(bytes, Int16x8);
#endif
}

/// The products of eight pairs, each two neighbours added up. REQUIRES: not all four of a sum's
/// numbers are -32768.
inline Int32x4 pair_sums(Int16x8 a, Int16x8 b) {
#if defined(__SSE2__)
  return reinterpret_cast<Int32x4>(
      _mm_madd_epi16(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
  Int32x4 sums;
  for (int i = 0; i < 4; ++i) sums[i] = a[2 * i] * b[2 * i] + a[2 * i + 1] * b[2 * i + 1];
  return sums;
#endif
}

/// The four bytes at `from`, as floats.
inline Float4 four_at(const std::int8_t* from) {
#if defined(__SSE4_1__)
  std::int32_t bytes = 0;
  std::memcpy(&bytes, from, sizeof bytes);
  const __m128i wide = _mm_cvtepi8_epi32(_mm_cvtsi32_si128(bytes));
  return __builtin_convertvector(reinterpret_cast<Int32x4>(wide), Float4);
#else
  Int8x4 bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  return __builtin_convertvector(__builtin_convertvector(bytes, Int32x4), Float4);
#endif
}

/// Adds eight numbers to the eight at `to`.
inline void add_eight(Int16x8 numbers, std::int32_t* to) {
  // Both halves of a pair of equal numbers hold it, so shifting leaves the number with its sign.
  const Int16x8 low = __builtin_shufflevector(numbers, numbers, 0, 0, 1, 1, 2, 2, 3, 3);
  const Int16x8 high = __builtin_shufflevector(numbers, numbers, 4, 4, 5, 5, 6, 6, 7, 7);
  Int32x4 sums[2];
  std::memcpy(sums, to, sizeof sums);
  sums[0] += reinterpret_cast<Int32x4>(low) >> 16;
  sums[1] += reinterpret_cast<Int32x4>(high) >> 16;
  std::memcpy(to, sums, sizeof sums);
}

inline Float4 four_at(const float* from) {
  Float4 four;
  std::memcpy(&four, from, sizeof four);
  return four;
}
inline Float4 four_at(const std::int32_t* from) {
  Int32x4 four;
  std::memcpy(&four, from, sizeof four);
  return __builtin_convertvector(four, Float4);
}
inline void put_four(Float4 four, float* to) { std::memcpy(to, &four, sizeof four); }

/// e to the power of each, within 4e-7 of it; arguments beyond -87 and 88 count as those. The same
/// bits on every machine, unlike std::exp. Range reduction by ln 2 and a polynomial, as in Cephes
/// (Moshier 1989), with the Taylor coefficients of e^r for |r| <= ln 2 / 2.
inline Float4 exp4(Float4 x) {
  constexpr float kLog2E = 1.44269504F;
  constexpr float kLn2High = 0.693359375F;
  constexpr float kLn2Low = -2.12194440e-4F;
  const Float4 low = Float4{} - 87.0F;
  const Float4 high = Float4{} + 88.0F;
  x = x < low ? low : x;
  x = x > high ? high : x;
  const Float4 half = x < 0.0F ? Float4{} - 0.5F : Float4{} + 0.5F;
  const Int32x4 n = __builtin_convertvector(x * kLog2E + half, Int32x4);
  const Float4 whole = __builtin_convertvector(n, Float4);
  const Float4 r = x - whole * kLn2High - whole * kLn2Low;
  Float4 sum = Float4{} + 1.0F / 720;
  sum = sum * r + 1.0F / 120;
  sum = sum * r + 1.0F / 24;
  sum = sum * r + 1.0F / 6;
  sum = sum * r + 0.5F;
  sum = sum * r * r + r + 1.0F;
  const Int32x4 power = (n + 127) << 23;
  Float4 scale;
  std::memcpy(&scale, &power, sizeof scale);
  return sum * scale;
}

}  // namespace xinjing
