#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "ingest/table.h"

namespace xinjing::ingest {

/// A header as it is compared: lower case, without byte order mark, spaces, underscores, dashes,
/// dots and what stands in brackets at its end. "Invoice No." and "invoice_no" are "invoiceno".
std::string header_key(std::string_view header);

/// What stands in brackets at the end of a header: "元" of "金额（元）". Empty if nothing does.
std::string_view header_unit(std::string_view header);

/// Which column of a table each column of a file fills. [file columns], -1: none.
using ColumnFields = std::vector<int>;

/// The fields of `table` that `headers` name. Where two headers name one field, the one that stands
/// earlier in the field's aliases has it. REQUIRES: `table` is one of table_specs().
ColumnFields fields_of(const TableSpec& table, std::span<const std::string> headers);

/// Whether a row that was taken for the header is more likely one of data: no table knows any of
/// its names, and one of them is a time, a number or an id such as "C1001". Words for who speaks do
/// not count as names: "customer" is one of both.
bool looks_like_data(std::span<const std::string> headers);

/// How well a file fits a table.
struct Fit {
  const TableSpec* table = nullptr;
  double score = 0;  // 0: cannot be this table; up to about 3
  ColumnFields fields = {};
  std::vector<std::string_view> missing = {};  // required columns that no header names
  bool named = false;                          // the file's name speaks of this table
  Said why = {};
};

/// How well the file fits each table, the best first; ties in the order of table_specs().
std::vector<Fit> fits(std::string_view file_name, std::span<const std::string> headers);

}  // namespace xinjing::ingest
