#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/format.h"
#include "sources/source.h"

namespace xinjing::sources {

/// A file's rows as text, one per line: "2: a|b", problems as "3:5! reason". For tests.
inline std::string rows_of(Source& source, std::size_t limit = 3) {
  std::multimap<std::int64_t, std::string> rows;
  std::string refused;
  Batch batch;
  do {
    if (const Status status = source.next(batch, limit); !status) {
      refused = "refused: " + status.error().said.en + "\n";
      break;
    }
    for (const Record& record : batch.records) {
      rows.emplace(record.line,
                   fmt::format("{}: {}\n", record.line, fmt::join(batch.cells(record), "|")));
    }
    for (const RowProblem& problem : batch.problems) {
      rows.emplace(problem.line,
                   fmt::format("{}:{}! {}\n", problem.line, problem.column, problem.reason.en));
    }
  } while (!batch.empty());
  std::string out;
  for (const auto& [line, row] : rows) out += row;
  return out + refused;
}

inline std::string read(std::string bytes, const std::string& name,
                        const OpenOptions& options = {}) {
  Result<std::unique_ptr<Source>> source =
      open_source(Content::of(std::move(bytes), name), options);
  if (!source) return "refused: " + source.error().said.en + "\n";
  const std::string rows = rows_of(**source);
  return fmt::format("[{}]\n{}", fmt::join((*source)->header(), "|"), rows);
}

}  // namespace xinjing::sources
