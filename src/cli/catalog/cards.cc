#include <algorithm>
#include <vector>

#include "base/file.h"
#include "base/visible.h"
#include "cli/catalog.h"
#include "cli/use_argument.h"
#include "evidence/card_check.h"

namespace xinjing::cli::catalog {
namespace {

namespace fs = std::filesystem;

Status add_cues(const fs::path& path, const std::string& shown, Lang lang,
                evidence::CardFiles& files) {
  std::error_code error;
  if (!fs::exists(path, error)) return {};
  Result<std::string> text = read_file(path);
  if (!text) return text.failure();
  files.cues.push_back({lang, shown, std::move(*text)});
  return {};
}

Result<evidence::CardFiles> read_folder(const fs::path& folder) {
  evidence::CardFiles files;
  files.folder = folder.filename().string();
  files.card_name = files.folder + "/card.toml";
  Result<std::string> card = read_file(folder / "card.toml");
  if (!card) return card.failure();
  files.card = std::move(*card);
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const std::string name = fmt::format("cues.{}.tsv", lang_id(lang));
    Status added = add_cues(folder / name, files.folder + "/" + name, lang, files);
    if (!added) return added.failure();
  }
  return files;
}

Result<std::vector<evidence::CardReport>> check_all(const fs::path& constructs) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(constructs, error)) {
    if (entry.is_directory(error)) folders.push_back(entry.path());
  }
  if (folders.empty()) {
    return fail(ErrorCode::kNotFound, {"there are no construct cards", "找不到构念卡片"},
                constructs.string());
  }
  std::sort(folders.begin(), folders.end());
  std::vector<evidence::CardReport> reports;
  for (const fs::path& folder : folders) {
    const Result<evidence::CardFiles> files = read_folder(folder);
    if (!files) return files.failure();
    reports.push_back(evidence::check_card(*files));
  }
  return reports;
}

std::string joined_uses(const std::vector<evidence::Use>& uses) {
  std::string out;
  for (const evidence::Use use : uses) {
    out += fmt::format("{}{}", out.empty() ? "" : " ", evidence::use_id(use));
  }
  return out.empty() ? "-" : out;
}

void print_head(const Context& context) {
  const bool zh = context.lang == Lang::kZh;
  fmt::print(context.out, "{}{}{}{}{}{}{:>6} {:>6}  {}\n", padded(zh ? "构念" : "construct", 18),
             padded(zh ? "名称" : "name", 27), padded(zh ? "层级" : "level", 10),
             padded(zh ? "测量" : "measure", 9), padded(zh ? "等级" : "grade", 9),
             padded(zh ? "状态" : "states", 7), "zh", "en", zh ? "禁止用途" : "forbidden uses");
}

void print_row(const Context& context, const evidence::CardReport& report) {
  const evidence::Card& card = *report.card;
  fmt::print(context.out, "{}{}{}{}{}{:<7}{:>6} {:>6}  {}\n", padded(card.id, 18),
             padded(context.say(card.label), 27), padded(level_id(card.level), 10),
             padded(measure_id(card.measure), 9), padded(grade_id(card.grade), 9),
             card.states.size(), report.zh_cues, report.en_cues, joined_uses(card.use.forbidden));
}

int print_table(const Context& context, const std::vector<evidence::CardReport>& reports) {
  print_head(context);
  for (const evidence::CardReport& report : reports) {
    if (report.card) print_row(context, report);
  }
  return kDone;
}

int print_check(const Context& context, const std::vector<evidence::CardReport>& reports) {
  print_table(context, reports);
  std::size_t faults = 0;
  std::size_t states = 0;
  std::size_t cues = 0;
  std::size_t examples = 0;
  for (const evidence::CardReport& report : reports) {
    faults += report.faults.size();
    cues += report.zh_cues + report.en_cues;
    states += report.card ? report.card->states.size() : 0;
    examples += report.card ? report.card->examples.size() : 0;
    for (const Error& error : report.faults) {
      fmt::print(context.err, "{}\n", error.message(context.lang));
    }
  }
  fmt::print(context.out, "{}\n",
             context.say({fmt::format("{} constructs, {} states, {} cues, {} examples: {} faults",
                                      reports.size(), states, cues, examples, faults),
                          fmt::format("{} 个构念、{} 个状态、{} 条线索、{} 个例句：{} 处错误",
                                      reports.size(), states, cues, examples, faults)}));
  return faults == 0 ? kDone : kFound;
}

void print_states(const Context& context, const evidence::Card& card) {
  for (const evidence::CardState& state : card.states) {
    fmt::print(context.out, "  {}{}{:>6.3f}  {}\n", padded(state.id, 16),
               padded(context.say(state.label), 26), state.prior, context.say(state.definition));
  }
}

Said kind_label(evidence::FigureKind kind) {
  switch (kind) {
    case evidence::FigureKind::kAgreement:
      return {"judges agree", "判读者一致"};
    case evidence::FigureKind::kAccuracy:
      return {"program is right", "程序准确"};
    case evidence::FigureKind::kReliability:
      break;
  }
  return {"questionnaire", "问卷信度"};
}

void print_card(const Context& context, const evidence::CardReport& report) {
  const evidence::Card& card = *report.card;
  const auto line = [&](const Said& name, const std::string& value) {
    fmt::print(context.out, "{}{}\n", padded(context.say(name), 20), value);
  };
  fmt::print(context.out, "{} · {} (v{})\n{}\n\n", card.id, context.say(card.label), card.version,
             context.say(card.definition));
  line({"level", "层级"}, std::string(level_id(card.level)));
  line({"measure", "测量方式"}, std::string(measure_id(card.measure)));
  line({"about", "对象"}, std::string(subject_id(card.subject)));
  line({"grade", "等级"},
       context.say(
           {fmt::format("{}: {}", grade_id(card.grade), evidence::grade_said(card.grade).en),
            fmt::format("{}：{}", grade_id(card.grade), evidence::grade_said(card.grade).zh)}));
  line({"sensitivity", "敏感度"}, std::string(sensitivity_id(card.sensitivity)));
  line({"model head", "模型输出"}, card.head.empty() ? "-" : card.head);
  line({"half-life, days", "半衰期（天）"}, fmt::format("{}", card.half_life_days));
  line({"said from", "下结论的门槛"},
       context.say({fmt::format("{} nats, {} episodes, probability {}", card.minimum_nats,
                                card.minimum_episodes, card.minimum_probability),
                    fmt::format("{} nat、{} 次会话、概率 {}", card.minimum_nats,
                                card.minimum_episodes, card.minimum_probability)}));
  line({"cap per episode", "每次会话上限"}, fmt::format("{} nats", card.cap_nats));
  for (const evidence::Figure& one : report.figures.figures) {
    line(kind_label(one.kind), evidence::figure_text(one));
    line({"", ""}, one.by);
  }
  const Said& caveat = report.figures.caveat;
  if (!caveat.en.empty()) line({"caveat", "保留"}, context.say(caveat));
  if (!card.acts.en.empty()) line({"acts", "行为"}, context.say(card.acts));
  line({"theory", "理论"}, card.theory);
  for (const std::string& reference : card.references) line({"", ""}, reference);
  line({"allowed uses", "允许用途"}, joined_uses(card.use.allowed));
  line({"forbidden uses", "禁止用途"}, joined_uses(card.use.forbidden));
  line({"", ""}, context.say(card.use.reason));
  line({"licence", "许可"}, card.licence);
  fmt::print(context.out, "\n");
  print_states(context, card);
}

/// Each construct against each use: yes, no (the card forbids it), or - (it does not list it, and
/// so is refused as well).
int print_uses(const Context& context, const std::vector<evidence::CardReport>& reports) {
  constexpr std::size_t kColumns = 18;
  const auto print_line = [&](std::string_view construct, const auto& cell) {
    std::string line = padded(construct, kColumns);
    for (const std::string_view use : evidence::kUseIds) line += padded(cell(use), use.size() + 2);
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print(context.out, "{}\n", line);
  };
  print_line(context.say({"construct", "构念"}), [](std::string_view use) { return use; });
  for (const evidence::CardReport& report : reports) {
    if (!report.card) continue;
    const evidence::UseRules& rules = report.card->use;
    print_line(report.card->id, [&](std::string_view id) -> std::string_view {
      const evidence::Use use = *evidence::use_from(id);
      const auto in = [&](const auto& uses) {
        return std::find(uses.begin(), uses.end(), use) != uses.end();
      };
      const bool zh = context.lang == Lang::kZh;
      if (in(rules.allowed)) return zh ? "可" : "yes";
      if (in(rules.forbidden)) return zh ? "否" : "no";
      return "-";
    });
  }
  fmt::print(
      context.out, "\n{}\n",
      context.say({"yes: allowed; no: forbidden, with the reason on the card; -: not listed. "
                   "What is not allowed is refused.",
                   "可：允许；否：禁止，卡片写明原因；-：没有列出。不允许的一律拒绝。"}));
  return kDone;
}

class Cards final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add(
        {.name = "ACTION",
         .field = &x_action,
         .help = {"check: validate every card; list: one line each; show: one card; "
                  "uses: what each may be used for; allows: whether one may",
                  "check：校验全部卡片；list：每张一行；show：显示一张；uses：各可作何用途；"
                  "allows：一张可否用于某用途"},
         .required = true,
         .choices = {"check", "list", "show", "uses", "allows"}});
    arguments.add({.name = "WHAT",
                   .field = &x_what,
                   .help = {"show, allows: the construct's id; else the folder of the cards",
                            "show、allows：构念 id；其他：卡片所在目录"}});
    arguments.add({.name = "USE",
                   .field = &x_use,
                   .help = {"allows: price, priority, …",
                            "allows：price、priority 等，也可写“定价”“优先级”"}});
  }

  Result<int> run(const Context& context) override {
    const bool one = x_action == "show" || x_action == "allows";
    if (Status words = check_words(); !words) return words.failure();
    const fs::path folder = one || x_what.empty() ? context.home / "constructs" : fs::path(x_what);
    const Result<std::vector<evidence::CardReport>> reports = check_all(folder);
    if (!reports) return reports.failure();
    if (x_action == "check") return print_check(context, *reports);
    if (x_action == "list") return print_table(context, *reports);
    if (x_action == "uses") return print_uses(context, *reports);
    for (const evidence::CardReport& report : *reports) {
      if (!report.card || report.card->id != x_what) continue;
      if (x_action == "allows") return answer(context, *report.card);
      print_card(context, report);
      return int{kDone};
    }
    return fail(ErrorCode::kUsage,
                {fmt::format("there is no construct '{}'; see xinjing cards list", x_what),
                 fmt::format("没有构念“{}”；见 xinjing cards list", x_what)});
  }

 private:
  /// Whether the words that go with the action are there, and no more.
  Status check_words() const {
    if (x_action == "show" && x_what.empty()) {
      return fail(ErrorCode::kUsage,
                  {"cards show takes the id of a construct; see xinjing cards list",
                   "cards show 需要构念 id；见 xinjing cards list"});
    }
    if (x_action == "allows" && x_use.empty()) {
      return fail(ErrorCode::kUsage,
                  {"cards allows takes the id of a construct and a use; see xinjing cards uses",
                   "cards allows 需要构念 id 和用途；见 xinjing cards uses"});
    }
    if (x_action != "allows" && !x_use.empty()) {
      return fail(ErrorCode::kUsage, {fmt::format("'{}' is one argument too many", x_use),
                                      fmt::format("多出一个参数“{}”", x_use)});
    }
    return {};
  }

  Result<int> answer(const Context& context, const evidence::Card& card) const {
    const Result<evidence::Use> use = use_argument(x_use);
    if (!use) return use.failure();
    if (Status may = evidence::allowed(card, *use); !may) return may.failure();
    const Said label = evidence::use_label(*use);
    fmt::print(context.out, "{}\n",
               context.say({fmt::format("'{}' may be used for {}", card.label.en, label.en),
                            fmt::format("“{}”可用于{}", card.label.zh, label.zh)}));
    return int{kDone};
  }

  std::string x_action;
  std::string x_what;
  std::string x_use;
};

}  // namespace

const Entry& cards() {
  static const Entry entry{
      .name = "cards",
      .summary = {"check, list or show the cards of the constructs, and what they may be used for",
                  "校验、列出或查看构念卡片及其允许的用途"},
      .details =
          {"check reads every card and cue file, runs every card's examples and reports each "
           "fault with its place; it exits with 1 if there is any.\nuses shows for which purposes "
           "each construct may be used; allows answers for one, with exit code 0, or 6 and the "
           "reason.\n\nExamples: xinjing cards check; xinjing cards show emotion; xinjing cards "
           "allows emotion price",
           "check "
           "会读取全部卡片与线索文件，运行每张卡片的例句，逐条报告错误及位置；有错误时退出码为 "
           "1。\nuses 列出各构念可作何用途；allows 只问一项：可以时退出码为 0，不可以时为 6 并说明"
           "原因。\n\n示例：xinjing cards check；xinjing cards show emotion；xinjing cards allows "
           "emotion 定价"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Cards>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
