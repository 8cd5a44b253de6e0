// How long models of repeat buying take to fit a million customers, from their histories to
// parameters with standard errors; and to say of each what is to be expected.
#include <benchmark/benchmark.h>

#include <random>

#include "behaviour/customer_value.h"

namespace xinjing {
namespace {

using behaviour::Buyer;
using behaviour::Buyers;
using behaviour::BuyingModel;

/// Customers who come in over two years and buy as MBG/NBD tells, to the day.
Buyers simulated(std::size_t n) {
  std::mt19937_64 random(1);
  std::gamma_distribution<double> rate(0.6, 1 / 6.), goes(0.9), stays(2.5), money(4.0, 10.0),
      level(4.0);
  std::uniform_real_distribution<double> uniform;
  Buyers out;
  out.as_of = {20'000};
  out.levels = {""};
  constexpr int kDays = 730;
  for (std::size_t i = 0; i < n; ++i) {
    const int age = int(random() % kDays);
    Buyer one;
    one.person = std::int64_t(i), one.first = one.last = {20000 - age};
    const double x = goes(random), share = x / (x + stays(random)), lambda = rate(random) / 7;
    std::exponential_distribution<double> gap(lambda);
    const double unit = 3e4 / level(random);  // ten-thousandths
    double t = 0;
    one.purchases = 1, one.first_money = one.money = std::int64_t(money(random) * unit);
    while (uniform(random) >= share && (t += gap(random)) < age) {
      const Day day{one.first.number + int(t)};
      if (day == one.last) continue;
      one.last = day, ++one.purchases, one.money += std::int64_t(money(random) * unit);
    }
    one.orders = one.purchases;
    out.all.push_back(one);
  }
  return out;
}

const Buyers& million() {
  static const Buyers buyers = simulated(1'000'000);
  return buyers;
}

void BM_FitMillion(benchmark::State& state) {
  const auto model = static_cast<BuyingModel>(state.range(0));
  const std::vector<behaviour::BuyingCell> cells = million().cells();
  behaviour::BuyingFit fit;
  std::size_t distinct = 0;
  for (auto _ : state) {
    const auto grouped = behaviour::grouped(cells);
    distinct = grouped.size();
    fit = behaviour::fit_buying(model, grouped);
  }
  const auto p = fit.of_level(0);
  state.SetLabel(std::string(behaviour::model_id(model)));
  state.counters["cells"] = double(distinct);
  state.counters["passes"] = fit.evaluations;
  state.counters["settled"] = fit.settled;
  state.counters["r"] = p.r, state.counters["alpha"] = p.alpha;
  state.counters["a"] = p.a, state.counters["b"] = p.b;
}
BENCHMARK(BM_FitMillion)->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_FitSpendMillion(benchmark::State& state) {
  std::vector<behaviour::Spender> spenders;
  for (const Buyer& one : million().all) {
    const auto [purchases, mean] = one.spending(behaviour::SpendBasis::kAll);
    spenders.push_back({purchases, mean});
  }
  for (auto _ : state) benchmark::DoNotOptimize(behaviour::fit_spend(spenders));
  state.counters["spenders"] = double(spenders.size());
}
BENCHMARK(BM_FitSpendMillion)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_ValuateMillion(benchmark::State& state) {
  const auto model = static_cast<BuyingModel>(state.range(0));
  const auto fitted = behaviour::fit_values(million(), model);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        behaviour::valuate(million(), fitted, {.model = model, .horizon = {}}));
  }
  state.SetLabel(std::string(behaviour::model_id(model)));
}
BENCHMARK(BM_ValuateMillion)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace xinjing
