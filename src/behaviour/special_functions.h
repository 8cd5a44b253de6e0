#pragma once

// Functions that models of buying need and the standard library lacks. Pure; any thread.
namespace xinjing::behaviour {

/// ln |Gamma(x)|, safe for several threads (std::lgamma is not). REQUIRES: x > 0.
double log_gamma(double x);

/// d ln Gamma(x) / dx, to about 1e-13: recurrence up to 10, then the asymptotic series
/// (Abramowitz and Stegun 1964, 6.3.18). REQUIRES: x > 0.
double digamma(double x);

/// Gauss's 2F1(a, b; c; z) by its series, to about 1e-13 of the largest term.
/// REQUIRES: 0 <= z < 1, c > 0. Cost: some 30 / (1 - z) terms, at most 100,000.
double hypergeometric(double a, double b, double c, double z);

/// The part of a chi-square distribution above x (Abramowitz and Stegun 1964, 26.4).
/// REQUIRES: degrees > 0.
double chi_square_tail(double x, double degrees);

}  // namespace xinjing::behaviour
