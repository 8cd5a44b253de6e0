#include "report/report_page.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <system_error>

#include "base/check.h"
#include "base/format.h"
#include "base/json.h"
#include "base/utf8.h"
#include "report/plain_page.h"
#include "report/tables.h"

namespace xinjing::report {
namespace {

constexpr std::size_t kMostCharacters = 32000;  // a cell holds 32,767
constexpr lxw_row_t kMostRows = 1048576;        // a sheet holds these, its header included

struct Closed {
  void operator()(lxw_workbook* workbook) const { workbook_close(workbook); }
};
using Workbook = std::unique_ptr<lxw_workbook, Closed>;

struct Formats {
  lxw_format* header = nullptr;
  lxw_format* text = nullptr;
  lxw_format* title = nullptr;
  std::array<lxw_format*, 3> numbers{};  // by NumberFormat
};

Formats formats_of(lxw_workbook* workbook) {
  Formats out;
  out.title = workbook_add_format(workbook);
  format_set_bold(out.title);
  format_set_font_size(out.title, 16);
  out.header = workbook_add_format(workbook);
  format_set_bold(out.header);
  format_set_text_wrap(out.header);
  format_set_bg_color(out.header, 0xEAF1F6);
  format_set_bottom(out.header, LXW_BORDER_THIN);
  format_set_align(out.header, LXW_ALIGN_VERTICAL_TOP);
  out.text = workbook_add_format(workbook);
  format_set_text_wrap(out.text);
  format_set_align(out.text, LXW_ALIGN_VERTICAL_TOP);
  constexpr std::array<const char*, 3> kShown{"#,##0", "0.0%", "0.00"};
  for (std::size_t i = 0; i < kShown.size(); ++i) {
    out.numbers[i] = workbook_add_format(workbook);
    format_set_num_format(out.numbers[i], kShown[i]);
    format_set_align(out.numbers[i], LXW_ALIGN_VERTICAL_TOP);
  }
  return out;
}

/// Text as text: this call never makes a formula or a link, whatever the text begins with.
void write_text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string text,
                lxw_format* format) {
  std::erase(text, '\0');  // would end the C string
  if (text.size() > kMostCharacters && utf8_length(text) > kMostCharacters) {
    text = utf8_of(characters_of(text).substr(0, kMostCharacters));
  }
  worksheet_write_string(sheet, row, column, text.c_str(), format);
}

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell,
                const Formats& formats) {
  if (const auto* text = std::get_if<std::string>(&cell))
    return write_text(sheet, row, column, *text, formats.text);
  const auto* number = std::get_if<Number>(&cell);
  if (number)
    worksheet_write_number(sheet, row, column, number->value,
                           formats.numbers[static_cast<std::size_t>(number->format)]);
}

void write_sheet(lxw_workbook* workbook, const Table& table, const Formats& formats) {
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, table.title.c_str());
  const auto columns = static_cast<lxw_col_t>(table.columns.size());
  for (lxw_col_t c = 0; c < columns; ++c) {
    worksheet_set_column(sheet, c, c, table.columns[c].width, nullptr);
    write_text(sheet, 0, c, table.columns[c].name, formats.header);
  }
  worksheet_freeze_panes(sheet, 1, 1);
  lxw_row_t row = 0;
  for (const std::vector<Cell>& cells : table.rows) {
    if (++row >= kMostRows) break;
    for (lxw_col_t c = 0; c < columns; ++c) write_cell(sheet, row, c, cells[c], formats);
  }
  worksheet_autofilter(sheet, 0, 0, std::min(row, kMostRows - 1),
                       static_cast<lxw_col_t>(columns - 1));
  worksheet_set_landscape(sheet);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
}

constexpr Phrase kNotes[] = {
    {"These are the tables behind the report, a sheet each.", "这里是报告背后的表，一张表一页。"},
    {"Shares run from 0% to 100%; satisfaction from -2 (very dissatisfied) to 2 (very satisfied).",
     "份额是 0% 到 100%；满意度从 −2（很不满意）到 2（很满意）。"},
    {"\"low\" and \"high\" are the ends of the 95% interval, which allows for the sample and for "
     "the reader's own error; where that error is not known, there are none.",
     "“下限”“上限”是 95% 区间的两端，已计入样本大小和读数自身的误差；误差不知道的不给区间。"},
    {"An empty cell is not known.", "空格表示不知道。"},
    {"What is inferred is for care and better service only, never for price, priority or "
     "eligibility; staff are not ranked.",
     "推断只用于关心和改进服务，不用于定价、优先级、资格，也不给员工排名。"},
};

std::vector<std::string> explanation(JsonValue data, Lang lang) {
  const auto text = [](JsonValue value) { return value.scalar().value_or(""); };
  const std::string from = text(data["period"]["from"]);
  const std::string to = text(data["period"]["to"]);
  const std::string as_of = text(data["asOf"]);
  const std::string made_by =
      text(data["version"]) + (lang == Lang::kZh ? "，" : ", ") + text(data["model"]);
  std::vector<std::string> out;
  if (lang == Lang::kZh) {
    out = {fmt::format("时间：{} 至 {}，数据截至 {}", from, to, as_of), "心镜 " + made_by};
  } else {
    out = {fmt::format("Period: {} to {}, data up to {}", from, to, as_of), "Xinjing " + made_by};
  }
  for (const Phrase& note : kNotes) out.push_back(note.said().in(lang));
  return out;
}

void write_front(lxw_workbook* workbook, JsonValue data, const std::vector<Table>& tables,
                 const Formats& formats, Lang lang) {
  const bool zh = lang == Lang::kZh;
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, zh ? "说明" : "Read me");
  worksheet_set_column(sheet, 0, 0, 34, nullptr);
  worksheet_set_column(sheet, 1, 1, 90, nullptr);
  worksheet_write_string(sheet, 0, 0, page_title(data, lang).c_str(), formats.title);
  lxw_row_t row = 1;
  for (const std::string& line : explanation(data, lang))
    write_text(sheet, ++row, 1, line, formats.text);
  ++row;
  write_text(sheet, ++row, 0, zh ? "表" : "Sheet", formats.header);
  write_text(sheet, row, 1, zh ? "行数" : "Rows", formats.header);
  for (const Table& table : tables) {
    write_text(sheet, ++row, 0, table.title, formats.text);
    worksheet_write_number(sheet, row, 1, static_cast<double>(table.rows.size()),
                           formats.numbers[0]);
  }
  worksheet_freeze_panes(sheet, 1, 0);
}

/// The library notes the moment otherwise, and the same report would give other bytes each time.
void set_properties(lxw_workbook* workbook, std::string title) {
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.created = 1577836800;  // 2020-01-01, the same in every file
  workbook_set_properties(workbook, &properties);
}

lxw_error write_all(const std::filesystem::path& path, JsonValue data, Lang lang) {
  Workbook workbook(workbook_new(path.c_str()));
  const Formats formats = formats_of(workbook.get());
  const std::vector<Table> tables = report_tables(data, lang);
  set_properties(workbook.get(), page_title(data, lang));
  write_front(workbook.get(), data, tables, formats, lang);
  for (const Table& table : tables) write_sheet(workbook.get(), table, formats);
  return workbook_close(workbook.release());
}

}  // namespace

Status write_workbook(const std::filesystem::path& path, std::string_view json, Lang lang) {
  JsonParser parser;
  const Result<JsonValue> data = parser.parse(json);
  XINJING_CHECK(data && data->is_object());
  std::filesystem::path unfinished = path;
  unfinished += ".tmp";
  std::error_code problem;
  // The library would print its own complaint about a folder that is not there.
  const bool can_write = std::ofstream(unfinished).good();
  if (can_write && write_all(unfinished, *data, lang) == LXW_NO_ERROR) {
    std::filesystem::rename(unfinished, path, problem);
    if (!problem) return {};
  }
  std::filesystem::remove(unfinished, problem);
  return fail(ErrorCode::kIo, {"the workbook cannot be written", "无法写入工作簿"}, path.string());
}

}  // namespace xinjing::report
