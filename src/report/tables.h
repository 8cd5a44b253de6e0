#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/lang.h"

namespace xinjing::report {

/// How a number is shown: 1,300; 12.5 %; -0.42.
enum class NumberFormat { kCount, kShare, kScale };

struct Number {
  double value = 0;
  NumberFormat format = NumberFormat::kCount;
};
/// Nothing where the report does not know.
using Cell = std::variant<std::monostate, std::string, Number>;

struct Column {
  std::string name;
  int width = 12;  // in characters, as spreadsheets count
};

/// One of the tables behind the report: for the workbook and for the page without scripts.
struct Table {
  std::string id;     // ASCII
  std::string title;  // short enough for the tab of a sheet
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// The tables of the report data (docs/methods/report.md), in the order of the page; those without
/// rows are left out. An interval takes three columns. The last table is the quotes. Cost: one pass
/// over the data.
std::vector<Table> report_tables(JsonValue data, Lang lang);

}  // namespace xinjing::report
