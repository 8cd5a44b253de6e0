#include "cli/buyers.h"

#include <cmath>

#include "report/portrait_text.h"

namespace xinjing::cli {
namespace {

using behaviour::Buyers;
using behaviour::OrderNotes;
using behaviour::SoundDays;

constexpr std::int64_t kManyOrders = 1'000;
constexpr std::int64_t kManyADay = 5;

void note(std::vector<Said>& out, std::int64_t n, std::string_view en, std::string_view zh) {
  if (n == 0) return;
  out.push_back({fmt::format(fmt::runtime(en), n), fmt::format(fmt::runtime(zh), n)});
}

void note_rows(const OrderNotes& rows, std::vector<Said>& out) {
  note(out, rows.nobody, "{} rows of orders name no customer and are left out",
       "{} 行订单没有客户，未计入");
  note(out, rows.future, "{} rows of orders lie after the day of looking and are left out",
       "{} 行订单晚于截止日，未计入");
  if (rows.other_currency > 0) {
    out.push_back({fmt::format("{} rows in other currencies than {} are left out (there is no "
                               "exchange rate)",
                               rows.other_currency, visible_line(rows.currency)),
                   fmt::format("{} 行不是 {}，未计入（没有汇率）", rows.other_currency,
                               visible_line(rows.currency))});
  }
  note(out, rows.cancelled, "{} rows were cancelled by their status and are left out",
       "{} 行按状态已取消，未计入");
  note(out, rows.refunds,
       "{} rows are refunds (negative): no purchases; they lower what the customer spends",
       "{} 行为退款（负数）：不算购买，从该客户的消费中扣除");
  note(out, rows.no_money, "{} rows have no money: a purchase that adds nothing",
       "{} 行没有金额：算一次购买，金额为零");
  note(out, rows.twins,
       "{} orders are the same as another in customer, moment, product and money: duplicates under "
       "another order id? Their money counts",
       "{} 笔订单与另一笔同客户、同一时刻、同商品、同金额：可能换了单号的重复？金额仍计入");
}

void note_people(const AskedBuyers& asked, std::vector<Said>& out) {
  for (std::size_t i = 0; i < asked.buyers.all.size(); ++i) {
    const behaviour::Buyer& one = asked.buyers.all[i];
    if (one.orders < kManyOrders || one.orders < kManyADay * one.purchases) continue;
    const std::string id = visible_line(asked.ids[i]);
    out.push_back({fmt::format("{} has {} orders on {} days: an account of many people? Orders of "
                               "one day count as one purchase",
                               id, one.orders, one.purchases),
                   fmt::format("{} 有 {} 笔订单，分布在 {} 天：是否多人共用的账号？同一天的订单算一"
                               "次购买",
                               id, one.orders, one.purchases)});
  }
}

void note_early(const SoundDays& days, std::vector<Said>& out) {
  if (days.before == 0) return;
  out.push_back({fmt::format("{} rows of orders lie years before all others (from {}): taken for "
                             "errors of a clock and left out",
                             days.before, iso_date(days.earliest)),
                 fmt::format("{} 行订单比其余订单早好几年（最早 {}），视为时钟错误，未计入",
                             days.before, iso_date(days.earliest))});
}

void note_clock(const SoundDays& days, std::vector<Said>& out) {
  if (days.beyond == 0) return;
  out.push_back(
      {fmt::format("{} rows of orders lie far after all others (up to {}): taken for errors of a "
                   "clock; --as-of DAY decides otherwise",
                   days.beyond, iso_date(days.latest)),
       fmt::format("{} 行订单远远晚于其余订单（直到 {}），视为时钟错误；可用 --as-of 另定截止日",
                   days.beyond, iso_date(days.latest))});
}

}  // namespace

Result<AskedBuyers> ask_buyers(const DuckConnection& connection, const std::string& as_of,
                               const std::string& covariate) {
  const auto days = behaviour::order_days(connection);
  if (!days) return days.failure();
  const Failure nobody =
      fail(ErrorCode::kBadInput, {"there are no orders of any customer", "没有任何客户的订单"});
  if (!*days) return nobody;
  AskedBuyers out;
  out.first_order = (*days)->first;
  Day until = (*days)->last;
  if (!as_of.empty()) {
    const Result<Day> asked = day_argument(as_of);
    if (!asked) return asked.failure();
    until = *asked;
  }
  Result<Buyers> buyers = behaviour::load_buyers(
      connection,
      {.as_of = until, .from = (*days)->first, .covariate = covariate, .count_twins = true});
  if (!buyers) return buyers.failure();
  out.buyers = std::move(*buyers);
  if (out.buyers.all.empty()) return nobody;
  std::vector<std::int64_t> people;
  for (const behaviour::Buyer& one : out.buyers.all) people.push_back(one.person);
  Result<std::vector<std::string>> ids = behaviour::person_ids(connection, people);
  if (!ids) return ids.failure();
  out.ids = std::move(*ids);
  if (as_of.empty()) note_clock(**days, out.notes);
  note_early(**days, out.notes);
  note_rows(out.buyers.notes, out.notes);
  note_people(out, out.notes);
  return out;
}

void tell_notes(const Context& context, const std::vector<Said>& notes) {
  constexpr std::size_t kMost = 12;
  for (std::size_t i = 0; i < std::min(kMost, notes.size()); ++i) {
    context.print("{}{}\n", context.say({"Note: ", "注意："}), context.say(notes[i]));
  }
  if (notes.size() > kMost) {
    context.print("{}\n", context.say({fmt::format("... and {} more notes", notes.size() - kMost),
                                       fmt::format("……另有 {} 条", notes.size() - kMost)}));
  }
}

std::string short_money(const std::string& currency, double amount) {
  std::string out = report::money_text(currency, std::int64_t(std::llround(amount * 1e4)));
  constexpr double kWithoutCents = 1'000;
  if (amount == 0 || std::abs(amount) >= kWithoutCents) {
    out = report::money_text(currency, std::int64_t(std::llround(amount)) * 10'000);
    out.resize(out.size() - 3);
  }
  return out;
}

}  // namespace xinjing::cli
