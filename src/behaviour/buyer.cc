#include "behaviour/buyer.h"

#include <algorithm>

#include "base/format.h"

namespace xinjing::behaviour {
namespace {

constexpr double kUnit = 10'000;  // ten-thousandths

}  // namespace

double Buyer::kept() const {
  if (money <= 0) return 1;
  return std::max(0., 1 - double(refunds) / double(money));
}

std::int64_t Buyer::net() const { return std::max<std::int64_t>(0, money - refunds); }

Buyer::Spending Buyer::spending(SpendBasis basis) const {
  const bool all = basis == SpendBasis::kAll;
  const double n = double(all ? purchases : purchases - 1);
  if (n < 1) return {};
  return {n, double(all ? money : money - first_money) / kUnit / n * kept()};
}

BuyingCell Buyer::cell(Day as_of) const {
  return {.level = level,
          .repeats = std::int32_t(purchases - 1),
          .last_days = last.number - first.number,
          .age_days = as_of.number - first.number,
          .customers = 1};
}

std::int64_t Buyers::repeaters() const {
  return std::count_if(all.begin(), all.end(), [](const Buyer& b) { return b.purchases > 1; });
}

std::int64_t Buyers::most_orders() const {
  std::int64_t out = 0;
  for (const Buyer& one : all) out = std::max(out, one.orders);
  return out;
}

int Buyers::span_days() const {
  int out = 0;
  for (const Buyer& one : all) out = std::max(out, as_of.number - one.first.number);
  return out;
}

bool Buyers::has_money() const {
  return std::any_of(all.begin(), all.end(), [](const Buyer& b) { return b.money > 0; });
}

std::vector<BuyingCell> Buyers::cells() const {
  std::vector<BuyingCell> out;
  out.reserve(all.size());
  for (const Buyer& one : all) out.push_back(one.cell(as_of));
  return out;
}

Said TooFew::said() const {
  return {fmt::format("too few data for a model of buying: {} customers bought, {} of them again, "
                      "over {} days; needed are {}, {} and {}",
                      buyers, repeaters, span_days, kLeastBuyers, kLeastRepeaters, kLeastSpanDays),
          fmt::format("数据太少，无法建立购买模型：有 {} 位客户买过，其中 {} 位复购，历时 {} "
                      "天；至少需要 {} 位、{} 位、{} 天",
                      buyers, repeaters, span_days, kLeastBuyers, kLeastRepeaters, kLeastSpanDays)};
}

std::optional<TooFew> too_few(const Buyers& buyers) {
  const TooFew out{std::int64_t(buyers.all.size()), buyers.repeaters(), buyers.span_days()};
  if (out.buyers >= kLeastBuyers && out.repeaters >= kLeastRepeaters &&
      out.span_days >= kLeastSpanDays) {
    return {};
  }
  return out;
}

}  // namespace xinjing::behaviour
