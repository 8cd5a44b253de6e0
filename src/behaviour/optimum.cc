#include "behaviour/optimum.h"

#include <algorithm>
#include <cmath>

namespace xinjing::behaviour {
namespace {

constexpr int kMostSteps = 300;
constexpr int kMostHalvings = 40;
constexpr double kNothing = 1e-13;

double dot(std::span<const double> a, std::span<const double> b) {
  double out = 0;
  for (std::size_t i = 0; i < a.size(); ++i) out += a[i] * b[i];
  return out;
}

double largest(std::span<const double> x) {
  double out = 0;
  for (const double one : x) out = std::max(out, std::abs(one));
  return out;
}

std::vector<double> times(const Square& m, std::span<const double> x) {
  std::vector<double> out(m.size);
  for (std::size_t i = 0; i < m.size; ++i) out[i] = dot({&m.cells[i * m.size], m.size}, x);
  return out;
}

Square identity(std::size_t n) {
  Square out(n);
  for (std::size_t i = 0; i < n; ++i) out.at(i, i) = 1;
  return out;
}

/// Rotates the columns p and q of `m` so that m[p][q] vanishes; `vectors` goes along.
void rotate(Square& m, Square& vectors, std::size_t p, std::size_t q) {
  if (m.at(p, q) == 0) return;
  const double theta = (m.at(q, q) - m.at(p, p)) / (2 * m.at(p, q));
  const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  const double c = 1 / std::sqrt(t * t + 1), s = t * c;
  for (std::size_t k = 0; k < m.size; ++k) {
    const double kp = m.at(k, p), kq = m.at(k, q);
    m.at(k, p) = c * kp - s * kq, m.at(k, q) = s * kp + c * kq;
  }
  for (std::size_t k = 0; k < m.size; ++k) {
    const double pk = m.at(p, k), qk = m.at(q, k);
    m.at(p, k) = c * pk - s * qk, m.at(q, k) = s * pk + c * qk;
    const double vp = vectors.at(k, p), vq = vectors.at(k, q);
    vectors.at(k, p) = c * vp - s * vq, vectors.at(k, q) = s * vp + c * vq;
  }
}

class Search {
 public:
  Search(const Slope& f, std::vector<double> start)
      : x_f(f), x_gradient(start.size()), x_at(std::move(start)) {
    x_value = evaluate(x_at, x_gradient);
  }

  /// Goes along `direction` until the function has fallen enough; false: it does not fall.
  bool step(std::span<const double> direction, double first) {
    const double slope = dot(x_gradient, direction);
    if (!(slope < 0)) return false;
    std::vector<double> next(x_at.size()), gradient(x_at.size());
    double size = first;
    for (int halving = 0; halving < kMostHalvings; ++halving, size /= 2) {
      for (std::size_t i = 0; i < next.size(); ++i) next[i] = x_at[i] + size * direction[i];
      const double value = evaluate(next, gradient);
      if (!(value <= x_value + 1e-4 * size * slope)) continue;
      remember(next, gradient);
      x_at = std::move(next), x_gradient = std::move(gradient), x_value = value;
      return true;
    }
    return false;
  }

  void run(double tolerance) {
    x_inverse = identity(x_at.size());
    bool fresh = true;
    int still = 0;  // steps that gained nothing: a ridge that leads nowhere
    for (int n = 0; n < kMostSteps && still < 3 && largest(x_gradient) > tolerance; ++n) {
      const double before = x_value;
      std::vector<double> direction = times(x_inverse, x_gradient);
      for (double& one : direction) one = -one;
      const double length = largest(direction);
      const double first = length > 2 ? 2 / length : 1;  // parameters are logarithms: no leaps
      if (step(direction, first)) {
        fresh = false;
        still = before - x_value < kNothing * (1 + std::abs(before)) ? still + 1 : 0;
      } else if (!fresh) {
        x_inverse = identity(x_at.size()), fresh = true;
      } else {
        break;
      }
    }
  }

  Square curvature() {
    const std::size_t n = x_at.size();
    Square out(n);
    std::vector<double> up(n), down(n), at = x_at;
    for (std::size_t i = 0; i < n; ++i) {
      const double h = 1e-4;
      at[i] = x_at[i] + h, (void)evaluate(at, up);
      at[i] = x_at[i] - h, (void)evaluate(at, down);
      at[i] = x_at[i];
      for (std::size_t j = 0; j < n; ++j) out.at(i, j) = (up[j] - down[j]) / (2 * h);
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        out.at(i, j) = out.at(j, i) = (out.at(i, j) + out.at(j, i)) / 2;
      }
    }
    return out;
  }

  /// One step of Newton's where it is not needed for nothing; true if it was made.
  bool polish(const Square& curvature, double tolerance) {
    if (largest(x_gradient) <= tolerance) return false;
    std::vector<double> direction = times(pseudo_inverse(curvature), x_gradient);
    for (double& one : direction) one = -one;
    return largest(direction) < 0.1 && step(direction, 1);
  }

  Optimum found(Square curvature, double tolerance) const {
    return {.x = x_at,
            .value = x_value,
            .curvature = std::move(curvature),
            .evaluations = x_evaluations,
            .settled = largest(x_gradient) <= 100 * tolerance};
  }

 private:
  double evaluate(std::span<const double> at, std::span<double> gradient) {
    ++x_evaluations;
    return x_f(at, gradient);
  }

  /// The BFGS update of the inverse curvature.
  void remember(std::span<const double> next, std::span<const double> gradient) {
    const std::size_t n = x_at.size();
    if (x_inverse.size != n) return;
    std::vector<double> s(n), y(n);
    for (std::size_t i = 0; i < n; ++i)
      s[i] = next[i] - x_at[i], y[i] = gradient[i] - x_gradient[i];
    const double sy = dot(s, y);
    if (!(sy > 1e-14)) return;
    const std::vector<double> hy = times(x_inverse, y);
    const double scale = (1 + dot(y, hy) / sy) / sy;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        x_inverse.at(i, j) += scale * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
      }
    }
  }

  const Slope& x_f;
  std::vector<double> x_gradient;
  std::vector<double> x_at;
  Square x_inverse;
  double x_value = 0;
  int x_evaluations = 0;
};

}  // namespace

double restraint(double x, double limit, double& slope) {
  constexpr double kSteep = 0.1;
  const double beyond = std::abs(x) - limit;
  if (!(beyond > 0)) return 0;
  slope += (x > 0 ? 1 : -1) * kSteep * beyond;
  return kSteep * beyond * beyond / 2;
}

double Square::form(std::span<const double> x) const {
  double out = 0;
  for (std::size_t i = 0; i < size; ++i) out += x[i] * dot({&cells[i * size], size}, x);
  return out;
}

Square pseudo_inverse(const Square& symmetric, double flat) {
  const std::size_t n = symmetric.size;
  Square m = symmetric, vectors = identity(n);
  constexpr int kSweeps = 30;
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) rotate(m, vectors, p, q);
    }
  }
  double top = 0;
  for (std::size_t i = 0; i < n; ++i) top = std::max(top, m.at(i, i));
  Square out(n);
  for (std::size_t k = 0; k < n; ++k) {
    if (!(m.at(k, k) > flat * top)) continue;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        out.at(i, j) += vectors.at(i, k) * vectors.at(j, k) / m.at(k, k);
      }
    }
  }
  return out;
}

Optimum minimise(const Slope& f, std::vector<double> start, double tolerance) {
  Search search(f, std::move(start));
  search.run(tolerance);
  Square curvature = search.curvature();
  if (search.polish(curvature, tolerance)) curvature = search.curvature();
  return search.found(std::move(curvature), tolerance);
}

}  // namespace xinjing::behaviour
