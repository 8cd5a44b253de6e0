#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/temporary_folder.h"
#include "cli/analysis.h"
#include "cli/company.h"

namespace xinjing::cli {

/// The rows that a command on acts works on: a company's file, or files read for this command
/// alone.
struct Acts {
  std::unique_ptr<TemporaryFolder> folder;  // null: the company's own file
  store::Database database;                 // last, so that it is closed before the folder goes

  /// From `xinjing analyze`: words were read, people linked, portraits made.
  bool analysed() const { return folder == nullptr; }
  const DuckConnection& connection() const { return database.connection(); }
};

/// How commands on acts (rfm, clv, churn, recommend, usage, journey) are told where their rows are:
/// `--db FILE`, or files and folders by name, which are then loaded into a temporary file by the
/// same readers as `xinjing analyze` (headers, mapping.toml, rejects).
struct ActsArgument {
  DatabaseArgument database;
  std::vector<std::string> files;
  std::string mapping;
  std::string rejects;
  AnalysisOptions options;

  void declare(Arguments& arguments);
  /// What was loaded and rejected is told on `context.err`; kBadInput where no row was kept.
  Result<Acts> open(const Context& context);
};

}  // namespace xinjing::cli
