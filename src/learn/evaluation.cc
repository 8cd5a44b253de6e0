#include "learn/evaluation.h"

#include <cmath>
#include <memory>

#include "base/format.h"
#include "base/parallel.h"
#include "language/valence.h"
#include "learn/metric.h"

namespace xinjing::learn {
namespace {

using language::Head;
using language::HeadKind;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr float kSaid = 0.5F;

/// One thing that was said and what is true of it.
struct Case {
  int gold = 0;
  int said = 0;
  float p = 0;           // of what was said (several: of the state)
  int state = 0;         // several: which
  double gold_mean = 0;  // satisfaction by raters
  double said_mean = 0;
};

/// The cases of one construct, conversation by conversation.
struct Cases {
  std::vector<Case> all;
  std::vector<std::size_t> begin{0};  // of each conversation, and the end

  void end_conversation() { begin.push_back(all.size()); }
  std::size_t conversations() const { return begin.size() - 1; }
  std::vector<Case> drawn(std::span<const std::uint32_t> conversations) const {
    std::vector<Case> cases;
    for (const std::uint32_t c : conversations) {
      cases.insert(cases.end(), all.begin() + static_cast<std::ptrdiff_t>(begin[c]),
                   all.begin() + static_cast<std::ptrdiff_t>(begin[c + 1]));
    }
    return cases;
  }
};

double measure_of(Judge judge, std::span<const Case> cases) {
  if (judge == Judge::kMacroF1 || judge == Judge::kMicroF1) {
    std::vector<Hits> states;
    Hits all;
    for (const Case& c : cases) {
      states.resize(std::max(states.size(), static_cast<std::size_t>(c.state) + 1));
      states[static_cast<std::size_t>(c.state)].count(c.gold != 0, c.said != 0);
      all.count(c.gold != 0, c.said != 0);
    }
    return judge == Judge::kMicroF1 ? all.f1() : macro_f1(states);
  }
  if (judge == Judge::kSpearman) {
    std::vector<double> gold;
    std::vector<double> said;
    for (const Case& c : cases) gold.push_back(c.gold_mean), said.push_back(c.said_mean);
    return spearman(gold, said);
  }
  std::vector<int> gold;
  std::vector<int> said;
  for (const Case& c : cases) gold.push_back(c.gold), said.push_back(c.said);
  return judge == Judge::kKappa ? kappa(gold, said) : weighted_kappa(gold, said);
}

const char* name_of(Judge judge) {
  switch (judge) {
    case Judge::kKappa:
      return "kappa";
    case Judge::kWeightedKappa:
      return "weighted kappa";
    case Judge::kMacroF1:
      return "macro F1";
    case Judge::kMicroF1:
      return "micro F1";
    default:
      return "Spearman";
  }
}

double calibration_of(Judge judge, std::span<const Case> cases) {
  if (judge == Judge::kSpearman) return kUnknown;
  const bool several = judge == Judge::kMacroF1 || judge == Judge::kMicroF1;
  std::vector<double> p;
  const auto right = std::make_unique<bool[]>(cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    p.push_back(cases[i].p);
    right[i] = several ? cases[i].gold != 0 : cases[i].gold == cases[i].said;
  }
  return calibration_error(p, {right.get(), cases.size()});
}

/// Agreement of two readings of the same 120 dialogues under the codebook (data/README.md).
double agreement_on(std::string_view construct) {
  constexpr std::pair<std::string_view, double> kAgreements[] = {{"emotion", 0.85},
                                                                 {"valence", 0.91},
                                                                 {"intensity", 0.87},
                                                                 {"motive", 0.86},
                                                                 {"need", 0.93},
                                                                 {"orientation", 0.72},
                                                                 {"bond", 0.95},
                                                                 {"temperament", 0.81},
                                                                 {"escalation", 0.75},
                                                                 {"urgency", 0.87},
                                                                 {"aspect", 0.82},
                                                                 {"expectation", 0.72},
                                                                 {"style", 0.73},
                                                                 {"listening", 0.48},
                                                                 {"empathy", 0.87},
                                                                 {"solution", 0.83},
                                                                 {"followup", 0.79},
                                                                 {"deflects", 0.71},
                                                                 {"satisfaction by raters", 0.78}};
  for (const auto& [name, value] : kAgreements) {
    if (name == construct) return value;
  }
  return kUnknown;
}

int true_state(const Target& target) {
  return static_cast<int>(std::max_element(target.shares.begin(), target.shares.end()) -
                          target.shares.begin());
}

const Target* find_target(const std::map<std::string, Target>& targets, const std::string& head) {
  const auto found = targets.find(head);
  return found == targets.end() || !found->second.known() ? nullptr : &found->second;
}

/// The readings of one set beside its labels.
class Evaluation {
 public:
  Evaluation(const language::TextModel& model, std::span<const Labelled> examples,
             std::span<const language::Reading> readings)
      : x_model(model), x_examples(examples), x_readings(readings) {}

  Cases of_head(const Head& head) const {
    Cases cases;
    for (std::size_t e = 0; e < x_examples.size(); ++e) {
      head.per_turn ? add_turns(head, e, cases) : add_episode(head, e, cases);
      cases.end_conversation();
    }
    return cases;
  }

  /// Emotions as negative, neutral, positive.
  Cases of_valence(const Head& emotion) const {
    Cases cases = of_head(emotion);
    for (Case& c : cases.all) {
      c.gold = language::emotion_sign(emotion.states[static_cast<std::size_t>(c.gold)]);
      c.said = language::emotion_sign(emotion.states[static_cast<std::size_t>(c.said)]);
    }
    return cases;
  }

 private:
  void add_turns(const Head& head, std::size_t e, Cases& cases) const {
    std::size_t customer_turn = 0;
    for (const LabelledTurn& turn : x_examples[e].turns) {
      if (turn.speaker != ingest::Speaker::kCustomer) continue;
      const auto p = x_readings[e].turn(head, customer_turn++, x_model.turn_outputs());
      if (const Target* target = find_target(turn.targets, head.name)) {
        add_target(head, *target, p, cases);
      }
    }
  }

  void add_episode(const Head& head, std::size_t e, Cases& cases) const {
    const auto p = x_readings[e].episode(head);
    const bool product = head.name == "aspect" || head.name == "expectation";
    if (product) {
      if (find_target(x_examples[e].targets,
                      head.name == "aspect" ? "aspect_code" : "expectation_aspect")) {
        add_pairs(head, e, p, cases);
      }
      return;
    }
    const Target* target = find_target(x_examples[e].targets, head.name);
    if (target == nullptr) return;
    add_target(head, *target, p, cases);
  }

  void add_target(const Head& head, const Target& target, std::span<const float> p,
                  Cases& cases) const {
    if (head.kind != HeadKind::kSeveral) return add_one(head, target, p, cases);
    for (std::size_t k = 0; k < p.size(); ++k) {
      cases.all.push_back(
          {target.shares[k] >= 0.5F ? 1 : 0, p[k] >= kSaid ? 1 : 0, p[k], static_cast<int>(k)});
    }
  }

  void add_one(const Head& head, const Target& target, std::span<const float> p,
               Cases& cases) const {
    const std::size_t said = language::said_state(head, p);
    Case c{true_state(target), static_cast<int>(said), p[said], 0};
    if (head.kind == HeadKind::kLevel) {
      c.gold_mean = language::mean_level(head, target.shares);
      c.said_mean = language::mean_level(head, p);
    }
    cases.all.push_back(c);
  }

  /// Each first state that is said, with its likeliest partner, as the contract writes it.
  void add_pairs(const Head& head, std::size_t e, std::span<const float> p, Cases& cases) const {
    const auto found = x_examples[e].pairs.find(head.name);
    const std::size_t partners = head.name == "aspect" ? 3 : 4;
    for (std::size_t k = 0; k < p.size(); k += partners) {
      const auto pairs = p.subspan(k, partners);
      const bool said = std::accumulate(pairs.begin(), pairs.end(), 0.0F) >= kSaid;
      const auto best = std::max_element(pairs.begin(), pairs.end()) - pairs.begin();
      for (std::size_t j = 0; j < partners; ++j) {
        const bool gold =
            found != x_examples[e].pairs.end() && found->second.count(head.states[k + j]) > 0;
        const bool this_one = said && static_cast<std::size_t>(best) == j;
        cases.all.push_back({gold ? 1 : 0, this_one ? 1 : 0, pairs[j], static_cast<int>(k + j)});
      }
    }
  }

  const language::TextModel& x_model;
  std::span<const Labelled> x_examples;
  std::span<const language::Reading> x_readings;
};

Judge judge_of(const Head& head) {
  for (const HeadPlan& plan : head_plans()) {
    if (plan.name == head.name) return plan.judge;
  }
  return Judge::kMicroF1;  // products
}

EvaluationRow row_of(std::string construct, Judge judge, const Cases& cases) {
  EvaluationRow row{
      .construct = std::move(construct), .set = {}, .split = {}, .measure = name_of(judge)};
  row.n = cases.all.size();
  row.value = measure_of(judge, cases.all);
  const Interval interval = bootstrap(
      cases.conversations(),
      [&](std::span<const std::uint32_t> drawn) { return measure_of(judge, cases.drawn(drawn)); },
      20261121, 200);
  row.low = interval.low;
  row.high = interval.high;
  row.agreement = agreement_on(row.construct);
  row.calibration_error = calibration_of(judge, cases.all);
  return row;
}

std::vector<language::Reading> read_all(const language::Reader& reader, Lang lang,
                                        std::span<const Labelled> examples, std::size_t threads) {
  std::vector<language::Reading> readings(examples.size());
  if (threads == 0) threads = core_count();
  std::vector<language::ReadScratch> scratch(threads);
  parallel_for(examples.size(), threads, [&](std::size_t e, std::size_t worker) {
    std::vector<language::Turn> turns;
    for (const LabelledTurn& turn : examples[e].turns) {
      turns.push_back({turn.speaker, turn.text, std::nullopt});
    }
    readings[e] =
        reader.read({.id = examples[e].id, .turns = turns, .lang = lang}, scratch[worker]);
  });
  return readings;
}

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.3f}", value) : std::string("–");
}

}  // namespace

std::vector<EvaluationRow> evaluate(const language::Reader& reader, Lang lang,
                                    std::span<const Labelled> examples, const std::string& split,
                                    std::size_t threads) {
  const language::TextModel& model = reader.model(lang);
  const auto readings = read_all(reader, lang, examples, threads);
  const Evaluation evaluation(model, examples, readings);
  std::vector<EvaluationRow> rows;
  for (const Head& head : model.heads()) {
    const Cases cases = evaluation.of_head(head);
    if (cases.all.empty()) continue;
    const bool rated = head.name == "satisfaction" && !examples.empty() && examples[0].rated;
    const std::string name = rated                    ? "satisfaction by raters"
                             : head.name == "valence" ? "valence by its own head"
                                                      : head.name;
    rows.push_back(row_of(name, judge_of(head), cases));
    if (head.name == "emotion") {
      rows.push_back(row_of("valence", Judge::kKappa, evaluation.of_valence(head)));
      rows.back().calibration_error = kUnknown;  // the probabilities are those of emotions
    }
  }
  for (EvaluationRow& row : rows) {
    row.set = examples.empty() ? "" : examples[0].set;
    row.split = split;
  }
  return rows;
}

namespace {

void count(const Cases& cases, const Head& head, std::vector<StateErrors>& rows) {
  const bool several = head.kind == HeadKind::kSeveral;
  const std::size_t first = rows.size();
  for (const std::string& state : head.states) rows.push_back({head.name, state});
  for (const Case& c : cases.all) {
    for (std::size_t k = 0; k < head.states.size(); ++k) {
      if (several && c.state != static_cast<int>(k)) continue;
      const bool gold = several ? c.gold != 0 : c.gold == static_cast<int>(k);
      const bool said = several ? c.said != 0 : c.said == static_cast<int>(k);
      StateErrors& row = rows[first + k];
      gold ? ++row.true_units : ++row.false_units;
      if (said) gold ? ++row.said_of_true : ++row.said_of_false;
    }
  }
}

}  // namespace

std::vector<StateErrors> reader_errors(const language::Reader& reader, Lang lang,
                                       std::span<const Labelled> examples, std::size_t threads) {
  const language::TextModel& model = reader.model(lang);
  const auto readings = read_all(reader, lang, examples, threads);
  const Evaluation evaluation(model, examples, readings);
  std::vector<StateErrors> rows;
  for (const Head& head : model.heads()) {
    if (head.name == "aspect" || head.name == "expectation") continue;  // products
    if (head.name == "valence") continue;                               // no construct of its own
    count(evaluation.of_head(head), head, rows);
  }
  std::erase_if(rows, [](const StateErrors& row) { return row.true_units < 3; });
  return rows;
}

std::string markdown_table(std::span<const EvaluationRow> rows) {
  std::string out =
      "| construct | data set | split | n | measure | value | 95 % interval | agreement | "
      "calibration error |\n|---|---|---|---|---|---|---|---|---|\n";
  for (const EvaluationRow& row : rows) {
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} to {} | {} | {} |\n", row.construct,
                       row.set, row.split, row.n, row.measure, number(row.value), number(row.low),
                       number(row.high), number(row.agreement), number(row.calibration_error));
  }
  return out;
}

namespace {

/// The row of the same construct, set and measure, or null.
const EvaluationRow* same_row(std::span<const EvaluationRow> rows, const EvaluationRow& wanted) {
  for (const EvaluationRow& row : rows) {
    const bool same =
        row.construct == wanted.construct && row.set == wanted.set && row.measure == wanted.measure;
    if (same) return &row;
  }
  return nullptr;
}

double value_of(std::span<const EvaluationRow> rows, const EvaluationRow& wanted) {
  const EvaluationRow* const row = same_row(rows, wanted);
  return row != nullptr ? row->value : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::string comparison_table(std::span<const EvaluationRow> cues,
                             std::span<const EvaluationRow> words,
                             std::span<const EvaluationRow> both) {
  std::string out =
      "| construct | data set | n | measure | cues alone | words alone | both |\n"
      "|---|---|---|---|---|---|---|\n";
  std::size_t best = 0;
  for (const EvaluationRow& row : both) {
    const std::array values = {value_of(cues, row), value_of(words, row), row.value};
    double top = row.value;
    for (const double value : values) top = std::isnan(value) ? top : std::max(top, value);
    out += fmt::format("| {} | {} | {} | {} |", row.construct, row.set, row.n, row.measure);
    for (const double value : values) {
      const std::string_view mark = value == top ? "**" : "";
      out += fmt::format(" {}{}{} |", mark, number(value), mark);
    }
    out += '\n';
    best += row.value == top ? 1 : 0;
  }
  return out + fmt::format("\nBoth together are best in {} of {} rows.\n", best, both.size());
}

std::string open_table(std::span<const EvaluationRow> shipped,
                       std::span<const EvaluationRow> open) {
  std::string out =
      "| construct | data set | n | measure | all texts | open texts only | 95 % interval | "
      "calibration error |\n|---|---|---|---|---|---|---|---|\n";
  for (const EvaluationRow& row : shipped) {
    const EvaluationRow* const other = same_row(open, row);
    if (other == nullptr) continue;
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} to {} | {} |\n", row.construct, row.set,
                       row.n, row.measure, number(row.value), number(other->value),
                       number(other->low), number(other->high), number(other->calibration_error));
  }
  return out;
}

}  // namespace xinjing::learn
