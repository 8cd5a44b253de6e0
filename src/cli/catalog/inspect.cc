#include "base/format.h"
#include "base/json_writer.h"
#include "cli/catalog.h"
#include "ingest/inspection.h"
#include "ingest/reader.h"

namespace xinjing::cli::catalog {
namespace {

using ingest::Inspection;

std::string delimiter_name(char delimiter) {
  return delimiter == '\t' ? "\\t" : std::string(1, delimiter);
}

void print_facts(const Inspection& seen, const Context& context) {
  const bool zh = context.lang == Lang::kZh;
  context.print("{}\n", visible_line(seen.file));
  std::string form(seen.facts.format);
  if (seen.facts.delimiter != 0) {
    form += fmt::format(", {}, {} {}", sources::encoding_name(seen.facts.encoding),
                        zh ? "分隔符" : "delimiter", delimiter_name(seen.facts.delimiter));
  }
  if (!seen.facts.sheet.empty())
    form += fmt::format(", {} {}", zh ? "工作表" : "sheet", seen.facts.sheet);
  context.print("  {}: {}\n", zh ? "格式" : "format", form);
  if (seen.table.empty()) {
    context.print("  {}: {}\n", zh ? "没有对应的表" : "no table fits",
                  seen.refused ? seen.refused->message(context.lang) : "");
    return;
  }
  context.print("  {}: {}\n", zh ? "数据表" : "table", seen.table);
  for (const ingest::Alternative& fit : seen.fits) {
    context.print("    {} {:.2f} ({})\n", fit.table, fit.score, context.say(fit.why));
  }
  context.print("  {}: UTC{:+}:{:02}, {}\n",
                zh ? "未注明时的时区和币种" : "zone and currency where none is said",
                seen.offset_minutes / 60, std::abs(seen.offset_minutes) % 60, seen.currency);
}

void print_columns(const Inspection& seen, const Context& context) {
  const bool zh = context.lang == Lang::kZh;
  const auto rows = double(std::max<std::int64_t>(seen.counts.rows_in, 1));
  context.print("  {}:\n", zh ? "列" : "columns");
  for (const ingest::ColumnFacts& column : seen.columns) {
    const std::string field =
        column.field.empty() ? (zh ? "（不使用）" : "(not used)") : column.field;
    const bool many = column.distinct >= ingest::kMostDistinct;
    context.print("    {} -> {}: {}, {} {:.0f}%, {}{} {}, {} {:.0f} {}\n",
                  visible_line(column.header), field,
                  context.say(ingest::shape_label(column.shape)), zh ? "填写" : "filled",
                  100 * double(column.filled) / rows, column.distinct, many ? "+" : "",
                  zh ? "个不同值" : "different", zh ? "平均" : "mean", column.characters,
                  zh ? "个字符" : "characters");
  }
  for (const std::string& field : seen.constants) {
    context.print("    {} -> {}\n", zh ? "（映射文件中的常量）" : "(constant of the mapping file)",
                  field);
  }
}

void print_counts(const Inspection& seen, const Context& context) {
  const bool zh = context.lang == Lang::kZh;
  const ingest::ReadCounts& counts = seen.counts;
  std::int64_t masked = 0;
  for (const std::int64_t count : counts.masked) masked += count;
  const std::string form =
      zh ? "  {} {} 行 = 保留 {} + 拒收 {}；遮蔽个人信息 {} 处，修复单元格 {} 个，无归属 {} 行\n"
         : "  {} {} rows = {} kept + {} rejected; {} personal details masked, {} cells repaired, "
           "{} rows about nobody named\n";
  context.print(fmt::runtime(form), seen.whole ? (zh ? "全部" : "all") : (zh ? "前" : "first"),
                counts.rows_in, counts.kept, counts.rejected, masked, counts.repaired,
                counts.without_subject);
  for (const ingest::Reject& reject : seen.problems) {
    context.print("    {}:{}: {}\n", reject.line, reject.column, context.say(reject.reason));
  }
}

void write_columns(const Inspection& seen, JsonWriter& json) {
  json.key("columns").begin_array();
  for (const ingest::ColumnFacts& column : seen.columns) {
    json.begin_object().field("header", column.header);
    json.key("field");
    column.field.empty() ? json.null() : json.string(column.field);
    json.field("shape", ingest::shape_label(column.shape).en).field("filled", column.filled);
    json.field("distinct", column.distinct).field("characters", column.characters, 1).end_object();
  }
  json.end_array();
}

std::string as_json(const Inspection& seen) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("file", seen.file).field("format", seen.facts.format);
  if (!seen.facts.sheet.empty()) json.field("sheet", seen.facts.sheet);
  json.field("encoding", sources::encoding_name(seen.facts.encoding));
  json.key("table");
  seen.table.empty() ? json.null() : json.string(seen.table);
  if (seen.refused) json.field("refused", seen.refused->message(Lang::kEn));
  json.field("currency", seen.currency).field("offset_minutes", seen.offset_minutes);
  write_columns(seen, json);
  json.field("rows", seen.counts.rows_in).field("kept", seen.counts.kept);
  json.field("rejected", seen.counts.rejected).field("whole", seen.whole);
  json.key("problems").begin_array();
  for (const ingest::Reject& reject : seen.problems) {
    json.begin_object().field("line", reject.line).field("column", reject.column);
    json.field("reason", reject.reason.en).end_object();
  }
  json.end_array().end_object();
  return out;
}

class Inspect final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add({.name = "FILE",
                   .field = &x_files,
                   .help = {"files to look at", "要查看的文件"},
                   .required = true});
    arguments.add(
        {.name = "--map",
         .field = &x_mapping,
         .help = {"mapping file (TOML, docs/files.md)", "映射文件（TOML，见 docs/files.md）"}});
    arguments.add({.name = "--rows", .field = &x_rows, .help = {"rows to look at", "查看的行数"}});
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"one JSON object per file", "每个文件输出一个 JSON"}});
  }

  Result<int> run(const Context& context) override {
    ingest::Mapping mapping;
    if (!x_mapping.empty()) {
      Result<ingest::Mapping> loaded = ingest::Mapping::load(x_mapping);
      if (!loaded) return loaded.failure();
      mapping = std::move(*loaded);
    }
    int code = kDone;
    for (const std::string& file : x_files) {
      const Result<int> found = look_at(file, mapping, context);
      if (!found) return found.failure();
      code = std::max(code, *found);
    }
    return code;
  }

 private:
  /// A file, or each sheet of a workbook.
  Result<int> look_at(const std::string& file, const ingest::Mapping& mapping,
                      const Context& context) const {
    Result<std::vector<std::string>> sheets = ingest::sheets_to_read(file, mapping);
    if (!sheets) return sheets.failure();
    int code = kDone;
    for (const std::string& sheet : *sheets) {
      Result<sources::Content> content = sources::Content::open(file);
      if (!content) return content.failure();
      const Result<Inspection> seen =
          ingest::inspect(std::move(*content), mapping, std::max(x_rows, 1), sheet);
      if (!seen) return seen.failure();
      const bool blank = sheets->size() > 1 && seen->columns.empty();
      if (!blank && (seen->refused || seen->counts.rejected > 0)) code = kFound;
      show(*seen, context);
    }
    return code;
  }

  void show(const Inspection& seen, const Context& context) const {
    if (x_json) {
      fmt::print(context.out, "{}\n", as_json(seen));
      return;
    }
    print_facts(seen, context);
    print_columns(seen, context);
    if (!seen.table.empty()) print_counts(seen, context);
  }

  std::vector<std::string> x_files;
  std::string x_mapping;
  int x_rows = 10'000;
  bool x_json = false;
};

}  // namespace

const Entry& inspect() {
  static const Entry entry{
      .name = "inspect",
      .summary = {"show what is recognised in a file before it is loaded",
                  "加载之前查看文件会被如何识别"},
      .details =
          {"Format, encoding, table, which column is which, how full each is, and the first "
           "problems. No value of a row is shown. Exit code 1 if a row would be rejected.\n\n"
           "Examples:\n  xinjing inspect messages.csv\n  xinjing inspect *.xlsx --map map.toml "
           "--json",
           "显示格式、编码、数据表、各列含义和填写率，以及最先遇到的问题；不显示任何一行的值。"
           "若有行会被拒收，退出码为 1。\n\n"
           "示例：\n  xinjing inspect messages.csv\n  xinjing inspect *.xlsx --map map.toml "
           "--json"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Inspect>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
