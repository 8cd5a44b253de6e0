#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "behaviour/churn.h"

namespace xinjing::cli {

/// A table that a company brings: one row a customer, and a column that says who left.
struct LabelledTable {
  std::string file;
  std::string label;     // the column that says who left
  std::string positive;  // its value of those who did; empty: the one that says so
  std::string id;        // the column that names customers; empty: one that looks like it
};

/// What was read: rows whose label is known, then rows to be told of only.
struct LabelledRows {
  behaviour::ChurnRows rows{};               // of the known
  behaviour::Covariates all{};               // the known, then the others
  std::vector<std::string> names{};          // parallel to `all`
  std::string id{}, positive{}, negative{};  // what was taken for them
  std::size_t repeated = 0;                  // rows that were there already, left out
  std::size_t unlabelled = 0;
  std::size_t rejected = 0;  // rows that could not be read
};

/// Reads CSV, TSV, JSON lines, Parquet or XLSX. A column is of numbers where 19 of 20 cells that
/// are filled are; others are of words. Empty cells, NULL, N/A are not known. Rows of a known id
/// that are the same in every cell count once; the same id with other cells is refused. kUsage
/// where a named column is not there or the label does not have two values.
Result<LabelledRows> read_labelled(const LabelledTable& table);

/// The day on which each customer left, from a file with a column of customers and one of days.
/// kBadInput names the line that is neither.
Result<std::map<std::string, Day>> read_leavers(const std::filesystem::path& file,
                                                int zone_minutes);

}  // namespace xinjing::cli
