#include "learn/public_sets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "base/format.h"
#include "learn/dataset.h"
#include "learn/gram_table.h"
#include "learn/linear_fit.h"

namespace xinjing::learn {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t kLeastTexts = 2;  // that have a gram
constexpr double kL2 = 0.7;
constexpr std::uint64_t kSeed = 20'261'201;

/// Which of the product's heads stands for the classes of a set.
enum class By : std::uint8_t { kNothing, kValence, kEmotion };

/// A state of emotion, and the class that it is taken for.
struct Mapped {
  std::string_view state;
  std::string_view label;
};

struct PublicPlan {
  const char* folder;
  Lang lang;
  bool macro;  // judged by macro F1, else by accuracy
  By by;
  std::span<const Mapped> emotions{};
};

constexpr auto kSixEmotions = std::to_array<Mapped>({{"neutral", "neutral"},
                                                     {"confusion", "neutral"},
                                                     {"anticipation", "neutral"},
                                                     {"joy", "happy"},
                                                     {"gratitude", "happy"},
                                                     {"surprise", "surprise"},
                                                     {"anxiety", "fear"},
                                                     {"disappointment", "sad"},
                                                     {"grievance", "sad"},
                                                     {"anger", "angry"},
                                                     {"contempt", "angry"}});
constexpr auto kSevenEmotions = std::to_array<Mapped>({{"joy", "happiness"},
                                                       {"gratitude", "like"},
                                                       {"anticipation", "like"},
                                                       {"surprise", "surprise"},
                                                       {"confusion", "surprise"},
                                                       {"anxiety", "fear"},
                                                       {"disappointment", "sadness"},
                                                       {"grievance", "anger"},
                                                       {"anger", "anger"},
                                                       {"contempt", "disgust"}});

constexpr PublicPlan kPlans[] = {
    {"zh_chnsenticorp_htl", Lang::kZh, false, By::kValence},
    {"zh_online_shopping10", Lang::kZh, false, By::kValence},
    {"zh_xs_conversation", Lang::kZh, false, By::kValence},
    {"zh_smp2020_usual", Lang::kZh, true, By::kEmotion, kSixEmotions},
    {"zh_nlpcc2014_emotion_sent", Lang::kZh, true, By::kEmotion, kSevenEmotions},
    {"en_airline_tweets", Lang::kEn, true, By::kValence},
    {"en_amazon10k", Lang::kEn, false, By::kValence},
    {"en_complaints_twitter", Lang::kEn, true, By::kNothing},
    {"en_banking77", Lang::kEn, false, By::kNothing},
};

using Classes = std::vector<int>;  // of the texts of a set

int largest(std::span<const float> values) {
  return static_cast<int>(std::max_element(values.begin(), values.end()) - values.begin());
}

/// A softmax regression on one set.
class AloneModel {
 public:
  AloneModel(const AuxiliarySet& train, const Writing& writing) : x_writing(writing) {
    std::vector<CountedText> texts;
    std::vector<std::uint32_t> texts_with;
    GramTable all;
    for (const std::string& text : train.texts) {
      texts.push_back(count_grams(text, x_writing, x_scratch));
      for (const auto& c : texts.back().counts) {
        const std::uint32_t id = all.add(c.key);
        if (id == texts_with.size()) texts_with.push_back(0);
        ++texts_with[id];
      }
    }
    const auto n = static_cast<float>(texts.size());
    for (std::uint32_t id = 0; id < all.size(); ++id) {
      if (texts_with[id] < kLeastTexts) continue;
      x_grams.add(all.key(id));
      x_value.push_back(std::sqrt(std::log(n / static_cast<float>(texts_with[id])) + 1));
    }
    fit(train, texts);
  }

  int say(std::string_view text) {
    SparseRows x;
    add_row(count_grams(text, x_writing, x_scratch), x);
    std::vector<float> scores(x_fit.outputs);
    x_fit.add_scores(x, 0, scores);
    return largest(scores);
  }

 private:
  void add_row(const CountedText& text, SparseRows& x) const {
    const float scale = language::length_scale(text.grams);
    for (const auto& c : text.counts) {
      const std::uint32_t id = x_grams.find(c.key);
      if (id != GramTable::kUnknown) x.add(id, scale * c.count * x_value[id]);
    }
    x.end_row();
  }

  void fit(const AuxiliarySet& train, std::span<const CountedText> texts) {
    SparseRows x;
    std::vector<std::uint32_t> rows(texts.size());
    std::iota(rows.begin(), rows.end(), 0U);
    FitTask task{.x = &x, .rows = rows};
    task.features = static_cast<std::uint32_t>(x_grams.size());
    task.outputs = static_cast<std::uint32_t>(train.classes.size());
    task.l2 = kL2;
    task.iterations = 60;
    task.tolerance = 3e-3;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      add_row(texts[i], x);
      task.target.insert(task.target.end(), train.targets[i].begin(), train.targets[i].end());
      task.weight.push_back(1);
    }
    x_fit = fit_linear(task);
  }

  Writing x_writing;
  CountScratch x_scratch;
  GramTable x_grams;
  std::vector<float> x_value;
  LinearFit x_fit;
};

/// The class that the product's reading of a single text comes to.
class ProductClass {
 public:
  ProductClass(const PublicPlan& plan, std::span<const std::string> classes,
               const language::TextModel& model)
      : x_by(plan.by), x_outputs(model.turn_outputs()) {
    x_head = model.find_head(plan.by == By::kValence ? "valence" : "emotion");
    x_classes = classes.size();
    const auto number = [&](std::string_view label) {
      const auto found = std::find(classes.begin(), classes.end(), label);
      return found == classes.end() ? -1 : static_cast<int>(found - classes.begin());
    };
    if (plan.by == By::kValence) {
      x_bad = number("negative"), x_good = number("positive"), x_neither = number("neutral");
      return;
    }
    for (std::size_t k = 0; x_head != nullptr && k < x_head->states.size(); ++k) {
      x_of_state.push_back(-1);
      for (const Mapped& one : plan.emotions) {
        if (one.state == x_head->states[k]) x_of_state.back() = number(one.label);
      }
    }
  }

  bool can() const { return x_head != nullptr && x_by != By::kNothing; }
  int of(const language::Reading& reading) const {
    const auto p = reading.turn(*x_head, 0, x_outputs);
    std::vector<float> sums(x_classes, 0);
    if (x_by == By::kValence) {
      sums[static_cast<std::size_t>(x_bad)] = p[0] * (1 - p[1]);
      sums[static_cast<std::size_t>(x_good)] = p[1] * (1 - p[0]);
      if (x_neither >= 0) sums[static_cast<std::size_t>(x_neither)] = (1 - p[0]) * (1 - p[1]);
    } else {
      for (std::size_t k = 0; k < p.size(); ++k) {
        if (x_of_state[k] >= 0) sums[static_cast<std::size_t>(x_of_state[k])] += p[k];
      }
    }
    return largest(sums);
  }

 private:
  By x_by;
  std::size_t x_outputs;
  std::size_t x_classes = 0;
  const language::Head* x_head = nullptr;
  int x_bad = -1, x_good = -1, x_neither = -1;
  std::vector<int> x_of_state;
};

double value_of(const PublicPlan& plan, const Classes& gold, const Classes& said,
                std::size_t classes, std::span<const std::uint32_t> of) {
  if (!plan.macro) {
    double right = 0;
    for (const std::uint32_t i : of) right += gold[i] == said[i] ? 1 : 0;
    return right / static_cast<double>(of.size());
  }
  std::vector<Hits> hits(classes);
  for (const std::uint32_t i : of) {
    for (std::size_t k = 0; k < classes; ++k) {
      hits[k].count(gold[i] == static_cast<int>(k), said[i] == static_cast<int>(k));
    }
  }
  return macro_f1(hits, 1);
}

/// Value and interval.
std::pair<double, Interval> judged(const PublicPlan& plan, const Classes& gold, const Classes& said,
                                   std::size_t classes) {
  std::vector<std::uint32_t> all(gold.size());
  std::iota(all.begin(), all.end(), 0U);
  const auto value = [&](std::span<const std::uint32_t> of) {
    return value_of(plan, gold, said, classes, of);
  };
  constexpr int kDraws = 200;
  return {value(all), bootstrap(gold.size(), value, kSeed, kDraws)};
}

/// The classes of the texts, numbered as in training; texts of other classes are left out.
void take_known(const AuxiliarySet& dev, std::span<const std::string> classes,
                std::vector<std::string_view>& texts, Classes& gold) {
  for (std::size_t i = 0; i < dev.texts.size(); ++i) {
    const std::string& label = dev.classes[static_cast<std::size_t>(largest(dev.targets[i]))];
    const auto found = std::find(classes.begin(), classes.end(), label);
    if (found == classes.end()) continue;
    texts.push_back(dev.texts[i]);
    gold.push_back(static_cast<int>(found - classes.begin()));
  }
}

PublicRow judge(const PublicPlan& plan, const AuxiliarySet& train, const AuxiliarySet& dev,
                const language::Reader& reader, const Writing& writing) {
  PublicRow row{.set = plan.folder, .measure = plan.macro ? "macro F1" : "accuracy"};
  std::vector<std::string_view> texts;
  Classes gold;
  take_known(dev, train.classes, texts, gold);
  row.n = gold.size();
  const std::size_t classes = train.classes.size();
  AloneModel model(train, writing);
  Classes alone;
  for (const std::string_view text : texts) alone.push_back(model.say(text));
  std::tie(row.alone, row.alone_interval) = judged(plan, gold, alone, classes);
  const ProductClass product(plan, train.classes, reader.model(plan.lang));
  row.product = kUnknown;
  row.product_interval = {kUnknown, kUnknown};
  if (!product.can()) return row;
  language::ReadScratch scratch;
  Classes said;
  for (const std::string_view text : texts) {
    const language::Turn turn{.speaker = ingest::Speaker::kCustomer, .text = text, .time = {}};
    said.push_back(
        product.of(reader.read({.id = {}, .turns = {&turn, 1}, .lang = plan.lang}, scratch)));
  }
  std::tie(row.product, row.product_interval) = judged(plan, gold, said, classes);
  return row;
}

std::string figure(double value) {
  return std::isnan(value) ? std::string("–") : fmt::format("{:.3f}", value);
}

}  // namespace

Result<std::vector<PublicRow>> judge_public_sets(
    const std::filesystem::path& data, const language::Reader& reader, Lang lang,
    const language::Rewriter* rewriter, const std::function<void(std::size_t, std::size_t)>& done) {
  std::vector<const PublicPlan*> plans;
  std::error_code ignored;
  for (const PublicPlan& plan : kPlans) {
    const auto folder = data / plan.folder;
    const bool there = std::filesystem::exists(folder / "train.tsv", ignored) &&
                       std::filesystem::exists(folder / "dev.tsv", ignored);
    if (plan.lang == lang && there) plans.push_back(&plan);
  }
  std::vector<PublicRow> rows;
  for (const PublicPlan* plan : plans) {
    const auto train = read_public_set(data / plan->folder, "train", lang);
    if (!train) return train.failure();
    const auto dev = read_public_set(data / plan->folder, "dev", lang);
    if (!dev) return dev.failure();
    rows.push_back(judge(*plan, *train, *dev, reader, {lang, rewriter}));
    if (done) done(rows.size(), plans.size());
  }
  return rows;
}

std::string public_table(std::span<const PublicRow> rows) {
  std::string out =
      "| data set | n | measure | trained on it alone | 95 % interval | shipped models | 95 % "
      "interval |\n|---|---|---|---|---|---|---|\n";
  for (const PublicRow& row : rows) {
    out += fmt::format("| {} | {} | {} | {} | {} to {} | {} | {} to {} |\n", row.set, row.n,
                       row.measure, figure(row.alone), figure(row.alone_interval.low),
                       figure(row.alone_interval.high), figure(row.product),
                       figure(row.product_interval.low), figure(row.product_interval.high));
  }
  return out;
}

}  // namespace xinjing::learn
