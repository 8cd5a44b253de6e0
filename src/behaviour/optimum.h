#pragma once

#include <functional>
#include <span>
#include <vector>

namespace xinjing::behaviour {

/// A square matrix, row by row.
struct Square {
  std::size_t size = 0;
  std::vector<double> cells;

  explicit Square(std::size_t n = 0) : size(n), cells(n * n) {}
  double& at(std::size_t row, std::size_t column) { return cells[row * size + column]; }
  double at(std::size_t row, std::size_t column) const { return cells[row * size + column]; }
  /// x' M x. REQUIRES: x.size() == size.
  double form(std::span<const double> x) const;
};

/// The inverse of a symmetric matrix without the directions in which it is flat: eigenvalues below
/// `flat` times the largest count as none (Jacobi's rotations). For a matrix of curvatures that
/// leaves out what the data say nothing of. Cost: O(n^3), for n of a few dozen.
Square pseudo_inverse(const Square& symmetric, double flat = 1e-10);

/// f(x), and its gradient into the second argument. May be infinite: such points are avoided.
using Slope = std::function<double(std::span<const double>, std::span<double>)>;

/// Keeps a parameter from running away along a ridge on which the data say nothing: 0 up to
/// `limit` in size, then a steep parabola, whose slope is added to `slope`.
double restraint(double x, double limit, double& slope);

/// Where a function is least, and how curved it is there.
struct Optimum {
  std::vector<double> x;
  double value = 0;
  Square curvature;  // the Hessian, from differences of the gradient
  int evaluations = 0;
  bool settled = false;  // the gradient vanished
};

/// The minimum near `start` by BFGS with backtracking (Nocedal and Wright 2006, algorithm 6.1),
/// ended by a Newton step. Deterministic. `settled` when no component of the gradient exceeds
/// `tolerance`. REQUIRES: f(start) is finite.
Optimum minimise(const Slope& f, std::vector<double> start, double tolerance = 1e-9);

}  // namespace xinjing::behaviour
