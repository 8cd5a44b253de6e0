#include <cmath>
#include <map>

#include "base/file.h"
#include "base/progress.h"
#include "cli/company.h"
#include "cli/models.h"
#include "cli/report_data.h"
#include "cli/sample_check.h"
#include "learn/behaviour.h"
#include "learn/evaluation.h"
#include "learn/public_sets.h"

namespace xinjing::cli::catalog {
namespace {

class Eval final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add({.name = "--data",
                   .field = &x_data,
                   .help = {"the folder of the data sets", "数据集所在的文件夹"}});
    arguments.add({.name = "--split",
                   .field = &x_split,
                   .help = {"which part of each set", "用数据集的哪一部分"},
                   .choices = {"dev", "train", "test"}});
    arguments.add({.name = "--out",
                   .field = &x_out,
                   .help = {"also write the table to this file", "同时把表格写到这个文件"}});
    arguments.add({.name = "--cues-alone",
                   .field = &x_cues,
                   .help = {"models made by train --features cues, for a second table",
                            "由 train --features cues 得到的模型，用于第二张表"}});
    arguments.add(
        {.name = "--words-alone",
         .field = &x_words,
         .help = {"the same of train --features words", "由 train --features words 得到的模型"}});
    arguments.add({.name = "--open",
                   .field = &x_open,
                   .help = {"models made by train --open, for a table beside the others",
                            "由 train --open 得到的模型，另列一表对比"}});
    arguments.add(
        {.name = "--public",
         .field = &x_public,
         .help = {"judge single texts of public sets too, beside models trained on each "
                  "set alone (minutes)",
                  "另用公开数据集的单条文本检验，并与只用该数据集训练的模型对比（需数分钟）"}});
    arguments.add({.name = "--errors",
                   .field = &x_errors,
                   .help = {"instead: write errors.tsv and measures.tsv for reports to this folder",
                            "改为把报告要用的 errors.tsv 和 measures.tsv 写到这个文件夹"}});
    arguments.add({.name = "--sample",
                   .field = &x_sample,
                   .help = {"instead: the folder of a sample company with its truth; how much of "
                            "its story the report of --db tells",
                            "改为核对样例公司：其文件夹（含真值）；--db 的报告说出了多少"}});
    arguments.add({.name = "--behaviour",
                   .field = &x_behaviour,
                   .help = {"instead: how often what must hold between two texts does, by the "
                            "suites of this folder (tests/tables/behaviour), and where not",
                            "改为按此文件夹中的成对文本（tests/tables/behaviour）检查：应当成立的"
                            "有多少成立，哪些不成立"}});
    x_database.declare(arguments);
    x_reading.declare(arguments);
  }

  Result<int> run(const Context& context) override {
    if (!x_sample.empty()) return sample(context);
    const auto models = x_reading.load(context);
    if (!models) return models.failure();
    if (!x_errors.empty()) return errors(context, **models);
    if (!x_behaviour.empty()) return behaviour(context, **models);
    std::vector<learn::EvaluationRow> rows;
    for (const Lang lang : {Lang::kZh, Lang::kEn}) {
      if (!((lang == Lang::kZh ? (*models)->zh : (*models)->en))) continue;
      if (const Status done = evaluate(**models, lang, rows); !done) return done.failure();
    }
    std::string table = learn::markdown_table(rows);
    if (!x_cues.empty() || !x_words.empty()) {
      const auto cues = rows_of(context, x_cues);
      if (!cues) return cues.failure();
      const auto words = rows_of(context, x_words);
      if (!words) return words.failure();
      table += "\n## Cues alone, words alone, both\n\n";
      table +=
          "Models of the same kind and data: by the cue files and shapes alone (`xinjing train "
          "--features cues`), by words and shapes alone (`--features words`), and the shipped "
          "one.\n\n";
      table += learn::comparison_table(*cues, *words, rows);
    }
    if (!x_open.empty()) {
      const auto open = rows_of(context, x_open);
      if (!open) return open.failure();
      table +=
          "\n## Open texts only\n\nModels that learned only from texts written for this project "
          "and "
          "from public sets whose licence allows commercial use (`xinjing train --open`), beside "
          "the shipped ones, which learned from all. They have seen no real conversation.\n\n";
      table += learn::open_table(rows, *open);
    }
    if (x_public) {
      if (Status added = add_public(context, **models, table); !added) return added.failure();
    }
    const auto pairs = behaviour_pairs(context.home / "tests/tables/behaviour");
    if (!pairs) return pairs.failure();
    if (!pairs->empty()) {
      table +=
          "\n## Behaviour\n\nPairs of texts and what must hold between their readings "
          "(`tests/tables/behaviour`; "
          "`xinjing eval --behaviour tests/tables/behaviour` lists those that fail). A pair "
          "passes if all its conditions hold.\n\n";
      table += learn::behaviour_table(*pairs, learn::judge_behaviour(*(*models)->reader, *pairs));
    }
    fmt::print(context.out, "{}", table);
    if (x_out.empty()) return int{kDone};
    if (const Status done = write_file(x_out, page(table)); !done) return done.failure();
    return int{kDone};
  }

 private:
  /// The pairs of all suites of a folder in the order of their names; none where it is missing.
  static Result<std::vector<learn::BehaviourPair>> behaviour_pairs(
      const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
      if (entry.path().extension() == ".tsv") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<learn::BehaviourPair> all;
    for (const std::filesystem::path& file : files) {
      const Result<std::string> text = read_file(file);
      if (!text) return text.failure();
      auto pairs = learn::parse_behaviour(*text, file.string());
      if (!pairs) return pairs.failure();
      std::move(pairs->begin(), pairs->end(), std::back_inserter(all));
    }
    return all;
  }

  Result<int> behaviour(const Context& context, const ReadingModels& models) const {
    const auto pairs = behaviour_pairs(x_behaviour);
    if (!pairs) return pairs.failure();
    if (pairs->empty()) {
      return fail(ErrorCode::kNotFound,
                  {"no suite (*.tsv) in this folder", "此文件夹中没有成对文本（*.tsv）"},
                  x_behaviour);
    }
    const auto outcomes = learn::judge_behaviour(*models.reader, *pairs);
    for (std::size_t i = 0; i < pairs->size(); ++i) {
      if (outcomes[i].broken.empty()) continue;
      fmt::print(context.out, "{}\t{}\n", (*pairs)[i].id, fmt::join(outcomes[i].broken, "; "));
    }
    const std::string table = learn::behaviour_table(*pairs, outcomes);
    fmt::print(context.out, "\n{}", table);
    if (x_out.empty()) return int{kDone};
    if (const Status done = write_file(x_out, table); !done) return done.failure();
    return int{kDone};
  }

  /// How much of a sample company's story its report tells.
  Result<int> sample(const Context& context) const {
    Result<Company> company = Company::open(x_database, context);
    if (!company) return company.failure();
    Result<Day> as_of = as_of_day(company->connection(), "");
    if (!as_of) return as_of.failure();
    const auto knowledge = load_report_knowledge(context.home);
    if (!knowledge) return knowledge.failure();
    const auto data = load_report_data(*company, *knowledge, *as_of);
    if (!data) return data.failure();
    const auto check = check_sample(*company, *data, x_sample, context.lang);
    if (!check) return check.failure();
    fmt::print(context.out, "{}", sample_check_text(*check, context.lang));
    return int{kDone};
  }

  /// The tables by which reports correct for the reader's errors and say how well it reads.
  Result<int> errors(const Context& context, const ReadingModels& models) const {
    std::string errors =
        "# what the reader said on labelled conversations, held out; made by xinjing eval "
        "--errors\n"
        "construct\tstate\tsaid_of_true\ttrue\tsaid_of_false\tfalse\n";
    std::string measures =
        "# how well the models read; made by xinjing eval --errors\n"
        "construct\tset\tmeasure\tvalue\tlow\thigh\n";
    const auto examples = learn::read_labelled_sets(x_data, Lang::kZh, x_split);
    if (!examples) return examples.failure();
    for (const auto& one : learn::reader_errors(*models.reader, Lang::kZh, *examples,
                                                std::size_t(x_reading.threads))) {
      errors += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", one.construct, one.state, one.said_of_true,
                            one.true_units, one.said_of_false, one.false_units);
    }
    std::vector<learn::EvaluationRow> rows;
    if (Status done = evaluate(models, Lang::kZh, rows); !done) return done.failure();
    for (const learn::EvaluationRow& row : rows) {
      if (row.set != "service_dialogues" || !std::isfinite(row.value)) continue;
      measures += fmt::format("{}\t{}\t{}\t{:.3f}\t{:.3f}\t{:.3f}\n", row.construct, row.set,
                              row.measure, row.value, row.low, row.high);
    }
    const std::filesystem::path folder(x_errors);
    Status done = write_file(folder / "errors.tsv", errors);
    if (done) done = write_file(folder / "measures.tsv", measures);
    if (!done) return done.failure();
    fmt::print(context.out, "{}\n{}\n", (folder / "errors.tsv").string(),
               (folder / "measures.tsv").string());
    return int{kDone};
  }

  /// What the models of a folder reach; nothing where no folder is named.
  Result<std::vector<learn::EvaluationRow>> rows_of(const Context& context,
                                                    const std::string& folder) const {
    std::vector<learn::EvaluationRow> rows;
    if (folder.empty()) return rows;
    const auto models = ReadingModels::load(folder, context.home, Need::kReadings);
    if (!models) return models.failure();
    for (const Lang lang : {Lang::kZh, Lang::kEn}) {
      if (!(lang == Lang::kZh ? (*models)->zh : (*models)->en)) continue;
      if (const Status done = evaluate(**models, lang, rows); !done) return done.failure();
    }
    return rows;
  }

  Status add_public(const Context& context, const ReadingModels& models, std::string& table) const {
    std::vector<learn::PublicRow> rows;
    for (const Lang lang : {Lang::kZh, Lang::kEn}) {
      if (!(lang == Lang::kZh ? models.zh : models.en)) continue;
      std::unique_ptr<Progress> progress;
      const auto done = [&](std::size_t sets, std::size_t all) {
        if (!progress) {
          progress = std::make_unique<Progress>(Said{"public sets", "公开数据集"}, all,
                                                context.lang, context.progress());
        }
        progress->reach(sets);
      };
      const auto some =
          learn::judge_public_sets(x_data, *models.reader, lang, &models.knowledge->rewriter, done);
      if (!some) return some.failure();
      rows.insert(rows.end(), some->begin(), some->end());
    }
    table +=
        "\n## Public sets\n\nSingle texts of the development splits: by a softmax regression on "
        "the "
        "same grams that was trained on that set alone, and by the shipped models, which have no "
        "head for these sets: their valence (bad, good) or their emotions are taken for the "
        "classes. The head of valence learned from the training splits of the hotels, a fourth of "
        "the goods, half of the airlines, and the Amazon reviews; nothing but auxiliary numbers "
        "was learned of the others.\n\n";
    table += learn::public_table(rows);
    return {};
  }

  std::string page(const std::string& table) const {
    return fmt::format(
        "# Accuracy\n\nMade by `xinjing eval --data {} --split {} --out {}`. Intervals draw whole "
        "conversations with replacement (200 draws). Agreement is that of two readings of the same "
        "120 dialogues under one codebook, of halves of the raters for satisfaction; it is an "
        "upper "
        "bound. The calibration error is of what is said, ten bins; for heads with several states "
        "0.5 is the threshold with the best F1, so their probabilities are not meant as shares.\n\n"
        "{}",
        x_data, x_split, x_out, table);
  }

  Status evaluate(const ReadingModels& models, Lang lang,
                  std::vector<learn::EvaluationRow>& rows) const {
    const auto examples = learn::read_labelled_sets(x_data, lang, x_split);
    if (!examples) return examples.failure();
    std::map<std::string, std::vector<learn::Labelled>> sets;
    for (const learn::Labelled& example : *examples) sets[example.set].push_back(example);
    for (const auto& [name, set] : sets) {
      const auto some = learn::evaluate(*models.reader, lang, set, x_split,
                                        static_cast<std::size_t>(x_reading.threads));
      rows.insert(rows.end(), some.begin(), some.end());
    }
    return {};
  }

  std::string x_data = "../shared/data";
  std::string x_split = "dev";
  std::string x_out;
  std::string x_cues;
  std::string x_words;
  std::string x_open;
  bool x_public = false;
  std::string x_errors;
  std::string x_sample;
  std::string x_behaviour;
  DatabaseArgument x_database;
  ReadingArguments x_reading;
};

}  // namespace

const Entry& eval() {
  static const Entry entry{
      .name = "eval",
      .summary = {"say how well the models read, on labelled data", "用标注数据说明模型读得有多准"},
      .details =
          {"Reads the labelled conversations and prints, for every construct and data set, "
           "the measure with a 95 % interval, the agreement of two human readings where it "
           "is known, and the calibration error.\n"
           "With --sample: how much of a sample company's story its report tells, which claims the "
           "labels do not bear out, and how well each construct was read.\n"
           "With --behaviour: pairs of texts (negation, irony, conditions, changed names, ...) and "
           "how often what must hold between their readings does.\n"
           "Examples:\n  xinjing eval --data ../shared/data --split dev --out accuracy.md\n  "
           "xinjing "
           "eval --sample sample --db xinjing.duckdb",
           "阅读标注过的对话，逐项列出每个构念在每个数据集上的成绩、95% 区间、两次人工阅读的一致"
           "程度（若已知）以及校准误差。\n"
           "加 --sample：样例公司的故事，报告说出了多少，哪些说法标注不支持，各构念读得多准。\n"
           "加 --behaviour：成对文本（否定、反讽、条件、换名字等），应当成立的关系有多少成立。\n"
           "示例：\n  xinjing eval --data ../shared/data --split dev --out accuracy.md\n  xinjing "
           "eval "
           "--sample sample --db xinjing.duckdb"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Eval>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
