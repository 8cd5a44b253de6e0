#include <set>

#include "base/file.h"
#include "base/progress.h"
#include "cli/company.h"
#include "cli/line_batches.h"
#include "cli/models.h"
#include "cli/own_labels.h"
#include "ingest/redaction.h"
#include "language/request.h"

namespace xinjing::cli::catalog {
namespace {

constexpr std::size_t kMostConversations = 500'000;

/// Asks for labels at the terminal, one conversation after another.
class Asking {
 public:
  Asking(const Context& context, std::span<const LabelHead> heads, const evidence::Catalogue& cards)
      : x_context(context), x_heads(heads), x_cards(cards) {}

  /// False at the end of input, or where the person stops.
  bool ask(LabelItem& item, std::size_t number, std::size_t all) {
    const bool zh = x_context.lang == Lang::kZh;
    x_context.print("\n{}/{}  {}\n", number, all, item.id);
    for (const LabelItem::Said& turn : item.turns) {
      const bool customer = turn.speaker == ingest::Speaker::kCustomer;
      x_context.print("  {}: {}\n", customer ? (zh ? "客户" : "customer") : (zh ? "客服" : "agent"),
                      turn.text);
    }
    std::vector<std::string> labels(x_heads.size());
    for (std::size_t h = 0; h < x_heads.size(); ++h) {
      if (!ask_head(item, h, labels[h])) return false;
    }
    item.labels = std::move(labels);
    return true;
  }

 private:
  bool ask_head(const LabelItem& item, std::size_t h, std::string& label) {
    const LabelHead& head = x_heads[h];
    for (;;) {
      x_context.print("{} [{}]: {} > ", head.name, fmt::join(head.states, " "), item.guesses[h]);
      std::fflush(x_context.out);
      std::string answer;
      if (!read_line(answer) || answer == "q") return false;
      if (answer == "s") return true;  // no label of this head
      if (answer.empty()) answer = item.guesses[h];
      const auto states = label_states(answer, head, x_cards);
      if (states && fits(*states, item, head)) {
        label = answer;
        return true;
      }
      x_context.print("  {}\n",
                      states ? how_many(head) : x_context.say(states.failure().error.said));
    }
  }

  bool fits(const std::vector<std::string>& states, const LabelItem& item,
            const LabelHead& head) const {
    if (head.per_turn) {
      return states.size() ==
             static_cast<std::size_t>(std::count_if(
                 item.turns.begin(), item.turns.end(),
                 [](const LabelItem::Said& t) { return t.speaker == ingest::Speaker::kCustomer; }));
    }
    return head.kind == language::HeadKind::kSeveral || states.size() == 1;
  }
  std::string how_many(const LabelHead& head) const {
    const bool zh = x_context.lang == Lang::kZh;
    if (head.per_turn)
      return zh ? "客户的每句话各填一个，用 ; 分开"
                : "one for each turn of the customer, parted by ;";
    return zh ? "只填一个" : "one only";
  }

  static bool read_line(std::string& line) {
    for (int c = std::getc(stdin); c != EOF; c = std::getc(stdin)) {
      if (c == '\n') return true;
      if (c != '\r') line += static_cast<char>(c);
    }
    return !line.empty();
  }

  const Context& x_context;
  std::span<const LabelHead> x_heads;
  const evidence::Catalogue& x_cards;
};

class Label final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add({.name = "FILE",
                   .field = &x_files,
                   .help = {"conversations as for read, JSON lines; none: those of --db",
                            "与 read 相同的对话（JSON 行）；不写则取 --db 里的对话"}});
    x_database.declare(arguments);
    arguments.add({.name = "--out",
                   .field = &x_out,
                   .help = {"the sheet, FILE.csv; the conversations go into FILE.jsonl beside it",
                            "标注表 FILE.csv；对话写到旁边的 FILE.jsonl"},
                   .required = true});
    arguments.add({.name = "--of",
                   .field = &x_of,
                   .help = {"what to label (default need,motive,emotion,satisfaction)",
                            "标注哪些构念（默认 need,motive,emotion,satisfaction）"}});
    arguments.add({.name = "--count",
                   .field = &x_count,
                   .help = {"how many conversations (default 300)", "多少段对话（默认 300）"}});
    arguments.add({.name = "--at-random",
                   .field = &x_share,
                   .help = {"the share drawn by lot, the rest are those of which the model is "
                            "least sure (default 0.4)",
                            "随机抽取的比例，其余为模型最拿不准的（默认 0.4）"}});
    arguments.add({.name = "--not-in",
                   .field = &x_not_in,
                   .help = {"sheets whose conversations are not asked for again",
                            "这些表里已有的对话不再抽取"}});
    arguments.add({.name = "--ask",
                   .field = &x_ask,
                   .help = {"ask for the labels here and now", "就在终端里逐条填写"}});
    arguments.add({.name = "--seed",
                   .field = &x_seed,
                   .help = {"of the lot (default 1)", "抽签的种子（默认 1）"}});
    x_reading.declare(arguments);
  }

  Result<int> run(const Context& context) override {
    if (Status fine = check(); !fine) return fine.failure();
    const auto models = x_reading.load(context);
    if (!models) return models.failure();
    auto heads = wanted_heads(**models);
    if (!heads) return heads.failure();
    std::set<std::string> known;
    for (const std::string& sheet : x_not_in) {
      const auto ids = ids_of_sheet(sheet);
      if (!ids) return ids.failure();
      known.insert(ids->begin(), ids->end());
    }
    Result<std::vector<LabelItem>> items = gathered(context, known);
    if (!items) return items.failure();
    if (items->empty()) {
      return fail(ErrorCode::kNotFound,
                  {"there is no conversation left to label", "没有可标注的对话"});
    }
    const std::size_t all = items->size();
    guess(context, **models, *heads, *items);
    std::vector<LabelItem> chosen =
        chosen_items(std::move(*items), static_cast<std::size_t>(x_count), x_share,
                     static_cast<std::uint64_t>(x_seed));
    const evidence::Catalogue& cards = (*models)->knowledge->catalogue;
    if (x_ask) ask(context, *heads, cards, chosen);
    if (Status done = write(context, chosen, *heads, cards); !done) return done.failure();
    return tell(context, chosen, all);
  }

 private:
  Status check() const {
    if (x_count < 1 || x_count > 100'000) {
      return fail(ErrorCode::kUsage, {"--count is 1 to 100000", "--count 为 1 到 100000"});
    }
    if (!(x_share >= 0 && x_share <= 1)) {
      return fail(ErrorCode::kUsage, {"--at-random is 0 to 1", "--at-random 为 0 到 1"});
    }
    if (std::filesystem::path(x_out).extension() != ".csv") {
      return fail(ErrorCode::kUsage, {"--out ends with .csv", "--out 须以 .csv 结尾"}, x_out);
    }
    std::error_code ignored;
    if (std::filesystem::exists(x_out, ignored)) {
      return fail(ErrorCode::kUsage,
                  {"the sheet is there already and may hold labels: name another",
                   "这张表已存在，里面可能有标签：请换一个文件名"},
                  x_out);
    }
    return {};
  }

  Result<std::vector<LabelHead>> wanted_heads(const ReadingModels& models) const {
    const language::TextModel& model = models.zh ? *models.zh : *models.en;
    const std::vector<LabelHead> all = label_heads(model.heads());
    std::vector<LabelHead> out;
    for (std::size_t begin = 0; begin <= x_of.size();) {
      const std::size_t end = std::min(x_of.find(',', begin), x_of.size());
      const std::string name = x_of.substr(begin, end - begin);
      const auto found = std::find_if(all.begin(), all.end(),
                                      [&](const LabelHead& head) { return head.name == name; });
      if (found == all.end()) {
        std::string names;
        for (const LabelHead& head : all) names += (names.empty() ? "" : ", ") + head.name;
        return fail(ErrorCode::kUsage,
                    {fmt::format("'{}' cannot be labelled; there are: {}", name, names),
                     fmt::format("“{}”不能标注；可选：{}", name, names)});
      }
      out.push_back(*found);
      begin = end + 1;
    }
    return out;
  }

  Result<std::vector<LabelItem>> gathered(const Context& context,
                                          const std::set<std::string>& known) const {
    std::vector<LabelItem> items;
    if (x_files.empty()) {
      if (Status read = take_stored(context, known, items); !read) return read.failure();
    }
    for (const std::string& file : x_files) {
      if (Status read = take_file(context, file, known, items); !read) return read.failure();
    }
    if (items.size() > kMostConversations) {
      return fail(ErrorCode::kBadInput,
                  {fmt::format("more than {} conversations", kMostConversations),
                   fmt::format("超过 {} 段对话", kMostConversations)});
    }
    return items;
  }

  Status take_file(const Context& context, const std::string& file,
                   const std::set<std::string>& known, std::vector<LabelItem>& items) const {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"),
                                                             &std::fclose);
    if (!in) return fail(ErrorCode::kNotFound, {"cannot be opened", "无法打开"}, file);
    LineBatches batches(in.get(), file);
    JsonParser parser;
    language::Request request;
    for (;;) {
      const auto lines = batches.next();
      if (!lines) return lines.failure();
      if (lines->empty()) return {};
      for (const LineBatches::Line& line : *lines) {
        if (line.text.empty() && !line.too_long) continue;
        const Result<JsonValue> parsed = parser.parse(line.text);
        Status taken =
            parsed ? language::parse_request(*parsed, request) : Status(parsed.failure());
        if (!taken) {
          const std::string_view why = context.say(taken.failure().error.said);
          fmt::print(context.err, "{}\n",
                     visible_text(fmt::format("{}:{}: {}", file, line.number, why)));
          continue;
        }
        LabelItem item{.id = (*parsed)["id"].scalar().value_or(fmt::format("#{}", line.number))};
        if (request.lang) item.lang = *request.lang;
        for (const language::Turn& turn : request.turns) {
          std::string text(turn.text);
          ingest::PersonalCounts masked{};
          ingest::redact(text, masked);  // as texts are before they come into a company's file
          item.turns.push_back({turn.speaker, std::move(text)});
        }
        if (!known.contains(item.id)) items.push_back(std::move(item));
      }
    }
  }

  /// The conversations of a company's file. Their ids begin with a letter: a spreadsheet would
  /// round the bare numbers.
  Status take_stored(const Context& context, const std::set<std::string>& known,
                     std::vector<LabelItem>& items) const {
    const Result<Company> company = Company::open(x_database, context);
    if (!company) return company.failure();
    auto rows = company->connection().query(
        "SELECT CONCAT('c', c.conversation_no), m.speaker, m.text FROM conversations AS c "
        "JOIN turns AS t USING (conversation_no) JOIN messages AS m ON m.row_no = t.message_no "
        "WHERE m.text IS NOT NULL ORDER BY c.conversation_no, t.turn_no");
    if (!rows) return rows.failure();
    std::string last;
    Status read = rows->each([&](const DuckRow& row) {
      const std::string id(row.text(0));
      if (id != last || items.empty()) items.push_back({.id = id});
      last = id;
      const auto speaker =
          static_cast<ingest::Speaker>(row.is_null(1) ? std::int64_t{0} : row.integer(1));
      items.back().turns.push_back({speaker, std::string(row.text(2))});
    });
    if (!read) return read;
    std::erase_if(items, [&](const LabelItem& item) {
      const bool speaks = std::any_of(
          item.turns.begin(), item.turns.end(),
          [](const LabelItem::Said& turn) { return turn.speaker == ingest::Speaker::kCustomer; });
      return !speaks || known.contains(item.id);
    });
    return {};
  }

  /// What the models say of each, and how unsure they are of it.
  static void guess(const Context& context, const ReadingModels& models,
                    std::span<const LabelHead> heads, std::vector<LabelItem>& items) {
    language::ReadScratch scratch;
    Progress progress({"reading conversations", "阅读对话"}, items.size(), context.lang,
                      context.progress());
    std::size_t done = 0;
    for (LabelItem& item : items) {
      std::vector<language::Turn> turns;
      for (const LabelItem::Said& turn : item.turns) {
        turns.push_back({.speaker = turn.speaker, .text = turn.text, .time = {}});
      }
      const language::Reading reading =
          models.reader->read({.id = {}, .turns = turns, .lang = {}}, scratch);
      const language::TextModel& model = models.reader->model(reading.lang);
      item.lang = reading.lang;
      double sum = 0;
      for (const LabelHead& head : heads) {
        const language::Head& by = *model.find_head(head.name);
        item.guesses.push_back(guess_of(by, reading, model.turn_outputs()));
        sum += doubt_of(by, reading, model.turn_outputs());
      }
      item.doubt = sum / static_cast<double>(heads.size());
      progress.reach(++done);
    }
  }

  /// Keeps those that were answered, in whole.
  static void ask(const Context& context, std::span<const LabelHead> heads,
                  const evidence::Catalogue& cards, std::vector<LabelItem>& chosen) {
    context.print(
        "{}\n",
        context.say(
            {"Enter keeps the guess; - is none of them, s leaves a label out, q ends and keeps "
             "what there is.",
             "回车采用猜测；- 表示都没有，s 跳过这一项，q 结束并保存。"}));
    Asking asking(context, heads, cards);
    std::size_t answered = 0;
    while (answered < chosen.size() && asking.ask(chosen[answered], answered + 1, chosen.size())) {
      ++answered;
    }
    chosen.resize(answered);
  }

  Status write(const Context& context, std::span<const LabelItem> chosen,
               std::span<const LabelHead> heads, const evidence::Catalogue& cards) const {
    if (chosen.empty()) return {};
    std::filesystem::path beside = x_out;
    beside.replace_extension(".jsonl");
    // The conversations first: a sheet without them is of no use.
    if (Status done = write_file(beside, label_conversations(chosen)); !done) return done;
    return write_file(x_out, label_sheet(chosen, heads, cards, context.lang));
  }

  Result<int> tell(const Context& context, std::span<const LabelItem> chosen,
                   std::size_t all) const {
    if (chosen.empty()) {
      context.print("{}\n", context.say({"no labels: nothing was written", "没有标签：未写文件"}));
      return int{kDone};
    }
    const auto by_lot = static_cast<std::size_t>(std::count_if(
        chosen.begin(), chosen.end(), [](const LabelItem& item) { return item.at_random; }));
    context.print(
        "{}",
        context.say({fmt::format("{}: {} of {} conversations, {} by lot, {} of which the "
                                 "model is least sure.\n",
                                 x_out, chosen.size(), all, by_lot, chosen.size() - by_lot),
                     fmt::format("{}：{} 段对话中的 {} 段，{} 段随机抽取，{} 段是模型最拿不准"
                                 "的。\n",
                                 x_out, all, chosen.size(), by_lot, chosen.size() - by_lot)}));
    if (!x_ask) {
      context.print("{}",
                    context.say({"The columns behind the guesses are for the labels: empty is not "
                                 "known, - is none of them; for emotion one for each turn of the "
                                 "customer, parted by ;\n",
                                 "标签填在猜测右边的列：空白表示不知道，- 表示都没有；emotion "
                                 "为客户的每句话各填一个，用 ; 分开。\n"}));
    }
    const std::string next = fmt::format("xinjing train --continue --labels {}", x_out);
    context.print(
        "{}",
        context.say({fmt::format("The sheet and the .jsonl beside it hold what customers said: "
                                 "keep them as you keep the messages; erase does not reach "
                                 "them.\nNext: {} --try\n",
                                 next),
                     fmt::format("该表和旁边的 .jsonl 含有客户原话：请像保管消息一样保管；erase "
                                 "不会删除它们。\n下一步：{} --try\n",
                                 next)}));
    return int{kDone};
  }

  std::vector<std::string> x_files;
  std::vector<std::string> x_not_in;
  DatabaseArgument x_database;
  std::string x_out;
  std::string x_of = "need,motive,emotion,satisfaction";
  int x_count = 300;
  int x_seed = 1;
  double x_share = 0.4;
  bool x_ask = false;
  ReadingArguments x_reading;
};

}  // namespace

const Entry& label() {
  static const Entry entry{
      .name = "label",
      .summary = {"ask for labels of the conversations that teach a model most",
                  "挑出最值得人工标注的对话，让模型学习本公司的说法"},
      .details =
          {"Chooses conversations, some by lot and some of which the models are least sure, and "
           "writes a sheet with what the models guess and room for labels; --ask takes them at "
           "the terminal. xinjing train --continue learns from the sheet.\n"
           "Example: xinjing label --db company.duckdb --out labels.csv --count 300",
           "挑选对话（一部分随机，一部分是模型最拿不准的），写成一张表：附上模型的猜测，留出"
           "填写标签的列；--ask 在终端里逐条填写。随后用 xinjing train --continue 学习。\n"
           "示例：xinjing label --db company.duckdb --out labels.csv --count 300"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Label>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
