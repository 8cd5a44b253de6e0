#include "report/explanation.h"

#include <algorithm>
#include <cmath>

#include "base/visible.h"
#include "language/clause.h"
#include "language/words.h"
#include "report/explanation_note.h"

namespace xinjing::report {
namespace {

using profile::EvidenceRow;
using psychology::Ground;
using psychology::Standing;

constexpr double kLeastNats = 0.005;  // what two decimals show
constexpr double kLeastPart = 0.1;    // of one ground; less is not told by itself

/// What is said of a state, and by how many grounds.
struct Weight {
  std::size_t state = 0;
  double nats = 0;
  int grounds = 1;
};

/// Words, and what they say.
struct Words {
  std::string text;  // a quote, an act, or what was counted
  bool quoted = true;
  std::string source;  // empty: several
  std::vector<Weight> weights;
};

/// All that one conversation, or one act, has to say.
struct Episode {
  Day day;
  std::string channel, conversation, source;
  std::vector<Words> words;
  std::vector<Weight> whole;  // what no single place says
};

class Explanation {
 public:
  Explanation(const evidence::Card& card, Day as_of, Lang lang)
      : x_card(card), x_as_of(as_of), x_zh(lang == Lang::kZh), x_lang(lang) {}

  std::string title(const profile::Line& line) const;
  std::string note(const profile::Line& line, const std::vector<EvidenceRow>& rows);
  std::string grounds(const profile::Line& line, const std::vector<EvidenceRow>& rows);
  std::string sums(const profile::Line& line, const std::vector<EvidenceRow>& rows) const;
  std::string rules() const;

 private:
  double decay(Day day) const {
    return std::exp2(-double(x_as_of.number - day.number) / x_card.half_life_days);
  }
  const std::string& label(std::size_t state) const {
    return x_card.states[state].label.in(x_lang);
  }
  std::string both(const char* zh, const char* en) const { return x_zh ? zh : en; }
  std::string verdict(const Standing& standing) const;
  std::string what_is_said(const Standing& standing) const;
  std::string why_unsaid(const Standing& standing) const;
  std::string way(const Standing& standing) const;
  std::string words_of(const EvidenceRow& row);
  std::vector<Episode> episodes_of(const std::vector<EvidenceRow>& rows);
  void add(const EvidenceRow& row, std::size_t state, Episode& episode);
  std::string head_of(const Episode& episode) const;
  std::string line_of(const Words& words) const;
  std::string whole_of(const Episode& episode) const;
  std::string weights_of(const std::vector<Weight>& weights) const;
  std::string side_of(const std::vector<Weight>& weights, bool against) const;

  const evidence::Card& x_card;
  Day x_as_of;
  bool x_zh;
  Lang x_lang;
  language::WordBreaker x_breaker;
};

/// What is said, as a portrait says it.
std::string Explanation::what_is_said(const Standing& standing) const {
  if (standing.mean) {
    return fmt::format("{} {:+.2f} ({:+.2f}…{:+.2f})", label(standing.state), *standing.mean,
                       standing.low, standing.high);
  }
  if (x_card.measure == evidence::Measure::kSeveral) {
    std::string out;
    for (std::size_t s = 0; s < standing.dist.size(); ++s) {
      if (s != standing.state && standing.dist[s] < 0.5) continue;
      out += fmt::format("{}{} {:.0f}%", out.empty() ? "" : both("、", ", "), label(s),
                         100 * standing.dist[s]);
    }
    return out;
  }
  if (evidence::one_state_holds(x_card)) {
    return fmt::format("{} {:.0f}%", label(standing.state), 100 * standing.p);
  }
  const bool words = x_card.level == evidence::Level::kUtterance;
  if (x_zh) {
    return fmt::format("{}，{} {}里有 {} {}（长远看占 {:.0f}–{:.0f}%）", label(standing.state),
                       standing.episodes, words ? "句话" : "次对话", standing.shown,
                       words ? "句" : "次", 100 * standing.low, 100 * standing.high);
  }
  return fmt::format("{}, in {} of {} {} ({:.0f}–{:.0f}% in the long run)", label(standing.state),
                     standing.shown, standing.episodes, words ? "utterances" : "conversations",
                     100 * standing.low, 100 * standing.high);
}

std::string Explanation::why_unsaid(const Standing& standing) const {
  const std::string& leading = label(standing.state);
  switch (standing.ground) {
    case Ground::kFewEpisodes:
      return fmt::format(fmt::runtime(both("要有 {} 次对话显出来，现在有 {} 次",
                                           "it must show in {} conversations and shows in {}")),
                         x_card.minimum_episodes, psychology::times_shown(standing, x_card));
    case Ground::kWeak:
      return fmt::format(
          fmt::runtime(both("最像“{}”，但依据合计 {:.2f} 奈特，不到 {}",
                            "most likely “{}”, but on grounds of {:.2f} nats, less than {}")),
          leading, standing.nats, x_card.minimum_nats);
    case Ground::kUndecided:
      if (standing.p >= x_card.minimum_probability) {  // by what is usual alone
        return fmt::format(fmt::runtime(both("最像“{}”（{:.0f}%），但没有一处显出来",
                                             "most likely “{}” ({:.0f}%), but nothing shows it")),
                           leading, 100 * standing.p);
      }
      return fmt::format(fmt::runtime(both("最像“{}”，但只有 {:.0f}%，不到 {:.0f}%",
                                           "most likely “{}”, but at {:.0f}%, less than {:.0f}%")),
                         leading, 100 * standing.p, 100 * x_card.minimum_probability);
    case Ground::kFaded:
      return fmt::format(
          fmt::runtime(both("{} 时可以说“{}”，隔得太久，现在不能说了",
                            "on {} it could be said to be “{}”; that is too long ago")),
          iso_date(standing.last), leading);
    case Ground::kNothing:
    case Ground::kEnough:
      break;
  }
  return both("没有发现依据", "nothing was found");
}

std::string Explanation::verdict(const Standing& standing) const {
  if (standing.said()) return what_is_said(standing);
  return fmt::format(fmt::runtime(both("不下结论。{}", "not enough ground; {}")),
                     why_unsaid(standing));
}

std::string Explanation::title(const profile::Line& line) const {
  return fmt::format(fmt::runtime(both("{}（截至 {}）：{}\n{}\n", "{} (as of {}): {}\n{}\n")),
                     x_card.label.in(x_lang), iso_date(x_as_of), verdict(line.standing),
                     x_card.definition.in(x_lang)) +
         way(line.standing);
}

/// The way through a sequence: one entry where the state changes; empty where it never did.
std::string Explanation::way(const Standing& standing) const {
  std::string out;
  std::optional<std::uint16_t> before;
  std::size_t steps = 0;
  for (const psychology::Step& step : standing.path) {
    if (before == step.state) continue;
    before = step.state;
    out += fmt::format("{}{} {}", steps++ == 0 ? "" : " → ", iso_date(step.day), label(step.state));
  }
  return steps < 2 ? "" : both("走过：", "the way: ") + out + "\n";
}

/// Adds to what is said of the same state: what speaks for it less what speaks against it.
void add_weight(std::vector<Weight>& weights, Weight weight) {
  const auto known = std::find_if(weights.begin(), weights.end(),
                                  [&](const Weight& one) { return one.state == weight.state; });
  if (known == weights.end()) return weights.push_back(weight);
  known->nats += weight.nats;
  ++known->grounds;
}

double strength_of(const Words& words) {
  double most = 0;
  for (const Weight& one : words.weights) most = std::max(most, std::abs(one.nats));
  return most;
}

/// The words of a ground as a person would cite them: their clause without names and greetings,
/// else in whole words. Those of a cue file stand for themselves.
std::string Explanation::words_of(const EvidenceRow& row) {
  const std::string& text = row.quote.text;
  const std::size_t at = row.quote.context.find(text);
  if (row.quote.source == "cue" || at == std::string::npos) return visible_line(text);
  const Span span{std::uint32_t(at), std::uint32_t(at + text.size())};
  const Span clause = language::clause_to_quote(row.quote.context, span);
  const bool about = clause.begin < span.end && span.begin < clause.end;
  const Span cited = about ? clause : x_breaker.whole_words(row.quote.context, span);
  return visible_line(slice(row.quote.context, cited));
}

void Explanation::add(const EvidenceRow& row, std::size_t state, Episode& episode) {
  const bool act = !row.quote.act.empty();
  const bool signal = row.quote.source == "detector";
  const std::string& figure = row.figure.in(x_lang);
  if (row.quote.text.empty() && !act && !signal) {
    return add_weight(episode.whole, {state, row.quote.nats});
  }
  const bool quoted = !act && figure.empty() && !row.quote.text.empty();
  const std::string text = act               ? visible_line(row.quote.record.in(x_lang))
                           : !figure.empty() ? figure
                           : !quoted         ? both("说话的方式", "the manner of talking")
                                             : words_of(row);
  auto words = std::find_if(episode.words.begin(), episode.words.end(),
                            [&](const Words& one) { return one.text == text; });
  if (words == episode.words.end()) {
    words = episode.words.insert(words, {text, quoted, row.quote.source, {}});
  }
  if (words->source != row.quote.source) words->source.clear();  // of several kinds
  add_weight(words->weights, {state, row.quote.nats});
}

/// The latest first.
std::vector<Episode> Explanation::episodes_of(const std::vector<EvidenceRow>& rows) {
  std::vector<Episode> episodes;
  for (const EvidenceRow& row : rows) {
    const auto state = x_card.find_state(row.state);
    if (!state) continue;
    auto episode = std::find_if(episodes.begin(), episodes.end(), [&](const Episode& one) {
      return one.day == row.quote.day && one.conversation == row.quote.conversation &&
             (!one.conversation.empty() || (one.source == "act" && one.source == row.quote.source));
    });
    if (episode == episodes.end()) {
      episode = episodes.insert(
          episode,
          {row.quote.day, row.quote.channel, row.quote.conversation, row.quote.source, {}, {}});
    }
    if (episode->channel.empty()) episode->channel = row.quote.channel;
    add(row, *state, *episode);
  }
  std::stable_sort(episodes.begin(), episodes.end(),
                   [](const Episode& a, const Episode& b) { return a.day > b.day; });
  for (Episode& episode : episodes) {
    std::stable_sort(
        episode.words.begin(), episode.words.end(),
        [](const Words& a, const Words& b) { return strength_of(a) > strength_of(b); });
  }
  return episodes;
}

/// "2026-02-11 weibo V1, 124 days before, counts 62 %".
std::string Explanation::head_of(const Episode& episode) const {
  std::string out = "  " + iso_date(episode.day);
  for (const std::string& part : {episode.channel, episode.conversation}) {
    if (!part.empty()) out += " " + visible_line(part);
  }
  const auto age = x_as_of.number - episode.day.number;
  if (age <= 0) return out + "\n";
  return out + fmt::format(fmt::runtime(both("（{} 天前，分量如今算 {:.0f}%）\n",
                                             " ({} days before, counts {:.0f}% now)\n")),
                           age, 100 * decay(episode.day));
}

/// One side of what is said, "Venting +3.00, Respect +0.35", the strongest first.
std::string Explanation::side_of(const std::vector<Weight>& weights, bool against) const {
  std::vector<Weight> side;
  for (const Weight& one : weights) {
    if ((one.nats < 0) == against && std::abs(one.nats) >= kLeastPart) side.push_back(one);
  }
  std::stable_sort(side.begin(), side.end(), [](const Weight& a, const Weight& b) {
    return std::abs(a.nats) > std::abs(b.nats);
  });
  std::string out;
  for (const Weight& one : side) {
    out += fmt::format("{}{} {:+.2f}", out.empty() ? "" : both("、", ", "), label(one.state),
                       one.nats);
    if (one.grounds > 1) {
      out += fmt::format(fmt::runtime(both("（{} 处）", " ({} places)")), one.grounds);
    }
  }
  return out;
}

/// "for Venting +3.00; against Neutral -0.11"; empty where nothing weighs.
std::string Explanation::weights_of(const std::vector<Weight>& weights) const {
  const std::string in_favour = side_of(weights, false);
  const std::string against = side_of(weights, true);
  std::string out = in_favour.empty() ? "" : both("支持 ", "for ") + in_favour;
  if (!against.empty()) {
    out += (out.empty() ? "" : both("；", "; ")) + both("反对 ", "against ") + against;
  }
  return out;
}

/// Empty where nothing weighs enough to be told.
std::string Explanation::line_of(const Words& words) const {
  const std::string weights = weights_of(words.weights);
  if (weights.empty()) return {};
  std::string out = words.quoted ? fmt::format("    “{}”", words.text) : "    " + words.text;
  if (words.source == "cue") out += both("（线索词）", " (cue)");
  if (words.source == "detector") out += both("（信号）", " (signal)");
  if (words.source == "ledger") {
    out += both("（此前承诺的下文）", " (the fate of an earlier promise)");
  }
  return out + both("：", ": ") + weights + "\n";
}

std::string Explanation::whole_of(const Episode& episode) const {
  const std::string weights = weights_of(episode.whole);
  if (weights.empty()) return {};
  const std::string what = episode.source == "act" ? both("    记录显示：", "    the record: ")
                                                   : both("    整段看：", "    as a whole: ");
  return what + weights + "\n";
}

/// A paragraph in plain words, before the reckoning.
std::string Explanation::note(const profile::Line& line, const std::vector<EvidenceRow>& rows) {
  if (line.orders) return {};
  const std::vector<Episode> episodes = episodes_of(rows);
  std::vector<Cited> cited;
  for (const Episode& episode : episodes) {
    for (const Words& words : episode.words) {
      Cited one{words.text, words.quoted, episode.day, {}};
      for (const Weight& weight : words.weights) {
        one.nats.emplace_back(weight.state, decay(episode.day) * weight.nats);
      }
      cited.push_back(std::move(one));
    }
  }
  if (episodes.empty()) return {};
  const std::string told =
      explanation_note(x_card, line.standing, cited, episodes.size(), x_as_of, x_lang);
  return told.empty() ? told : "\n" + told + "\n";
}

std::string Explanation::grounds(const profile::Line& line, const std::vector<EvidenceRow>& rows) {
  if (line.orders) {
    return fmt::format(
        fmt::runtime(both("\n依据是 {} 笔订单的节奏（最近 {}），不是话。\n",
                          "\nIt rests on the rhythm of {} orders (last on {}), not on words.\n")),
        *line.orders, iso_date(line.standing.last));
  }
  const std::vector<Episode> episodes = episodes_of(rows);
  if (episodes.empty()) return both("\n没有依据。\n", "\nThere is no ground.\n");
  const bool agent = x_card.subject == evidence::Subject::kAgent;
  const bool acts = std::any_of(rows.begin(), rows.end(),
                                [](const EvidenceRow& row) { return !row.quote.act.empty(); });
  std::string out =
      agent  ? both("\n坐席的哪些话（+ 支持，− 反对，奈特，不到 0.1 的略去；最近的在前）\n",
                    "\nWhich words of the agent (+ for, - against, nats, less than 0.1 left out; "
                     "the latest first)\n")
      : acts ? both("\n因为哪些话和行为（+ 支持，− 反对，奈特，不到 0.1 的略去；最近的在前）\n",
                    "\nBecause of which words and acts (+ for, - against, nats, less than 0.1 left "
                    "out; the latest first)\n")
             : both("\n因为哪些话（+ 支持，− 反对，奈特，不到 0.1 的略去；最近的在前）\n",
                    "\nBecause of which words (+ for, - against, nats, less than 0.1 left out; the "
                    "latest first)\n");
  std::size_t slight = 0;
  for (const Episode& episode : episodes) {
    std::string lines;
    for (const Words& words : episode.words) lines += line_of(words);
    lines += whole_of(episode);
    lines.empty() ? void(++slight) : void(out += head_of(episode) + lines);
  }
  if (slight > 0) {
    out += fmt::format(fmt::runtime(both("  另有 {} 次对话，每条依据都不到 0.1 奈特\n",
                                         "  {} more with grounds of less than 0.1 nats each\n")),
                       slight);
  }
  return out;
}

std::string Explanation::sums(const profile::Line& line,
                              const std::vector<EvidenceRow>& rows) const {
  struct Sum {
    std::size_t state = 0;
    double nats = 0, now = 0;
    std::int64_t n = 0;
  };
  const bool found = std::any_of(rows.begin(), rows.end(), [&](const EvidenceRow& row) {
    return x_card.find_state(row.state).has_value();
  });
  if (line.orders || !found) return {};
  std::vector<Sum> sums;
  std::string untouched;
  std::size_t columns = 0;
  for (std::size_t s = 0; s < x_card.states.size(); ++s) {
    Sum sum{.state = s,
            .now = line.standing.dist.empty() ? x_card.states[s].prior : line.standing.dist[s]};
    for (const EvidenceRow& row : rows) {
      if (row.state != x_card.states[s].id) continue;
      sum.nats += decay(row.quote.day) * row.quote.nats;
      sum.n += row.n;
    }
    if (sum.n > 0 || std::abs(sum.nats) >= kLeastNats) {
      sums.push_back(sum);
      columns = std::max(columns, columns_of(label(s)) + 2);
    } else {
      untouched += fmt::format("{}{} {:.0f}%", untouched.empty() ? "" : both("、", ", "), label(s),
                               100 * sum.now);
    }
  }
  if (x_card.measure != evidence::Measure::kTrait) {
    std::stable_sort(sums.begin(), sums.end(),
                     [](const Sum& a, const Sum& b) { return a.now > b.now; });
  }
  std::string out = both("\n怎样合计：本来（先验）→ 依据合计（奈特，旧的已打折；显出几次）→ 现在\n",
                         "\nHow it adds up: beforehand (prior) -> sum of grounds (nats, old ones "
                         "count less; times shown) -> now\n");
  for (const Sum& sum : sums) {
    out += fmt::format("  {}{:3.0f}% -> {:+6.2f} ({:>2}) -> {:3.0f}%\n",
                       padded(label(sum.state), columns), 100 * x_card.states[sum.state].prior,
                       sum.nats, sum.n, 100 * sum.now);
  }
  if (!untouched.empty()) {
    out += fmt::format(fmt::runtime(both("  没有依据的：{}\n", "  without a ground: {}\n")),
                       untouched);
  }
  return out;
}

std::string Explanation::rules() const {
  const std::string grade =
      x_card.grade == evidence::Grade::kMeasured
          ? both("与人工判断比对过", "measured against people's judgement")
      : x_card.grade == evidence::Grade::kWeak
          ? both("有理论依据，实测不足", "grounded in theory, little measured")
          : both("销售实践中的说法，不是测量", "a typology of sales practice, no measurement");
  if (x_zh) {
    return fmt::format(
        "\n怎样才下结论：至少 {} 次对话显出来，依据至少 {} 奈特，概率至少 {:.0f}%；依据每过 {} "
        "天减半，"
        "一次对话对一种可能最多算 {} 奈特。\n1 奈特使赔率变为 2.7 倍。卡片 {}/{}：{}。"
        "原话若说明不了结论，就是结论错了。\n",
        x_card.minimum_episodes, x_card.minimum_nats, 100 * x_card.minimum_probability,
        x_card.half_life_days, x_card.cap_nats, x_card.id, x_card.version, grade);
  }
  return fmt::format(
      "\nWhen it is said: shown in {} {} or more, on grounds of at least {} nats, with a "
      "probability of at least {:.0f}%; grounds halve every {} days, and one conversation says at "
      "most {} nats about one state.\n1 nat makes the odds 2.7 times as high. Card {}/{}: {}. "
      "Where "
      "the words do not bear a statement out, the statement is wrong.\n",
      x_card.minimum_episodes, x_card.minimum_episodes == 1 ? "conversation" : "conversations",
      x_card.minimum_nats, 100 * x_card.minimum_probability, x_card.half_life_days, x_card.cap_nats,
      x_card.id, x_card.version, grade);
}

}  // namespace

std::string explanation_text(const profile::Line& line, const evidence::Card& card,
                             const std::vector<EvidenceRow>& rows, Day as_of, Lang lang) {
  Explanation page(card, as_of, lang);
  return page.title(line) + page.note(line, rows) + page.grounds(line, rows) +
         page.sums(line, rows) + page.rules();
}

}  // namespace xinjing::report
