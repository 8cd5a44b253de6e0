#include "cli/catalog.h"
#include "cli/packs.h"
#include "cli/read_stream.h"
#include "cli/use_argument.h"

namespace xinjing::cli::catalog {
namespace {

class Read final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add(
        {.name = "FILE",
         .field = &x_files,
         .help = {"JSON lines; standard input if none is named", "JSON 行文件；不写则读标准输入"}});
    arguments.add({.name = "--text-lang",
                   .field = &x_text_lang,
                   .help = {"the language of the texts, if it need not be found out",
                            "文本的语言；不写则自动识别"},
                   .choices = {"zh", "en"}});
    x_use.declare(arguments);
    x_packs.declare(arguments);
    x_reading.declare(arguments);
  }

  Result<int> run(const Context& context) override {
    const Result<evidence::Use> use = x_use.use();
    if (!use) return use.failure();
    const Result<std::vector<std::string>> packs = packs_of(x_packs.list, context.home);
    if (!packs) return packs.failure();
    const auto models = x_reading.load(context, *packs);
    if (!models) return models.failure();
    if (Status left = (*models)->narrow(*use, x_use.given()); !left) return left.failure();
    if (x_files.empty()) return read(context, **models, stdin, "stdin");
    for (const std::string& file : x_files) {
      const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"),
                                                               &std::fclose);
      if (!in) return fail(ErrorCode::kNotFound, {"cannot be opened", "无法打开"}, file);
      const Result<int> done = read(context, **models, in.get(), file);
      if (!done) return done.failure();
    }
    return int{kDone};
  }

 private:
  Result<int> read(const Context& context, const ReadingModels& models, std::FILE* in,
                   const std::string& name) const {
    std::optional<Lang> lang;
    if (!x_text_lang.empty()) lang = x_text_lang == "zh" ? Lang::kZh : Lang::kEn;
    const auto count =
        read_stream(context, models, in, name, lang, static_cast<std::size_t>(x_reading.threads));
    if (!count) return count.failure();
    return int{kDone};
  }

  std::vector<std::string> x_files;
  std::string x_text_lang;
  UseArgument x_use;
  PackArgument x_packs;
  ReadingArguments x_reading;
};

}  // namespace

const Entry& read() {
  static const Entry entry{
      .name = "read",
      .summary = {"read conversations, one JSON line each, and say what they tell",
                  "阅读对话（每行一个 JSON），说出其中的心理"},
      .details =
          {"Each line is {\"id\", \"turns\": [{\"speaker\", \"text\", \"time\"}]} or {\"id\", "
           "\"text\"}; each answer is one line, in the same order. A bad line is answered "
           "with {\"id\", \"error\"} and does not stop the run.\n"
           "Example: xinjing read chats.jsonl > readings.jsonl",
           "每行为 {\"id\", \"turns\": [{\"speaker\", \"text\", \"time\"}]} 或 {\"id\", "
           "\"text\"}；每行一个回答，顺序不变。坏行回答 {\"id\", \"error\"}，不会中断。\n"
           "示例：xinjing read chats.jsonl > readings.jsonl"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Read>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
