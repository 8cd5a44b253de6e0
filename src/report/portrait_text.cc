#include "report/portrait_text.h"

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "base/visible.h"
#include "language/words.h"
#include "report/churn_reason.h"
#include "report/followed_text.h"
#include "report/recommendation_text.h"

namespace xinjing::report {
namespace {

using profile::Line;
using profile::Portrait;
using profile::Quote;
using psychology::Ground;
using psychology::Standing;

constexpr std::size_t kQuoteLetters = 60;
constexpr std::size_t kRecordLetters = 100;

struct Heading {
  evidence::Group group;
  std::string_view zh;
  std::string_view en;
};

constexpr Heading kHeadings[] = {{evidence::Group::kFeeling, "感受", "Feeling"},
                                 {evidence::Group::kWant, "所求", "Wants"},
                                 {evidence::Group::kBond, "满意与关系", "Satisfaction and bond"},
                                 {evidence::Group::kDeciding, "决策", "Deciding"},
                                 {evidence::Group::kBeing, "风格与类型", "Style and type"},
                                 {evidence::Group::kAgent, "坐席的接待", "How staff served"},
                                 {evidence::Group::kOther, "其他", "Other"}};

class Page {
 public:
  Page(const Portrait& portrait, const evidence::Catalogue& catalogue, const PortraitStyle& style)
      : x_portrait(portrait), x_catalogue(catalogue), x_style(style) {}

  std::string text();

 private:
  bool zh() const { return x_style.lang == Lang::kZh; }
  std::string bold(std::string_view text) const {
    return x_style.colour ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
  }
  std::string dim(std::string_view text) const {
    return x_style.colour ? fmt::format("\x1b[2m{}\x1b[0m", text) : std::string(text);
  }
  const std::string& label(const Said& said) const { return said.in(x_style.lang); }

  std::string head();
  std::string contacts() const;
  std::string purchases() const;
  std::string next() const;
  std::string tongues();
  std::string churn() const;
  std::string value() const;
  std::string value_grounds(const behaviour::KeptValue& value) const;
  void write_group(const Heading& heading);
  void write_line(const Line& line);
  std::string grade_note(evidence::Grade grade) const;
  std::string claim(const Line& line, const evidence::Card& card) const;
  std::string others(const Standing& standing, const evidence::Card& card) const;
  void write_path(const Standing& standing, const evidence::Card& card);
  std::string trend(psychology::Trend trend) const;
  void write_quotes(const std::vector<Quote>& quotes, std::string_view mark,
                    const evidence::Card& card);
  void write_expectations();
  void write_promises();
  void write_said_did();
  void write_unsaid();
  bool said_of_acts(const evidence::Card& card) const;
  std::string why_unsaid(const Line& line, const evidence::Card& card) const;
  std::string list_of(const std::map<std::string, std::int64_t>& counts) const;

  const Portrait& x_portrait;
  const evidence::Catalogue& x_catalogue;
  const PortraitStyle& x_style;
  language::WordBreaker x_breaker;
  std::string x_out;
};

/// At most so many letters in one line, cut behind a word unless that loses most of it.
std::string shortened(std::string_view text, std::size_t letters, language::WordBreaker& breaker) {
  std::size_t most = 0;
  for (std::size_t n = 0; n < letters && most < text.size(); ++n) {
    most += decode_utf8(text.substr(most)).bytes;
  }
  const bool cut = most < text.size();
  if (const std::size_t words = breaker.words_within(text, most); 2 * words > most) most = words;
  text = text.substr(0, most);
  while (cut && text.ends_with(' ')) text.remove_suffix(1);
  const std::string out = visible_line(text);
  return cut ? out + "…" : out;
}

bool is_share(const evidence::Card& card) {
  return !evidence::one_state_holds(card) && card.measure != evidence::Measure::kSeveral;
}

std::string Page::list_of(const std::map<std::string, std::int64_t>& counts) const {
  std::vector<std::pair<std::int64_t, std::string>> order;
  order.reserve(counts.size());
  for (const auto& [name, n] : counts)
    order.emplace_back(-n, name.empty() ? (zh() ? "未注明" : "unstated") : visible_line(name));
  std::sort(order.begin(), order.end());
  std::vector<std::string> parts;
  parts.reserve(order.size());
  for (const auto& [n, name] : order) parts.push_back(fmt::format("{} {}", name, -n));
  return fmt::format("{}", fmt::join(parts, zh() ? "、" : ", "));
}

std::string Page::contacts() const {
  const behaviour::History& history = x_portrait.history;
  if (history.conversations == 0) return zh() ? "没有对话" : "no conversations";
  return zh() ? fmt::format("{} 次对话，{} 条消息（{}），最近 {}", history.conversations,
                            history.messages, list_of(history.channels),
                            iso_date(history.contacted.last))
              : fmt::format("{} conversations, {} messages ({}), last on {}", history.conversations,
                            history.messages, list_of(history.channels),
                            iso_date(history.contacted.last));
}

std::string Page::churn() const {
  const profile::ChurnRisk& risk = *x_portrait.churn;
  std::string because;
  for (const profile::ChurnReason& reason : risk.reasons) {
    if (!because.empty()) because += zh() ? "；" : "; ";
    because += fmt::format("{} {:+.1f}",
                           churn_reason(reason.what, reason.value, reason.level, x_style.lang),
                           reason.adds);
  }
  const std::string percent = fmt::format("{:.0f}%", 100 * risk.p);
  return visible_line(
      zh() ? fmt::format("{} 天内不再下单的可能 {}（{}）", risk.horizon_days, percent, because)
           : fmt::format("{} likely to order no more within {} days ({})", percent,
                         risk.horizon_days, because));
}

std::string Page::purchases() const {
  const behaviour::History& history = x_portrait.history;
  if (history.orders == 0) return zh() ? "没有订单" : "no orders";
  const auto rfm = behaviour::rfm(history, x_portrait.as_of);
  std::vector<std::string> sums;
  for (const auto& [currency, sum] : rfm.money) sums.push_back(money_text(currency, sum));
  const std::string money = fmt::format("{}", fmt::join(sums, " + "));
  return zh() ? fmt::format("{} 笔订单，共 {}，最近 {}（{} 天前）", rfm.frequency, money,
                            iso_date(history.bought.last), *rfm.recency_days)
              : fmt::format("{} orders, {} in all, last on {} ({} days ago)", rfm.frequency, money,
                            iso_date(history.bought.last), *rfm.recency_days);
}

/// In which languages they write, where that is more than one.
std::string Page::tongues() {
  const profile::Tongues& tongues = x_portrait.tongues;
  if (!tongues.several()) return {};
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t count, const Said& what) {
    if (count > 0) parts.push_back(fmt::format("{} {}", label(what), count));
  };
  add(tongues.chinese, {"Chinese", "中文"});
  add(tongues.english, {"English", "英文"});
  add(tongues.mixed, {"both in one", "中英混写"});
  const std::string quote =
      tongues.latest.empty()
          ? std::string()
          : fmt::format(" “{}”", shortened(tongues.latest, kQuoteLetters, x_breaker));
  return fmt::format(
      fmt::runtime(zh() ? "  书写语言（条）：{}{}\n" : "  writes (messages): {}{}\n"),
      fmt::join(parts, zh() ? "、" : ", "), quote);
}

std::string Page::next() const {
  if (x_portrait.next.empty()) return {};
  const behaviour::RecommendationRow& first = x_portrait.next.front();
  std::set<std::string> drivers;
  for (const Line& line : x_portrait.lines) {
    const evidence::Card& card = x_catalogue[line.construct];
    if (card.id == "driver" && line.standing.said()) {
      drivers.insert(card.states[line.standing.state].id);
    }
  }
  const std::string fit = label(fit_in_words(first, drivers));
  return fmt::format(fmt::runtime(zh() ? "  可能还需要：{}，因为{}{}{}\n"
                                       : "  may need next: {}, because: {}{}{}\n"),
                     visible_line(first.label()), label(reason_in_words(first)),
                     fit.empty() ? "" : (zh() ? "；" : "; "), fit);
}

/// The orders, the last one, and the gap between them.
std::string Page::value_grounds(const behaviour::KeptValue& value) const {
  const int quiet = value.as_of.number - value.last.number;
  std::string gap = zh() ? "，只买过一次" : ", bought once";
  if (value.purchases > 1) {
    const double days =
        double(value.last.number - value.first.number) / double(value.purchases - 1);
    gap = zh() ? fmt::format("，平均间隔 {:.0f} 天", days)
               : fmt::format(", {:.0f} days between them", days);
  }
  const std::string day = value.as_of == x_portrait.as_of ? std::string() : iso_date(value.as_of);
  if (zh()) {
    return fmt::format("  [依据：购买 {} 天次，最近在 {} 天前{}{}]", value.purchases, quiet, gap,
                       day.empty() ? day : "，截至 " + day);
  }
  return fmt::format("  [because: purchases on {} days, last {} days ago{}{}]", value.purchases,
                     quiet, gap, day.empty() ? day : ", as of " + day);
}

/// Whether they still buy, and what that is worth.
std::string Page::value() const {
  if (!x_portrait.value) return {};
  const behaviour::KeptValue& kept = *x_portrait.value;
  if (!kept.expected) {
    return zh() ? "  是否还会购买：公司的订单数据太少，无法判断\n"
                : "  still buying: the company has too few data on orders to say\n";
  }
  const auto& one = *kept.expected;
  const double alive = 100 * one.alive;
  std::string out =
      zh() ? fmt::format("  仍会购买的可能 {:.0f}%；{} 天内预计购买 {:.1f} 次（{}–{}）", alive,
                         kept.horizon_days, one.orders, one.orders_low, one.orders_high)
           : fmt::format("  still buying {:.0f}%; within {} days {:.1f} purchases expected ({}–{})",
                         alive, kept.horizon_days, one.orders, one.orders_low, one.orders_high);
  if (one.value) {
    const auto money = [&](double amount) {
      return money_text(kept.currency, std::int64_t(amount * 1e4 + 0.5));
    };
    out += fmt::format(fmt::runtime(zh() ? "，价值 {}（{}–{}）" : ", worth {} ({}–{})"),
                       money(*one.value), money(*one.value_low), money(*one.value_high));
  }
  return out + dim(value_grounds(kept)) + "\n";
}

std::string Page::head() {
  const std::string person = visible_line(x_portrait.person), as_of = iso_date(x_portrait.as_of);
  const std::string title = zh() ? fmt::format("客户画像 {}（截至 {}）", person, as_of)
                                 : fmt::format("Portrait of {} (as of {})", person, as_of);
  std::string out = bold(title) + "\n";
  if (x_portrait.subjects.size() > 1) {
    const std::string all = fmt::format("{}", fmt::join(x_portrait.subjects, zh() ? "、" : ", "));
    out += fmt::format("  {}{}\n", zh() ? "同一人：" : "one person: ", visible_line(all));
  }
  out += fmt::format("  {}\n{}  {}\n", contacts(), tongues(), purchases());
  if (x_portrait.churn) out += "  " + churn() + "\n";
  out += value();
  if (!x_portrait.history.acts.empty()) {
    out += fmt::format("  {}{}\n", zh() ? "行为：" : "acts: ", list_of(x_portrait.history.acts));
  }
  out += next();
  return out;
}

std::string Page::trend(psychology::Trend trend) const {
  switch (trend) {
    case psychology::Trend::kUp:
      return zh() ? "，渐增" : ", rising";
    case psychology::Trend::kDown:
      return zh() ? "，渐减" : ", falling";
    case psychology::Trend::kFlat:
      return zh() ? "，平稳" : ", steady";
    case psychology::Trend::kUnknown:
      break;
  }
  return {};
}

std::string Page::others(const Standing& standing, const evidence::Card& card) const {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t s = 0; s < standing.dist.size(); ++s) {
    const double least = card.measure == evidence::Measure::kSeveral ? 0.5
                         : is_share(card) ? std::max(0.15, 1.5 * card.states[s].prior)
                                          : 0.15;
    if (s != standing.state && standing.dist[s] >= least) order.emplace_back(-standing.dist[s], s);
  }
  std::sort(order.begin(), order.end());
  if (order.size() > 3) order.resize(3);
  std::vector<std::string> parts;
  parts.reserve(order.size());
  for (const auto& [p, s] : order)
    parts.push_back(fmt::format("{} {:.0f}%", label(card.states[s].label), -100 * p));
  if (parts.empty()) return {};
  return fmt::format("{}{}", zh() ? "；其次 " : "; then ", fmt::join(parts, zh() ? "、" : ", "));
}

/// What the grade of a card takes from what is said by it; nothing where it was measured.
std::string Page::grade_note(evidence::Grade grade) const {
  switch (grade) {
    case evidence::Grade::kWeak:
      return zh() ? "；实测不足" : "; little measured";
    case evidence::Grade::kFolk:
      return zh() ? "；销售经验的分法" : "; a typology of practice";
    case evidence::Grade::kMeasured:
      break;
  }
  return {};
}

std::string Page::claim(const Line& line, const evidence::Card& card) const {
  const Standing& standing = line.standing;
  const std::string& state = label(card.states[standing.state].label);
  std::string out = fmt::format("{} {:.0f}%", bold(state), 100 * standing.p);
  if (standing.mean) {
    out = fmt::format("{} {:+.1f} ({:+.1f}…{:+.1f})", bold(state), *standing.mean, standing.low,
                      standing.high);
  } else if (is_share(card)) {
    out = fmt::format("{} {}/{} ({:.0f}–{:.0f}%)", bold(state), standing.shown, standing.episodes,
                      100 * standing.low, 100 * standing.high);
  }
  out += others(standing, card) + trend(standing.trend);
  if (line.orders) {
    return out + dim(zh() ? fmt::format("  [依据 {} 笔订单]", *line.orders)
                          : fmt::format("  [from {} orders]", *line.orders));
  }
  const bool utterances = card.level == evidence::Level::kUtterance;
  std::string unit =
      zh() ? (utterances ? "句话" : "次对话") : (utterances ? "utterances" : "conversations");
  if (line.acts) unit += zh() ? "与行为" : " and acts";
  out += dim(fmt::format(fmt::runtime(zh() ? "  [{:.1f} 奈特，{} 条依据，{} {}，最近 {}{}]"
                                           : "  [{:.1f} nats, {} grounds, {} {}, last {}{}]"),
                         standing.nats, standing.evidence, standing.episodes, unit,
                         iso_date(standing.last), grade_note(card.grade)));
  return out;
}

void Page::write_quotes(const std::vector<Quote>& quotes, std::string_view mark,
                        const evidence::Card& card) {
  for (std::size_t i = 0; i < std::min(quotes.size(), x_style.quotes); ++i) {
    const Quote& quote = quotes[i];
    const std::string words = quote.act.empty() ? quote.text : label(quote.record);
    const std::size_t letters = quote.act.empty() ? kQuoteLetters : kRecordLetters;
    const std::string shown = shortened(words, letters, x_breaker);
    x_out +=
        fmt::format("      {} {}{}{}\n", mark,
                    mark == "≠" ? label(card.states[quote.state].label) + " " : std::string(),
                    quote.act.empty() ? "“" + shown + "”" : shown,
                    dim(fmt::format("  {} {}", iso_date(quote.said), visible_line(quote.channel))));
  }
}

/// The way through a sequence: one entry where the state changes.
void Page::write_path(const Standing& standing, const evidence::Card& card) {
  std::vector<std::string> parts;
  std::optional<std::uint16_t> before;
  for (const psychology::Step& step : standing.path) {
    if (before == step.state) continue;
    before = step.state;
    parts.push_back(fmt::format("{} {}", iso_date(step.day), label(card.states[step.state].label)));
  }
  if (parts.size() < 2) return;
  x_out += fmt::format("      {}{}\n", zh() ? "走过：" : "the way: ", fmt::join(parts, " → "));
}

void Page::write_line(const Line& line) {
  const evidence::Card& card = x_catalogue[line.construct];
  x_out += fmt::format("  {}{}\n", padded(label(card.label), zh() ? 14 : 22), claim(line, card));
  write_path(line.standing, card);
  write_quotes(line.because, "·", card);
  write_quotes(line.against, "≠", card);
}

void Page::write_group(const Heading& heading) {
  bool titled = false;
  for (const Line& line : x_portrait.lines) {
    if (!line.standing.said() || x_catalogue[line.construct].group != heading.group) continue;
    if (!titled) x_out += "\n" + bold(zh() ? heading.zh : heading.en) + "\n";
    titled = true;
    write_line(line);
  }
}

void Page::write_expectations() {
  if (x_portrait.expectations.empty()) return;
  const evidence::Card* aspects = x_catalogue.find("aspect");
  const evidence::Card* statuses = x_catalogue.find("expectation");
  const auto named = [&](const evidence::Card* card, const std::string& id) {
    if (card != nullptr) {
      for (const auto& state : card->states) {
        if (state.id == id) return label(state.label);
      }
    }
    return id;
  };
  x_out += "\n" + bold(zh() ? "期望" : "Expectations") + "\n";
  std::size_t shown = 0;
  for (const profile::Expectation& one : x_portrait.expectations) {
    if (++shown > 6) break;
    x_out += fmt::format(
        "  {} {} {}{}{}\n", iso_date(one.day), padded(named(aspects, one.aspect), zh() ? 14 : 24),
        padded(named(statuses, one.status), zh() ? 8 : 10),
        one.promised ? (zh() ? "有承诺 " : "promised ") : "",
        one.quote.empty() ? std::string()
                          : fmt::format("“{}”", shortened(one.quote, kQuoteLetters, x_breaker)));
    if (one.followed) {
      for (const std::string& line : fate_lines(one, x_portrait.zone_minutes, x_style.lang)) {
        x_out += dim(fmt::format("             {}\n", shortened(line, kRecordLetters, x_breaker)));
      }
    } else if (one.changed && !one.changed_by.empty()) {
      x_out += dim(fmt::format("             {} “{}”\n", iso_date(*one.changed),
                               shortened(one.changed_by, kQuoteLetters, x_breaker)));
    }
    if (!one.norm.empty()) {
      x_out += dim(fmt::format(fmt::runtime(zh() ? "             行业常规：{}\n"
                                                 : "             taken for granted: {}\n"),
                               zh() ? one.content.zh : one.content.en));
    }
  }
  if (!x_portrait.gaps.empty()) {
    std::string gaps;
    for (const psychology::Gap& gap : x_portrait.gaps) {
      if (!gaps.empty()) gaps += zh() ? "，" : ", ";
      const std::string name =
          gap.aspect.empty() ? std::string(zh() ? "总体" : "over all") : named(aspects, gap.aspect);
      gaps += fmt::format("{} {:+.1f}", name, gap.gap);
    }
    x_out += dim(fmt::format(
        fmt::runtime(zh() ? "  与期望的差距（-1 全落空，+1 全超出）：{}\n"
                          : "  against expectation (-1 all disappointed, +1 all exceeded): {}\n"),
        gaps));
  }
  if (shown > 6) {
    x_out += dim(fmt::format(fmt::runtime(zh() ? "  …另有 {} 条\n" : "  …and {} more\n"),
                             x_portrait.expectations.size() - 6));
  }
}

void Page::write_promises() {
  if (x_portrait.promises.empty()) return;
  constexpr std::size_t kShown = 6;
  x_out += "\n" + bold(zh() ? "公司许下的承诺" : "What the company promised") + "\n";
  std::size_t shown = 0;
  for (const profile::PromiseLine& one : x_portrait.promises) {
    if (++shown > kShown) break;
    std::string due;
    if (one.due)
      due = fmt::format(fmt::runtime(zh() ? "（{} 前）" : " (by {})"), iso_date(*one.due));
    x_out += fmt::format("  {} {} “{}”{}\n", iso_date(one.said),
                         padded(label(status_label(one.status)), zh() ? 14 : 24),
                         shortened(one.quote, kQuoteLetters, x_breaker), due);
    if (one.changed && !one.changed_by.empty()) {
      x_out += dim(fmt::format("             {} “{}”\n", iso_date(*one.changed),
                               shortened(one.changed_by, kQuoteLetters, x_breaker)));
    }
    if (one.amount && one.came) {
      x_out += dim(fmt::format(fmt::runtime(zh() ? "             应为 {} {}，实为 {}\n"
                                                 : "             {} {} was due, {} came\n"),
                               one.amount->number, one.amount->unit, one.came->number));
    }
    if (one.deed && one.done) {
      x_out += dim(fmt::format("             {} {}{}\n", iso_date(*one.done),
                               visible_line(label(psychology::deed_in_words(*one.deed))),
                               one.late ? (zh() ? "，晚了" : ", late") : ""));
    }
  }
  if (shown > kShown) {
    x_out += dim(fmt::format(fmt::runtime(zh() ? "  …另有 {} 条\n" : "  …and {} more\n"),
                             x_portrait.promises.size() - kShown));
  }
}

void Page::write_said_did() {
  if (x_portrait.said_did.empty()) return;
  x_out += "\n" + bold(zh() ? "说的与做的" : "Said and done") + "\n";
  for (const profile::SaidDid& one : x_portrait.said_did) {
    x_out += "  " + said_did_text(one, x_catalogue, x_style.lang, x_style.quotes) + "\n";
  }
}

std::string Page::why_unsaid(const Line& line, const evidence::Card& card) const {
  switch (line.standing.ground) {
    case Ground::kFewEpisodes: {
      const std::int64_t shown = psychology::times_shown(line.standing, card);
      return zh() ? fmt::format("需要在 {} 次对话中出现，现有 {} 次", card.minimum_episodes, shown)
                  : fmt::format("must show in {} conversations, shows in {}", card.minimum_episodes,
                                shown);
    }
    case Ground::kWeak:
      return zh() ? "依据太弱" : "grounds too weak";
    case Ground::kFaded:
      return zh() ? "已是过去的事" : "true once, too long ago";
    case Ground::kUndecided:
      return zh() ? "几种都有可能" : "undecided";
    case Ground::kNothing:
    case Ground::kEnough:
      break;
  }
  return zh() ? "没有依据" : "no ground";
}

/// Whether the head of the page says it, by models of acts.
bool Page::said_of_acts(const evidence::Card& card) const {
  if (card.id == "churn") return x_portrait.churn.has_value();
  return card.id == "clv" && x_portrait.value && x_portrait.value->expected;
}

void Page::write_unsaid() {
  std::map<std::string, std::vector<std::string>> reasons;
  for (const Line& line : x_portrait.lines) {
    if (line.standing.said()) continue;
    const evidence::Card& card = x_catalogue[line.construct];
    if (said_of_acts(card)) continue;
    reasons[why_unsaid(line, card)].push_back(label(card.label));
  }
  if (reasons.empty()) return;
  x_out += "\n" + bold(zh() ? "依据不足" : "Not enough ground") + "\n";
  for (const auto& [why, names] : reasons) {
    x_out +=
        fmt::format("  {}{}{}\n", why, zh() ? "：" : ": ", fmt::join(names, zh() ? "、" : ", "));
  }
}

std::string Page::text() {
  x_out = head();
  for (const Heading& heading : kHeadings) {
    write_group(heading);
    if (heading.group != evidence::Group::kWant) continue;
    write_expectations();
    write_promises();
  }
  write_said_did();
  write_unsaid();
  return std::move(x_out);
}

}  // namespace

std::string portrait_text(const Portrait& portrait, const evidence::Catalogue& catalogue,
                          const PortraitStyle& style) {
  return Page(portrait, catalogue, style).text();
}

std::string money_text(const std::string& currency, std::int64_t ten_thousandths) {
  const bool negative = ten_thousandths < 0;
  const std::int64_t cents = (std::abs(ten_thousandths) + 50) / 100;
  std::string whole = fmt::format("{}", cents / 100);
  for (std::ptrdiff_t at = std::ptrdiff_t(whole.size()) - 3; at > 0; at -= 3)
    whole.insert(std::size_t(at), ",");
  const std::string sign =
      currency == "CNY" || currency.empty() ? "¥" : visible_line(currency) + " ";
  return fmt::format("{}{}{}.{:02}", negative ? "-" : "", sign, whole, cents % 100);
}

}  // namespace xinjing::report
