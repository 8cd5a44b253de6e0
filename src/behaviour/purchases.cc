#include "behaviour/purchases.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/check.h"

namespace xinjing::behaviour {
namespace {

constexpr float kHardlyAnything = 1e-4F;

auto place(const PurchaseLine& line) {
  return std::tuple(line.person, line.product, line.day, line.quantity < 0);
}

/// Lines of one person and product, in order of time, as purchases that were kept.
class Kept {
 public:
  void clear() { x_open.clear(), x_unbought = 0; }
  void add(const PurchaseLine& line) {
    if (line.quantity > 0) {
      x_open.push_back(line);
      return;
    }
    float back = -line.quantity;
    while (back > kHardlyAnything && !x_open.empty()) {
      PurchaseLine& last = x_open.back();
      const float taken = std::min(back, last.quantity);
      last.quantity -= taken;
      back -= taken;
      if (last.quantity <= kHardlyAnything) x_open.pop_back();
    }
    x_unbought += double(std::max(back, 0.0F));
  }
  const std::vector<PurchaseLine>& open() const { return x_open; }
  double unbought() const { return x_unbought; }

 private:
  std::vector<PurchaseLine> x_open;
  double x_unbought = 0;
};

bool same_thing(const PurchaseLine& a, const PurchaseLine& b) {
  return a.person == b.person && a.product == b.product;
}

}  // namespace

Day Baskets::first_day() const {
  return std::min_element(x_all.begin(), x_all.end(),
                          [](const Bought& a, const Bought& b) { return a.day < b.day; })
      ->day;
}

Day Baskets::last_day() const {
  return std::max_element(x_all.begin(), x_all.end(),
                          [](const Bought& a, const Bought& b) { return a.day < b.day; })
      ->day;
}

std::int64_t basket_count(std::span<const Bought> lines) {
  std::int64_t out = lines.empty() ? 0 : 1;
  for (std::size_t i = 1; i < lines.size(); ++i) out += lines[i].day != lines[i - 1].day ? 1 : 0;
  return out;
}

std::span<const Bought> last_basket(std::span<const Bought> lines) {
  std::size_t begin = lines.size();
  while (begin > 0 && lines[begin - 1].day == lines.back().day) --begin;
  return lines.subspan(begin);
}

Purchases::Purchases(std::vector<PurchaseLine> lines, std::int32_t persons, std::int32_t products)
    : x_lines(std::move(lines)), x_persons(persons), x_products(products) {
  std::erase_if(x_lines, [](const PurchaseLine& line) {
    return !std::isfinite(line.quantity) || line.quantity == 0;
  });
  for (const PurchaseLine& line : x_lines) {
    XINJING_CHECK(line.person >= 0 && line.person < persons);
    XINJING_CHECK(line.product >= 0 && line.product < products);
  }
  std::sort(x_lines.begin(), x_lines.end(), [](const PurchaseLine& a, const PurchaseLine& b) {
    return std::tuple_cat(place(a), std::tuple(a.quantity)) <
           std::tuple_cat(place(b), std::tuple(b.quantity));
  });
}

Baskets Purchases::between(Day from, Day until) const {
  std::vector<std::size_t> begins{0};
  begins.reserve(std::size_t(x_persons) + 1);
  std::vector<Bought> all;
  all.reserve(x_lines.size());
  Kept kept;
  std::size_t at = 0;
  for (std::int32_t person = 0; person < x_persons; ++person) {
    while (at < x_lines.size() && x_lines[at].person == person) {
      const PurchaseLine& first = x_lines[at];
      kept.clear();
      for (; at < x_lines.size() && same_thing(x_lines[at], first); ++at) {
        if (x_lines[at].day < until) kept.add(x_lines[at]);
      }
      for (const PurchaseLine& line : kept.open()) {
        if (line.day >= from) all.push_back({line.day, line.product});
      }
    }
    const auto begin = all.begin() + std::ptrdiff_t(begins.back());
    std::sort(begin, all.end());
    all.erase(std::unique(begin, all.end()), all.end());
    begins.push_back(all.size());
  }
  return {std::move(begins), std::move(all), x_products};
}

double Purchases::returned_unbought() const {
  double out = 0;
  Kept kept;
  for (std::size_t at = 0; at < x_lines.size();) {
    const PurchaseLine& first = x_lines[at];
    kept.clear();
    for (; at < x_lines.size() && same_thing(x_lines[at], first); ++at) kept.add(x_lines[at]);
    out += kept.unbought();
  }
  return out;
}

}  // namespace xinjing::behaviour
