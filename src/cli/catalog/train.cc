#include <cmath>
#include <set>
#include <sstream>

#include "base/file.h"
#include "base/progress.h"
#include "cli/catalog.h"
#include "cli/continued_models.h"
#include "cli/portrait_judge.h"
#include "cli/resources.h"
#include "learn/manner_fit.h"
#include "learn/reading_trainer.h"

namespace xinjing::cli::catalog {
namespace {

std::string_view measure_of(learn::Judge judge) {
  switch (judge) {
    case learn::Judge::kKappa:
      return "kappa";
    case learn::Judge::kWeightedKappa:
      return "weighted kappa";
    case learn::Judge::kMacroF1:
      return "macro F1";
    case learn::Judge::kMicroF1:
      return "micro F1";
    case learn::Judge::kSpearman:
      return "Spearman";
    case learn::Judge::kNothing:
      return "kappa (part)";
  }
  return "";
}

void print_reports(const Context& context, std::span<const learn::HeadReport> reports) {
  fmt::print(context.out, "{:<20} {:<15} {:>7} {:>10} {:>10} {:>12} {:>10}  {:<15} {}\n", "head",
             "measure", "n", "all sets", "dialogues", "calibration", "industries", "weights",
             "all, words, cues by themselves");
  const auto figure = [](double value) {
    return std::isnan(value) ? std::string("-") : fmt::format("{:.3f}", value);
  };
  for (const learn::HeadReport& r : reports) {
    std::vector<std::string> alone;
    for (const double value : r.alone) alone.push_back(figure(value));
    const bool has_main = !std::isnan(r.main.value);  // open texts have no service dialogues
    fmt::print(context.out, "{:<20} {:<15} {:>7} {:>10} {:>10} {:>12} {:>10}  {:<15} {}\n", r.head,
               measure_of(r.judge), r.examples, figure(r.all.value), figure(r.main.value),
               figure(has_main ? r.main.calibration_error : r.all.calibration_error),
               figure(r.personas.value), fmt::format("{:.2f}", fmt::join(r.fusion, " ")),
               fmt::join(alone, " "));
  }
}

void print_chain(const Context& context, const learn::OverEpisodes& head) {
  const learn::SequenceVerdict verdict =
      learn::judge_sequence(learn::sequences(head.episodes, head.priors), head.states);
  fmt::print(context.out,
             "{} of customers' episodes, each industry left out: kappa {:.3f} by the text of each "
             "alone, {:.3f} by all of a customer's in their order\n"
             "what followed what, start first:\n",
             head.head, verdict.text, verdict.chain);
  const auto row = [&](const std::string& name, const std::vector<double>& p) {
    fmt::print(context.out, "  {:<10}", name);
    for (std::size_t s = 0; s < p.size(); ++s) {
      fmt::print(context.out, " {} {:.2f}", verdict.states[s], p[s]);
    }
    fmt::print(context.out, "\n");
  };
  row("", verdict.all.start);
  for (std::size_t s = 0; s < verdict.states.size(); ++s) {
    row(verdict.states[s], verdict.all.next[s]);
  }
}

learn::OverEpisodes those_of(const learn::OverEpisodes& head,
                             const std::set<std::string>& industries) {
  learn::OverEpisodes some{head.head, head.is_sequence, head.states, head.priors, {}};
  for (const learn::HeldOut& one : head.episodes) {
    if (industries.contains(one.group)) some.episodes.push_back(one);
  }
  return some;
}

/// Over all industries, over those of the data sets, then each by itself.
void print_portraits(const Context& context, const learn::OverEpisodes& head,
                     const evidence::Card& card, const std::set<std::string>& of_data) {
  std::set<std::string> industries;
  for (const learn::HeldOut& one : head.episodes) industries.insert(one.group);
  const PortraitVerdict all = judge_portraits(head, card);
  const PortraitVerdict data = judge_portraits(those_of(head, of_data), card);
  fmt::print(context.out,
             "{} as portraits say it, each industry left out: {} customers, {} of whom something "
             "is said, {} {:.3f}; of the data sets' own {}, {}, {:.3f}\n ",
             head.head, all.customers, all.said, all.measure, all.value, data.customers, data.said,
             data.value);
  for (const std::string& industry : industries) {
    const double value = judge_portraits(those_of(head, {industry}), card).value;
    fmt::print(context.out, " {} {:.2f}", industry, value);
  }
  fmt::print(context.out, "\n");
}

/// Models that are shipped beside others may be smaller.
constexpr learn::ModelSize kOpenSize{{60'000, 6'000, 16'000, 6'000, 8'000, 8'000}};

class Train final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add({.name = "--data",
                   .field = &x_data,
                   .help = {"the folder of the data sets", "数据集所在的文件夹"}});
    arguments.add({.name = "--corpus",
                   .field = &x_corpus,
                   .help = {"the folder of the composed conversations (default: corpus/ at home); "
                            "none: leave them out",
                            "自撰语料所在的文件夹（默认为主目录下的 corpus/）；none 表示不用"}});
    arguments.add(
        {.name = "--out", .field = &x_out, .help = {"where the models go", "模型写到哪里"}});
    arguments.add({.name = "--only",
                   .field = &x_only,
                   .help = {"train one language", "只训练一种语言"},
                   .choices = {"zh", "en"}});
    arguments.add({.name = "--heads",
                   .field = &x_heads,
                   .help = {"judge these heads only and write no model: need,motive",
                            "只检验这些输出头，不写模型：need,motive"}});
    arguments.add({.name = "--features",
                   .field = &x_features,
                   .help = {"what the models read by: all; for comparison, words or cues alone",
                            "模型凭什么阅读：all 为全部；words、cues 只凭词语或线索，供比较"},
                   .choices = {"all", "words", "cues"}});
    arguments.add({.name = "--folds",
                   .field = &x_folds,
                   .help = {"parts of the cross-validation", "交叉验证的份数"}});
    arguments.add({.name = "--threads",
                   .field = &x_threads,
                   .help = {"threads; 0 is all cores", "线程数；0 表示全部核心"}});
    arguments.add({.name = "--open",
                   .field = &x_open,
                   .help = {"learn only from the corpus and from public sets whose licence allows "
                            "commercial use",
                            "只用自撰语料和许可允许商用的公开数据训练"}});
    arguments.add(
        {.name = "--continue",
         .field = &x_continue,
         .help = {"instead: go on from the models of --models with the labels of --labels",
                  "改为：以 --models 的模型为起点，学习 --labels 里的标签"}});
    arguments.add({.name = "--labels",
                   .field = &x_labels,
                   .help = {"with --continue: sheets of xinjing label, or labelled .jsonl",
                            "配合 --continue：xinjing label 的标注表，或带标签的 .jsonl"}});
    arguments.add({.name = "--models",
                   .field = &x_models,
                   .help = {"with --continue: the models to go on from (default: models/ at home)",
                            "配合 --continue：起点模型的文件夹（默认为主目录下的 models/）"}});
    arguments.add({.name = "--try",
                   .field = &x_try,
                   .help = {"with --continue: show before and after, write nothing",
                            "配合 --continue：只看前后对比，不写文件"}});
    arguments.add({.name = "--rollback",
                   .field = &x_rollback,
                   .help = {"instead: put the models of --out back to before the last --continue",
                            "改为：把 --out 的模型恢复到上一次 --continue 之前"}});
  }

  Result<int> run(const Context& context) override {
    if (x_folds < 2 || x_folds > 20 || x_threads < 0) {
      return fail(ErrorCode::kUsage,
                  {"folds are 2 to 20, threads at least 0", "份数为 2 到 20，线程数不小于 0"});
    }
    if (x_continue || x_rollback) return own(context);
    if (!x_labels.empty() || x_try || !x_models.empty()) {
      return fail(ErrorCode::kUsage, {"--labels, --models and --try go with --continue",
                                      "--labels、--models、--try 须与 --continue 同用"});
    }
    const auto plans = learn::head_plans();
    for (const std::string& name : heads()) {
      const auto is_it = [&](const learn::HeadPlan& plan) { return plan.name == name; };
      if (std::any_of(plans.begin(), plans.end(), is_it)) continue;
      return fail(ErrorCode::kUsage, {fmt::format("there is no head '{}'", name),
                                      fmt::format("没有名为“{}”的输出头", name)});
    }
    const Result<Knowledge> knowledge = load_knowledge(context.home, Need::kReadings);
    if (!knowledge) return knowledge.failure();
    for (const Lang lang : {Lang::kZh, Lang::kEn}) {
      if (!x_only.empty() && x_only != lang_id(lang)) continue;
      if (const Status done = train(context, lang, *knowledge); !done) return done.failure();
    }
    return int{kDone};
  }

 private:
  /// With a company's own labels.
  Result<int> own(const Context& context) const {
    if (x_continue && x_rollback) {
      return fail(ErrorCode::kUsage,
                  {"--continue or --rollback, not both", "--continue 与 --rollback 只能选一个"});
    }
    if (x_rollback ? !x_labels.empty() || x_try : x_labels.empty()) {
      return fail(ErrorCode::kUsage,
                  x_rollback
                      ? Said{"--rollback takes --out and --only", "--rollback 只配合 --out、--only"}
                      : Said{"--continue needs --labels FILE, a sheet of xinjing label",
                             "--continue 需要 --labels FILE（xinjing label 的标注表）"});
    }
    const std::filesystem::path from =
        x_models.empty() ? context.home / "models" : std::filesystem::path(x_models);
    const std::filesystem::path to = x_out.empty() ? from : std::filesystem::path(x_out);
    if (x_rollback) return roll_back(context, to, x_only);
    return continue_models(context, {.labels = x_labels,
                                     .from = from,
                                     .to = to,
                                     .only = x_only,
                                     .tries = x_try,
                                     .threads = x_threads});
  }

  /// What a model is trained on.
  struct Learned {
    std::vector<learn::Labelled> examples;
    std::vector<learn::AuxiliarySet> auxiliary;
    std::size_t others = 0;            // of the examples: composed and public ones
    std::set<std::string> industries;  // of the customers in the data sets
  };

  std::filesystem::path corpus(const Context& context) const {
    if (x_corpus == "none") return {};
    return x_corpus.empty() ? context.home / "corpus" : std::filesystem::path(x_corpus);
  }

  /// All data sets and the corpus.
  Result<Learned> all_examples(const Context& context, Lang lang) const {
    Learned out;
    auto labelled = learn::read_labelled_sets(x_data, lang, "train");
    if (!labelled) return labelled.failure();
    out.examples = std::move(*labelled);
    for (const learn::Labelled& example : out.examples) {
      if (example.set == learn::kPersonas) out.industries.insert(example.group);
    }
    auto composed = learn::read_corpus(corpus(context), lang);
    if (!composed) return composed.failure();
    if (Status more = add_public(std::move(*composed), lang, learn::Licences::kAll, out); !more) {
      return more.failure();
    }
    return out;
  }

  /// Only what was written for this project, and public sets whose licence allows commercial use.
  /// There are no real conversations among them: the composed ones judge and calibrate.
  Result<Learned> open_examples(const Context& context, Lang lang) const {
    Learned out;
    auto composed = learn::read_corpus(corpus(context), lang);
    if (!composed) return composed.failure();
    if (composed->empty()) {
      return fail(ErrorCode::kNotFound,
                  {"open models are trained on the corpus, and it is not here",
                   "开放许可的模型用自撰语料训练，而这里没有语料"},
                  corpus(context).string());
    }
    out.examples = std::move(*composed);
    for (learn::Labelled& example : out.examples) {
      example.composed = false;
      if (example.set == learn::kPersonas) out.industries.insert(example.group);
    }
    const auto personas = std::filesystem::path(x_data) / learn::kPersonas / "train.jsonl";
    std::error_code ignored;
    if (lang == Lang::kZh && std::filesystem::exists(personas, ignored)) {
      auto more = learn::read_labelled(personas);  // composed for this project too
      if (!more) return more.failure();
      for (const learn::Labelled& example : *more) out.industries.insert(example.group);
      std::move(more->begin(), more->end(), std::back_inserter(out.examples));
    }
    if (Status more = add_public({}, lang, learn::Licences::kOpen, out); !more) {
      return more.failure();
    }
    return out;
  }

  Status add_public(std::vector<learn::Labelled> composed, Lang lang, learn::Licences licences,
                    Learned& out) const {
    auto valences = learn::read_public_valences(x_data, lang, licences);
    if (!valences) return valences.failure();
    out.others = composed.size() + valences->size();
    std::move(composed.begin(), composed.end(), std::back_inserter(out.examples));
    std::move(valences->begin(), valences->end(), std::back_inserter(out.examples));
    auto auxiliary = learn::read_auxiliary_sets(x_data, lang, licences);
    if (!auxiliary) return auxiliary.failure();
    out.auxiliary = std::move(*auxiliary);
    return {};
  }

  Status train(const Context& context, Lang lang, const Knowledge& knowledge) const {
    Result<Learned> from = x_open ? open_examples(context, lang) : all_examples(context, lang);
    if (!from) return from.failure();
    const std::vector<learn::Labelled>& examples = from->examples;
    learn::TrainingOptions options;
    options.name = fmt::format("reading-{} {}", lang_id(lang), x_open ? "open 1.0" : "1.6");
    options.lang = lang;
    options.rewriter = &knowledge.rewriter;
    const language::SenseFinder senses(knowledge.opinions, knowledge.scope, knowledge.cues);
    options.senses = &senses;
    options.folds = static_cast<std::uint8_t>(x_folds);
    options.threads = static_cast<std::size_t>(x_threads);
    options.heads = heads();
    options.features = x_features == "words"  ? learn::Features::kWords
                       : x_features == "cues" ? learn::Features::kCues
                                              : learn::Features::kAll;
    std::unique_ptr<Progress> progress;
    const auto report = [&](std::size_t done, std::size_t all) {
      if (!progress) {
        progress = std::make_unique<Progress>(
            Said{fmt::format("training {}", options.name), fmt::format("训练 {}", options.name)},
            all, context.lang, context.progress());
      }
      progress->reach(done);
    };
    if (x_open) options.size = kOpenSize;
    learn::TrainedModel model =
        learn::train_reading(options, examples, from->auxiliary, knowledge.cues, report);
    progress.reset();
    fmt::print(context.out, "{}: {} + {} + {}\n", options.name, examples.size() - from->others,
               from->others, from->auxiliary.size());
    print_reports(context, model.reports);
    for (const learn::OverEpisodes& head : model.over_episodes) {
      if (head.is_sequence) print_chain(context, head);
      if (const evidence::Card* card = knowledge.catalogue.find(head.head)) {
        print_portraits(context, head, *card, from->industries);
      }
    }
    if (!options.heads.empty()) return {};
    std::error_code ignored;
    std::filesystem::create_directories(folder(), ignored);
    const auto path = folder() / fmt::format("reading-{}.xjm", lang_id(lang));
    if (const Status done = write_file(path, language::model_bytes(model.parts)); !done) {
      return done;
    }
    if (lang != Lang::kZh || options.features != learn::Features::kAll) return {};
    return train_manner(context, language::TextModel(std::move(model.parts)), knowledge);
  }

  /// The manners of types of buyers, from customers whom the text model has not seen.
  Status train_manner(const Context& context, const language::TextModel& text,
                      const Knowledge& knowledge) const {
    const language::SenseFinder senses(knowledge.opinions, knowledge.scope, knowledge.cues);
    const language::Reader reader(&text, nullptr, &knowledge.cues, &knowledge.rewriter, &senses);
    std::vector<std::filesystem::path> files = learn::composed_personas(corpus(context), Lang::kZh);
    files.insert(files.begin(), std::filesystem::path(x_data) / learn::kPersonas / "train.jsonl");
    const auto examples = learn::read_manner(files, reader, Lang::kZh);
    if (!examples) return examples.failure();
    if (examples->empty()) return {};
    const learn::MannerVerdict verdict = learn::judge_manner(*examples);
    fmt::print(
        context.out,
        "buyer type by manner, each industry left out: {} customers, accuracy {:.3f}, of the "
        "surer half {:.3f}\n",
        verdict.customers, verdict.accuracy, verdict.accuracy_half);
    const auto model = learn::fit_manner(*examples, language::manner_features(text.heads()));
    const auto path = folder() / "manner-zh.tsv";
    return write_file(
        path,
        "# fitted by xinjing train (docs/methods/manner.md); licence: Apache-2.0\n" + model.text());
  }

  std::filesystem::path folder() const { return x_out.empty() ? "models" : x_out; }

  std::vector<std::string> heads() const {
    std::vector<std::string> names;
    std::istringstream in(x_heads);
    for (std::string name; std::getline(in, name, ',');) names.push_back(name);
    return names;
  }

  std::string x_data = "../shared/data";
  std::string x_corpus;
  std::string x_out;  // empty: models, or with --continue those that are gone on from
  std::string x_only;
  std::string x_features = "all";
  std::string x_heads;
  int x_folds = 5;
  int x_threads = 0;
  std::vector<std::string> x_labels;
  std::string x_models;
  bool x_open = false;
  bool x_continue = false;
  bool x_try = false;
  bool x_rollback = false;
};

}  // namespace

const Entry& train() {
  static const Entry entry{
      .name = "train",
      .summary = {"train the reading models from labelled data", "用标注数据训练阅读模型"},
      .details = {"Fits every head, calibrates it on held-out folds, prints how it did there, and "
                  "writes reading-zh.xjm and reading-en.xjm. The same data give the same bytes.\n"
                  "With --continue a company goes on from these models with some hundreds of "
                  "labels of its own; what does not tell held-out conversations better is not "
                  "kept, and --rollback undoes it.\n"
                  "Examples:\n"
                  "  xinjing train --data ../shared/data --out models\n"
                  "  xinjing train --continue --labels labels.csv --out own-models",
                  "拟合每个输出头，在留出的数据上校准并打印成绩，写出 reading-zh.xjm 与 "
                  "reading-en.xjm。相同的数据得到相同的字节。\n"
                  "加 --continue 时，公司以现有模型为起点，用自己的几百条标签继续学习；不能更好"
                  "解读留出对话的部分不保留，--rollback 可撤销。\n"
                  "示例：\n"
                  "  xinjing train --data ../shared/data --out models\n"
                  "  xinjing train --continue --labels labels.csv --out own-models"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Train>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
