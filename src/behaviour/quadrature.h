#pragma once

#include <vector>

namespace xinjing::behaviour {

/// Nodes and weights of a Gauss-Legendre rule on [0, 1]: exact for polynomials below degree 2n.
struct QuadratureRule {
  std::vector<double> nodes;
  std::vector<double> weights;

  std::size_t size() const { return nodes.size(); }
};

/// The rule of n points, by Newton's method on the Legendre polynomial. Cost: O(n^2).
QuadratureRule gauss_legendre(int n);

}  // namespace xinjing::behaviour
