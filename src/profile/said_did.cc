#include "profile/said_did.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/format.h"
#include "base/normal.h"
#include "base/tsv.h"
#include "psychology/standing.h"

namespace xinjing::profile {
namespace {

using behaviour::Estimate;
using behaviour::Measure;
using behaviour::Preference;

constexpr std::string_view kHeader = "id\tsaid\tat_least\tdid\tsense\tbound\tleast\tzh\ten";
constexpr std::string_view kUnsaid = "not ";
constexpr std::array<std::string_view, 4> kTurns = {"", "orders_risen", "orders_stopped", "silent"};
constexpr double kLeastDaysAfter = 30;
constexpr double kTwoSided95 = 2 * kNormal95;

Result<double> number_of(const TsvRow& row, std::string_view cell, double low, double high) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  const bool whole = error == std::errc{} && end == cell.data() + cell.size();
  if (whole && value >= low && value <= high) return value;
  return row.refuse(cell, {fmt::format("a number from {} to {} belongs here", low, high),
                           fmt::format("应为 {} 到 {} 的数", low, high)});
}

Status read_said(const TsvRow& row, const evidence::Catalogue& cards, SaidDidRule& out) {
  std::string_view cell = row.cells[1];
  out.unsaid = cell.starts_with(kUnsaid);
  if (out.unsaid) cell.remove_prefix(kUnsaid.size());
  const std::size_t colon = cell.find(':');
  const auto construct = colon == cell.npos ? std::nullopt : cards.number(cell.substr(0, colon));
  if (!construct) return row.refuse(cell, {"there is no such construct", "没有这个构念"});
  out.construct = *construct;
  for (const std::string_view id : split(cell.substr(colon + 1), '|')) {
    const auto state = cards[*construct].find_state(id);
    if (!state) return row.refuse(id, {"the card has no such state", "卡片没有这个状态"});
    out.states.push_back(*state);
  }
  return {};
}

Status read_did(const TsvRow& row, SaidDidRule& out) {
  const std::string_view did = row.cells[3], sense = row.cells[4];
  const auto turn = std::find(kTurns.begin() + 1, kTurns.end(), did);
  if (turn != kTurns.end()) {
    out.turn = static_cast<Turn>(turn - kTurns.begin());
    if (sense == "-") return {};
    return row.refuse(sense, {"a turn has no sense: write -", "此处没有方向，写 -"});
  }
  const auto measure = behaviour::measure_from(did);
  if (!measure) return row.refuse(did, {"there is no such measure", "没有这个指标"});
  out.measure = *measure;
  if (sense != "over" && sense != "under") {
    return row.refuse(sense, {"over or under belongs here", "应为 over 或 under"});
  }
  out.over = sense == "over";
  return {};
}

Status read_rule(const TsvRow& row, const evidence::Catalogue& cards, SaidDidRule& out) {
  out.id = row.cells[0];
  if (Status said = read_said(row, cards, out); !said) return said;
  if (Status did = read_did(row, out); !did) return did;
  const auto at_least = number_of(row, row.cells[2], 0, 1);
  if (!at_least) return at_least.failure();
  const auto bound = number_of(row, row.cells[5], 0, 1e6);
  if (!bound) return bound.failure();
  const auto least = number_of(row, row.cells[6], 1, 1000);
  if (!least) return least.failure();
  out.said_at_least = *at_least, out.bound = *bound, out.least = std::int64_t(*least);
  if (row.cells[7].empty() || row.cells[8].empty()) {
    return row.refuse(row.cells[7], {"a cell is empty", "有空单元格"});
  }
  out.text = {std::string(row.cells[8]), std::string(row.cells[7])};
  return {};
}

bool is_share(Measure measure) {
  return measure == Measure::kDiscountShare || measure == Measure::kBrandShare ||
         measure == Measure::kBrandSwitching || measure == Measure::kVariety ||
         measure == Measure::kReturnShare || measure == Measure::kNightShare;
}

/// The probability that a measure lies over a bound: of a share by its Beta posterior (Jeffreys),
/// else by the normal distribution that its interval stands for.
double over_bound(Measure measure, const Estimate& of, double bound) {
  if (is_share(measure)) {
    const double hits = std::round(of.value * double(of.n));
    return behaviour::beta_above(hits + 0.5, double(of.n) - hits + 0.5, bound);
  }
  const double spread = (of.high - of.low) / kTwoSided95;
  if (spread <= 0) return of.value > bound ? 1 : 0;
  return normal_below((of.value - bound) / spread);
}

/// What the words say of a rule's states.
struct WordSide {
  double p = 0;
  std::uint16_t state = 0;
  std::optional<Day> on;
};

bool shown(const evidence::Tally& words, const SaidDidRule& rule, std::uint16_t state, Day as_of,
           std::optional<Day>& on) {
  bool found = false;
  for (const auto& entry : words.entries_of(rule.construct)) {
    if (entry.key.state != state || entry.sum.count <= 0 || entry.key.day > as_of) continue;
    found = true;
    if (!on || *on < entry.key.day) on = entry.key.day;
  }
  return found;
}

std::optional<WordSide> word_side(const SaidDidRule& rule, const evidence::Card& card,
                                  const evidence::Tally& words, Day as_of) {
  const auto standing = psychology::read_standing(words, rule.construct, card, as_of);
  if (standing.episodes == 0 || standing.dist.empty()) return {};
  WordSide out;
  const bool exclusive = evidence::one_state_holds(card);
  double most = -1;
  bool any = false;
  for (const std::uint16_t state : rule.states) {
    const double p = standing.dist[state];
    out.p = exclusive ? out.p + p : std::max(out.p, p);
    if (p > most) most = p, out.state = state;
    any |= shown(words, rule, state, as_of, out.on);
  }
  if (rule.unsaid) {
    // Of a share: that the next episode shows none; what was shown once was said.
    if (any) return {};
    out.p = 1 - std::min(1.0, out.p);
    return out;
  }
  if (!any || !standing.said()) return {};
  return out;
}

struct ActSide {
  double p = 0;
  Estimate did;
};

std::optional<ActSide> measured(const SaidDidRule& rule, const Doings& doings) {
  const Preference* found = behaviour::find(doings.preferences, rule.measure);
  if (found == nullptr || found->estimate.n < rule.least) return {};
  const double over = over_bound(rule.measure, found->estimate, rule.bound);
  return ActSide{rule.over ? over : 1 - over, found->estimate};
}

/// Orders before and after the day of the words: the figure is the ratio of their rates.
std::optional<ActSide> risen(const SaidDidRule& rule, const Doings& doings, std::optional<Day> on,
                             Day as_of) {
  if (!on || doings.orders.empty()) return {};
  const auto n = std::int64_t(doings.orders.size());
  const double before_days = double(on->number - doings.orders.front().number);
  const double after_days = double(as_of.number - on->number);
  if (n < rule.least || before_days < kLeastDaysAfter || after_days < kLeastDaysAfter) return {};
  const auto after = std::int64_t(
      doings.orders.end() - std::upper_bound(doings.orders.begin(), doings.orders.end(), *on));
  const std::int64_t before = n - after;
  const double p = behaviour::risen(before, before_days, after, after_days);
  const double scale = before_days / after_days;
  const auto odds = [](double q) { return q / (1 - q); };
  const double low = behaviour::beta_quantile(double(after) + 0.5, double(before) + 0.5, 0.025);
  const double high = behaviour::beta_quantile(double(after) + 0.5, double(before) + 0.5, 0.975);
  return ActSide{p,
                 {(double(after) + 0.5) / (double(before) + 0.5) * scale, odds(low) * scale,
                  odds(high) * scale, n}};
}

/// The figure is the days of silence; its interval is what the rhythm lets expect.
std::optional<ActSide> silence(std::int64_t least, std::int64_t acts, std::optional<Day> first,
                               std::optional<Day> last, Day as_of) {
  if (!first || !last || acts < least || *last <= *first || *last > as_of) return {};
  const double days = double(last->number - first->number);
  const double silent = double(as_of.number - last->number);
  const double expected = days * (std::pow(0.05, -1 / double(acts - 1)) - 1);
  return ActSide{behaviour::fell_silent(acts - 1, days, silent), {silent, 0, expected, acts}};
}

std::optional<ActSide> act_side(const SaidDidRule& rule, const Doings& doings,
                                const WordSide& words, Day as_of) {
  switch (rule.turn) {
    case Turn::kMeasure:
      return measured(rule, doings);
    case Turn::kOrdersRisen:
      return risen(rule, doings, words.on, as_of);
    case Turn::kOrdersStopped:
      if (doings.orders.empty()) return {};
      return silence(rule.least, std::int64_t(doings.orders.size()), doings.orders.front(),
                     doings.orders.back(), as_of);
    case Turn::kSilent:
      return silence(rule.least, doings.active_days, doings.first_active, doings.last_active,
                     as_of);
  }
  return {};
}

}  // namespace

std::string_view did_id(const SaidDidRule& rule) {
  return rule.turn == Turn::kMeasure ? behaviour::measure_id(rule.measure)
                                     : kTurns[static_cast<std::size_t>(rule.turn)];
}

Result<std::vector<SaidDidRule>> parse_said_did(std::string_view text, std::string_view name,
                                                const evidence::Catalogue& cards) {
  std::vector<SaidDidRule> out;
  const Status read = TsvReader(text, name, kHeader).each([&](const TsvRow& row) -> Status {
    SaidDidRule rule;
    if (Status fine = read_rule(row, cards, rule); !fine) return fine;
    const bool known = std::any_of(out.begin(), out.end(),
                                   [&](const SaidDidRule& other) { return other.id == rule.id; });
    if (known) return row.refuse(row.cells[0], {"this id stands twice", "编号重复"});
    out.push_back(std::move(rule));
    return {};
  });
  if (!read) return read.failure();
  return out;
}

std::vector<SaidDid> said_and_did(std::span<const SaidDidRule> rules,
                                  const evidence::Catalogue& cards, const evidence::Tally& words,
                                  const Doings& doings, Day as_of) {
  std::vector<SaidDid> out;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const SaidDidRule& rule = rules[r];
    const auto said = word_side(rule, cards[rule.construct], words, as_of);
    if (!said || said->p < rule.said_at_least) continue;
    const auto did = act_side(rule, doings, *said, as_of);
    const double least_did = rule.turn == Turn::kMeasure ? 0 : rule.bound;
    if (!did || did->p < least_did || said->p * did->p < kLeastTogether) continue;
    SaidDid one{.rule = r,
                .p = said->p * did->p,
                .said_p = said->p,
                .did_p = did->p,
                .state = said->state,
                .said_on = said->on,
                .did = did->did};
    one.text = rule.text;
    one.rule_id = rule.id;
    one.measure = did_id(rule);
    one.construct = rule.construct;
    one.states = rule.states;
    one.unsaid = rule.unsaid;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace xinjing::profile
