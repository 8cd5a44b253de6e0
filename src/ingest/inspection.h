#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/mapping.h"
#include "ingest/row_maker.h"
#include "sources/source.h"

namespace xinjing::ingest {

/// What the values of a column look like.
enum class Shape : std::uint8_t { kEmpty, kInteger, kNumber, kMoney, kTime, kText };

Said shape_label(Shape shape);

/// One column of a file. Never holds a value of it.
struct ColumnFacts {
  std::string header;  // "#1", "#2" where the file has no row of names
  std::string field;   // of the table; empty: not used
  Shape shape = Shape::kEmpty;
  std::int64_t filled = 0;    // rows with a value
  std::int64_t distinct = 0;  // different values, counted up to kMostDistinct
  double characters = 0;      // on average, of those with a value
};
inline constexpr std::int64_t kMostDistinct = 1000;

/// A table that the file could also be.
struct Alternative {
  std::string table;
  double score = 0;
  Said why;
};

/// What would be recognised if a file were loaded.
struct Inspection {
  std::string file;
  sources::SourceFacts facts;
  std::string table;              // empty: none fits
  std::optional<Error> refused;   // why none fits
  std::vector<Alternative> fits;  // the best first
  int offset_minutes = 480;
  std::string currency;
  std::vector<ColumnFacts> columns;
  std::vector<std::string> constants;  // fields that the mapping file fills
  ReadCounts counts;                   // of the rows that were looked at
  std::vector<Reject> problems;        // the first twenty
  bool whole = false;                  // all rows were looked at
};

/// Looks at the first `rows` rows of a file, in the way Reader would read them. `sheet`: of a
/// workbook; empty: the mapping's, else the first.
/// Fails where the file cannot be opened at all.
Result<Inspection> inspect(sources::Content content, const Mapping& mapping,
                           std::int64_t rows = 10'000, const std::string& sheet = {});

}  // namespace xinjing::ingest
