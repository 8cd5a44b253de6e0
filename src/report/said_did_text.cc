#include <cmath>

#include "base/format.h"
#include "base/json_writer.h"
#include "base/visible.h"
#include "report/portrait_text.h"
#include "report/said_did_json.h"

namespace xinjing::report {
namespace {

using profile::SaidDid;

bool is_turn(const SaidDid& one) { return !behaviour::measure_from(one.measure).has_value(); }

Said turn_in_words(const SaidDid& one) {
  if (one.measure == "orders_risen") {
    return {
        fmt::format("orders {:.1f} times as often after as before ({:.1f} to {:.1f}; {} orders)",
                    one.did.value, one.did.low, one.did.high, one.did.n),
        fmt::format("之后下单频率是之前的 {:.1f} 倍（{:.1f}–{:.1f}；{} 笔）", one.did.value,
                    one.did.low, one.did.high, one.did.n)};
  }
  const bool orders = one.measure == "orders_stopped";
  return {fmt::format("nothing for {:.0f} days, where {:.0f} would be long ({} days with {})",
                      one.did.value, one.did.high, one.did.n, orders ? "orders" : "acts"),
          fmt::format("已 {:.0f} 天没有动静，按原来的节奏超过 {:.0f} 天就算久（{} 个有{}的日子）",
                      one.did.value, one.did.high, one.did.n, orders ? "订单" : "动静")};
}

/// The figure of the acts' side, in words: "Orders at a discount 90% (60–98%; 10 orders)".
Said did_in_words(const SaidDid& one) {
  if (is_turn(one)) return turn_in_words(one);
  const behaviour::Measure measure = *behaviour::measure_from(one.measure);
  const Said label = behaviour::measure_label(measure), unit = behaviour::unit_label(measure);
  const double scale = is_percent(measure) ? 100 : 1;
  const std::string form = is_percent(measure) ? "{} {:.0f}% ({:.0f}–{:.0f}%; {} {})"
                                               : "{} {:.1f} ({:.1f}–{:.1f}; {} {})";
  const auto say = [&](const std::string& name, const std::string& of) {
    return fmt::format(fmt::runtime(form), name, scale * one.did.value, scale * one.did.low,
                       scale * one.did.high, one.did.n, of);
  };
  return {say(label.en, unit.en), say(label.zh, unit.zh)};
}

/// "not Venting, Redress 71%".
std::string said_in_words(const SaidDid& one, const evidence::Card& card, Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::string states;
  for (const std::uint16_t state : one.states) {
    if (!one.unsaid && state != one.state) continue;
    states += fmt::format("{}{}",
                          states.empty() ? ""
                          : zh           ? "、"
                                         : ", ",
                          card.states[state].label.in(lang));
  }
  const std::string_view no = !one.unsaid ? "" : zh ? "没有" : "not ";
  return fmt::format("{}{} {:.0f}%", no, states, 100 * one.said_p);
}

/// One line of a quote, cut where it is long.
std::string quoted(const std::string& quote) {
  constexpr std::size_t kBytes = 150;
  std::string line = visible_line(quote);
  if (line.size() <= kBytes) return line;
  std::size_t end = kBytes;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  return line.substr(0, end) + "…";
}

}  // namespace

std::string said_did_text(const SaidDid& one, const evidence::Catalogue& catalogue, Lang lang,
                          std::size_t quotes) {
  const bool zh = lang == Lang::kZh;
  std::string out = fmt::format("{} {:.0f}%", one.text.in(lang), 100 * one.p);
  out += fmt::format("\n      {}{}",
                     zh ? "说：" : "said: ", said_in_words(one, catalogue[one.construct], lang));
  for (std::size_t i = 0; i < std::min(one.quotes.size(), quotes); ++i) {
    out += fmt::format("\n      · “{}”  {}", quoted(one.quotes[i]), iso_date(one.quoted_on[i]));
  }
  out += fmt::format("\n      {}{}", zh ? "做：" : "did: ", did_in_words(one).in(lang));
  std::vector<std::string> rows;
  for (const profile::DeedRow& row : one.rows) {
    rows.push_back(zh ? fmt::format("{}（{} 第 {} 行）", iso_date(row.day), row.table, row.row)
                      : fmt::format("{} (row {} of {})", iso_date(row.day), row.row, row.table));
  }
  if (!rows.empty()) out += fmt::format("\n      · {}", fmt::join(rows, zh ? "、" : ", "));
  return out;
}

void write_said_did(JsonWriter& json, const SaidDid& one, const evidence::Catalogue& catalogue) {
  const evidence::Card& card = catalogue[one.construct];
  json.begin_object().field("rule", one.rule_id).field("p", one.p);
  json.key("said").begin_object().field("construct", card.id);
  json.field("state", card.states[one.state].id).field("said", !one.unsaid);
  json.field("p", one.said_p).key("quotes").begin_array();
  for (std::size_t i = 0; i < one.quotes.size(); ++i) {
    json.begin_object().field("quote", one.quotes[i]);
    json.field("date", iso_date(one.quoted_on[i])).end_object();
  }
  json.end_array().end_object();
  json.key("did").begin_object().field("measure", one.measure).field("p", one.did_p);
  json.field("value", one.did.value).field("low", one.did.low).field("high", one.did.high);
  json.field("n", one.did.n).key("rows").begin_array();
  for (const profile::DeedRow& row : one.rows) {
    json.begin_object().field("table", row.table).field("row", row.row);
    json.field("date", iso_date(row.day)).end_object();
  }
  json.end_array().end_object();
  const Said did = did_in_words(one);
  json.key("text").begin_object().field("zh", one.text.zh).field("en", one.text.en).end_object();
  json.key("figure").begin_object().field("zh", did.zh).field("en", did.en).end_object();
  json.end_object();
}

}  // namespace xinjing::report
