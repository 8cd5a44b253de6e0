#include "cli/labelled_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

#include "base/format.h"
#include "base/hash.h"
#include "cli/sheet.h"
#include "ingest/header.h"
#include "ingest/values.h"

namespace xinjing::cli {
namespace {

using Cells = Sheet::Cells;

constexpr double kMostlyNumbers = 0.95;
constexpr std::size_t kMostRows = 2'000'000;  // all of them are in memory
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// What says that nothing is known reads as an empty cell.
Result<Sheet> read_known_cells(const std::filesystem::path& file) {
  Result<Sheet> sheet = read_sheet(file, kMostRows);
  if (!sheet) return sheet;
  for (Sheet::Cells& row : sheet->rows) {
    for (std::string& cell : row) {
      if (ingest::is_missing(cell)) cell.clear();
    }
  }
  return sheet;
}

Result<std::size_t> named(const Sheet& sheet, const std::string& name, const std::string& file) {
  if (const auto found = find_column(sheet, name)) return *found;
  return fail(
      ErrorCode::kUsage,
      {fmt::format("there is no column '{}'; there are: {}", name, fmt::join(sheet.header, ", ")),
       fmt::format("没有“{}”这一列；有：{}", name, fmt::join(sheet.header, "、"))},
      file);
}

std::vector<std::string> values_of(const Sheet& sheet, std::size_t column) {
  std::set<std::string> found;
  for (const Cells& row : sheet.rows) {
    if (!row[column].empty() && found.size() < 3) found.insert(row[column]);
  }
  return {found.begin(), found.end()};
}

bool says_yes(const std::string& value) {
  constexpr std::array<std::string_view, 14> kYes = {"yes", "y",       "true",  "t",    "1",
                                                     "1.0", "churned", "churn", "left", "gone",
                                                     "是",  "流失",    "离开",  "离网"};
  const std::string key = ingest::header_key(value);
  return std::find(kYes.begin(), kYes.end(), value == "1.0" ? value : key) != kYes.end();
}

/// The two values of the label: of those who left, of those who stayed.
Result<std::array<std::string, 2>> sides(const Sheet& sheet, std::size_t label,
                                         const LabelledTable& table) {
  const std::vector<std::string> values = values_of(sheet, label);
  if (values.size() != 2) {
    return fail(ErrorCode::kUsage,
                {fmt::format("the column '{}' has {} values, not two", table.label,
                             values.size() > 2 ? "more than two" : std::to_string(values.size())),
                 fmt::format("“{}”这一列应有两种值，现有{}", table.label,
                             values.size() > 2 ? "更多" : fmt::format(" {} 种", values.size()))},
                table.file);
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const bool yes = table.positive.empty() ? says_yes(values[i]) : values[i] == table.positive;
    if (yes) return std::array{values[i], values[1 - i]};
  }
  return fail(ErrorCode::kUsage,
              {fmt::format("say by --positive which value of '{}' means that a customer left: {} "
                           "or {}",
                           table.label, values[0], values[1]),
               fmt::format("请用 --positive 说明“{}”的哪个值表示客户已离开：{} 还是 {}",
                           table.label, values[0], values[1])},
              table.file);
}

/// A column by which rows are told apart: its name speaks of an id and no value comes twice.
std::optional<std::size_t> guessed_id(const Sheet& sheet, std::size_t label) {
  constexpr std::array<std::string_view, 9> kNames = {"id",     "customer", "customerid",
                                                      "userid", "memberid", "客户编号",
                                                      "客户号", "会员号",   "用户id"};
  for (std::size_t c = 0; c < sheet.header.size(); ++c) {
    const std::string key = ingest::header_key(sheet.header[c]);
    if (c != label && std::find(kNames.begin(), kNames.end(), key) != kNames.end()) return c;
  }
  return {};
}

behaviour::Covariate column_of(const std::string& name, const std::vector<const Cells*>& rows,
                               std::size_t column) {
  behaviour::Covariate out{.name = name};
  std::size_t filled = 0, numbers = 0;
  for (const Cells* row : rows) {
    const auto number = ingest::take_number((*row)[column]);
    filled += !(*row)[column].empty();
    numbers += number.value.has_value();
    out.numbers.push_back(number.value.value_or(kUnknown));
  }
  if (double(numbers) >= kMostlyNumbers * double(filled)) return out;
  out.numbers.clear();
  std::map<std::string_view, std::int32_t> levels;
  for (const Cells* row : rows) {
    if (!(*row)[column].empty()) levels.emplace((*row)[column], 0);
  }
  for (auto& [level, number] : levels) {
    number = std::int32_t(out.levels.size());
    out.levels.emplace_back(level);
  }
  for (const Cells* row : rows) {
    out.words.push_back((*row)[column].empty() ? -1 : levels[(*row)[column]]);
  }
  return out;
}

std::uint64_t digest_of(const Cells& row) {
  std::uint64_t out = row.size();
  for (const std::string& cell : row) out = hash64(cell, out);
  return out;
}

/// Which rows count, those with a label first; a repeated id is refused unless the row is the same.
Result<std::vector<std::size_t>> kept(const Sheet& sheet, std::size_t label,
                                      std::optional<std::size_t> id, const LabelledTable& table,
                                      LabelledRows& out) {
  std::vector<std::size_t> known, others;
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
    const Cells& row = sheet.rows[i];
    if (id && !row[*id].empty()) {
      const auto [at, fresh] = seen.emplace(row[*id], i);
      if (!fresh && sheet.rows[at->second] == row) {
        ++out.repeated;
        continue;
      }
      if (!fresh) {
        return fail(ErrorCode::kBadInput,
                    {fmt::format("line {} names a customer of line {} again and says something "
                                 "else; a table for churn has one row a customer",
                                 sheet.lines[i], sheet.lines[at->second]),
                     fmt::format("第 {} 行与第 {} 行是同一位客户而内容不同；流失表应每位客户一行",
                                 sheet.lines[i], sheet.lines[at->second])},
                    table.file);
      }
    }
    (row[label].empty() ? others : known).push_back(i);
  }
  out.unlabelled = others.size();
  known.insert(known.end(), others.begin(), others.end());
  return known;
}

}  // namespace

Result<LabelledRows> read_labelled(const LabelledTable& table) {
  const Result<Sheet> sheet = read_known_cells(table.file);
  if (!sheet) return sheet.failure();
  const Result<std::size_t> label = named(*sheet, table.label, table.file);
  if (!label) return label.failure();
  const auto values = sides(*sheet, *label, table);
  if (!values) return values.failure();
  std::optional<std::size_t> id = guessed_id(*sheet, *label);
  if (!table.id.empty()) {
    const Result<std::size_t> asked = named(*sheet, table.id, table.file);
    if (!asked) return asked.failure();
    id = *asked;
  }
  LabelledRows out{.id = id ? sheet->header[*id] : "",
                   .positive = (*values)[0],
                   .negative = (*values)[1],
                   .rejected = sheet->rejected};
  const auto which = kept(*sheet, *label, id, table, out);
  if (!which) return which.failure();
  std::vector<const Cells*> rows;
  for (const std::size_t i : *which) {
    const Cells& row = sheet->rows[i];
    rows.push_back(&row);
    out.names.push_back(id && !row[*id].empty() ? row[*id] : fmt::format("#{}", sheet->lines[i]));
    if (row[*label].empty()) continue;
    out.rows.left.push_back(row[*label] == out.positive);
    out.rows.by_horizon.push_back(std::int8_t(out.rows.left.back()));
    out.rows.who.push_back(id && !row[*id].empty() ? hash64(row[*id]) : digest_of(row));
    out.rows.at.push_back(0);
  }
  out.all.rows = rows.size();
  for (std::size_t c = 0; c < sheet->header.size(); ++c) {
    if (c != *label && c != id) out.all.columns.push_back(column_of(sheet->header[c], rows, c));
  }
  out.rows.x = first_rows(out.all, out.rows.size());
  return out;
}

Result<std::map<std::string, Day>> read_leavers(const std::filesystem::path& file,
                                                int zone_minutes) {
  const Result<Sheet> sheet = read_known_cells(file);
  if (!sheet) return sheet.failure();
  const std::optional<std::size_t> id = guessed_id(*sheet, sheet->header.size());
  std::optional<std::size_t> day;
  for (const char* name : {"left", "day", "date", "time", "离开日期", "日期", "离网日期"}) {
    if (!day) day = find_column(*sheet, name);
  }
  if (!id || !day) {
    return fail(ErrorCode::kBadInput,
                {"a file of those who left has the columns customer and left (a day)",
                 "离开客户的文件应有 customer（客户编号）和 left（离开日期）两列"},
                file.string());
  }
  std::map<std::string, Day> out;
  for (std::size_t i = 0; i < sheet->rows.size(); ++i) {
    const Cells& row = sheet->rows[i];
    const auto when = ingest::take_day(row[*day], {.offset_minutes = zone_minutes});
    if (row[*id].empty() || !when.value) {
      return fail(
          ErrorCode::kBadInput,
          {"a customer and the day on which they left are needed", "每行需有客户编号和离开日期"},
          fmt::format("{}:{}", file.string(), sheet->lines[i]));
    }
    const auto [at, fresh] = out.emplace(row[*id], *when.value);
    if (!fresh) at->second = std::min(at->second, *when.value);  // the first time they left
  }
  return out;
}

}  // namespace xinjing::cli
