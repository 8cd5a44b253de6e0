#include "ingest/header.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "base/format.h"
#include "base/utf8.h"
#include "ingest/speaker.h"
#include "ingest/values.h"

namespace xinjing::ingest {
namespace {

using Word = std::string_view;

/// What only this table tends to have, and how its files are called.
struct Mark {
  Word table;
  std::array<Word, 6> columns;
  std::array<Word, 14> file_words;
};

constexpr Mark kMarks[] = {
    {"customers",
     {"name", "phone", "registered", "level", "age", "gender"},
     {"customer", "client", "member", "profile", "客户", "用户", "会员", "档案", "crm"}},
    {"identities",
     {"handle", "channel"},
     {"identit", "handle", "idmap", "mapping", "bind", "标识", "绑定", "账号对应", "身份"}},
    {"messages",
     {"text", "speaker", "conversation", "message_id"},
     {"message", "chat", "dialog", "conversation", "transcript", "review", "comment", "call",
      "消息", "会话", "对话", "聊天", "通话", "评论"}},
    {"orders",
     {"order_id", "amount", "product", "price"},
     {"order", "invoice", "transaction", "purchase", "sales", "payment", "items", "订单", "交易",
      "购买", "发票", "缴费", "成交", "消费"}},
    {"events",
     {"kind", "object", "visit", "device"},
     {"event", "click", "behavior", "behaviour", "log", "visit", "track", "browse", "行为", "事件",
      "浏览", "点击", "访问", "日志"}},
    {"responses",
     {"score", "item", "survey", "answer"},
     {"response", "survey", "answer", "rating", "nps", "csat", "questionnaire", "score", "问卷",
      "评分", "答卷", "调查", "满意度", "评价"}},
    {"touchpoints",
     {"case_id", "activity", "ended", "resource"},
     {"touchpoint", "journey", "process", "case", "incident", "ticket", "workflow", "触点", "旅程",
      "流程", "工单", "环节"}},
    {"usage",
     {"quantity", "meter", "unit", "account"},
     {"usage", "meter", "consumption", "load", "kwh", "daily", "用量", "用电", "电量", "抄表",
      "读数", "负荷"}},
    {"observations",
     {"construct", "state", "staff", "weight"},
     {"observation", "card", "fieldnote", "观察", "卡片", "拜访"}}};

constexpr std::string_view kDropped[] = {" ", "_",  "-",  ".",  ":",  "/",  "#",      "*",     "\"",
                                         "'", "\t", "\r", "\n", "　", "：", "\ufeff", "\u00a0"};

struct Bracket {
  Word open, close;
};
constexpr Bracket kBrackets[] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}};

/// Where the bracket at the end of `header` opens; npos if it has none or is nothing else.
std::size_t bracket_at(Word header, Bracket& found) {
  for (const Bracket& bracket : kBrackets) {
    if (!header.ends_with(bracket.close)) continue;
    const std::size_t at = header.rfind(bracket.open);
    if (at == Word::npos || at == 0) continue;
    found = bracket;
    return at;
  }
  return Word::npos;
}

std::size_t dropped_at(Word text) {
  for (const Word drop : kDropped) {
    if (text.starts_with(drop)) return drop.size();
  }
  return 0;
}

/// What a header means in a table, and how well it says so: 0 the name itself, n the nth alias.
struct Meaning {
  int field = 0;
  int rank = 0;
};
using Meanings = std::unordered_map<std::string, Meaning>;

Meanings made_meanings(const TableSpec& table) {
  Meanings meanings;
  for (std::size_t field = 0; field < table.columns.size(); ++field) {
    meanings.emplace(header_key(table.columns[field].name), Meaning{int(field), 0});
  }
  for (std::size_t field = 0; field < table.columns.size(); ++field) {
    int rank = 0;
    for (const Word alias : table.columns[field].aliases) {
      meanings.emplace(std::string(alias), Meaning{int(field), ++rank});
    }
  }
  return meanings;
}

const Meanings& meanings_of(const TableSpec& table) {
  static const std::vector<Meanings> all = [] {
    std::vector<Meanings> made;
    for (const TableSpec& one : table_specs()) made.push_back(made_meanings(one));
    return made;
  }();
  return all[std::size_t(&table - table_specs().data())];
}

const Mark& mark_of(const TableSpec& table) {
  return *std::find_if(std::begin(kMarks), std::end(kMarks),
                       [&](const Mark& mark) { return mark.table == table.name; });
}

bool file_is_named_for(const Mark& mark, Word file_name) {
  const std::string key = header_key(file_name.substr(0, file_name.rfind('.')));
  return std::any_of(mark.file_words.begin(), mark.file_words.end(), [&](Word word) {
    return !word.empty() && key.find(word) != std::string::npos;
  });
}

bool is_filled(const Fit& fit, Word column) {
  return std::any_of(fit.fields.begin(), fit.fields.end(), [&](int field) {
    return field >= 0 && fit.table->columns[std::size_t(field)].name == column;
  });
}

double score_of(const Fit& fit, const Mark& mark, std::size_t headers) {
  const auto mapped =
      std::count_if(fit.fields.begin(), fit.fields.end(), [](int f) { return f >= 0; });
  if (mapped == 0 || !fit.missing.empty()) return 0;
  double marks = 0;
  for (const Word column : mark.columns) marks += !column.empty() && is_filled(fit, column);
  if (marks == 0 && !fit.named) return 0;
  const double score = double(mapped) / double(std::max<std::size_t>(headers, 1)) + 0.25 * marks;
  // A file of feedback has scores, a file of orders has prices: a table that needs little would
  // otherwise win over the one the file is called after.
  return score + (fit.named ? 0.75 : 0);
}

Said why(const Fit& fit, std::size_t headers) {
  const auto mapped =
      std::count_if(fit.fields.begin(), fit.fields.end(), [](int f) { return f >= 0; });
  std::string missing;
  for (const Word column : fit.missing)
    missing += (missing.empty() ? "" : ", ") + std::string(column);
  if (!missing.empty()) {
    return {fmt::format("no column for {}", missing), fmt::format("没有对应 {} 的列", missing)};
  }
  return {fmt::format("{} of {} headers are columns of {}{}", mapped, headers, fit.table->name,
                      fit.named ? ", and the file is named for it" : ""),
          fmt::format("{} 个表头中有 {} 个属于 {}{}", headers, mapped, fit.table->name,
                      fit.named ? "，文件名也相符" : "")};
}

Fit fit_of(const TableSpec& table, Word file_name, std::span<const std::string> headers) {
  Fit fit{.table = &table, .fields = fields_of(table, headers)};
  for (const ColumnSpec& column : table.columns) {
    if (column.required && !is_filled(fit, column.name)) fit.missing.push_back(column.name);
  }
  const Mark& mark = mark_of(table);
  fit.named = file_is_named_for(mark, file_name);
  fit.score = score_of(fit, mark, headers.size());
  fit.why = why(fit, headers.size());
  return fit;
}

/// At least three digits in a short word, such as "C1001": hardly anybody calls a column so.
bool is_id(Word text) {
  constexpr Word kDigits = "0123456789";
  const auto digits = std::count_if(text.begin(), text.end(),
                                    [&](char c) { return kDigits.find(c) != Word::npos; });
  return digits >= 3 && text.size() <= 40 && text.find(' ') == Word::npos;
}

bool is_value(const std::string& header) {
  const Word text = trimmed(header);
  if (is_missing(text)) return false;
  return take_time(text).value || take_number(text).value || is_id(text);
}

}  // namespace

std::string header_key(std::string_view header) {
  header = trimmed(header);
  Bracket bracket;
  header = header.substr(0, bracket_at(header, bracket));
  std::string key;
  for (std::size_t i = 0; i < header.size();) {
    if (const std::size_t drop = dropped_at(header.substr(i))) {
      i += drop;
      continue;
    }
    const char c = header[i++];
    key.push_back(c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c);
  }
  return key;
}

std::string_view header_unit(std::string_view header) {
  header = trimmed(header);
  Bracket bracket;
  const std::size_t at = bracket_at(header, bracket);
  if (at == Word::npos) return {};
  const std::size_t begin = at + bracket.open.size();
  return trimmed(header.substr(begin, header.size() - bracket.close.size() - begin));
}

ColumnFields fields_of(const TableSpec& table, std::span<const std::string> headers) {
  const Meanings& meanings = meanings_of(table);
  ColumnFields fields(headers.size(), -1);
  struct Holder {
    std::size_t header = 0;
    int rank = std::numeric_limits<int>::max();
  };
  std::vector<Holder> holders(table.columns.size());
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto found = meanings.find(header_key(headers[i]));
    if (found == meanings.end()) continue;
    Holder& holder = holders[std::size_t(found->second.field)];
    if (holder.rank <= found->second.rank) continue;
    if (holder.rank != std::numeric_limits<int>::max()) fields[holder.header] = -1;
    holder = {i, found->second.rank};
    fields[i] = found->second.field;
  }
  return fields;
}

bool looks_like_data(std::span<const std::string> headers) {
  const auto known = [](const std::string& header) {
    if (speaker_from(header)) return false;
    const std::string key = header_key(header);
    const auto tables = table_specs();
    return std::any_of(tables.begin(), tables.end(),
                       [&](const TableSpec& table) { return meanings_of(table).contains(key); });
  };
  return std::none_of(headers.begin(), headers.end(), known) &&
         std::any_of(headers.begin(), headers.end(), is_value);
}

std::vector<Fit> fits(std::string_view file_name, std::span<const std::string> headers) {
  std::vector<Fit> all;
  for (const TableSpec& table : table_specs()) all.push_back(fit_of(table, file_name, headers));
  std::stable_sort(all.begin(), all.end(),
                   [](const Fit& a, const Fit& b) { return a.score > b.score; });
  return all;
}

}  // namespace xinjing::ingest
