// Reads card.toml; what a card is stands in card.h.
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <set>

#include "base/format.h"
#include "base/toml.h"
#include "base/utf8.h"
#include "evidence/card.h"
#include "evidence/figures.h"

namespace xinjing::evidence {

namespace {

constexpr double kPriorSumTolerance = 0.011;  // priors are written with two decimals
constexpr std::size_t kMostStates = 1000;

struct Range {
  double least = 0;
  double most = 0;
};

// Reads the keys of one table and remembers the first fault, so that the reading of a card is one
// list of fields. After a fault the values read are of no use.
class Fields {
 public:
  Fields(const TomlTable& table, std::initializer_list<std::string_view> known, Status& status)
      : x_table(table), x_status(status) {
    for (const std::string& key : table.keys()) {
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        refuse(key, {fmt::format("'{}' is not a key of a card", key),
                     fmt::format("卡片没有“{}”这个键", key)});
      }
    }
  }

  /// Of a table whose keys are known to another.
  Fields(const TomlTable& table, Status& status) : x_table(table), x_status(status) {}

  void refuse(std::string_view key, Said said) {
    if (x_status) x_status = fail(ErrorCode::kBadInput, std::move(said), x_table.place(key));
  }

  bool has(std::string_view key) const {
    const std::vector<std::string> keys = x_table.keys();
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }

  std::string text(std::string_view key, bool may_be_empty = false) {
    const std::optional<std::string> value = x_table.string(key);
    if (!value) return wrong(key, {"a text", "文字"}), std::string();
    if (value->empty() && !may_be_empty) {
      refuse(key, {fmt::format("'{}' is empty", key), fmt::format("“{}”为空", key)});
    }
    return *value;
  }

  std::string id(std::string_view key, bool state) {
    std::string value = text(key);
    const auto is_id = [&](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
             (state && ((c >= 'A' && c <= 'Z') || c == '-' || c == '+'));
    };
    if (!std::all_of(value.begin(), value.end(), is_id)) {
      refuse(key, {fmt::format("'{}' is an id of letters, digits and _", key),
                   fmt::format("“{}”只能由字母、数字和 _ 组成", key)});
    }
    return value;
  }

  double number(std::string_view key, Range range) {
    const std::optional<double> value = x_table.number(key);
    if (!value) return wrong(key, {"a number", "数"}), 0;
    if (!(*value >= range.least && *value <= range.most)) {
      refuse(
          key,
          {fmt::format("'{}' is {}, not between {} and {}", key, *value, range.least, range.most),
           fmt::format("“{}”为 {}，应在 {} 到 {} 之间", key, *value, range.least, range.most)});
    }
    return *value;
  }

  int integer(std::string_view key, Range range) {
    if (!x_table.integer(key)) return wrong(key, {"a whole number", "整数"}), 0;
    const double value = number(key, range);
    return x_status ? static_cast<int>(value) : 0;
  }

  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> values = x_table.strings(key);
    if (x_table.array_size(key) != values.size()) wrong(key, {"a list of texts", "文字列表"});
    return values;
  }

  Said said(std::string_view key) {
    const std::optional<TomlTable> pair = x_table.table(key);
    if (!pair) return wrong(key, {"a pair {zh, en}", "一对 {zh, en}"}), Said{};
    Fields fields(*pair, {"zh", "en"}, x_status);
    return {.en = fields.text("en"), .zh = fields.text("zh")};
  }

  template <typename Enum>
  Enum one_of(std::string_view key, std::string_view (*id_of)(Enum), int count) {
    const std::string value = text(key);
    std::string choices;
    for (int i = 0; i < count; ++i) {
      if (id_of(static_cast<Enum>(i)) == value) return static_cast<Enum>(i);
      choices += fmt::format("{}{}", i == 0 ? "" : ", ", id_of(static_cast<Enum>(i)));
    }
    refuse(key, {fmt::format("'{}' is '{}', not one of {}", key, value, choices),
                 fmt::format("“{}”为“{}”，应为 {} 之一", key, value, choices)});
    return Enum{};
  }

  std::optional<TomlTable> table(std::string_view key) {
    std::optional<TomlTable> found = x_table.table(key);
    if (!found) wrong(key, {"a table", "表"});
    return found;
  }

  // An array of tables; missing is empty.
  std::vector<TomlTable> tables(std::string_view key) {
    std::vector<TomlTable> found = x_table.tables(key);
    if (has(key) && x_table.array_size(key) != found.size()) wrong(key, {"tables", "表"});
    return found;
  }

 private:
  void wrong(std::string_view key, const Said& wanted) {
    if (has(key)) {
      refuse(key, {fmt::format("'{}' must be {}", key, wanted.en),
                   fmt::format("“{}”应为{}", key, wanted.zh)});
    } else {
      refuse({}, {fmt::format("the key '{}' is missing", key), fmt::format("缺少键“{}”", key)});
    }
  }

  const TomlTable& x_table;
  Status& x_status;
};

CardState state_from(const TomlTable& table, Status& status) {
  Fields fields(table, {"id", "label", "definition", "prior", "valence", "next"}, status);
  CardState state{.id = fields.id("id", true),
                  .label = fields.said("label"),
                  .definition = fields.said("definition"),
                  .prior = fields.number("prior", {1e-6, 1}),
                  .valence = std::nullopt,
                  .next = {}};
  if (fields.has("valence")) state.valence = fields.integer("valence", {-1, 1});
  return state;
}

std::vector<Use> uses_from(Fields& fields, std::string_view key) {
  std::vector<Use> uses;
  for (const std::string& id : fields.texts(key)) {
    const std::optional<Use> use = use_from(id);
    if (!use || std::find(uses.begin(), uses.end(), *use) != uses.end()) {
      fields.refuse(key, {fmt::format("'{}' is no known use, or stands twice", id),
                          fmt::format("“{}”不是已知用途，或重复", id)});
      break;
    }
    uses.push_back(*use);
  }
  return uses;
}

UseRules use_from_table(const TomlTable& table, Status& status) {
  Fields fields(table, {"allowed", "forbidden", "reason"}, status);
  UseRules rules{.allowed = uses_from(fields, "allowed"),
                 .forbidden = uses_from(fields, "forbidden"),
                 .reason = fields.said("reason")};
  for (const Use use : rules.forbidden) {
    if (std::find(rules.allowed.begin(), rules.allowed.end(), use) != rules.allowed.end()) {
      fields.refuse("forbidden", {fmt::format("'{}' is both allowed and forbidden", use_id(use)),
                                  fmt::format("“{}”既被允许又被禁止", use_id(use))});
    }
  }
  return rules;
}

Figure figure_from(const TomlTable& table, Status& status) {
  Fields fields(table, {"kind", "dataset", "split", "n", "measure", "value", "low", "high", "by"},
                status);
  Figure figure{.kind = fields.one_of("kind", figure_kind_id, 3),
                .dataset = fields.text("dataset"),
                .split = fields.text("split"),
                .n = fields.integer("n", {1, 1e9}),
                .measure = fields.text("measure"),
                .value = fields.number("value", {-1, 1e9}),
                .by = fields.text("by")};
  if (!fields.has("low") && !fields.has("high")) return figure;
  figure.interval = {.low = fields.number("low", {-1, figure.value}),
                     .high = fields.number("high", {figure.value, 1e9})};
  return figure;
}

CardFigures figures_from(Fields& fields, Status& status) {
  CardFigures out;
  for (const TomlTable& figure : fields.tables("validity")) {
    out.figures.push_back(figure_from(figure, status));
  }
  if (fields.has("caveat")) out.caveat = fields.said("caveat");
  return out;
}

CardExample example_from(const TomlTable& table, const Card& card, Status& status) {
  Fields fields(table, {"lang", "text", "state"}, status);
  const auto lang_at = [](Lang lang) { return lang_id(lang); };
  CardExample example{.lang = fields.one_of<Lang>("lang", lang_at, 2),
                      .text = fields.text("text"),
                      .state = fields.text("state"),
                      .place = table.place()};
  if (!card.find_state(example.state)) {
    fields.refuse("state", {fmt::format("the card has no state '{}'", example.state),
                            fmt::format("卡片没有状态“{}”", example.state)});
  }
  return example;
}

void check_states(const Card& card, Fields& fields) {
  std::set<std::string_view> seen;
  double sum = 0;
  for (const CardState& state : card.states) {
    sum += state.prior;
    if (!seen.insert(state.id).second) {
      fields.refuse("state", {fmt::format("the state '{}' stands twice", state.id),
                              fmt::format("状态“{}”重复", state.id)});
    }
  }
  if (card.states.empty() || card.states.size() > kMostStates) {
    fields.refuse("state", {"a card has between 1 and 1000 states", "卡片应有 1 到 1000 个状态"});
  }
  const bool one_holds = one_state_holds(card) || card.measure == Measure::kLedger;
  if (one_holds && std::abs(sum - 1) > kPriorSumTolerance) {
    fields.refuse("state", {fmt::format("the priors sum to {:.3f}, not to 1", sum),
                            fmt::format("先验概率之和为 {:.3f}，应为 1", sum)});
  }
}

// The chances of the next state stand in the table of each state of a sequence, and nowhere else.
void read_next(Card& card, const std::vector<TomlTable>& tables, Status& status) {
  const std::vector<std::string> ids = card.state_ids();
  for (std::size_t s = 0; s < tables.size() && s < card.states.size(); ++s) {
    Fields state(tables[s], {"id", "label", "definition", "prior", "valence", "next"}, status);
    if (state.has("next") != (card.measure == Measure::kSequence)) {
      state.refuse("next", {"'next' stands in every state of a sequence and in no other",
                            "序列型卡片的每个状态都应有 next，其他卡片不得有"});
      return;
    }
    if (card.measure != Measure::kSequence) continue;
    const std::optional<TomlTable> next = state.table("next");
    if (!next) return;
    card.states[s].next.resize(ids.size());
    double sum = 0;
    for (const std::string& id : next->keys()) {
      const auto to = card.find_state(id);
      const std::optional<double> p = next->number(id);
      if (!to || !p || !(*p >= 0 && *p <= 1)) {
        state.refuse("next", {fmt::format("'{}' in 'next' is no state with a chance", id),
                              fmt::format("next 中的“{}”不是带概率的状态", id)});
        return;
      }
      sum += card.states[s].next[*to] = *p;
    }
    if (std::abs(sum - 1) > kPriorSumTolerance) {
      state.refuse("next", {fmt::format("the chances in 'next' sum to {:.3f}, not to 1", sum),
                            fmt::format("next 中的概率之和为 {:.3f}，应为 1", sum)});
    }
  }
}

// What the rules of use demand of every card, whatever its author thinks.
void check_use(const Card& card, Fields& fields) {
  for (const Use use : {Use::kPrice, Use::kEligibility, Use::kStaffScoring}) {
    const std::vector<Use>& allowed = card.use.allowed;
    if (std::find(allowed.begin(), allowed.end(), use) != allowed.end()) {
      fields.refuse("use", {fmt::format("no card may allow '{}'", use_id(use)),
                            fmt::format("任何卡片都不得允许“{}”", use_id(use))});
    }
  }
}

Card card_from(const TomlTable& table, Status& status) {
  Fields fields(table, {"id",           "version",  "label",
                        "definition",   "level",    "measure",
                        "subject",      "grade",    "head",
                        "sensitivity",  "theory",   "references",
                        "licence",      "cap_nats", "half_life_days",
                        "minimum_nats", "state",    "minimum_episodes",
                        "use",          "validity", "minimum_probability",
                        "example",      "group",    "acts",
                        "caveat"},
                status);
  Card card;
  card.id = fields.id("id", false);
  card.version = fields.integer("version", {1, 1'000'000});
  card.label = fields.said("label");
  card.definition = fields.said("definition");
  card.level = fields.one_of("level", level_id, 3);
  card.measure = fields.one_of("measure", measure_id, 7);
  card.subject = fields.one_of("subject", subject_id, 2);
  card.grade = fields.one_of("grade", grade_id, 3);
  card.sensitivity = fields.one_of("sensitivity", sensitivity_id, 3);
  card.head = fields.text("head", true);
  if (fields.has("group")) card.group = fields.one_of("group", group_id, 7);
  card.half_life_days = fields.number("half_life_days", {0.01, 100'000});
  card.minimum_nats = fields.number("minimum_nats", {0, 100});
  card.minimum_episodes = fields.integer("minimum_episodes", {0, 1000});
  card.minimum_probability = fields.number("minimum_probability", {0, 1});
  card.cap_nats = fields.number("cap_nats", {0.01, 20});
  card.theory = fields.text("theory");
  card.references = fields.texts("references");
  card.licence = fields.text("licence");
  if (fields.has("acts")) card.acts = fields.said("acts");
  const std::vector<TomlTable> states = fields.tables("state");
  for (const TomlTable& state : states) card.states.push_back(state_from(state, status));
  check_states(card, fields);
  read_next(card, states, status);
  if (const auto use = fields.table("use")) card.use = use_from_table(*use, status);
  check_use(card, fields);
  const CardFigures figures = figures_from(fields, status);
  if (const Figure* judges = figures.find(FigureKind::kAgreement)) {
    card.validity = {
        .dataset = judges->dataset, .measure = judges->measure, .value = judges->value};
  }
  for (const TomlTable& example : fields.tables("example")) {
    card.examples.push_back(example_from(example, card, status));
  }
  return card;
}

Result<TomlTable> table_of(std::string_view toml, const std::string& name) {
  if (!is_utf8(toml)) {
    return fail(ErrorCode::kBadInput, {"a card is UTF-8", "卡片应为 UTF-8"}, name);
  }
  return TomlTable::parse(toml, name);
}

}  // namespace

Result<CardFigures> parse_figures(std::string_view toml, const std::string& name) {
  const Result<TomlTable> table = table_of(toml, name);
  if (!table) return table.failure();
  Status status;
  Fields fields(*table, status);
  CardFigures figures = figures_from(fields, status);
  if (!status) return status.failure();
  return figures;
}

Result<Card> parse_card(std::string_view toml, const std::string& name) {
  const Result<TomlTable> table = table_of(toml, name);
  if (!table) return table.failure();
  Status status;
  Card card = card_from(*table, status);
  if (!status) return status.failure();
  return card;
}

}  // namespace xinjing::evidence
