#include "behaviour/journey.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"

namespace xinjing::behaviour {
namespace {

/// Numbers pairs of small numbers as they come: a table where it is small, else a map.
class PairNumbers {
 public:
  explicit PairNumbers(std::size_t names) : x_names(names) {
    if (names <= kDense) x_table.assign(names * names, 0);
  }

  std::uint32_t of(std::uint32_t from, std::uint32_t to) {
    const std::uint64_t key = std::uint64_t(from) * x_names + to;
    std::uint32_t& slot = x_table.empty() ? x_map[key] : x_table[key];
    if (slot == 0) {
      x_pairs.emplace_back(from, to);
      slot = std::uint32_t(x_pairs.size());
    }
    return slot - 1;
  }
  std::size_t size() const { return x_pairs.size(); }
  const std::pair<std::uint32_t, std::uint32_t>& operator[](std::size_t i) const {
    return x_pairs[i];
  }

 private:
  static constexpr std::size_t kDense = 2048;
  std::size_t x_names;
  std::vector<std::uint32_t> x_table;
  std::unordered_map<std::uint64_t, std::uint32_t> x_map;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> x_pairs;
};

/// Values in groups, laid one after another, so that each group can be put in order in place.
class Groups {
 public:
  explicit Groups(const std::vector<std::int64_t>& sizes) : x_first(sizes.size() + 1, 0) {
    std::partial_sum(sizes.begin(), sizes.end(), x_first.begin() + 1);
    x_next.assign(x_first.begin(), x_first.end() - 1);
    x_values.resize(std::size_t(x_first.back()));
  }
  void add(std::size_t group, double value) { x_values[std::size_t(x_next[group]++)] = value; }
  std::span<double> operator[](std::size_t group) {
    return {x_values.data() + x_first[group], std::size_t(x_next[group] - x_first[group])};
  }

 private:
  std::vector<std::int64_t> x_first, x_next;
  std::vector<double> x_values;
};

double wait_before(const EventLog& log, std::size_t step) {
  return double(std::max<std::int64_t>(log.started(step) - log.done(step - 1), 0));
}

void describe_edges(const EventLog& log, Journey& out) {
  PairNumbers pairs(log.activity_names().size());
  std::vector<std::uint32_t> edge_of(log.steps());
  std::vector<std::int64_t> sizes;
  std::vector<std::size_t> seen_in;
  for (std::size_t c = 0; c < log.cases(); ++c) {
    for (std::size_t i = log.first(c) + 1; i < log.end(c); ++i) {
      const std::uint32_t edge = edge_of[i] = pairs.of(log.activity(i - 1), log.activity(i));
      if (edge == out.edges.size()) {
        out.edges.push_back({.from = pairs[edge].first, .to = pairs[edge].second, .wait = {}});
        sizes.push_back(0);
        seen_in.push_back(log.cases());
      }
      ++sizes[edge];
      out.edges[edge].cases += std::exchange(seen_in[edge], c) != c;
      out.edges[edge].overlapped += log.started(i) < log.done(i - 1);
    }
  }
  Groups waits(sizes);
  std::vector<double> all, paces;
  for (std::size_t c = 0; c < log.cases(); ++c) {
    for (std::size_t i = log.first(c) + 1; i < log.end(c); ++i) {
      waits.add(edge_of[i], wait_before(log, i));
      all.push_back(wait_before(log, i));
      paces.push_back(double(log.started(i) - log.started(i - 1)));
    }
  }
  for (std::size_t e = 0; e < out.edges.size(); ++e) {
    out.edges[e].n = sizes[e];
    out.edges[e].wait = times_of(waits[e]);
  }
  std::sort(out.edges.begin(), out.edges.end(), [](const Edge& a, const Edge& b) {
    return std::tuple(-a.n, a.from, a.to) < std::tuple(-b.n, b.from, b.to);
  });
  constexpr double kPatient = 0.95;
  if (!paces.empty()) out.patience = quantile_of(paces, kPatient);
  out.gap = times_of(all);
}

void describe_activities(const EventLog& log, Journey& out) {
  const std::size_t count = log.activity_names().size();
  out.activities.resize(count);
  std::vector<std::int64_t> timed(count);
  std::vector<std::size_t> seen_in(count, log.cases()), repeated_in(count, log.cases());
  for (std::size_t c = 0; c < log.cases(); ++c) {
    for (std::size_t i = log.first(c); i < log.end(c); ++i) {
      const std::uint32_t activity = log.activity(i);
      ActivityFigures& one = out.activities[activity];
      ++one.steps;
      timed[activity] += log.ended(i) != EventLog::kUnknown;
      const bool again = std::exchange(seen_in[activity], c) == c;
      one.cases += !again;
      one.repeats += again;
      if (again) one.repeat_cases += std::exchange(repeated_in[activity], c) != c;
    }
    const bool open = may_go_on(log, out.patience, c);
    ++out.activities[log.activity(log.first(c))].starts;
    ActivityFigures& at_end = out.activities[log.activity(log.end(c) - 1)];
    ++at_end.ends;
    at_end.ends_open += open;
    out.open += open;
  }
  Groups services(timed);
  for (std::size_t i = 0; i < log.steps(); ++i) {
    if (log.ended(i) == EventLog::kUnknown) continue;
    services.add(log.activity(i), double(log.ended(i) - log.started(i)));
  }
  for (std::uint32_t a = 0; a < count; ++a) {
    out.activities[a].activity = a;
    out.activities[a].service = times_of(services[a]);
  }
  std::sort(out.activities.begin(), out.activities.end(), [](const auto& a, const auto& b) {
    return std::pair(-a.steps, a.activity) < std::pair(-b.steps, b.activity);
  });
}

double total_of(const EventLog& log, std::size_t c) {
  std::int64_t last = log.started(log.first(c));
  for (std::size_t i = log.first(c); i < log.end(c); ++i) last = std::max(last, log.done(i));
  return double(last - log.started(log.first(c)));
}

Hash128 key_of(std::span<const std::uint32_t> activities) {
  const auto bytes = std::as_bytes(activities);
  return hash128({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// Puts variants in order and tells the cases.
void sort_variants(const EventLog& log, Journey& out) {
  std::vector<std::uint32_t> order(out.variants.size()), place(out.variants.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Variant &x = out.variants[a], &y = out.variants[b];
    if (x.cases != y.cases) return x.cases > y.cases;
    const auto left = log.activities_of(x.example), right = log.activities_of(y.example);
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
  });
  std::vector<Variant> sorted;
  for (const std::uint32_t old : order) {
    place[old] = std::uint32_t(sorted.size());
    sorted.push_back(out.variants[old]);
  }
  out.variants = std::move(sorted);
  for (std::uint32_t& variant : out.variant_of) variant = place[variant];
}

void describe_variants(const EventLog& log, Journey& out) {
  std::unordered_map<Hash128, std::uint32_t> numbers;
  std::vector<std::int64_t> sizes;
  for (std::size_t c = 0; c < log.cases(); ++c) {
    const auto [at, fresh] =
        numbers.try_emplace(key_of(log.activities_of(c)), std::uint32_t(out.variants.size()));
    if (fresh) {
      out.variants.push_back({.example = std::uint32_t(c), .total = {}});
      sizes.push_back(0);
    }
    ++out.variants[at->second].cases;
    ++sizes[at->second];
    out.variant_of.push_back(at->second);
  }
  Groups totals(sizes);
  std::vector<double> all;
  for (std::size_t c = 0; c < log.cases(); ++c) {
    const double total = total_of(log, c);
    totals.add(out.variant_of[c], total);
    if (log.end(c) - log.first(c) >= 2) all.push_back(total);
  }
  for (std::size_t v = 0; v < out.variants.size(); ++v) {
    out.variants[v].total = times_of(totals[v]);
  }
  out.total = times_of(all);
  sort_variants(log, out);
}

void describe_hand_overs(const EventLog& log, HandOvers& out) {
  PairNumbers pairs(log.resource_names().size());
  for (std::size_t c = 0; c < log.cases(); ++c) {
    bool any = false;
    for (std::size_t i = log.first(c) + 1; i < log.end(c); ++i) {
      const std::uint32_t from = log.resource(i - 1), to = log.resource(i);
      if (from == EventLog::kNobody || to == EventLog::kNobody) continue;
      ++out.known;
      if (from == to) continue;
      ++out.passed;
      any = true;
      out.back += i >= log.first(c) + 2 && log.resource(i - 2) == to;
      const std::uint32_t pair = pairs.of(from, to);
      if (pair == out.pairs.size()) out.pairs.push_back({from, to, 0});
      ++out.pairs[pair].n;
    }
    out.cases += any;
  }
  std::sort(out.pairs.begin(), out.pairs.end(), [](const HandOver& a, const HandOver& b) {
    return std::tuple(-a.n, a.from, a.to) < std::tuple(-b.n, b.from, b.to);
  });
}

}  // namespace

double quantile_of(std::span<double> values, double p) {
  XINJING_CHECK(!values.empty() && p >= 0 && p <= 1);
  const double at = double(values.size() - 1) * p;
  const auto low = std::size_t(at);
  const auto middle = values.begin() + std::ptrdiff_t(low);
  std::nth_element(values.begin(), middle, values.end());
  const double part = at - double(low);
  if (part == 0) return *middle;
  const double above = *std::min_element(middle + 1, values.end());
  return *middle + part * (above - *middle);
}

Times times_of(std::span<double> values) {
  if (values.empty()) return {};
  Times out{.n = std::int64_t(values.size())};
  // Milliseconds are whole numbers, so their sum is exact and has no order.
  out.mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
  out.p90 = quantile_of(values, 0.9);
  out.median = quantile_of(values, 0.5);
  return out;
}

bool may_go_on(const EventLog& log, double patience, std::size_t case_no) {
  return double(log.last_moment() - log.started(log.end(case_no) - 1)) <= patience;
}

Journey describe(const EventLog& log) {
  Journey out;
  out.steps = std::int64_t(log.steps());
  out.cases = std::int64_t(log.cases());
  describe_edges(log, out);
  describe_activities(log, out);
  describe_variants(log, out);
  describe_hand_overs(log, out.hand_overs);
  return out;
}

}  // namespace xinjing::behaviour
