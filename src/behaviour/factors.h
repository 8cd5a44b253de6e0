#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "behaviour/purchases.h"

namespace xinjing::behaviour {

struct FactorOptions {
  int factors = 32;  // a multiple of 8, at most 64; never more than products, rounded up to 8
  int rounds = 10;
  int steps = 3;          // of conjugate gradients in each half step; 0: solved exactly (Cholesky)
  double confidence = 5;  // alpha: a pair that was bought has confidence 1 + alpha
  double regularisation = 1;  // lambda
  int products_a_person = 500;
  std::uint64_t seed = 1;
};

/// Implicit feedback by alternating least squares (Hu, Koren and Volinsky 2008): a person bought a
/// product (1) with confidence 1 + alpha, or did not (0) with confidence 1; both sides have a
/// vector each and their product is the preference. A half step is a few steps of conjugate
/// gradients from where the last round left off (Takacs, Pilaszy and Tikk 2011), which reaches the
/// same place as the exact solution in the end for less; a person is folded in exactly. Immutable
/// after construction; any thread. The start is drawn from `seed`, so runs are equal. Cost of a
/// round: 16 lines f + 8 (people + products) f^2; all cores.
class Factors {
 public:
  Factors() = default;
  Factors(const Baskets& baskets, const FactorOptions& options);

  bool known() const { return !x_products.empty(); }
  int size() const { return x_size; }
  std::span<const float> of_product(std::int32_t product) const {
    return std::span(x_products)
        .subspan(std::size_t(product) * std::size_t(x_size), std::size_t(x_size));
  }
  /// The vector of somebody who bought these products: one half step with the products held.
  std::vector<float> of_person(std::span<const std::int32_t> products) const;
  /// What the rounds make small: the squared error of all pairs by confidence, and the penalty.
  double loss(const Baskets& baskets) const;

 private:
  using Matrix = std::vector<float>;
  void solve(std::span<const std::int32_t> bought, const std::vector<float>& others,
             const Matrix& gram, float* out) const;
  void improve(std::span<const std::int32_t> bought, const std::vector<float>& others,
               const Matrix& gram, float* out) const;

  FactorOptions x_options;
  int x_size = 0;
  std::vector<float> x_products;
  Matrix x_gram;
};

/// The product of two vectors.
double inner(std::span<const float> a, std::span<const float> b);

}  // namespace xinjing::behaviour
