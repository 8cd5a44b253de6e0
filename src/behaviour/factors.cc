#include "behaviour/factors.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/parallel.h"
#include "behaviour/neighbours.h"

namespace xinjing::behaviour {
namespace {

constexpr std::size_t kRowsAtOnce = 256;
constexpr int kMostFactors = 64;

/// Uniform in [-0.5, 0.5): splitmix64 (Steele, Lea and Flood 2014).
double drawn(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return double((z ^ (z >> 31)) >> 11) * 0x1.0p-53 - 0.5;
}

/// Solves `a x = b` for a symmetric positive definite `a` of `n` rows, in place: Cholesky.
void solve_in_place(double* a, double* b, int n) {
  for (int j = 0; j < n; ++j) {
    double* row = a + j * n;
    for (int i = 0; i < j; ++i) {
      const double* upper = a + i * n;
      double sum = row[i];
      for (int k = 0; k < i; ++k) sum -= row[k] * upper[k];
      row[i] = sum / upper[i];
    }
    double diagonal = row[j];
    for (int k = 0; k < j; ++k) diagonal -= row[k] * row[k];
    row[j] = std::sqrt(std::max(diagonal, 1e-12));
  }
  for (int i = 0; i < n; ++i) {
    for (int k = 0; k < i; ++k) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (int i = n - 1; i >= 0; --i) {
    for (int k = i + 1; k < n; ++k) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
}

/// Sums in eight lanes, which the compiler puts side by side.
constexpr int kLanes = 8;

float dot(const float* a, const float* b, int n) {
  float lanes[kLanes] = {};
  for (int i = 0; i < n; i += kLanes) {
    for (int k = 0; k < kLanes; ++k) lanes[k] += a[i + k] * b[i + k];
  }
  return ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) +
         ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
}

void add_scaled(float* to, float scale, const float* from, int n) {
  for (int i = 0; i < n; i += kLanes) {
    for (int k = 0; k < kLanes; ++k) to[i + k] += scale * from[i + k];
  }
}

/// The sum of every row times itself.
std::vector<float> gram_of(const std::vector<float>& rows, int f) {
  std::vector<double> sums(std::size_t(f) * std::size_t(f));
  for (std::size_t at = 0; at < rows.size(); at += std::size_t(f)) {
    const float* row = rows.data() + at;
    for (int i = 0; i < f; ++i) {
      double* to = sums.data() + std::ptrdiff_t(i) * f;
      for (int j = 0; j < f; ++j) to[j] += double(row[i] * row[j]);
    }
  }
  return {sums.begin(), sums.end()};
}

using Lists = std::vector<std::vector<std::int32_t>>;

Lists turned(const Lists& from, std::size_t columns) {
  Lists out(columns);
  for (std::size_t row = 0; row < from.size(); ++row) {
    for (const std::int32_t cell : from[row]) out[std::size_t(cell)].push_back(std::int32_t(row));
  }
  return out;
}

Lists bought_by(const Baskets& baskets, int most) {
  Lists out(std::size_t(baskets.persons()));
  for (std::int32_t person = 0; person < baskets.persons(); ++person) {
    out[std::size_t(person)] = distinct_products(baskets.of(person), most);
  }
  return out;
}

}  // namespace

double inner(std::span<const float> a, std::span<const float> b) {
  const auto n = int(a.size());
  const int even = n - n % kLanes;
  double out = double(dot(a.data(), b.data(), even));
  for (int i = even; i < n; ++i) out += double(a[std::size_t(i)]) * double(b[std::size_t(i)]);
  return out;
}

void Factors::solve(std::span<const std::int32_t> bought, const std::vector<float>& others,
                    const Matrix& gram, float* out) const {
  const int f = x_size;
  double a[kMostFactors * kMostFactors];
  double b[kMostFactors] = {};
  std::copy(gram.begin(), gram.end(), a);
  for (int i = 0; i < f; ++i) a[i * f + i] += x_options.regularisation;
  for (const std::int32_t one : bought) {
    const float* row = others.data() + std::size_t(one) * std::size_t(f);
    for (int i = 0; i < f; ++i) {
      const double scaled = x_options.confidence * double(row[i]);
      b[i] += (1 + x_options.confidence) * double(row[i]);
      for (int j = 0; j <= i; ++j) a[i * f + j] += scaled * double(row[j]);
    }
  }
  solve_in_place(a, b, f);
  for (int i = 0; i < f; ++i) out[i] = float(b[i]);
}

void Factors::improve(std::span<const std::int32_t> bought, const std::vector<float>& others,
                      const Matrix& gram, float* x) const {
  const int f = x_size;
  const auto c = float(x_options.confidence);
  const auto lambda = float(x_options.regularisation);
  float r[kMostFactors] = {};
  float p[kMostFactors];
  float ap[kMostFactors];
  const auto row = [&](std::int32_t one) {
    return others.data() + std::size_t(one) * std::size_t(f);
  };
  // (Y'Y + lambda + c sum y y') times v: equation 4 of Hu et al. without the matrix.
  const auto times = [&](const float* v, float* out) {
    for (int i = 0; i < f; ++i) out[i] = lambda * v[i];
    for (int i = 0; i < f; ++i) add_scaled(out, v[i], gram.data() + std::ptrdiff_t(i) * f, f);
    for (const std::int32_t one : bought) add_scaled(out, c * dot(row(one), v, f), row(one), f);
  };
  times(x, ap);
  for (const std::int32_t one : bought) add_scaled(r, 1 + c, row(one), f);
  for (int i = 0; i < f; ++i) p[i] = r[i] -= ap[i];
  float error = dot(r, r, f);
  for (int step = 0; step < x_options.steps && error > 1e-12F; ++step) {
    times(p, ap);
    const float length = error / dot(p, ap, f);
    add_scaled(x, length, p, f);
    add_scaled(r, -length, ap, f);
    const float left = dot(r, r, f);
    const float turn = left / error;
    for (int i = 0; i < f; ++i) p[i] = r[i] + turn * p[i];
    error = left;
  }
}

Factors::Factors(const Baskets& baskets, const FactorOptions& options) : x_options(options) {
  XINJING_CHECK(options.factors > 0 && options.factors <= kMostFactors &&
                options.factors % kLanes == 0);
  // More factors than products say nothing more: the rank of the table is that of its short side.
  const int useful = (baskets.products() + kLanes - 1) / kLanes * kLanes;
  x_size = std::min(options.factors, std::max(kLanes, useful));
  const Lists people = bought_by(baskets, options.products_a_person);
  const Lists products = turned(people, std::size_t(baskets.products()));
  const auto f = std::size_t(x_size);
  x_products.resize(products.size() * f);
  std::uint64_t state = options.seed;
  for (float& value : x_products) value = float(drawn(state) / double(x_size) * 2);
  std::vector<float> persons(people.size() * f);
  const auto half_step = [&](const Lists& rows, const std::vector<float>& from,
                             std::vector<float>& to) {
    const Matrix gram = gram_of(from, x_size);
    const std::size_t tasks = (rows.size() + kRowsAtOnce - 1) / kRowsAtOnce;
    parallel_for(tasks, 0, [&](std::size_t task, std::size_t) {
      const std::size_t end = std::min(rows.size(), (task + 1) * kRowsAtOnce);
      for (std::size_t r = task * kRowsAtOnce; r < end; ++r) {
        if (rows[r].empty()) {
          std::fill_n(to.data() + r * f, f, 0.0F);
        } else {
          x_options.steps > 0 ? improve(rows[r], from, gram, to.data() + r * f)
                              : solve(rows[r], from, gram, to.data() + r * f);
        }
      }
    });
  };
  for (int round = 0; round < options.rounds; ++round) {
    half_step(people, x_products, persons);
    half_step(products, persons, x_products);
  }
  x_gram = gram_of(x_products, x_size);
}

std::vector<float> Factors::of_person(std::span<const std::int32_t> products) const {
  std::vector<float> out(std::size_t(x_size), 0.0F);
  if (!products.empty()) solve(products, x_products, x_gram, out.data());
  return out;
}

double Factors::loss(const Baskets& baskets) const {
  double out = 0;
  for (std::int32_t person = 0; person < baskets.persons(); ++person) {
    const auto bought = distinct_products(baskets.of(person), x_options.products_a_person);
    const auto mine = of_person(bought);
    std::size_t at = 0;
    for (std::int32_t p = 0; p < baskets.products(); ++p) {
      const bool did = at < bought.size() && bought[at] == p;
      at += did ? 1 : 0;
      const double off = (did ? 1.0 : 0.0) - inner(mine, of_product(p));
      out += (did ? 1 + x_options.confidence : 1.0) * off * off;
    }
    out += x_options.regularisation * inner(mine, mine);
  }
  return out + x_options.regularisation * inner(x_products, x_products);
}

}  // namespace xinjing::behaviour
