#include "ingest/mapping.h"

#include <algorithm>

#include "base/file.h"
#include "base/format.h"
#include "base/toml.h"

namespace xinjing::ingest {
namespace {

using Word = std::string_view;

Failure bad(const TomlTable& table, Word key, std::string en, std::string zh) {
  return fail(ErrorCode::kBadInput, {std::move(en), std::move(zh)}, table.place(key));
}

Status check_keys(const TomlTable& table, std::initializer_list<Word> known) {
  for (const std::string& key : table.keys()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    return bad(table, key, fmt::format("unknown key {}", key), fmt::format("未知的键 {}", key));
  }
  return {};
}

bool is_column(const TableSpec& table, Word name) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [&](const ColumnSpec& column) { return column.name == name; });
}

/// True if `name` is a column of the rule's table, or of any where none is stated.
bool is_field(const FileRule& rule, Word name) {
  if (rule.table != nullptr) return is_column(*rule.table, name);
  const auto tables = table_specs();
  return std::any_of(tables.begin(), tables.end(),
                     [&](const TableSpec& table) { return is_column(table, name); });
}

int field_index(const TableSpec& table, Word name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == name) return int(i);
  }
  return -1;
}

bool is_stated(const TomlTable& table, Word key) {
  const std::vector<std::string> keys = table.keys();
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Status read_zone(const TomlTable& table, std::optional<int>& offset) {
  const std::optional<std::string> text = table.string("timezone");
  if (!text) return {};
  offset = zone_from(*text);
  if (offset) return {};
  return bad(table, "timezone", "not a time zone such as \"+08:00\"", "不是“+08:00”这样的时区");
}

Status read_currency(const TomlTable& table, std::string& currency) {
  const std::optional<std::string> text = table.string("currency");
  if (!text) return {};
  currency = currency_from(*text);
  if (!currency.empty()) return {};
  return bad(table, "currency", "not a currency that is known", "未知的币种");
}

Status read_columns(const TomlTable& file, FileRule& rule) {
  const std::optional<TomlTable> columns = file.table("columns");
  if (!columns) return {};
  for (const std::string& header : columns->keys()) {
    const std::string field = columns->string(header).value_or("");
    if (!field.empty() && !is_field(rule, field)) {
      return bad(*columns, header, fmt::format("there is no column {}", field),
                 fmt::format("没有 {} 这一列", field));
    }
    rule.columns[header_key(header)] = field;
  }
  return {};
}

Status read_constants(const TomlTable& file, FileRule& rule) {
  const std::optional<TomlTable> constants = file.table("constants");
  if (!constants) return {};
  for (const std::string& field : constants->keys()) {
    const std::optional<std::string> text = constants->string(field);
    if (!is_field(rule, field) || !text) {
      return bad(*constants, field, fmt::format("{} is no column with a text", field),
                 fmt::format("{} 不是列，或值不是文本", field));
    }
    rule.constants[field] = *text;
  }
  return {};
}

Status read_opening(const TomlTable& file, FileRule& rule) {
  if (const auto name = file.string("encoding")) {
    rule.open.encoding = sources::encoding_from(*name);
    if (!rule.open.encoding) return bad(file, "encoding", "unknown encoding", "未知的编码");
  }
  if (const auto delimiter = file.string("delimiter")) {
    if (delimiter->size() != 1) {
      return bad(file, "delimiter", "a delimiter is one character", "分隔符须为一个字符");
    }
    rule.open.delimiter = (*delimiter)[0];
  }
  rule.open.sheet = file.string("sheet").value_or("");
  rule.open.header = file.strings("header");
  if (rule.open.header.empty() && is_stated(file, "header")) {
    return bad(file, "header", "a header is a list of column names", "header 须为列名的列表");
  }
  rule.day_first = file.boolean("day_first");
  if (const auto year = file.integer("year")) {
    if (*year < 1900 || *year > 2200) return bad(file, "year", "not a year", "不是年份");
    rule.year = int(*year);
  }
  return {};
}

Result<FileRule> rule_from(const TomlTable& file) {
  FileRule rule;
  Status status =
      check_keys(file, {"match", "table", "skip", "columns", "constants", "timezone", "currency",
                        "encoding", "delimiter", "sheet", "header", "day_first", "year"});
  if (!status) return status.failure();
  rule.match = file.string("match").value_or("");
  if (rule.match.empty()) {
    return bad(file, "match", "a file needs a match", "文件规则缺少 match");
  }
  rule.skip = file.boolean("skip").value_or(false);
  if (const auto name = file.string("table")) {
    rule.table = find_table(*name);
    if (rule.table == nullptr) {
      return bad(file, "table", fmt::format("there is no table {}", *name),
                 fmt::format("没有 {} 这张表", *name));
    }
  }
  for (const auto read : {&read_columns, &read_constants, &read_opening}) {
    if (status = read(file, rule); !status) return status.failure();
  }
  if (status = read_zone(file, rule.offset_minutes); !status) return status.failure();
  if (status = read_currency(file, rule.currency); !status) return status.failure();
  return rule;
}

Status read_speakers(const TomlTable& root, Mapping& mapping) {
  const std::optional<TomlTable> speakers = root.table("speakers");
  if (!speakers) return {};
  if (Status status = check_keys(*speakers, {"customer", "agent", "bot"}); !status) return status;
  for (const Speaker speaker : {Speaker::kCustomer, Speaker::kAgent, Speaker::kBot}) {
    for (const std::string& word : speakers->strings(speaker_id(speaker))) {
      mapping.speakers[header_key(word)] = speaker;
    }
  }
  return {};
}

/// What the rule says of the columns, over what was recognised.
ColumnFields with_rule(const TableSpec& table, ColumnFields fields,
                       std::span<const std::string> headers, const FileRule* rule) {
  if (rule == nullptr) return fields;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto stated = rule->columns.find(header_key(headers[i]));
    if (stated == rule->columns.end()) continue;
    const int field = field_index(table, stated->second);
    if (field >= 0) std::replace(fields.begin(), fields.end(), field, -1);
    fields[i] = field;
  }
  return fields;
}

/// Headers under the names the rule gives them, so that recognising sees the rule's columns too.
std::vector<std::string> renamed(std::span<const std::string> headers, const FileRule* rule) {
  std::vector<std::string> names(headers.begin(), headers.end());
  if (rule == nullptr) return names;
  for (std::string& name : names) {
    const auto stated = rule->columns.find(header_key(name));
    if (stated != rule->columns.end()) name = stated->second;
  }
  for (const auto& [field, text] : rule->constants) names.push_back(field);
  return names;
}

Failure no_table(const Fit& best, Word file_name) {
  std::string missing;
  for (const Word column : best.missing)
    missing += (missing.empty() ? "" : ", ") + std::string(column);
  const bool nothing =
      std::all_of(best.fields.begin(), best.fields.end(), [](int f) { return f < 0; });
  if (missing.empty() || nothing) {
    return fail(ErrorCode::kBadInput,
                {"no header is known; say in a mapping file which column is which",
                 "没有认出任何表头；请用映射文件说明各列"},
                std::string(file_name));
  }
  return fail(ErrorCode::kBadInput,
              {fmt::format("it looks like {}, but no column is {}", best.table->name, missing),
               fmt::format("看起来是 {}，但没有 {} 列", best.table->name, missing)},
              std::string(file_name));
}

/// Which table's headers fill most of what it needs, where none has all: for the message only.
const Fit& nearest(const std::vector<Fit>& all) {
  const auto mapped = [](const Fit& fit) {
    return std::count_if(fit.fields.begin(), fit.fields.end(), [](int f) { return f >= 0; }) +
           (fit.named ? 2 : 0);
  };
  return *std::max_element(all.begin(), all.end(),
                           [&](const Fit& a, const Fit& b) { return mapped(a) < mapped(b); });
}

std::string currency_of_headers(const Plan& plan, std::span<const std::string> headers) {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (plan.fields[i] < 0) continue;
    if (plan.table->columns[std::size_t(plan.fields[i])].type != CellType::kMoney) continue;
    if (const Word currency = currency_from(header_unit(headers[i])); !currency.empty()) {
      return std::string(currency);
    }
  }
  return {};
}

}  // namespace

bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = Word::npos, mark = 0;
  while (n < name.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p, ++n;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++, mark = n;
    } else if (star != Word::npos) {
      p = star + 1, n = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Result<Mapping> Mapping::parse(std::string_view toml, std::string name) {
  Result<TomlTable> root = TomlTable::parse(toml, std::move(name));
  if (!root) return root.failure();
  Mapping mapping;
  Status status = check_keys(*root, {"file", "speakers", "timezone", "currency"});
  if (!status) return status.failure();
  std::optional<int> offset;
  if (status = read_zone(*root, offset); !status) return status.failure();
  mapping.offset_minutes = offset.value_or(mapping.offset_minutes);
  if (status = read_currency(*root, mapping.currency); !status) return status.failure();
  if (status = read_speakers(*root, mapping); !status) return status.failure();
  for (const TomlTable& file : root->tables("file")) {
    Result<FileRule> rule = rule_from(file);
    if (!rule) return rule.failure();
    mapping.files.push_back(std::move(*rule));
  }
  return mapping;
}

Result<Mapping> Mapping::load(const std::filesystem::path& path) {
  Result<std::string> text = read_file(path, 1U << 20);
  if (!text) return text.failure();
  return parse(*text, path.string());
}

const FileRule* Mapping::rule_for(std::string_view file_name) const {
  const auto found = std::find_if(files.begin(), files.end(), [&](const FileRule& rule) {
    return matches(rule.match, file_name);
  });
  return found == files.end() ? nullptr : &*found;
}

/// True if the column of handles is headed by a word for the writer of each message; beside an
/// agent's words it then names the agent. Any other header names the customer throughout.
bool names_senders(const Plan& plan, std::span<const std::string> headers) {
  constexpr std::string_view kSenders[] = {"from",     "fromuser",   "sender", "senderid",
                                           "nickname", "screenname", "发送者", "发送人",
                                           "发件人",   "发言账号",   "昵称",   "用户昵称"};
  for (std::size_t i = 0; i < std::min(headers.size(), plan.fields.size()); ++i) {
    if (plan.fields[i] < 0 || plan.table->columns[std::size_t(plan.fields[i])].name != "handle")
      continue;
    const std::string key = header_key(headers[i]);
    return std::find(std::begin(kSenders), std::end(kSenders), key) != std::end(kSenders);
  }
  return false;
}

Result<Plan> plan_for(std::string_view file_name, std::span<const std::string> headers,
                      const Mapping& mapping) {
  const FileRule* rule = mapping.rule_for(file_name);
  std::vector<Fit> all = fits(file_name, renamed(headers, rule));
  auto best = all.begin();
  if (rule != nullptr && rule->table != nullptr) {
    best =
        std::find_if(all.begin(), all.end(), [&](const Fit& f) { return f.table == rule->table; });
  }
  if (best->score == 0) return no_table(rule && rule->table ? *best : nearest(all), file_name);
  Plan plan{.table = best->table, .speakers = mapping.speakers, .fit = *best};
  plan.time.offset_minutes = mapping.offset_minutes;
  if (rule != nullptr) {
    plan.time.offset_minutes = rule->offset_minutes.value_or(mapping.offset_minutes);
    plan.time.day_first = rule->day_first.value_or(false);
    plan.time.year = rule->year.value_or(0);
    for (const auto& [field, text] : rule->constants) {
      const int index = field_index(*plan.table, field);
      if (index >= 0) plan.constants.emplace_back(index, text);
    }
  }
  widen(plan, file_name, headers, mapping);
  plan.currency =
      rule && !rule->currency.empty() ? rule->currency : currency_of_headers(plan, headers);
  if (plan.currency.empty()) plan.currency = mapping.currency;
  return plan;
}

bool lacks_header(const sources::Source& source, std::string_view file_name,
                  const Mapping& mapping) {
  const auto headers = source.header();
  const std::vector<std::string> names = renamed(headers, mapping.rule_for(file_name));
  return source.facts().header_line > 0 && looks_like_data(std::span(names).first(headers.size()));
}

Result<Plan> plan_for(const sources::Source& source, const std::string& path,
                      const Mapping& mapping) {
  const std::string name = std::filesystem::path(path).filename().string();
  Result<Plan> plan = plan_for(name, source.header(), mapping);
  if (plan) return plan;
  if (lacks_header(source, name, mapping)) {
    return fail(ErrorCode::kBadInput,
                {"this row looks like data, not like a header: put a row of column names above it, "
                 "or list them in mapping.toml: header = [...]",
                 "这一行像是数据而不是表头：请在它上面加一行列名，或在 mapping.toml 中用 "
                 "header = [...] 列出列名"},
                fmt::format("{}:{}", path, source.facts().header_line));
  }
  return fail(plan.error().code, plan.error().said, path);
}

void widen(Plan& plan, std::string_view file_name, std::span<const std::string> headers,
           const Mapping& mapping) {
  plan.fields =
      with_rule(*plan.table, fields_of(*plan.table, headers), headers, mapping.rule_for(file_name));
  plan.handle_of_sender = names_senders(plan, headers);
}

}  // namespace xinjing::ingest
