#include "behaviour/ranking.h"

#include <algorithm>
#include <numeric>

#include "base/hash.h"

namespace xinjing::behaviour {
namespace {

constexpr std::uint64_t kSeed = 20261;
constexpr std::size_t kLarge = 200'000;
constexpr int kDraws = 1000;
constexpr int kDrawsOfLarge = 200;

/// Rows in ascending order of p, once, so that an AUC of drawn rows is one pass.
class Ranks {
 public:
  Ranks(std::span<const double> p, std::span<const std::uint8_t> event) : x_p(p), x_event(event) {
    x_order.resize(p.size());
    std::iota(x_order.begin(), x_order.end(), 0U);
    std::sort(x_order.begin(), x_order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return p[a] != p[b] ? p[a] < p[b] : a < b; });
  }

  const std::vector<std::uint32_t>& order() const { return x_order; }

  template <typename Weight>
  double area(Weight weight) const {
    double below = 0, won = 0, with = 0;
    for (std::size_t i = 0; i < x_order.size();) {
      double ill = 0, well = 0;
      const double p = x_p[x_order[i]];
      for (; i < x_order.size() && x_p[x_order[i]] == p; ++i) {
        (x_event[x_order[i]] ? ill : well) += weight(x_order[i]);
      }
      won += ill * (below + well / 2);
      below += well;
      with += ill;
    }
    return with > 0 && below > 0 ? won / (with * below) : 0.5;
  }

 private:
  std::span<const double> x_p;
  std::span<const std::uint8_t> x_event;
  std::vector<std::uint32_t> x_order;
};

/// The number of each row's person, from 0.
std::vector<std::uint32_t> people_of(const Judged& judged) {
  std::vector<std::uint32_t> out(judged.who.size());
  for (std::size_t i = 1; i < out.size(); ++i) {
    out[i] = out[i - 1] + (judged.who[i] != judged.who[i - 1]);
  }
  return out;
}

/// `measure(weights of people)` for each draw; the middle 95 % around `value`.
template <typename Measure>
Bounds bounds_of(const Judged& judged, double value, Measure measure) {
  if (judged.p.empty()) return {value, value, value};
  const std::vector<std::uint32_t> people = people_of(judged);
  const std::size_t count = people.back() + 1;
  const int draws = judged.p.size() > kLarge ? kDrawsOfLarge : kDraws;
  std::vector<double> found, weight(count);
  std::uint64_t state = kSeed;
  for (int draw = 0; draw < draws; ++draw) {
    std::fill(weight.begin(), weight.end(), 0);
    for (std::size_t i = 0; i < count; ++i) ++weight[mix64(++state) % count];
    found.push_back(measure([&](std::uint32_t row) { return weight[people[row]]; }));
  }
  std::sort(found.begin(), found.end());
  const auto at = [&](double share) { return found[std::size_t(share * double(draws - 1) + 0.5)]; };
  return {value, at(0.025), at(0.975)};
}

}  // namespace

double area_under_curve(std::span<const double> p, std::span<const std::uint8_t> event) {
  return Ranks(p, event).area([](std::uint32_t) { return 1.0; });
}

Bounds area_bounds(const Judged& judged) {
  const Ranks ranks(judged.p, judged.event);
  return bounds_of(judged, ranks.area([](std::uint32_t) { return 1.0; }),
                   [&](const auto& weight) { return ranks.area(weight); });
}

Bounds area_gain(const Judged& judged, std::span<const double> before) {
  const Ranks now(judged.p, judged.event), then(before, judged.event);
  const auto gain = [&](const auto& weight) { return now.area(weight) - then.area(weight); };
  return bounds_of(judged, gain([](std::uint32_t) { return 1.0; }), gain);
}

std::vector<Bin> calibration_bins(const Judged& judged, std::size_t bins) {
  const Ranks ranks(judged.p, judged.event);
  std::vector<Bin> out;
  const std::size_t all = judged.p.size();
  for (std::size_t i = 0; i < all;) {
    Bin bin;
    const std::size_t end = (out.size() + 1) * all / bins;
    double p = 0;
    while (i < all && (i < end || judged.p[ranks.order()[i]] == p)) {
      p = judged.p[ranks.order()[i]];
      bin.rows += 1;
      bin.events += judged.event[ranks.order()[i]];
      bin.mean_p += p;
      ++i;
    }
    if (bin.rows == 0) {  // the bins before took its rows
      out.push_back(bin);
      continue;
    }
    bin.mean_p /= bin.rows;
    out.push_back(bin);
  }
  std::erase_if(out, [](const Bin& bin) { return bin.rows == 0; });
  return out;
}

std::vector<double> gain_curve(const Judged& judged, std::size_t steps) {
  const Ranks ranks(judged.p, judged.event);
  const auto& order = ranks.order();
  const std::size_t all = order.size();
  std::vector<double> out;
  double events = 0, wanted = double(all) / double(steps), done = 0;
  for (std::size_t end = all; end > 0;) {
    std::size_t begin = end;
    double tied = 0;
    while (begin > 0 && judged.p[order[begin - 1]] == judged.p[order[end - 1]]) {
      tied += judged.event[order[--begin]];
    }
    const double rows = double(end - begin);
    while (out.size() < steps && done + rows >= wanted * double(out.size() + 1) - 1e-9) {
      out.push_back(events + tied * (wanted * double(out.size() + 1) - done) / rows);
    }
    done += rows;
    events += tied;
    end = begin;
  }
  for (double& share : out) share = events > 0 ? share / events : 0;
  return out;
}

Brier brier(const Judged& judged) {
  Brier out;
  double base = 0;
  for (const std::uint8_t event : judged.event) base += event;
  base /= std::max(1.0, double(judged.event.size()));
  for (std::size_t i = 0; i < judged.p.size(); ++i) {
    const double off = judged.p[i] - judged.event[i], plain = base - judged.event[i];
    out.score += off * off / double(judged.p.size());
    out.of_base_rate += plain * plain / double(judged.p.size());
  }
  return out;
}

}  // namespace xinjing::behaviour
