#include "behaviour/tariff_plan.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/format.h"
#include "base/toml.h"

namespace xinjing::behaviour {
namespace {

constexpr int kDay = MeterSeries::kDayMinutes;

Failure bad(Said said, const TomlTable& table, std::string_view key = {}) {
  return fail(ErrorCode::kBadInput, std::move(said), table.place(key));
}

Status known_keys(const TomlTable& table, std::initializer_list<std::string_view> known) {
  for (const std::string& key : table.keys()) {
    if (std::ranges::find(known, key) != known.end()) continue;
    return bad({fmt::format("'{}' is nothing a tariff has", key),
                fmt::format("资费中没有“{}”这一项", key)},
               table, key);
  }
  return {};
}

/// "22:00" or "24:00" as a minute of the day.
std::optional<int> minute_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return {};
  for (const std::size_t i : {0U, 1U, 3U, 4U}) {
    if (text[i] < '0' || text[i] > '9') return {};
  }
  const int hour = (text[0] - '0') * 10 + text[1] - '0';
  const int minute = (text[3] - '0') * 10 + text[4] - '0';
  if (minute > 59 || hour * 60 + minute > kDay) return {};
  return hour * 60 + minute;
}

Result<double> price_of(const TomlTable& table, std::string_view key, double otherwise) {
  const std::vector<std::string> keys = table.keys();
  if (std::ranges::find(keys, key) == keys.end()) return otherwise;
  const std::optional<double> value = table.number(key);
  if (!value || !std::isfinite(*value) || *value < 0) {
    return bad(
        {fmt::format("{} is a number of 0 or more", key), fmt::format("{} 应为不小于 0 的数", key)},
        table, key);
  }
  return *value;
}

Status set_times(const TomlTable& table, PriceWindow& out) {
  for (const auto& [key, to] : {std::pair{"from", &out.from_minute}, {"to", &out.to_minute}}) {
    const std::optional<std::string> text = table.string(key);
    if (!text) continue;
    const std::optional<int> minute = minute_of(*text);
    if (!minute) {
      return bad({fmt::format("'{}' is no time like 22:00", *text),
                  fmt::format("“{}”不是 22:00 这样的时刻", *text)},
                 table, key);
    }
    *to = *minute;
  }
  const std::string days = table.string("days").value_or("all");
  if (days != "all" && days != "working" && days != "weekend") {
    return bad({"days are all, working or weekend", "days 应为 all、working 或 weekend"}, table,
               "days");
  }
  out.days = days == "all"       ? DayKind::kAll
             : days == "working" ? DayKind::kWorking
                                 : DayKind::kWeekend;
  return {};
}

/// months = "6-8" or "11-2,4".
Status set_months(const TomlTable& table, PriceWindow& out) {
  const std::optional<std::string> text = table.string("months");
  if (!text) return {};
  out.months = 0;
  const auto number = [](std::string_view word) {
    int value = 0;
    for (const char c : word)
      value = c >= '0' && c <= '9' && value < 100 ? value * 10 + c - '0' : 1000;
    return word.empty() || value < 1 || value > 12 ? 0 : value;
  };
  std::string_view rest = *text;
  while (true) {
    const std::string_view part = rest.substr(0, rest.find(','));
    const std::size_t dash = part.find('-');
    const int first = number(part.substr(0, dash));
    const int last = dash == std::string_view::npos ? first : number(part.substr(dash + 1));
    if (first == 0 || last == 0) {
      return bad({"months are numbers from 1 to 12, as in 6-8 or 11-2,4",
                  "months 为 1 到 12 的月份，如 6-8 或 11-2,4"},
                 table, "months");
    }
    for (int m = first;; m = m % 12 + 1) {
      out.months = std::uint16_t(out.months | 1U << (m - 1));
      if (m == last) break;
    }
    if (part.size() == rest.size()) return {};
    rest.remove_prefix(part.size() + 1);
  }
}

Result<PriceWindow> window_from(const TomlTable& table) {
  PriceWindow out;
  if (Status known = known_keys(table, {"price", "from", "to", "days", "months"}); !known) {
    return known.failure();
  }
  if (!table.number("price")) return bad({"a price is missing", "缺少 price"}, table, "price");
  const Result<double> price = price_of(table, "price", 0);
  if (!price) return price.failure();
  out.price = *price;
  if (Status set = set_times(table, out); !set) return set.failure();
  if (Status set = set_months(table, out); !set) return set.failure();
  return out;
}

Status set_tiers(const TomlTable& table, TariffPlan& plan) {
  double before = 0;
  for (const TomlTable& one : table.tables("tier")) {
    if (Status known = known_keys(one, {"up_to", "add"}); !known) return known;
    const auto up_to = price_of(one, "up_to", std::numeric_limits<double>::infinity());
    const auto add = price_of(one, "add", 0);
    if (!up_to) return up_to.failure();
    if (!add) return add.failure();
    if (*up_to <= before) {
      return bad({"each tier reaches further than the one before", "每一档的上限应高于前一档"}, one,
                 "up_to");
    }
    before = *up_to;
    plan.tiers.push_back({*up_to, *add});
  }
  if (!plan.tiers.empty() && std::isfinite(before)) {
    return bad({"the last tier has no up_to", "最后一档不写 up_to"}, table, "tier");
  }
  return {};
}

Status covers_all(const TariffPlan& plan, const TomlTable& table) {
  for (int month = 1; month <= 12; ++month) {
    for (const bool weekend : {false, true}) {
      for (int minute = 0; minute < kDay; ++minute) {
        if (std::ranges::any_of(plan.windows, [&](const PriceWindow& w) {
              return w.holds(month, weekend, minute);
            })) {
          continue;
        }
        const std::string when = fmt::format("{:02}:{:02}", minute / 60, minute % 60);
        return bad({fmt::format("plan '{}' has no price at {} in month {}", plan.id, when, month),
                    fmt::format("方案“{}”在 {} 月 {} 没有价格", plan.id, month, when)},
                   table);
      }
    }
  }
  return {};
}

bool changes_with_hours(const TariffPlan& plan) {
  for (int month = 1; month <= 12; ++month) {
    for (const bool weekend : {false, true}) {
      const double price = plan.windows[plan.window(month, weekend, 0)].price;
      for (int minute = 0; minute < kDay; ++minute) {
        if (plan.windows[plan.window(month, weekend, minute)].price != price) return true;
      }
    }
  }
  return false;
}

Result<TariffPlan> plan_from(const TomlTable& table) {
  TariffPlan out;
  if (Status known = known_keys(table, {"id", "zh", "en", "source_zh", "source_en", "for",
                                        "present", "fixed", "price", "tier", "tiers_of"});
      !known) {
    return known.failure();
  }
  out.id = table.string("id").value_or("");
  if (out.id.empty()) return bad({"a plan has an id", "方案要有 id"}, table, "id");
  out.name = {table.string("en").value_or(out.id), table.string("zh").value_or(out.id)};
  out.source = {table.string("source_en").value_or(""), table.string("source_zh").value_or("")};
  out.kinds = table.strings("for");
  out.present = table.boolean("present").value_or(false);
  const Result<double> fixed = price_of(table, "fixed", 0);
  if (!fixed) return fixed.failure();
  out.fixed = *fixed;
  for (const TomlTable& one : table.tables("price")) {
    Result<PriceWindow> window = window_from(one);
    if (!window) return window.failure();
    out.windows.push_back(*window);
  }
  if (Status set = set_tiers(table, out); !set) return set.failure();
  const std::string of = table.string("tiers_of").value_or("month");
  if (of != "month" && of != "year") {
    return bad({"tiers_of is month or year", "tiers_of 应为 month 或 year"}, table, "tiers_of");
  }
  out.yearly_tiers = of == "year";
  if (Status whole = covers_all(out, table); !whole) return whole.failure();
  out.by_hour = changes_with_hours(out);
  return out;
}

}  // namespace

bool PriceWindow::holds(int month, bool weekend, int minute) const {
  if ((months >> (month - 1) & 1) == 0) return false;
  if (days != DayKind::kAll && (days == DayKind::kWeekend) != weekend) return false;
  if (from_minute < to_minute) return minute >= from_minute && minute < to_minute;
  return minute >= from_minute || minute < to_minute;
}

bool TariffPlan::open_to(std::string_view kind) const {
  return kinds.empty() || kind.empty() || std::ranges::find(kinds, kind) != kinds.end();
}

std::size_t TariffPlan::window(int month, bool weekend, int minute) const {
  const auto found = std::ranges::find_if(
      windows, [&](const PriceWindow& w) { return w.holds(month, weekend, minute); });
  XINJING_CHECK(found != windows.end());
  return std::size_t(found - windows.begin());
}

double TariffPlan::tier_cost(double kwh) const {
  double cost = 0, below = 0;
  for (const PriceTier& tier : tiers) {
    if (kwh <= below) break;
    cost += (std::min(kwh, tier.up_to) - below) * tier.add;
    below = tier.up_to;
  }
  return cost;
}

Result<TariffBook> TariffBook::parse(std::string_view text, const std::string& name) {
  const Result<TomlTable> table = TomlTable::parse(text, name);
  if (!table) return table.failure();
  TariffBook out;
  if (Status known = known_keys(*table, {"currency", "plan"}); !known) {
    return known.failure();
  }
  out.currency = table->string("currency").value_or("CNY");
  std::set<std::string> ids;
  for (const TomlTable& one : table->tables("plan")) {
    Result<TariffPlan> plan = plan_from(one);
    if (!plan) return plan.failure();
    if (!ids.insert(plan->id).second) {
      return bad({fmt::format("two plans are called '{}'", plan->id),
                  fmt::format("有两个方案都叫“{}”", plan->id)},
                 one, "id");
    }
    out.plans.push_back(std::move(*plan));
  }
  if (out.plans.empty()) return bad({"no plan is in the file", "文件里没有方案"}, *table);
  return out;
}

const TariffPlan* TariffBook::find(std::string_view word) const {
  const auto found = std::ranges::find_if(plans, [&](const TariffPlan& plan) {
    return plan.id == word || plan.name.en == word || plan.name.zh == word;
  });
  return found == plans.end() ? nullptr : &*found;
}

const TariffPlan* TariffBook::present(std::string_view written, std::string_view asked,
                                      std::string_view kind) const {
  if (const TariffPlan* own = written.empty() ? nullptr : find(written)) return own;
  const TariffPlan* wanted = asked.empty() ? nullptr : find(asked);
  if (wanted != nullptr && wanted->open_to(kind)) return wanted;
  const auto found = std::ranges::find_if(
      plans, [&](const TariffPlan& plan) { return plan.present && plan.open_to(kind); });
  return found == plans.end() ? nullptr : &*found;
}

std::vector<const TariffPlan*> TariffBook::choices(const TariffPlan& present,
                                                   std::string_view kind) const {
  std::vector<const TariffPlan*> out = {&present};
  for (const TariffPlan& plan : plans) {
    const bool may = kind.empty() ? plan.kinds == present.kinds : plan.open_to(kind);
    if (may && &plan != &present) out.push_back(&plan);
  }
  return out;
}

}  // namespace xinjing::behaviour
