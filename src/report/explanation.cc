#include "report/explanation.h"

#include <algorithm>
#include <cmath>

#include "base/visible.h"
#include "language/words.h"

namespace xinjing::report {
namespace {

using profile::EvidenceRow;

class Explanation {
 public:
  Explanation(const evidence::Card& card, Day as_of, Lang lang)
      : x_card(card), x_as_of(as_of), x_zh(lang == Lang::kZh), x_lang(lang) {}

  std::string title(const profile::Line& line) const;
  std::string states(const profile::Line& line, const std::vector<EvidenceRow>& rows) const;
  std::string grounds(const std::vector<EvidenceRow>& rows);
  std::string rules() const;

 private:
  double decay(Day day) const {
    return std::exp2(-double(x_as_of.number - day.number) / x_card.half_life_days);
  }
  const std::string& label(std::size_t state) const {
    return x_card.states[state].label.in(x_lang);
  }
  std::string verdict(const psychology::Standing& standing) const;
  std::string words_of(const EvidenceRow& row);
  std::string row_line(const EvidenceRow& row);

  const evidence::Card& x_card;
  Day x_as_of;
  bool x_zh;
  Lang x_lang;
  language::WordBreaker x_breaker;
};

std::string Explanation::verdict(const psychology::Standing& standing) const {
  if (!standing.said()) {
    return x_zh ? fmt::format("依据不足（{}）", psychology::ground_id(standing.ground))
                : fmt::format("not enough ground ({})", psychology::ground_id(standing.ground));
  }
  std::string out = fmt::format("{} {:.1f}%", label(standing.state), 100 * standing.p);
  if (standing.mean) out += fmt::format("{}{:+.2f}", x_zh ? "，均值 " : ", mean ", *standing.mean);
  return out;
}

std::string Explanation::title(const profile::Line& line) const {
  return fmt::format("{} [{} v{}, {}]{}{}\n{}\n", x_card.label.in(x_lang), x_card.id,
                     x_card.version, evidence::grade_id(x_card.grade), x_zh ? "：" : ": ",
                     verdict(line.standing), x_card.definition.in(x_lang));
}

std::string Explanation::states(const profile::Line& line,
                                const std::vector<EvidenceRow>& rows) const {
  std::string out = x_zh ? "\n状态：先验 → 依据之和（衰减后，奈特；次数）→ 现在\n"
                         : "\nStates: prior -> sum of evidence (decayed, nats; count) -> now\n";
  for (std::size_t s = 0; s < x_card.states.size(); ++s) {
    double nats = 0;
    std::int64_t n = 0;
    for (const EvidenceRow& row : rows) {
      if (row.state != x_card.states[s].id) continue;
      nats += decay(row.quote.day) * row.quote.nats;
      n += row.n;
    }
    const double now = line.standing.dist.empty() ? x_card.states[s].prior : line.standing.dist[s];
    out +=
        fmt::format("  {:<12} {:5.1f}% -> {:+6.2f} ({:>3}) -> {:5.1f}%  {}\n", x_card.states[s].id,
                    100 * x_card.states[s].prior, nats, n, 100 * now, label(s));
  }
  return out;
}

/// The words of a ground. What a model found may begin or end within a word.
std::string Explanation::words_of(const EvidenceRow& row) {
  const std::string& text = row.quote.text;
  const std::size_t at = row.quote.context.find(text);
  if (row.quote.source != "model" || at == std::string::npos) return visible_line(text);
  const Span span{std::uint32_t(at), std::uint32_t(at + text.size())};
  const Span whole = x_breaker.whole_words(row.quote.context, span);
  return visible_line(slice(row.quote.context, whole));
}

std::string Explanation::row_line(const EvidenceRow& row) {
  const std::string words = row.quote.text.empty()
                                ? (x_zh ? "（整段对话）" : "(the whole conversation)")
                                : fmt::format("“{}”", words_of(row));
  return fmt::format("  {} {:<12} {:+.3f} ×{:.2f}  {}  {} {} {} {}\n", iso_date(row.quote.said),
                     row.state, row.quote.nats, decay(row.quote.day), words,
                     visible_line(row.quote.channel), visible_line(row.quote.conversation),
                     row.quote.source, row.card);
}

std::string Explanation::grounds(const std::vector<EvidenceRow>& rows) {
  std::string out = fmt::format(
      fmt::runtime(x_zh ? "\n全部依据（{} 条）：日期 状态 奈特 ×衰减 原话 渠道 会话 来源 卡片\n"
                        : "\nAll {} grounds: day, state, nats, x decay, words, channel, "
                          "conversation, source, card\n"),
      std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.state != "*"; }));
  std::vector<const EvidenceRow*> order;
  for (const EvidenceRow& row : rows) {
    if (row.state != "*") order.push_back(&row);
  }
  std::stable_sort(order.begin(), order.end(), [](const EvidenceRow* a, const EvidenceRow* b) {
    return a->quote.day > b->quote.day;
  });
  for (const EvidenceRow* row : order) out += row_line(*row);
  return out;
}

std::string Explanation::rules() const {
  return x_zh ? fmt::format(
                    "\n规则：半衰期 {} 天；至少 {} 次、{} 奈特、概率 {}；每次对话对每个状态至多 {} "
                    "奈特。\n",
                    x_card.half_life_days, x_card.minimum_episodes, x_card.minimum_nats,
                    x_card.minimum_probability, x_card.cap_nats)
              : fmt::format(
                    "\nRules: half-life {} days; at least {} conversations, {} nats, probability "
                    "{}; at most "
                    "{} nats for a state from one conversation.\n",
                    x_card.half_life_days, x_card.minimum_episodes, x_card.minimum_nats,
                    x_card.minimum_probability, x_card.cap_nats);
}

}  // namespace

std::string explanation_text(const profile::Line& line, const evidence::Card& card,
                             const std::vector<EvidenceRow>& rows, Day as_of, Lang lang) {
  Explanation page(card, as_of, lang);
  return page.title(line) + page.states(line, rows) + page.grounds(rows) + page.rules();
}

}  // namespace xinjing::report
