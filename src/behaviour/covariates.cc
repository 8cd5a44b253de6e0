#include "behaviour/covariates.h"

#include <algorithm>
#include <cmath>

namespace xinjing::behaviour {
namespace {

constexpr std::size_t kFewestValues = 8;  // a number with fewer is a straight line
constexpr double kLogFrom = 10;           // so wide a number may act by its logarithm
constexpr double kQuintiles[] = {0.2, 0.4, 0.6, 0.8};

double raw_of(const Term& term, double x) {
  switch (term.kind) {
    case Term::Kind::kLog:
      return std::log1p(x);
    case Term::Kind::kHinge:
      return std::max(0.0, x - term.at);
    default:
      return x;
  }
}

/// The values that are known, ascending.
std::vector<double> known(const Covariate& column, std::span<const std::uint32_t> rows) {
  std::vector<double> out;
  for (const std::uint32_t row : rows) {
    if (std::isfinite(column.numbers[row])) out.push_back(column.numbers[row]);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t distinct(const std::vector<double>& ascending) {
  std::size_t out = ascending.empty() ? 0 : 1;
  for (std::size_t i = 1; i < ascending.size(); ++i) out += ascending[i] != ascending[i - 1];
  return out;
}

void measure(Term& term, const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (const double x : values) sum += raw_of(term, x);
  term.mean = sum / double(values.size());
  for (const double x : values) {
    const double off = raw_of(term, x) - term.mean;
    squares += off * off;
  }
  term.scale = std::sqrt(squares / double(values.size()));
}

void add_flag(std::vector<Term>& to, Term term, std::size_t count, std::size_t all) {
  if (count < Design::kFewest || all - count < Design::kFewest) return;
  term.mean = double(count) / double(all);
  to.push_back(term);
}

void add_numbers(std::vector<Term>& to, std::size_t number, const std::vector<double>& values,
                 std::size_t all, bool bend) {
  add_flag(to, {.covariate = number, .kind = Term::Kind::kMissing}, all - values.size(), all);
  const std::size_t different = distinct(values);
  if (different < 2) return;
  std::vector<Term> terms = {{.covariate = number}};
  const bool wide = different > kFewestValues && values.front() >= 0 && values.back() >= kLogFrom;
  if (wide && !bend) terms.front().kind = Term::Kind::kLog;
  if (different > kFewestValues && bend) {
    if (wide) terms.push_back({.covariate = number, .kind = Term::Kind::kLog});
    double last = values.front();
    for (const double share : kQuintiles) {
      const double at = values[std::size_t(share * double(values.size()))];
      if (at <= last || at >= values.back()) continue;
      terms.push_back({.covariate = number, .kind = Term::Kind::kHinge, .at = at});
      last = at;
    }
  }
  for (Term& term : terms) {
    measure(term, values);
    if (term.scale > 0) to.push_back(term);
  }
}

void add_words(std::vector<Term>& to, std::size_t number, const Covariate& column,
               std::span<const std::uint32_t> rows) {
  std::vector<std::size_t> counts(column.levels.size());
  std::size_t missing = 0;
  for (const std::uint32_t row : rows) {
    column.words[row] < 0 ? ++missing : ++counts[std::size_t(column.words[row])];
  }
  add_flag(to, {.covariate = number, .kind = Term::Kind::kMissing}, missing, rows.size());
  for (std::size_t level = 0; level < counts.size(); ++level) {
    add_flag(to, {.covariate = number, .kind = Term::Kind::kLevel, .level = std::int32_t(level)},
             counts[level], rows.size());
  }
}

}  // namespace

Covariates first_rows(const Covariates& x, std::size_t rows) {
  Covariates out = x;
  out.rows = rows;
  for (Covariate& column : out.columns) {
    if (column.of_words()) {
      column.words.resize(rows);
    } else {
      column.numbers.resize(rows);
    }
  }
  return out;
}

Design Design::of(const Covariates& x, std::span<const std::uint32_t> rows, bool bend) {
  Design out;
  out.x_low.assign(x.columns.size(), 0);
  out.x_high.assign(x.columns.size(), 0);
  for (std::size_t c = 0; c < x.columns.size(); ++c) {
    const Covariate& column = x.columns[c];
    if (column.of_words()) {
      add_words(out.x_terms, c, column, rows);
      continue;
    }
    const std::vector<double> values = known(column, rows);
    if (values.empty()) continue;
    out.x_low[c] = values.front();
    out.x_high[c] = values.back();
    add_numbers(out.x_terms, c, values, rows.size(), bend);
  }
  return out;
}

double Design::value(const Covariates& x, const Term& term, std::uint32_t row) const {
  const Covariate& column = x.columns[term.covariate];
  if (column.of_words()) {
    const std::int32_t word = column.words[row];
    return term.kind == Term::Kind::kMissing ? word < 0 : word == term.level;
  }
  const double number = column.numbers[row];
  const bool known = std::isfinite(number);
  if (term.kind == Term::Kind::kMissing) return !known;
  if (!known) return 0;  // as the mean
  const double seen = std::clamp(number, x_low[term.covariate], x_high[term.covariate]);
  return (raw_of(term, seen) - term.mean) / term.scale;
}

Rows Design::rows(const Covariates& x, std::span<const std::uint32_t> rows) const {
  Rows out{.columns = columns()};
  out.cells.reserve(rows.size() * columns());
  for (const std::uint32_t row : rows) {
    out.cells.push_back(1);
    for (const Term& term : x_terms) out.cells.push_back(value(x, term, row));
  }
  return out;
}

std::vector<double> Design::parts(const Covariates& x, std::uint32_t row,
                                  std::span<const double> beta) const {
  std::vector<double> out(x.columns.size());
  for (std::size_t t = 0; t < x_terms.size(); ++t) {
    const Term& term = x_terms[t];
    const bool flag = term.kind == Term::Kind::kMissing || term.kind == Term::Kind::kLevel;
    out[term.covariate] += beta[t + 1] * (value(x, term, row) - (flag ? term.mean : 0));
  }
  return out;
}

}  // namespace xinjing::behaviour
