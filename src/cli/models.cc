#include "cli/models.h"

#include "base/file.h"

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

}  // namespace

Result<std::unique_ptr<ReadingModels>> ReadingModels::load(const fs::path& folder,
                                                           const fs::path& home) {
  auto models = std::make_unique<ReadingModels>();
  Result<Knowledge> knowledge = load_knowledge(home);
  if (!knowledge) return knowledge.failure();
  models->knowledge.emplace(std::move(*knowledge));
  if (const Status s = load_into(folder / "reading-zh.xjm", models->zh); !s) return s.failure();
  if (const Status s = load_into(folder / "reading-en.xjm", models->en); !s) return s.failure();
  if (!models->zh && !models->en) {
    return fail(ErrorCode::kNotFound, {"no reading model here", "这里没有阅读模型"},
                folder.string());
  }
  models->finish();
  return models;
}

void ReadingModels::finish() {
  reader.emplace(zh ? &*zh : nullptr, en ? &*en : nullptr, knowledge ? &knowledge->cues : nullptr);
  const language::WorkCalendar* const calendar = knowledge ? &knowledge->calendar : nullptr;
  if (zh) zh_writer.emplace(*zh, calendar);
  if (en) en_writer.emplace(*en, calendar);
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

Result<std::unique_ptr<ReadingModels>> ReadingArguments::load(const Context& context) const {
  if (threads < 0 || threads > 1024) {
    return fail(ErrorCode::kUsage, {"--threads is 0 to 1024", "--threads 为 0 到 1024"});
  }
  return ReadingModels::load(models.empty() ? context.home / "models" : fs::path(models),
                             context.home);
}

}  // namespace xinjing::cli
