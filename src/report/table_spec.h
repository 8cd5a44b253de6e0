#pragma once

#include <span>
#include <string_view>

#include "base/lang.h"

// How the tables of a report (tables.h) are made of its data: what stands in which column.
namespace xinjing::report {

/// What stands in a column and how it is read.
enum class Kind {
  kText,
  kLong,
  kCount,
  kShare,
  kScale,
  kShareRange,
  kScaleRange,
  kYes,
  kWords,
  kBasis  // "counted as read" where the member is false
};

/// `member` is a path: "row.date", "levels.0"; "@group" is the name of the source, "@key" and "@in"
/// are key and value of the member that the table spreads over. `labels` names the construct whose
/// labels say it.
struct ColumnSpec {
  std::string_view member;
  Phrase name;
  Kind kind = Kind::kText;
  std::string_view labels = {};
};

struct Source {
  std::string_view path;
  Phrase group = {};
};

/// A table made of the elements of arrays; `spread` names a member of each element, an object or an
/// array, that becomes a row each.
struct TableSpec {
  std::string_view id;
  Phrase title;
  std::span<const Source> sources;
  std::span<const ColumnSpec> columns;
  std::string_view spread = {};
};

/// Tables of what customers did (`acts` of the data).
std::span<const TableSpec> act_table_specs();

}  // namespace xinjing::report
