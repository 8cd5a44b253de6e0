#pragma once

// The standard normal distribution. Pure; any thread.
namespace xinjing {

/// The points that 97.5 % and 95 % lie below: half the width of 95 % and 90 % intervals.
inline constexpr double kNormal95 = 1.959963984540054;
inline constexpr double kNormal90 = 1.644853626951473;

/// The probability of a value below z.
double normal_below(double z);

/// The z below which a value lies with probability p, to about 1e-9 (Acklam's rational
/// approximation with one step of Halley's). REQUIRES: 0 < p < 1.
double normal_quantile(double p);

}  // namespace xinjing
