#include "cli/packs.h"

#include <map>

#include "base/format.h"
#include "base/tsv.h"
#include "cli/catalog.h"
#include "cli/resources.h"
#include "language/cue_lexicon.h"

namespace xinjing::cli::catalog {
namespace {

/// By norm, the words it is seen by as people may read them: "报修…没人来".
using Words = std::map<std::string, std::vector<std::string>>;

struct Counts {
  std::size_t zh = 0;
  std::size_t en = 0;
};

Result<Counts> count_cues(const Pack& pack) {
  Counts counts;
  for (const PackFile& file : pack.cues) {
    const auto cues = language::parse_cues(file.text, file.name);
    if (!cues) return cues.failure();
    (file.lang == Lang::kZh ? counts.zh : counts.en) += cues->size();
  }
  return counts;
}

/// REQUIRES: the norms of the pack were compiled, so that the files are known to be right.
Words words_of(const Pack& pack) {
  Words words;
  for (const PackFile& file : pack.norms) {
    TsvReader rows(file.text, file.name, "id\taspect\ttriggers\tzh\ten\tlevel\tsource");
    (void)rows.each([&](const TsvRow& row) -> Status {
      for (std::string_view word : split(row.cells[2], '|')) {
        if (word.front() == '!') word.remove_prefix(1);
        const std::size_t gap = word.find('*');
        std::string shown(word.substr(0, gap));
        if (gap != word.npos) shown += fmt::format("…{}", word.substr(gap + 1));
        words[fmt::format("{}/{}", pack.card.id, row.cells[0])].push_back(std::move(shown));
      }
      return {};
    });
  }
  return words;
}

std::string level_text(const language::Norm& norm) {
  return norm.level ? fmt::format("{} {}", norm.level->number, norm.level->unit) : "";
}

/// A published rule as it stands; what is only common is said in the language of the interface.
std::string source_text(const Context& context, const language::Norm& norm) {
  if (norm.source != language::kCommonExpectation) return norm.source;
  return context.say({norm.source, "行业内的一般期待"});
}

class Packs final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add({.name = "ACTION",
                   .field = &x_action,
                   .help = {"list: one line each; show: one pack with its norms",
                            "list：每个一行；show：显示一个及其常规"},
                   .required = true,
                   .choices = {"list", "show"}});
    arguments.add({.name = "ID", .field = &x_id, .help = {"show: the pack", "show：哪个行业包"}});
  }

  Result<int> run(const Context& context) override {
    if (x_action == "list") return list(context);
    if (x_id.empty()) {
      return fail(ErrorCode::kUsage, {"packs show takes the id of a pack; see xinjing packs list",
                                      "packs show 需要行业包 id；见 xinjing packs list"});
    }
    const Result<std::vector<std::string>> ids = packs_of(x_id, context.home);
    if (!ids) return ids.failure();
    for (const std::string& id : *ids) {
      if (Status shown = show(context, id); !shown) return shown.failure();
    }
    return int{kDone};
  }

 private:
  struct Read {
    Pack pack;
    language::NormLexicon norms;
    Counts cues;
    Words words;
  };

  static Result<Read> read(const Context& context, const std::string& id);
  static Result<int> list(const Context& context);
  static Status show(const Context& context, const std::string& id);

  std::string x_action;
  std::string x_id;
};

Result<Packs::Read> Packs::read(const Context& context, const std::string& id) {
  const Result<evidence::Catalogue> catalogue = load_catalogue(context.home);
  if (!catalogue) return catalogue.failure();
  Result<Pack> pack = read_pack(id, context.home);
  if (!pack) return pack.failure();
  Result<language::NormLexicon> norms = compile_norms({*pack}, *catalogue);
  if (!norms) return norms.failure();
  const Result<Counts> cues = count_cues(*pack);
  if (!cues) return cues.failure();
  Words words = words_of(*pack);
  return Read{std::move(*pack), std::move(*norms), *cues, std::move(words)};
}

Result<int> Packs::list(const Context& context) {
  for (const std::string& id : known_packs(context.home)) {
    const Result<Read> one = read(context, id);
    if (!one) return one.failure();
    const Said counts = {fmt::format("cues {} zh, {} en; norms {}", one->cues.zh, one->cues.en,
                                     one->norms.norms().size()),
                         fmt::format("线索 中文 {} 条、英文 {} 条；常规 {} 条", one->cues.zh,
                                     one->cues.en, one->norms.norms().size())};
    fmt::print(context.out, "{:<10} {}  ({})\n", id, context.say(one->pack.card.name),
               context.say(counts));
  }
  return int{kDone};
}

Status Packs::show(const Context& context, const std::string& id) {
  const Result<Read> one = read(context, id);
  if (!one) return one.failure();
  const evidence::PackCard& card = one->pack.card;
  fmt::print(
      context.out, "{} · {} (v{})\n{}\n{}\n\n", card.id, context.say(card.name), card.version,
      context.say(card.description),
      context.say(
          {fmt::format("source: {}; licence: {}; cues {} zh, {} en; norms {}", card.source,
                       card.licence, one->cues.zh, one->cues.en, one->norms.norms().size()),
           fmt::format("来源：{}；许可：{}；线索 中文 {} 条、英文 {} 条；常规 {} 条", card.source,
                       card.licence, one->cues.zh, one->cues.en, one->norms.norms().size())}));
  for (const language::Norm& norm : one->norms.norms()) {
    const std::string level = level_text(norm);
    fmt::print(context.out, "  {} {}{}\n      {}{}\n      {}{}\n", norm.aspect,
               context.say(norm.content), level.empty() ? "" : fmt::format("  [{}]", level),
               context.say({"seen in: ", "从哪些话看出："}),
               fmt::join(one->words.at(norm.key), " · "), context.say({"source: ", "来源："}),
               source_text(context, norm));
  }
  return {};
}

}  // namespace

const Entry& packs() {
  static const Entry entry{
      .name = "packs",
      .summary = {"list or show the packs of trades", "列出或查看行业包"},
      .details = {"A pack adds cues of a trade and its norms, what customers there take for "
                  "granted. read and analyze use the packs that --pack names.\n\nExamples: xinjing "
                  "packs list; xinjing packs show power",
                  "行业包为一个行业增加线索和常规（客户视为理所当然的事）。read 和 analyze "
                  "用 --pack 指定的行业包阅读。\n\n示例：xinjing packs list；xinjing packs show "
                  "power"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Packs>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
