#include "learn/dataset.h"

#include <set>

#include "base/file.h"
#include "base/format.h"
#include "base/json.h"
#include "base/tsv.h"
#include "language/valence.h"
#include "learn/head_plan.h"

namespace xinjing::learn {
namespace {

namespace fs = std::filesystem;
using language::HeadKind;

const HeadPlan& plan_of(std::string_view name) {
  const auto plans = head_plans();
  return *std::find_if(plans.begin(), plans.end(),
                       [&](const HeadPlan& plan) { return plan.name == name; });
}

std::optional<std::size_t> state_index(const HeadPlan& plan, std::string_view state) {
  const auto found = std::find(plan.states.begin(), plan.states.end(), state);
  if (found == plan.states.end()) return std::nullopt;
  return static_cast<std::size_t>(found - plan.states.begin());
}

Target none_of(const HeadPlan& plan) { return {std::vector<float>(plan.states.size(), 0.0F), 1}; }

/// Reads the members of one `labels` object into targets.
class LabelReader {
 public:
  LabelReader(JsonValue labels, Labelled& into, float weight)
      : x_labels(labels), x_into(into), x_weight(weight) {}

  void read() {
    for (const char* name : {"need", "stage", "orientation", "bond", "temperament"}) one(name);
    for (const char* name : {"motive", "style", "driver"}) several(name);
    for (const char* name : {"escalation", "urgency", "satisfaction"}) level(x_labels, name);
    aspects();
    expectations();
    agent();
  }

 private:
  void one(const std::string& name) {
    const HeadPlan& plan = plan_of(name);
    const auto state = x_labels[name].string();
    const auto index = state ? state_index(plan, *state) : std::nullopt;
    if (!index) return;
    Target target = none_of(plan);
    target.shares[*index] = 1;
    put(name, std::move(target));
  }

  void several(const std::string& name) {
    if (!x_labels[name].is_array()) return;
    const HeadPlan& plan = plan_of(name);
    Target target = none_of(plan);
    x_labels[name].each([&](JsonValue state) {
      const auto index = state_index(plan, state.string().value_or(""));
      if (index) target.shares[*index] = 1;
    });
    put(name, std::move(target));
  }

  void level(JsonValue from, const std::string& name) {
    const auto value = from[name].integer();
    const HeadPlan& plan = plan_of(name);
    const auto index = value ? state_index(plan, std::to_string(*value)) : std::nullopt;
    if (!index) return;
    Target target = none_of(plan);
    target.shares[*index] = 1;
    put(name, std::move(target));
  }

  void aspects() {
    if (!x_labels["aspect"].is_array()) return;
    const HeadPlan& codes = plan_of("aspect_code");
    Target code = none_of(codes);
    Target polarity = none_of(plan_of("aspect_polarity"));
    float count = 0;
    x_labels["aspect"].each([&](JsonValue aspect) {
      const auto index = state_index(codes, aspect["code"].string().value_or(""));
      if (!index) return;
      code.shares[*index] = 1;
      const auto sign = std::clamp<std::int64_t>(aspect["polarity"].integer().value_or(0), -1, 1);
      polarity.shares[static_cast<std::size_t>(sign + 1)] += 1;
      x_into.pairs["aspect"].insert(codes.states[*index] + (sign < 0 ? "-" : sign > 0 ? "+" : "0"));
      ++count;
    });
    put("aspect_code", std::move(code));
    if (count > 0) put_shares("aspect_polarity", std::move(polarity), count);
  }

  void expectations() {
    if (!x_labels["expectation"].is_array()) return;
    const HeadPlan& codes = plan_of("expectation_aspect");
    const HeadPlan& statuses = plan_of("expectation_status");
    Target code = none_of(codes);
    Target status = none_of(statuses);
    Target kind = none_of(plan_of("expectation_kind"));
    float count = 0;
    float stated = 0;
    x_labels["expectation"].each([&](JsonValue entry) {
      const auto index = state_index(codes, entry["aspect"].string().value_or(""));
      if (!index) return;
      code.shares[*index] = 1;
      ++count;
      kind.shares[0] += entry["kind"].string() == "explicit" ? 1 : 0;
      kind.shares[1] += entry["promised"].boolean().value_or(false) ? 1 : 0;
      const auto state = state_index(statuses, entry["status"].string().value_or(""));
      if (!state) return;
      status.shares[*state] += 1;
      ++stated;
      x_into.pairs["expectation"].insert(codes.states[*index] + ":" + statuses.states[*state]);
    });
    put("expectation_aspect", std::move(code));
    if (stated > 0) put_shares("expectation_status", std::move(status), stated);
    if (count > 0) put_shares("expectation_kind", std::move(kind), count);
  }

  void agent() {
    const JsonValue agent = x_labels["agent"];
    if (!agent.is_object()) return;
    for (const char* name : {"listening", "empathy", "solution", "followup"}) level(agent, name);
    const auto deflects = agent["deflects"].integer();
    if (deflects) put("deflects", {{*deflects > 0 ? 1.0F : 0.0F}, 1});
  }

  void put_shares(const std::string& name, Target target, float count) {
    for (float& share : target.shares) share /= count;
    target.weight = count;
    put(name, std::move(target));
  }

  void put(const std::string& name, Target target) {
    target.weight *= x_weight;
    x_into.targets[name] = std::move(target);
  }

  JsonValue x_labels;
  Labelled& x_into;
  float x_weight;
};

std::vector<LabelledTurn> turns_of(JsonValue line) {
  std::vector<LabelledTurn> turns;
  line["turns"].each([&](JsonValue turn) {
    const auto speaker = ingest::Speaker::kCustomer;
    LabelledTurn t{
        .speaker = speaker, .text = std::string(turn["text"].string().value_or("")), .targets = {}};
    if (turn["speaker"].string() != "customer") t.speaker = ingest::Speaker::kAgent;
    turns.push_back(std::move(t));
  });
  return turns;
}

/// Whether a state feels bad, whether it feels good.
Target valence_of(std::string_view state) {
  const int sign = language::emotion_sign(state);
  Target target = none_of(plan_of("valence"));
  target.shares[0] = sign < 0 ? 1 : 0;
  target.shares[1] = sign > 0 ? 1 : 0;
  return target;
}

void read_emotions(JsonValue labels, Labelled& into) {
  std::size_t at = 0;
  labels["emotion"].each([&](JsonValue emotion) {
    while (at < into.turns.size() && into.turns[at].speaker != ingest::Speaker::kCustomer) ++at;
    if (at == into.turns.size()) return;
    LabelledTurn& turn = into.turns[at++];
    const HeadPlan& plan = plan_of("emotion");
    const auto state = state_index(plan, emotion["state"].string().value_or(""));
    if (!state) return;
    Target target = none_of(plan);
    target.shares[*state] = 1;
    turn.targets["emotion"] = std::move(target);
    turn.targets["valence"] = valence_of(emotion["state"].string().value_or(""));
    const auto intensity = emotion["intensity"].integer();
    if (!intensity) return;
    Target strength = none_of(plan_of("intensity"));
    strength.shares[static_cast<std::size_t>(std::clamp<std::int64_t>(*intensity, 1, 3) - 1)] = 1;
    turn.targets["intensity"] = std::move(strength);
  });
}

/// The annotator's satisfaction as a distribution like the raters': most of it on the label.
void soften_satisfaction(Labelled& into) {
  const auto found = into.targets.find("satisfaction");
  if (found == into.targets.end()) return;
  std::vector<float>& shares = found->second.shares;
  const auto label = std::max_element(shares.begin(), shares.end()) - shares.begin();
  into.satisfaction_label = static_cast<int>(label) - 2;
  std::vector<float> soft(shares.size(), 0.0F);
  soft[static_cast<std::size_t>(label)] += 0.6F;
  soft[static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, label - 1))] += 0.2F;
  soft[static_cast<std::size_t>(std::min<std::ptrdiff_t>(4, label + 1))] += 0.2F;
  shares = soft;
}

void read_raters(JsonValue raters, Labelled& into) {
  const JsonValue counts = raters["satisfaction"];
  if (!counts.is_object()) return;
  const HeadPlan& plan = plan_of("satisfaction");
  Target target = none_of(plan);
  float sum = 0;
  for (std::size_t k = 0; k < plan.states.size(); ++k) {
    const double count = counts[plan.states[k]].number().value_or(0);
    sum += target.shares[k] = static_cast<float>(count);
  }
  if (sum <= 0) return;
  for (float& share : target.shares) share /= sum;
  into.targets["satisfaction"] = std::move(target);
  into.rated = true;
}

}  // namespace

Labelled labelled_from(JsonValue line, const std::string& set) {
  Labelled example;
  example.id = line["id"].scalar().value_or("");
  example.group = example.id;
  example.set = set;
  example.turns = turns_of(line);
  LabelReader(line["labels"], example, 1).read();
  read_emotions(line["labels"], example);
  soften_satisfaction(example);
  read_raters(line["raters"], example);
  return example;
}

namespace {

void add_persona(JsonValue line, const std::string& set, std::vector<Labelled>& out) {
  // Labels of the customer hold for each of the episodes, but less surely.
  constexpr float kWeightOfCustomer = 0.5F;
  const std::string customer = line["customer"].scalar().value_or("");
  int number = 0;
  line["episodes"].each([&](JsonValue episode) {
    Labelled example;
    example.group = customer.substr(0, customer.rfind('-'));  // the industry: left out as a whole
    example.id = fmt::format("{}/{}", customer, ++number);
    example.set = set;
    example.turns = turns_of(episode);
    LabelReader(line["labels"], example, kWeightOfCustomer).read();
    LabelReader(episode["labels"], example, 1).read();
    soften_satisfaction(example);
    out.push_back(std::move(example));
  });
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

/// A public set: where its labels are, and what they are called.
struct TsvPlan {
  const char* folder;
  const char* label;  // the column
  Lang lang;
  bool several = false;  // labels joined by '|'
};

constexpr TsvPlan kTsvPlans[] = {
    {"zh_smp2020_usual", "label", Lang::kZh},
    {"zh_nlpcc2014_emotion_sent", "label", Lang::kZh},
    {"zh_online_shopping10", "label", Lang::kZh},
    {"zh_xs_conversation", "label", Lang::kZh},
    {"en_goemotions", "label", Lang::kEn, true},
    {"en_airline_tweets", "label", Lang::kEn},
    {"en_complaints_twitter", "label", Lang::kEn},
    {"en_banking77", "label", Lang::kEn},
};

/// Apache-2.0 and CC BY 4.0; every other set used here is for research, for non-commercial use, or
/// states no licence.
bool may_use(std::string_view folder, Licences licences) {
  return licences == Licences::kAll || folder == "en_goemotions" || folder == "en_banking77";
}

void for_each_label(std::string_view cell, bool several, const auto& visit) {
  while (!cell.empty()) {
    const std::size_t bar = several ? cell.find('|') : std::string_view::npos;
    visit(std::string(cell.substr(0, bar)));
    if (bar == std::string_view::npos) return;
    cell.remove_prefix(bar + 1);
  }
}

Result<AuxiliarySet> read_tsv(const fs::path& file, const TsvPlan& plan) {
  Result<std::string> bytes = read_file(file);
  if (!bytes) return bytes.failure();
  const std::vector<std::string_view> lines = lines_of(*bytes);
  const auto column_of = [&](std::string_view name) {
    const auto header = lines.empty() ? std::vector<std::string_view>{} : cells_of(lines[0]);
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  const std::size_t text = column_of("text");
  const std::size_t label = column_of(plan.label);
  AuxiliarySet set{.name = plan.folder, .classes = {}, .texts = {}, .targets = {}};
  std::vector<std::string> labels;
  std::set<std::string> classes;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto cells = cells_of(lines[i]);
    if (cells.size() <= std::max(text, label)) continue;
    set.texts.emplace_back(cells[text]);
    labels.emplace_back(cells[label]);
    for_each_label(cells[label], plan.several,
                   [&](std::string l) { classes.insert(std::move(l)); });
  }
  set.classes.assign(classes.begin(), classes.end());
  for (const std::string& cell : labels) {
    std::vector<float> target(set.classes.size());
    float count = 0;
    for_each_label(cell, plan.several, [&](const std::string& l) {
      target[static_cast<std::size_t>(std::lower_bound(set.classes.begin(), set.classes.end(), l) -
                                      set.classes.begin())] = 1;
      ++count;
    });
    for (float& share : target) share /= std::max(1.0F, count);
    set.targets.push_back(std::move(target));
  }
  return set;
}

}  // namespace

Result<std::vector<Labelled>> read_labelled(const fs::path& file) {
  Result<std::string> bytes = read_file(file);
  if (!bytes) return bytes.failure();
  const std::string set = file.parent_path().filename().string();
  std::vector<Labelled> examples;
  JsonParser parser;
  std::size_t number = 0;
  for (const std::string_view text : lines_of(*bytes)) {
    ++number;
    const Result<JsonValue> line = parser.parse(text);
    if (!line || !line->is_object()) {
      return fail(ErrorCode::kBadInput, {"not a JSON object", "不是 JSON 对象"},
                  fmt::format("{}:{}", file.string(), number));
    }
    if ((*line)["episodes"].is_array()) {
      add_persona(*line, set, examples);
    } else {
      examples.push_back(labelled_from(*line, set));
    }
  }
  return examples;
}

Result<std::vector<Labelled>> read_labelled_sets(const fs::path& data, Lang lang,
                                                 const std::string& split) {
  const std::vector<const char*> folders =
      lang == Lang::kZh ? std::vector<const char*>{"service_dialogues", "service_calls",
                                                   "reviews_labelled", "personas"}
                        : std::vector<const char*>{"service_dialogues_en"};
  std::vector<Labelled> all;
  for (const char* folder : folders) {
    const fs::path file = data / folder / (split + ".jsonl");
    if (!fs::exists(file)) continue;
    Result<std::vector<Labelled>> some = read_labelled(file);
    if (!some) return some.failure();
    std::move(some->begin(), some->end(), std::back_inserter(all));
  }
  if (!all.empty()) return all;
  return fail(ErrorCode::kNotFound, {"no labelled data set here", "这里没有标注数据集"},
              data.string());
}

namespace {

/// The .jsonl files of a folder whose names begin so, in the order of their names.
std::vector<fs::path> lines_in(const fs::path& folder, std::string_view beginning) {
  std::vector<fs::path> files;
  std::error_code missing;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, missing)) {
    const fs::path& path = entry.path();
    const bool named = path.filename().string().starts_with(beginning);
    if (named && path.extension() == ".jsonl") files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<fs::path> composed_personas(const fs::path& corpus, Lang lang) {
  return lines_in(corpus / kPersonas, lang_id(lang));
}

namespace {

// Texts in which grammar decides the sense are few, and nothing else teaches it: they count more
// than other composed ones.
constexpr float kWeightOfSenses = 4;
constexpr float kWeightOfTheirTurns = 2;

void weigh_as_senses(Labelled& example) {
  for (auto& [head, target] : example.targets) target.weight *= kWeightOfSenses;
  for (LabelledTurn& turn : example.turns) {
    for (auto& [head, target] : turn.targets) target.weight *= kWeightOfTheirTurns;
  }
}

}  // namespace

Result<std::vector<Labelled>> read_corpus(const fs::path& corpus, Lang lang) {
  std::vector<Labelled> all;
  const auto add = [&all](const fs::path& file) -> Status {
    Result<std::vector<Labelled>> some = read_labelled(file);
    if (!some) return some.failure();
    std::move(some->begin(), some->end(), std::back_inserter(all));
    return {};
  };
  for (const fs::path& file : lines_in(corpus / std::string(lang_id(lang)), "")) {
    if (const Status added = add(file); !added) return added.failure();
  }
  for (Labelled& example : all) {
    example.set = "corpus";
    example.group = example.id.substr(0, example.id.rfind('-'));  // who wrote it
    if (example.id.starts_with("senses-")) weigh_as_senses(example);
  }
  for (const fs::path& file : composed_personas(corpus, lang)) {
    if (const Status added = add(file); !added) return added.failure();
  }
  for (Labelled& example : all) example.composed = true;
  return all;
}

namespace {

/// What is taken of a public set: labels that are bad, good or neither; others are passed over.
struct ValencePlan {
  const char* folder;
  Lang lang;
  std::size_t one_in;
  const char* bad;
  const char* good;
  const char* neither;
};

constexpr ValencePlan kValencePlans[] = {
    {"zh_chnsenticorp_htl", Lang::kZh, 1, "negative", "positive", ""},
    {"zh_online_shopping10", Lang::kZh, 4, "negative", "positive", ""},
    {"zh_bdci2018_car", Lang::kZh, 2, "negative", "positive", "neutral"},
    {"zh_smp2020_usual", Lang::kZh, 3, "angry sad fear", "happy", "neutral"},
    {"zh_nlpcc2014_emotion_sent", Lang::kZh, 2, "anger disgust sadness fear", "like happiness",
     "none"},
    {"en_airline_tweets", Lang::kEn, 2, "negative", "positive", "neutral"},
    {"en_amazon10k", Lang::kEn, 1, "negative", "positive", ""},
    {"en_goemotions", Lang::kEn, 4, "anger annoyance disapproval disgust disappointment sadness",
     "joy gratitude admiration love excitement approval amusement", "neutral"},
};
constexpr float kWeightOfPublic = 0.3F;

bool has_word(std::string_view words, std::string_view word) {
  for (const std::string_view one : split(words, ' ')) {
    if (one == word) return true;
  }
  return false;
}

Status add_valences(const fs::path& file, const ValencePlan& plan, std::vector<Labelled>& out) {
  const Result<AuxiliarySet> set = read_tsv(file, {plan.folder, "label", plan.lang});
  if (!set) return set.failure();
  for (std::size_t i = 0; i < set->texts.size(); i += plan.one_in) {
    const auto& target = set->targets[i];
    const auto at = std::max_element(target.begin(), target.end()) - target.begin();
    const std::string& label = set->classes[static_cast<std::size_t>(at)];
    const bool bad = has_word(plan.bad, label);
    const bool good = has_word(plan.good, label);
    if (!bad && !good && !has_word(plan.neither, label)) continue;
    Labelled example{.id = fmt::format("{}/{}", plan.folder, i), .set = std::string(kPublic)};
    example.group = set->texts[i];  // what stands twice is in one fold
    Target valence{{bad ? 1.0F : 0.0F, good ? 1.0F : 0.0F}, kWeightOfPublic};
    example.turns.push_back({.text = set->texts[i], .targets = {{"valence", std::move(valence)}}});
    out.push_back(std::move(example));
  }
  return {};
}

}  // namespace

Result<std::vector<Labelled>> read_public_valences(const fs::path& data, Lang lang,
                                                   Licences licences) {
  std::vector<Labelled> all;
  for (const ValencePlan& plan : kValencePlans) {
    const fs::path file = data / plan.folder / "train.tsv";
    if (plan.lang != lang || !may_use(plan.folder, licences) || !fs::exists(file)) continue;
    if (const Status added = add_valences(file, plan, all); !added) return added.failure();
  }
  return all;
}

Result<std::vector<AuxiliarySet>> read_auxiliary_sets(const fs::path& data, Lang lang,
                                                      Licences licences) {
  std::vector<AuxiliarySet> sets;
  for (const TsvPlan& plan : kTsvPlans) {
    const fs::path file = data / plan.folder / "train.tsv";
    if (plan.lang != lang || !may_use(plan.folder, licences) || !fs::exists(file)) continue;
    Result<AuxiliarySet> set = read_tsv(file, plan);
    if (!set) return set.failure();
    sets.push_back(std::move(*set));
  }
  return sets;
}

Result<AuxiliarySet> read_public_set(const fs::path& folder, const std::string& split, Lang lang) {
  const std::string name = folder.filename().string();
  return read_tsv(folder / (split + ".tsv"), {name.c_str(), "label", lang});
}

}  // namespace xinjing::learn
