#include "behaviour/recommender.h"

#include <algorithm>
#include <cmath>

namespace xinjing::behaviour {
namespace {

constexpr int kLatelyWindows = 2;       // popular: bought within so many windows before the day
constexpr int kLatelyDays = 28;         // at least
constexpr int kOwnProducts = 300;       // of somebody with more, the latest are candidates
constexpr int kProductsLookedUp = 100;  // latest products whose neighbours are looked up
constexpr int kDueOwnGaps = 1;
constexpr std::int64_t kNextTold = 5;  // fewer baskets are no ground for a sentence
constexpr double kSeasonTold = 1.5;
constexpr double kTogetherScale = 10;
constexpr double kNextScale = 100;

std::uint64_t mixed(std::uint64_t z) {  // splitmix64's last step
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

bool better(const std::pair<double, std::int32_t>& a, const std::pair<double, std::int32_t>& b) {
  return a.first != b.first ? a.first > b.first : a.second < b.second;
}

void keep_best(std::vector<std::pair<double, std::int32_t>>& scored, int top) {
  const std::size_t n = std::min(scored.size(), std::size_t(top));
  std::partial_sort(scored.begin(), scored.begin() + std::ptrdiff_t(n), scored.end(), better);
  scored.resize(n);
}

/// The counts of a product beside another.
struct Told {
  std::int64_t count = 0, of = 0;
  double share() const { return of > 0 ? double(count) / double(of) : 0; }
};

Told told(const Neighbours& from, std::int32_t other, std::int32_t product) {
  if (other < 0) return {};
  for (const Neighbour& one : from.of(other)) {
    if (one.product == product) return {one.times, from.times(other)};
  }
  return {};
}

void clear(Recommender::Scratch::Heap& heap) {
  for (const std::int32_t product : heap.touched) {
    const auto at = std::size_t(product);
    heap.sum[at] = heap.best[at] = 0;
    heap.with[at] = -1;
  }
  heap.touched.clear();
}

}  // namespace

BlendWeights default_weights() {
  // In the order of fill_features.
  return {.before = {-2.5, 0.2, 1.2, -0.4, 0, 0.1, 0.3, 0.2, 0.1, 0, 1},
          .fresh = {-2.8, 0.2, 0.8, 0, 0, 0, 0.5, 0.1, 0.2, 0, 1},
          .fitted = false};
}

double logistic(const Features& weights, const Features& features) {
  double sum = 0;
  for (std::size_t i = 0; i < kFeatures; ++i) sum += weights[i] * features[i];
  return 1 / (1 + std::exp(-sum));
}

Recommender::Recommender(const Baskets& baskets, Day as_of, const RecommendOptions& options)
    : x_baskets(baskets),
      x_as_of(as_of),
      x_options(options),
      x_together(together(baskets, options.neighbours)),
      x_next(following(baskets, options.neighbours)),
      x_repurchase(baskets, as_of),
      x_seasons(baskets),
      x_month(month_of({as_of.number + options.window_days / 2})) {
  if (options.use_factors) x_factors = Factors(baskets, options.factors);
  count_popular();
}

void Recommender::count_popular() {
  const int days = std::max(kLatelyDays, kLatelyWindows * x_options.window_days);
  const Day from{x_as_of.number - days};
  const auto products = std::size_t(x_baskets.products());
  x_lately.resize(products);
  std::vector<std::int64_t> ever(products);
  for (std::int32_t person = 0; person < x_baskets.persons(); ++person) {
    const auto lines = x_baskets.of(person);
    for (const OwnProduct& own : own_rhythms(lines)) {
      ++ever[std::size_t(own.product)];
      if (own.rhythm.last > from) ++x_lately[std::size_t(own.product)];
    }
    x_people_lately += !lines.empty() && lines.back().day > from ? 1 : 0;
  }
  for (std::size_t p = 0; p < products; ++p) {
    const double people = double(std::max<std::int64_t>(1, x_people_lately));
    const double all = double(std::max(1, x_baskets.persons()));
    x_log_lately.push_back(float(std::log((double(x_lately[p]) + 0.5) / people)));
    x_log_ever.push_back(float(std::log((double(ever[p]) + 0.5) / all)));
    if (ever[p] > 0) x_by_popularity.push_back(std::int32_t(p));
  }
  std::sort(x_by_popularity.begin(), x_by_popularity.end(), [&](std::int32_t a, std::int32_t b) {
    const auto i = std::size_t(a);
    const auto j = std::size_t(b);
    if (x_lately[i] != x_lately[j]) return x_lately[i] > x_lately[j];
    return ever[i] != ever[j] ? ever[i] > ever[j] : a < b;
  });
  x_popularity_place.assign(products, std::int32_t(x_by_popularity.size()));
  for (std::size_t i = 0; i < x_by_popularity.size(); ++i) {
    x_popularity_place[std::size_t(x_by_popularity[i])] = std::int32_t(i);
  }
}

double Recommender::popularity_rank(std::int32_t product) const {
  return double(x_popularity_place[std::size_t(product)]) /
         double(std::max<std::size_t>(1, x_by_popularity.size()));
}

Recommender::Scratch Recommender::scratch() const {
  const auto n = std::size_t(x_baskets.products());
  const Scratch::Heap heap{
      std::vector<float>(n), std::vector<float>(n), std::vector<std::int32_t>(n, -1), {}};
  return {.together = heap, .next = heap, .seen = std::vector<std::uint8_t>(n), .candidates = {}};
}

void Recommender::add_neighbours(std::span<const std::int32_t> of, const Neighbours& from,
                                 Scratch::Heap& to) const {
  clear(to);
  for (const std::int32_t product : of) {
    for (const Neighbour& one : from.of(product)) {
      const auto at = std::size_t(one.product);
      if (to.sum[at] == 0) to.touched.push_back(one.product);
      to.sum[at] += one.weight;
      if (one.weight > to.best[at]) to.best[at] = one.weight, to.with[at] = product;
    }
  }
}

void Recommender::add_own(std::int32_t person, Scratch& scratch) const {
  auto own = own_rhythms(x_baskets.of(person));
  if (own.size() > kOwnProducts) {
    std::stable_sort(own.begin(), own.end(), [](const OwnProduct& a, const OwnProduct& b) {
      return a.rhythm.last > b.rhythm.last;
    });
  }
  for (const OwnProduct& one : own) {
    scratch.seen[std::size_t(one.product)] = 1;
    if (scratch.candidates.size() >= kOwnProducts) continue;
    Candidate candidate{.product = one.product, .before = true};
    candidate.times = one.rhythm.times;
    candidate.need = x_repurchase.need(one.product, one.rhythm, x_as_of, x_options.window_days);
    scratch.candidates.push_back(candidate);
  }
}

void Recommender::add_new(std::int32_t /*person*/, Scratch& scratch) const {
  const auto take = [&](std::int32_t product) {
    if (scratch.seen[std::size_t(product)] != 0) return false;
    scratch.seen[std::size_t(product)] = 1;
    scratch.candidates.push_back({.product = product});
    return true;
  };
  for (const Scratch::Heap* heap : {&scratch.together, &scratch.next}) {
    Scored scored;
    for (const std::int32_t product : heap->touched) {
      if (scratch.seen[std::size_t(product)] == 0) {
        scored.emplace_back(heap->sum[std::size_t(product)], product);
      }
    }
    keep_best(scored, x_options.candidates);
    for (const auto& [score, product] : scored) take(product);
  }
  int taken = 0;
  for (const std::int32_t product : x_by_popularity) {
    if (taken >= x_options.candidates) break;
    taken += take(product) ? 1 : 0;
  }
}

void Recommender::fill_features(std::int32_t person, Scratch& scratch) const {
  const auto lines = x_baskets.of(person);
  const double baskets = double(basket_count(lines));
  std::vector<float> mine;
  if (x_factors.known()) {
    mine = x_factors.of_person(distinct_products(lines, x_options.factors.products_a_person));
  }
  for (Candidate& one : scratch.candidates) {
    const auto at = std::size_t(one.product);
    const double factors = mine.empty() ? 0 : inner(mine, x_factors.of_product(one.product));
    const double season = std::log(double(x_seasons.index(one.product, x_month)));
    Features& f = one.features;
    f = {1, 0, 0, 0, 0, 0, x_log_lately[at], x_log_ever[at]};
    f[8] = std::log1p(kTogetherScale * double(one.together));
    f[9] = std::log1p(kNextScale * double(one.next));
    f[10] = season;
    if (!one.before) {
      f[1] = std::log1p(baskets);
      f[2] = factors;
      continue;
    }
    f[1] = std::log(std::max(1e-4, one.need.within));
    f[2] = std::log(double(one.times));
    f[3] = std::log(double(one.times) / baskets);
    f[4] = -std::log1p(double(std::max(0, one.need.elapsed_days)));
    f[5] = one.need.elapsed_days == x_as_of.number - lines.back().day.number ? 1 : 0;
    f[7] = factors;
  }
}

/// Everything of them but the features, which cost most.
void Recommender::list_candidates(std::int32_t person, Scratch& scratch) const {
  scratch.candidates.clear();
  const auto lines = x_baskets.of(person);
  add_neighbours(distinct_products(lines, kProductsLookedUp), x_together, scratch.together);
  std::vector<std::int32_t> last;
  for (const Bought& line : last_basket(lines)) last.push_back(line.product);
  if (last.size() > kProductsLookedUp) last.resize(kProductsLookedUp);
  add_neighbours(last, x_next, scratch.next);
  for (const std::int32_t product : scratch.next.touched) {
    scratch.next.sum[std::size_t(product)] /= float(last.size());
  }
  add_own(person, scratch);
  add_new(person, scratch);
  for (Candidate& one : scratch.candidates) {
    const auto at = std::size_t(one.product);
    one.together = scratch.together.sum[at];
    one.together_with = scratch.together.with[at];
    one.next = scratch.next.sum[at];
    one.next_after = scratch.next.with[at];
    scratch.seen[at] = 0;
  }
  for (const Bought& line : lines) scratch.seen[std::size_t(line.product)] = 0;
}

void Recommender::find_candidates(std::int32_t person, Scratch& scratch) const {
  list_candidates(person, scratch);
  fill_features(person, scratch);
}

Reason Recommender::reason_of(const Candidate& one, std::int64_t baskets) const {
  Reason out;
  out.season = x_seasons.index(one.product, x_month);
  if (one.before) {
    out.why = one.need.own_gaps >= kDueOwnGaps ? Why::kDue : Why::kAgain;
    out.count = one.times;
    out.of = baskets;
    out.gap_days = one.need.days;
    out.own_gaps = one.need.own_gaps;
    out.elapsed_days = one.need.elapsed_days;
    return out;
  }
  const Told together = told(x_together, one.together_with, one.product);
  const Told next = told(x_next, one.next_after, one.product);
  if (together.count > 0 || next.count > 0) {
    const bool after = next.count >= kNextTold && next.share() > together.share();
    const Told& best = after || together.count == 0 ? next : together;
    out.why = &best == &next ? Why::kNext : Why::kTogether;
    out.other = &best == &next ? one.next_after : one.together_with;
    out.count = best.count;
    out.of = best.of;
    return out;
  }
  out.why = out.season >= kSeasonTold ? Why::kSeason : Why::kPopular;
  out.count = x_lately[std::size_t(one.product)];
  out.of = x_people_lately;
  return out;
}

std::vector<Recommendation> Recommender::blended(std::int32_t person, Among among, int top,
                                                 const BlendWeights& weights,
                                                 Scratch& scratch) const {
  find_candidates(person, scratch);
  std::vector<std::pair<double, std::int32_t>> scored;  // and the candidate's place
  for (std::size_t i = 0; i < scratch.candidates.size(); ++i) {
    const Candidate& one = scratch.candidates[i];
    if (one.before && among == Among::kNew) continue;
    scored.emplace_back(logistic(one.before ? weights.before : weights.fresh, one.features),
                        std::int32_t(i));
  }
  const auto first = [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first > b.first;
    return scratch.candidates[std::size_t(a.second)].product <
           scratch.candidates[std::size_t(b.second)].product;
  };
  const std::size_t n = std::min(scored.size(), std::size_t(top));
  std::partial_sort(scored.begin(), scored.begin() + std::ptrdiff_t(n), scored.end(), first);
  scored.resize(n);
  const std::int64_t baskets = basket_count(x_baskets.of(person));
  std::vector<Recommendation> out;
  for (const auto& [score, place] : scored) {
    const Candidate& one = scratch.candidates[std::size_t(place)];
    out.push_back({one.product, score, reason_of(one, baskets)});
  }
  return out;
}

void Recommender::explain(std::int32_t person, std::vector<Recommendation>& ranked,
                          Scratch& scratch) const {
  list_candidates(person, scratch);
  const std::int64_t baskets = basket_count(x_baskets.of(person));
  for (Recommendation& one : ranked) {
    one.reason.count = x_lately[std::size_t(one.product)];
    one.reason.of = x_people_lately;
    for (const Candidate& candidate : scratch.candidates) {
      if (candidate.product == one.product) one.reason = reason_of(candidate, baskets);
    }
  }
}

void Recommender::score_random(std::int32_t person, int top, Scored& out) const {
  for (int i = 0; i < 2 * top && !x_by_popularity.empty(); ++i) {
    const std::uint64_t draw = mixed(std::uint64_t(person) * 1'000'003 + std::uint64_t(i) + 1);
    const std::int32_t product = x_by_popularity[draw % x_by_popularity.size()];
    const bool known =
        std::any_of(out.begin(), out.end(), [&](const auto& one) { return one.second == product; });
    if (!known) out.emplace_back(-i, product);
  }
}

Recommender::Scored Recommender::scores(Method method, std::int32_t person, Among among,
                                        Scratch& scratch) const {
  Scored out;
  if (method == Method::kPopular) {
    const std::size_t most = among == Among::kNew ? 400 : 100;
    for (std::size_t i = 0; i < std::min(most, x_by_popularity.size()); ++i) {
      out.emplace_back(-double(i), x_by_popularity[i]);
    }
    return out;
  }
  if (method == Method::kFactors) {
    const auto mine = x_factors.of_person(
        distinct_products(x_baskets.of(person), x_options.factors.products_a_person));
    if (x_baskets.of(person).empty()) return out;
    for (std::int32_t p = 0; p < x_baskets.products(); ++p) {
      out.emplace_back(inner(mine, x_factors.of_product(p)), p);
    }
    return out;
  }
  list_candidates(person, scratch);
  if (method == Method::kTogether || method == Method::kNext) {
    const Scratch::Heap& heap = method == Method::kNext ? scratch.next : scratch.together;
    for (const std::int32_t p : heap.touched) out.emplace_back(heap.sum[std::size_t(p)], p);
    return out;
  }
  for (const Candidate& one : scratch.candidates) {
    if (!one.before) continue;
    const double recent = 1 / (2.0 + one.need.elapsed_days);
    out.emplace_back(method == Method::kAgain ? one.need.within : one.times + recent, one.product);
  }
  return out;
}

std::vector<Recommendation> Recommender::rank(Method method, std::int32_t person, Among among,
                                              int top, const BlendWeights& weights,
                                              Scratch& scratch) const {
  if (method == Method::kBlend) return blended(person, among, top, weights, scratch);
  Scored scored;
  if (method == Method::kRandom) {
    score_random(person, top, scored);
  } else {
    scored = scores(method, person, among, scratch);
  }
  if (among == Among::kNew) {
    const auto lines = x_baskets.of(person);
    for (const Bought& line : lines) scratch.seen[std::size_t(line.product)] = 1;
    std::erase_if(scored,
                  [&](const auto& one) { return scratch.seen[std::size_t(one.second)] != 0; });
    for (const Bought& line : lines) scratch.seen[std::size_t(line.product)] = 0;
  }
  keep_best(scored, top);
  std::vector<Recommendation> out;
  for (const auto& [score, product] : scored) out.push_back({product, score, {}});
  return out;
}

}  // namespace xinjing::behaviour
