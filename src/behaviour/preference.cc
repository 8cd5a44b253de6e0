#include "behaviour/preference.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace xinjing::behaviour {
namespace {

constexpr std::size_t kAffinitiesKept = 3;
constexpr std::int64_t kOrders = 5, kLines = 10, kLooks = 3;

struct MeasureInfo {
  std::string_view id;
  Phrase label;
  Phrase unit;
  std::int64_t least;
};

constexpr Phrase kOfOrders{"orders", "笔订单"};
constexpr Phrase kOfLines{"lines", "件商品"};
constexpr Phrase kOfLooks{"orders after a look", "笔看过才下的订单"};

constexpr std::array<MeasureInfo, kMeasures> kInfo = {{
    {"discount_share", {"Orders at a discount", "用优惠的订单"}, kOfOrders, kOrders},
    {"price_sensitivity", {"Price sensitivity", "价格敏感"}, kOfOrders, kOrders},
    {"price_index", {"Price paid against usual", "相对常价"}, kOfLines, kOrders},
    {"brand_share", {"Share of the leading brand", "首选品牌占比"}, kOfLines, kLines},
    {"brand_entropy", {"Entropy of brands", "品牌熵"}, kOfLines, kLines},
    {"brand_concentration", {"Concentration on brands", "品牌集中度"}, kOfLines, kLines},
    {"brand_switching", {"Changes of brand", "换品牌"}, {"repeat lines", "次同类再买"}, kOrders},
    {"category_entropy", {"Entropy of categories", "品类熵"}, kOfLines, kLines},
    {"variety", {"Never bought before", "没买过的东西"}, {"later lines", "件后来的商品"}, kLines},
    {"affinity", {"Drawn to a category", "偏爱的品类"}, kOfLines, kLines},
    {"hours_to_decide", {"Hours from look to order", "从看到买（小时）"}, kOfLooks, kLooks},
    {"compared", {"Goods looked at before", "下单前看过几样"}, kOfLooks, kLooks},
    {"return_share", {"Orders sent back", "退货的订单"}, kOfOrders, kOrders},
    {"night_share", {"Orders at night", "夜里下的订单"}, kOfOrders, kOrders},
}};

const MeasureInfo& info(Measure measure) { return kInfo[static_cast<std::size_t>(measure)]; }

using Counts = std::map<std::uint32_t, std::int64_t>;

std::vector<std::int64_t> numbers_of(const Counts& counts) {
  std::vector<std::int64_t> out;
  for (const auto& [name, n] : counts) out.push_back(n);
  return out;
}

std::int64_t sum_of(const Counts& counts) {
  std::int64_t n = 0;
  for (const auto& [name, of] : counts) n += of;
  return n;
}

class Measuring {
 public:
  Measuring(std::span<const Line> lines, const Usual& usual) : x_usual(usual) {
    for (const Line& line : lines) {
      if (!line.returned) x_kept.push_back(&line);
    }
    x_orders = orders_of(lines);
  }

  std::vector<Preference> all() {
    of_orders();
    of_prices();
    of_brands();
    of_categories();
    of_products();
    of_looks();
    std::stable_sort(x_out.begin(), x_out.end(), [](const Preference& a, const Preference& b) {
      return a.measure < b.measure;
    });
    return std::move(x_out);
  }

 private:
  void add(Measure measure, const Estimate& estimate, std::uint32_t about = 0) {
    if (estimate.n > 0) x_out.push_back({measure, estimate, about});
  }

  void of_orders();
  void of_prices();
  void of_brands();
  void of_categories();
  void of_products();
  void of_looks();

  const Usual& x_usual;
  std::vector<const Line*> x_kept;
  std::vector<Order> x_orders;
  std::vector<Preference> x_out;
};

void Measuring::of_orders() {
  Rate discounts, returns, nights;
  for (const Order& order : x_orders) {
    returns.add(order.returned);
    if (order.all_returned) continue;
    if (order.discount_known) discounts.add(order.discounted);
    if (order.first->minute >= 0) nights.add(at_night(order.first->minute));
  }
  add(Measure::kDiscountShare, share(discounts));
  if (discounts.chances > 0) add(Measure::kSensitivity, posterior(discounts, x_usual.discount));
  add(Measure::kReturnShare, share(returns));
  add(Measure::kNightShare, share(nights));
}

void Measuring::of_prices() {
  std::vector<double> logs;
  for (const Line* line : x_kept) {
    if (line->log_price) logs.push_back(*line->log_price);
  }
  if (logs.empty()) return;
  const Estimate mean = mean_of(logs);
  add(Measure::kPriceIndex,
      {std::exp(mean.value), std::exp(mean.low), std::exp(mean.high), mean.n});
}

void Measuring::of_brands() {
  Counts brands;
  Rate switches;
  std::unordered_map<std::uint32_t, std::uint32_t> last;  // brand by category
  for (const Line* line : x_kept) {
    if (line->brand == 0) continue;
    ++brands[line->brand];
    const auto [at, fresh] = last.try_emplace(line->category, line->brand);
    if (!fresh) switches.add(at->second != line->brand);
    at->second = line->brand;
  }
  if (brands.empty()) return;
  const auto leading =
      std::max_element(brands.begin(), brands.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  const std::vector<std::int64_t> counts = numbers_of(brands);
  const Rate rate{leading->second, sum_of(brands)};
  add(Measure::kBrandShare, share(rate), leading->first);
  add(Measure::kBrandEntropy, entropy(counts));
  if (const auto alike = concentration(counts)) {
    add(Measure::kBrandAlike, {*alike, *alike, *alike, rate.chances});
  }
  add(Measure::kBrandSwitching, share(switches));
}

void Measuring::of_categories() {
  Counts categories;
  for (const Line* line : x_kept) {
    if (line->category != 0) ++categories[line->category];
  }
  if (categories.empty()) return;
  const std::int64_t n = sum_of(categories);
  add(Measure::kCategoryEntropy, entropy(numbers_of(categories)));
  std::vector<Preference> drawn;
  for (const auto& [category, hits] : categories) {
    const auto usual = x_usual.category_shares.find(category);
    if (usual == x_usual.category_shares.end() || usual->second <= 0) continue;
    const double q = usual->second;
    const BetaPrior everybody{kAffinityPrior * q, kAffinityPrior * (1 - q) + 1e-9};
    const Estimate shrunk = posterior({hits, n}, everybody);
    drawn.push_back(
        {Measure::kAffinity, {shrunk.value / q, shrunk.low / q, shrunk.high / q, n}, category});
  }
  std::stable_sort(drawn.begin(), drawn.end(), [](const Preference& a, const Preference& b) {
    return a.estimate.value > b.estimate.value;
  });
  if (drawn.size() > kAffinitiesKept) drawn.resize(kAffinitiesKept);
  for (const Preference& one : drawn) {
    if (one.estimate.low > 1) x_out.push_back(one);
  }
}

void Measuring::of_products() {
  std::unordered_set<std::uint32_t> known;
  Rate fresh;
  std::size_t seen = 0;
  for (const Line* line : x_kept) {
    if (line->product == 0) continue;
    const bool is_new = known.insert(line->product).second;
    if (seen++ >= std::size_t(kOrders)) fresh.add(is_new);
  }
  add(Measure::kVariety, share(fresh));
}

void Measuring::of_looks() {
  std::vector<double> hours, compared;
  for (const Order& order : x_orders) {
    if (order.all_returned || !order.first->compared) continue;
    compared.push_back(*order.first->compared);
    if (order.first->hours) hours.push_back(*order.first->hours);
  }
  if (!compared.empty()) add(Measure::kCompared, mean_of(compared));
  if (!hours.empty()) add(Measure::kHoursToDecide, median_of(std::move(hours)));
}

}  // namespace

std::string_view measure_id(Measure measure) { return info(measure).id; }

std::optional<Measure> measure_from(std::string_view id) {
  for (std::size_t i = 0; i < kMeasures; ++i) {
    if (kInfo[i].id == id) return static_cast<Measure>(i);
  }
  return {};
}

Said measure_label(Measure measure) { return info(measure).label.said(); }
std::int64_t least_of(Measure measure) { return info(measure).least; }

bool is_percent(Measure measure) {
  constexpr Measure kOthers[] = {Measure::kPriceIndex,      Measure::kBrandEntropy,
                                 Measure::kCategoryEntropy, Measure::kAffinity,
                                 Measure::kHoursToDecide,   Measure::kCompared};
  return std::find(std::begin(kOthers), std::end(kOthers), measure) == std::end(kOthers);
}

Said unit_label(Measure measure) { return info(measure).unit.said(); }

std::vector<Order> orders_of(std::span<const Line> lines) {
  std::vector<Order> out;
  std::unordered_map<std::uint64_t, std::size_t> places;
  for (const Line& line : lines) {
    const auto [at, fresh] = places.try_emplace(line.order, out.size());
    if (fresh) out.push_back({.order = line.order, .first = &line});
    Order& order = out[at->second];
    order.discount_known |= line.discount_known;
    order.discounted |= line.discounted;
    order.returned |= line.returned;
    order.all_returned &= line.returned;
  }
  return out;
}

bool at_night(std::int32_t minute) { return minute >= 23 * 60 || minute < 6 * 60; }

std::vector<Preference> preferences_of(std::span<const Line> lines, const Usual& usual) {
  return Measuring(lines, usual).all();
}

const Preference* find(std::span<const Preference> preferences, Measure measure) {
  const auto at = std::find_if(preferences.begin(), preferences.end(),
                               [&](const Preference& one) { return one.measure == measure; });
  return at == preferences.end() ? nullptr : &*at;
}

}  // namespace xinjing::behaviour
