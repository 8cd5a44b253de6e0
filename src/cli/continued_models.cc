#include "cli/continued_models.h"

#include <charconv>
#include <cmath>

#include "base/file.h"
#include "base/progress.h"
#include "cli/models.h"
#include "cli/own_labels.h"
#include "learn/continuation.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

std::string file_of(Lang lang) { return fmt::format("reading-{}.xjm", lang_id(lang)); }

/// The numbers of the models that a folder keeps of a language: kept/reading-zh.3.xjm.
std::vector<int> kept_numbers(const fs::path& folder, Lang lang) {
  std::vector<int> out;
  std::error_code missing;
  const std::string beginning = fmt::format("reading-{}.", lang_id(lang));
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "kept", missing)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(beginning) || !name.ends_with(".xjm")) continue;
    int number = 0;
    const char* const from = name.data() + beginning.size();
    const char* const to = name.data() + name.size() - std::string_view(".xjm").size();
    const auto [end, error] = std::from_chars(from, to, number);
    if (error == std::errc() && end == to) out.push_back(number);
  }
  std::sort(out.begin(), out.end());
  return out;
}

fs::path kept_path(const fs::path& folder, Lang lang, int number) {
  return folder / "kept" / fmt::format("reading-{}.{}.xjm", lang_id(lang), number);
}

Failure io(const fs::path& path, const std::error_code& error) {
  return fail(ErrorCode::kIo, {error.message(), error.message()}, path.string());
}

/// Keeps the model that `to` has, or else that of `from`.
Status keep(const ContinueOptions& options, Lang lang) {
  std::error_code error;
  const fs::path there = options.to / file_of(lang);
  const fs::path now = fs::exists(there, error) ? there : options.from / file_of(lang);
  fs::create_directories(options.to / "kept", error);
  if (error) return io(options.to, error);
  const std::vector<int> numbers = kept_numbers(options.to, lang);
  const fs::path path = kept_path(options.to, lang, numbers.empty() ? 1 : numbers.back() + 1);
  const Result<std::string> bytes = read_file(now);
  if (!bytes) return bytes.failure();
  return write_file(path, *bytes);
}

/// What else a folder of models has, and the one that did not change.
Status copy_others(const ContinueOptions& options) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(options.from, error)) {
    const fs::path to = options.to / entry.path().filename();
    if (!entry.is_regular_file(error) || fs::exists(to, error)) continue;
    fs::copy_file(entry.path(), to, error);
    if (error) return io(to, error);
  }
  return {};
}

std::string figure(double value) { return std::isnan(value) ? "-" : fmt::format("{:.3f}", value); }

std::string verdict(const Context& context, const learn::HeadChange& change) {
  if (!change.enough) return context.say({"too few labels", "标签太少"});
  return change.changed ? context.say({"learned", "已学习"})
                        : context.say({"stays as it was", "保持原样"});
}

void print(const Context& context, const language::TextModel& base,
           const learn::Continuation& learned) {
  const bool zh = context.lang == Lang::kZh;
  context.print("{}\n{:<20} {:>7} {:<15} {:>8} {:>8}  {:<18} {:>7} {:>7}  {}\n",
                context.say({fmt::format("{}: {} labelled conversations; figures of held-out ones",
                                         base.name(), learned.conversations),
                             fmt::format("{}：{} 段有标签的对话；成绩取自留出的部分", base.name(),
                                         learned.conversations)}),
                "head", "n", "measure", "before", "after", "difference, 95 %", "loss", "after",
                zh ? "结论" : "verdict");
  for (const learn::HeadChange& change : learned.changes) {
    const std::string difference =
        std::isnan(change.difference.low)
            ? "-"
            : fmt::format("{:+.3f} to {:+.3f}", change.difference.low, change.difference.high);
    context.print("{:<20} {:>7} {:<15} {:>8} {:>8}  {:<18} {:>7.3f} {:>7.3f}  {}\n", change.head,
                  change.labelled, change.measure, figure(change.before), figure(change.after),
                  difference, change.loss_before, change.loss_after, verdict(context, change));
  }
}

/// The labelled conversations whose language is that of the model.
std::vector<learn::Labelled> those_in(Lang lang, const ReadingModels& models,
                                      std::span<const learn::Labelled> all) {
  std::vector<learn::Labelled> out;
  language::ReadScratch scratch;
  for (const learn::Labelled& one : all) {
    std::vector<language::Turn> turns;
    for (const learn::LabelledTurn& turn : one.turns) {
      turns.push_back({.speaker = turn.speaker, .text = turn.text, .time = {}});
    }
    const auto reading = models.reader->read({.id = {}, .turns = turns, .lang = {}}, scratch);
    if (reading.lang == lang) out.push_back(one);
  }
  return out;
}

Result<std::vector<learn::Labelled>> all_labels(const ContinueOptions& options,
                                                const ReadingModels& models) {
  const language::TextModel& model = models.zh ? *models.zh : *models.en;
  const std::vector<LabelHead> heads = label_heads(model.heads());
  std::vector<learn::Labelled> out;
  for (const std::string& file : options.labels) {
    auto some = read_own_labels(file, heads, models.knowledge->catalogue);
    if (!some) return some.failure();
    std::move(some->begin(), some->end(), std::back_inserter(out));
  }
  if (!out.empty()) return out;
  return fail(ErrorCode::kBadInput,
              {"there are no labels: fill in the columns behind the guesses",
               "没有标签：请在猜测右边的列里填写"},
              options.labels.empty() ? "" : options.labels[0]);
}

}  // namespace

Result<int> continue_models(const Context& context, const ContinueOptions& options) {
  const auto models = ReadingModels::load(options.from, context.home, Need::kReadings);
  if (!models) return models.failure();
  const auto labels = all_labels(options, **models);
  if (!labels) return labels.failure();
  bool wrote = false;
  bool any = false;
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const auto& model = lang == Lang::kZh ? (*models)->zh : (*models)->en;
    if (!model || (!options.only.empty() && options.only != lang_id(lang))) continue;
    const std::vector<learn::Labelled> own = those_in(lang, **models, *labels);
    if (own.empty()) continue;
    any = true;
    std::unique_ptr<Progress> progress;
    const auto report = [&](std::size_t done, std::size_t all) {
      if (!progress) {
        progress = std::make_unique<Progress>(Said{"learning from the labels", "学习标签"}, all,
                                              context.lang, context.progress());
      }
      progress->reach(done);
    };
    const learn::ContinuationOptions how{.threads = static_cast<std::size_t>(options.threads)};
    const Knowledge& knowledge = *(*models)->knowledge;
    const learn::Continuation learned = learn::continue_training(
        *model, {&knowledge.cues, &knowledge.rewriter, &*(*models)->senses}, own, how, report);
    progress.reset();
    const bool enough = std::any_of(learned.changes.begin(), learned.changes.end(),
                                    [](const learn::HeadChange& change) { return change.enough; });
    if (!enough) {
      context.print("{}\n",
                    context.say({fmt::format("{}: {} labelled conversations are too few, a "
                                             "construct needs {} labels",
                                             model->name(), own.size(), how.least),
                                 fmt::format("{}：{} 段有标签的对话太少，每个构念至少需要 {} "
                                             "个标签",
                                             model->name(), own.size(), how.least)}));
      continue;
    }
    print(context, *model, learned);
    const bool changed = learned.parts.name != model->name();
    if (!changed || options.tries) continue;
    if (Status kept = keep(options, lang); !kept) return kept.failure();
    const fs::path path = options.to / file_of(lang);
    if (Status done = write_file(path, language::model_bytes(learned.parts)); !done) {
      return done.failure();
    }
    wrote = true;
    context.print("{}\n",
                  context.say({fmt::format("{} is now {}", path.string(), learned.parts.name),
                               fmt::format("{} 现为 {}", path.string(), learned.parts.name)}));
  }
  if (!any) {
    return fail(ErrorCode::kBadInput,
                {"no labelled conversation is in a language that is read here",
                 "有标签的对话都不是可读的语言"});
  }
  if (!wrote) {
    context.print("{}\n",
                  options.tries
                      ? context.say({"nothing was written (--try)", "未写文件（--try）"})
                      : context.say({"nothing was learned that tells held-out conversations "
                                     "better: the models stay as they are",
                                     "没有学到能更好解读留出对话的东西：模型保持原样"}));
    return int{kDone};
  }
  if (Status copied = copy_others(options); !copied) return copied.failure();
  const bool own_home = options.to == context.home / "models";
  context.print(
      "{}\n",
      context.say(
          {fmt::format(
               "{}back to what was: xinjing train --rollback --out {}",
               own_home ? "" : fmt::format("read with it: --models {}; ", options.to.string()),
               options.to.string()),
           fmt::format("{}恢复原样：xinjing train --rollback --out {}",
                       own_home ? "" : fmt::format("使用：--models {}；", options.to.string()),
                       options.to.string())}));
  return int{kDone};
}

Result<int> roll_back(const Context& context, const fs::path& folder, const std::string& only) {
  bool any = false;
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    if (!only.empty() && only != lang_id(lang)) continue;
    const std::vector<int> numbers = kept_numbers(folder, lang);
    if (numbers.empty()) continue;
    const fs::path kept = kept_path(folder, lang, numbers.back());
    const Result<std::string> bytes = read_file(kept);
    if (!bytes) return bytes.failure();
    const Result<language::TextModel> model = language::TextModel::parse(*bytes);
    if (!model) {
      Failure failure = model.failure();
      failure.error.place = kept.string();
      return failure;
    }
    std::error_code error;
    fs::rename(kept, folder / file_of(lang), error);
    if (error) return io(kept, error);
    any = true;
    context.print(
        "{}\n",
        context.say(
            {fmt::format("{} is {} again", (folder / file_of(lang)).string(), model->name()),
             fmt::format("{} 已恢复为 {}", (folder / file_of(lang)).string(), model->name())}));
  }
  if (any) return int{kDone};
  return fail(ErrorCode::kNotFound, {"no earlier model is kept here", "这里没有保留更早的模型"},
              folder.string());
}

}  // namespace xinjing::cli
