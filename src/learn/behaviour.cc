#include "learn/behaviour.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "base/format.h"
#include "base/lang.h"
#include "base/tsv.h"
#include "language/valence.h"
#include "learn/evaluation.h"

namespace xinjing::learn {
namespace {

using language::Head;
using language::HeadKind;
using Form = Condition::Form;

constexpr float kSaid = 0.5F;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::vector<std::string> words_of(std::string_view text, char mark) {
  std::vector<std::string> words;
  for (const std::string_view word : split(text, mark)) {
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

/// Takes "a." or "b." from the front.
bool take_side(std::string_view& text, bool& first) {
  if (!text.starts_with("a.") && !text.starts_with("b.")) return false;
  first = text.front() == 'a';
  text.remove_prefix(2);
  return true;
}

/// Takes a word up to one of the marks.
std::string_view take_until(std::string_view& text, std::string_view marks) {
  const std::size_t end = std::min(text.find_first_of(marks), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

/// "a.p(emotion:anger)>b.p(emotion:anger)", after the first side.
bool parse_likelier(std::string_view rest, Condition& c) {
  rest.remove_prefix(2);
  c.construct = take_until(rest, ":");
  if (!rest.starts_with(':')) return false;
  rest.remove_prefix(1);
  c.words = {std::string(take_until(rest, ")"))};
  const std::string other =
      fmt::format(")>{}.p({}:{})", c.first ? "b" : "a", c.construct, c.words[0]);
  c.form = Form::kMoreLikely;
  return rest == other && !c.construct.empty() && !c.words[0].empty();
}

bool parse_condition(std::string_view text, Condition& c) {
  c.written = text;
  if (text == "valid a" || text == "valid b") {
    c.form = Form::kValid;
    c.first = text.back() == 'a';
    return true;
  }
  if (text.starts_with("same ")) {
    c.form = Form::kSame;
    c.words = words_of(text.substr(5), ' ');
    return !c.words.empty();
  }
  if (!take_side(text, c.first)) return false;
  if (text.starts_with("p(")) return parse_likelier(text, c);
  c.construct = take_until(text, "=!> ");
  if (c.construct.empty()) return false;
  if (text.starts_with('>')) {
    c.form = Form::kMore;
    return text.substr(1) == fmt::format("{}.{}", c.first ? "b" : "a", c.construct);
  }
  constexpr std::pair<std::string_view, Form> kForms[] = {
      {"!=", Form::kIsNot}, {"=", Form::kIs}, {" has ", Form::kHas}, {" lacks ", Form::kLacks}};
  for (const auto& [mark, form] : kForms) {
    if (!text.starts_with(mark)) continue;
    c.form = form;
    c.words = words_of(text.substr(mark.size()), '|');
    return !c.words.empty();
  }
  return false;
}

std::string_view valence_word(std::string_view emotion) {
  const int valence = language::emotion_sign(emotion);
  return valence > 0 ? "pos" : valence < 0 ? "neg" : "neu";
}

/// One text as it was read.
class Read {
 public:
  Read(const language::Reader& reader, std::string_view text, Lang lang,
       language::ReadScratch& scratch)
      : x_model(reader.model(lang)) {
    std::vector<language::Turn> turns;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find(" / ", at), text.size());
      turns.push_back(turn_of(text.substr(at, end - at)));
      at = end + 3;
    }
    for (const auto& turn : turns) {
      x_customer_turns += turn.speaker == ingest::Speaker::kCustomer ? 1 : 0;
    }
    x_reading = reader.read({.id = "", .turns = turns, .lang = lang}, scratch);
  }

  /// The state that is said; empty where there is none to say.
  std::string said(const std::string& construct) const {
    if (construct == "valence") {
      const std::string emotion = said("emotion");
      return emotion.empty() ? emotion : std::string(valence_word(emotion));
    }
    const Head* head = find(construct);
    if (head == nullptr) return "";
    return head->states[language::said_state(*head, p_of(*head))];
  }

  /// Whether there is anything to say of a construct here.
  bool knows(const std::string& construct) const {
    return find(construct == "valence" ? "emotion" : construct) != nullptr;
  }

  /// The states of a construct of several that are said; of pairs the likelier of each.
  std::vector<std::string> all_said(const std::string& construct) const {
    std::vector<std::string> list;
    if (!knows(construct)) return list;
    const Head* head = construct == "valence" ? nullptr : find(construct);
    if (head == nullptr || head->kind != HeadKind::kSeveral) return {said(construct)};
    const auto p = p_of(*head);
    for (std::size_t k = 0; k < p.size(); k += head->parts) {
      const auto parts = p.subspan(k, head->parts);
      if (std::accumulate(parts.begin(), parts.end(), 0.0F) < kSaid) continue;
      const auto best = std::max_element(parts.begin(), parts.end()) - parts.begin();
      list.push_back(head->states[k + static_cast<std::size_t>(best)]);
    }
    return list;
  }

  float p(const std::string& construct, const std::string& state) const {
    const Head* head = find(construct);
    if (head == nullptr) return std::numeric_limits<float>::quiet_NaN();
    const auto at = std::find(head->states.begin(), head->states.end(), state);
    if (at == head->states.end()) return std::numeric_limits<float>::quiet_NaN();
    return p_of(*head)[static_cast<std::size_t>(at - head->states.begin())];
  }

  float mean(const std::string& construct) const {
    const Head* head = construct == "valence" ? nullptr : find(construct);
    if (head == nullptr || head->kind != HeadKind::kLevel) {
      return std::numeric_limits<float>::quiet_NaN();
    }
    return language::mean_level(*head, p_of(*head));
  }

  bool valid() const {
    const auto finite = [](float v) { return std::isfinite(v) && v >= 0 && v <= 1; };
    return std::all_of(x_reading.turn_p.begin(), x_reading.turn_p.end(), finite) &&
           std::all_of(x_reading.episode_p.begin(), x_reading.episode_p.end(), finite) &&
           !x_reading.episode_p.empty();
  }

 private:
  static language::Turn turn_of(std::string_view text) {
    constexpr std::pair<std::string_view, ingest::Speaker> kMarks[] = {
        {"客:", ingest::Speaker::kCustomer},
        {"服:", ingest::Speaker::kAgent},
        {"C:", ingest::Speaker::kCustomer},
        {"A:", ingest::Speaker::kAgent}};
    for (const auto& [mark, speaker] : kMarks) {
      if (text.starts_with(mark)) return {speaker, trimmed(text.substr(mark.size())), {}};
    }
    return {ingest::Speaker::kCustomer, text, {}};
  }

  const Head* find(const std::string& construct) const {
    const Head* head = x_model.find_head(construct);
    return head != nullptr && head->per_turn && x_customer_turns == 0 ? nullptr : head;
  }
  std::span<const float> p_of(const Head& head) const {
    return head.per_turn ? x_reading.turn(head, x_customer_turns - 1, x_model.turn_outputs())
                         : x_reading.episode(head);
  }

  const language::TextModel& x_model;
  language::Reading x_reading;
  std::size_t x_customer_turns = 0;
};

bool holds(const Condition& c, const Read& a, const Read& b) {
  const Read& one = c.first ? a : b;
  const Read& other = c.first ? b : a;
  const auto among = [](std::span<const std::string> words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const auto any_said = [&] {
    const auto said = one.all_said(c.construct);
    return std::any_of(c.words.begin(), c.words.end(),
                       [&](const std::string& word) { return among(said, word); });
  };
  switch (c.form) {
    case Form::kIs:
      return among(c.words, one.said(c.construct));
    case Form::kIsNot:
      return !one.said(c.construct).empty() && !among(c.words, one.said(c.construct));
    case Form::kHas:
      return any_said();
    case Form::kLacks:
      return one.knows(c.construct) && !any_said();
    case Form::kMore:
      return one.mean(c.construct) > other.mean(c.construct);
    case Form::kMoreLikely:
      return one.p(c.construct, c.words[0]) > other.p(c.construct, c.words[0]);
    case Form::kSame:
      return std::all_of(c.words.begin(), c.words.end(), [&](const std::string& construct) {
        return a.knows(construct) && b.knows(construct) &&
               a.all_said(construct) == b.all_said(construct);
      });
    case Form::kValid:
      return one.valid();
  }
  return false;
}

}  // namespace

Result<std::vector<BehaviourPair>> parse_behaviour(std::string_view text, std::string_view name) {
  std::vector<BehaviourPair> pairs;
  TsvReader reader(text, name, "id\tlang\tkind\ttext_a\ttext_b\texpect\tnote");
  const Status read = reader.each([&](const TsvRow& row) -> Status {
    const auto& cells = row.cells;
    BehaviourPair pair{.id = std::string(cells[0]),
                       .lang = std::string(cells[1]),
                       .kind = std::string(cells[2]),
                       .first = std::string(cells[3]),
                       .second = std::string(cells[4])};
    if (pair.lang != "zh" && pair.lang != "en") {
      return row.refuse(cells[1], {"the language is zh or en", "语言只能是 zh 或 en"});
    }
    for (const std::string_view part : split(cells[5], ';')) {
      if (!parse_condition(trimmed(part), pair.conditions.emplace_back())) {
        return row.refuse(part, {fmt::format("not a condition: '{}'", trimmed(part)),
                                 fmt::format("不是可用的条件：“{}”", trimmed(part))});
      }
    }
    pairs.push_back(std::move(pair));
    return {};
  });
  if (!read) return read.failure();
  return pairs;
}

std::vector<BehaviourOutcome> judge_behaviour(const language::Reader& reader,
                                              std::span<const BehaviourPair> pairs) {
  std::vector<BehaviourOutcome> outcomes;
  language::ReadScratch scratch;
  for (const BehaviourPair& pair : pairs) {
    const Lang lang = pair.lang == "zh" ? Lang::kZh : Lang::kEn;
    const Read a(reader, pair.first, lang, scratch);
    const Read b(reader, pair.second, lang, scratch);
    BehaviourOutcome& outcome = outcomes.emplace_back();
    for (const Condition& c : pair.conditions) {
      if (!holds(c, a, b)) outcome.broken.push_back(c.written);
    }
  }
  return outcomes;
}

std::string behaviour_table(std::span<const BehaviourPair> pairs,
                            std::span<const BehaviourOutcome> outcomes) {
  struct Count {
    std::size_t passed = 0, all = 0;
    std::string text() const {
      if (all == 0) return "–";
      return fmt::format("{:.0f} % of {}", 100.0 * double(passed) / double(all), all);
    }
  };
  std::vector<std::string> kinds;  // in the order of the suite
  std::map<std::string, std::map<std::string, Count>> counts;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!counts.contains(pairs[i].kind)) kinds.push_back(pairs[i].kind);
    for (const std::string& kind : {pairs[i].kind, std::string("all")}) {
      for (const std::string& lang : {pairs[i].lang, std::string("both")}) {
        Count& count = counts[kind][lang];
        ++count.all;
        count.passed += outcomes[i].broken.empty() ? 1 : 0;
      }
    }
  }
  kinds.emplace_back("all");
  std::string table = "| kind | zh | en | both |\n|---|---|---|---|\n";
  for (const std::string& kind : kinds) {
    auto& by = counts[kind];
    table += fmt::format("| {} | {} | {} | {} |\n", kind, by["zh"].text(), by["en"].text(),
                         by["both"].text());
  }
  return table;
}

}  // namespace xinjing::learn
