#include "cli/models.h"

#include <set>

#include "base/file.h"
#include "base/parallel.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

Status load_into(const fs::path& path, std::optional<language::TextModel>& model) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return {};
  const Result<MappedFile> file = MappedFile::open(path);
  if (!file) return file.failure();
  Result<language::TextModel> parsed = language::TextModel::parse(file->bytes());
  if (!parsed) {
    Failure failure = parsed.failure();
    failure.error.place = path.string();
    return failure;
  }
  model = std::move(*parsed);
  return {};
}

Status load_into(const fs::path& home, Need need, const std::vector<std::string>& packs,
                 std::optional<Knowledge>& knowledge) {
  Result<Knowledge> loaded = load_knowledge(home, need, packs);
  if (!loaded) return loaded.failure();
  knowledge.emplace(std::move(*loaded));
  return {};
}

Status load_manner(const fs::path& path, ReadingModels& models) {
  std::error_code ignored;
  if (!models.zh || !fs::exists(path, ignored)) return {};
  const Result<std::string> text = read_file(path);
  if (!text) return text.failure();
  Result<language::MannerModel> model = language::MannerModel::parse(*text, path.string());
  if (!model) return model.failure();
  if (!model->fits(models.zh->heads())) {
    return fail(ErrorCode::kCorrupt,
                {"the manners were fitted on another reading model: run xinjing train again",
                 "该文件与阅读模型不是同时训练的：请重新运行 xinjing train"},
                path.string());
  }
  models.manner = std::move(*model);
  return {};
}

/// The construct that a head of a model reads; empty where no card says so.
std::string construct_of(const evidence::Catalogue& cards, std::string_view head) {
  if (head == "intensity") return "emotion";
  if (head == "expectation_kind") return "expectation";
  if (head == "sentiment") return "sentiment";  // worked out of two heads
  for (const evidence::Card& card : cards.cards()) {
    if (card.head == head) return card.id;
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<ReadingModels>> ReadingModels::load(const fs::path& folder,
                                                           const fs::path& home, Need need,
                                                           const std::vector<std::string>& packs) {
  auto models = std::make_unique<ReadingModels>();
  // Side by side: a command that waits for them feels each tenth of a second.
  std::array<Status, 3> loaded;
  parallel_for(loaded.size(), loaded.size(), [&](std::size_t part, std::size_t) {
    loaded[part] = part == 0   ? load_into(home, need, packs, models->knowledge)
                   : part == 1 ? load_into(folder / "reading-zh.xjm", models->zh)
                               : load_into(folder / "reading-en.xjm", models->en);
  });
  for (const Status& status : loaded) {
    if (!status) return status.failure();
  }
  if (!models->zh && !models->en) {
    return fail(ErrorCode::kNotFound, {"no reading model here", "这里没有阅读模型"},
                folder.string());
  }
  if (need == Need::kConversations) {
    if (const Status s = load_manner(folder / "manner-zh.tsv", *models); !s) return s.failure();
  }
  models->finish();
  return models;
}

void ReadingModels::finish() {
  if (knowledge) senses.emplace(knowledge->opinions, knowledge->scope, knowledge->cues);
  reader.emplace(zh ? &*zh : nullptr, en ? &*en : nullptr, knowledge ? &knowledge->cues : nullptr,
                 knowledge ? &knowledge->rewriter : nullptr, senses ? &*senses : nullptr);
  if (knowledge) reader->quote_by(&knowledge->words);
  if (knowledge && !knowledge->norms.empty()) {
    norms.emplace(knowledge->norms, knowledge->scope, knowledge->cues);
  }
  const language::WorkCalendar* const calendar = knowledge ? &knowledge->calendar : nullptr;
  const language::ExpectationWords* const words = knowledge ? &knowledge->expectations : nullptr;
  if (zh) zh_writer.emplace(*zh, calendar, words);
  if (en) en_writer.emplace(*en, calendar, words);
}

Status ReadingModels::narrow(evidence::Use wanted, bool always) {
  const evidence::Catalogue& cards = knowledge->catalogue;
  const evidence::Permit permit(cards, wanted);
  std::set<std::string> read = {"sentiment"};
  for (const auto* model : {&zh, &en}) {
    if (!*model) continue;
    for (const language::Head& head : (*model)->heads()) {
      read.insert(construct_of(cards, head.name));
    }
  }
  const std::vector<std::string_view> constructs(read.begin(), read.end());
  if (Status left = permit.leaves_any(constructs); !left) return left;
  withheld = permit.withheld(constructs);
  if (withheld.empty() && !always) return {};
  use = wanted;
  const auto keep = [&](std::string_view head) { return permit.allows(construct_of(cards, head)); };
  if (zh) zh_writer.emplace(*zh, &knowledge->calendar, &knowledge->expectations, keep);
  if (en) en_writer.emplace(*en, &knowledge->calendar, &knowledge->expectations, keep);
  return {};
}

const language::ReadingWriter& ReadingModels::writer(Lang lang) const {
  const bool by_zh = &reader->model(lang) == (zh ? &*zh : nullptr);
  return by_zh ? *zh_writer : *en_writer;
}

void ReadingArguments::declare(Arguments& arguments) {
  arguments.add({.name = "--models",
                 .field = &models,
                 .help = {"the folder of the models", "模型所在的文件夹"}});
  arguments.add({.name = "--threads",
                 .field = &threads,
                 .help = {"threads; 0 is all cores", "线程数；0 表示全部核心"}});
}

Result<std::unique_ptr<ReadingModels>> ReadingArguments::load(
    const Context& context, const std::vector<std::string>& packs) const {
  if (threads < 0 || threads > 1024) {
    return fail(ErrorCode::kUsage, {"--threads is 0 to 1024", "--threads 为 0 到 1024"});
  }
  return ReadingModels::load(models.empty() ? context.home / "models" : fs::path(models),
                             context.home, Need::kReadings, packs);
}

}  // namespace xinjing::cli
