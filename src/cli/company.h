#pragma once

#include <filesystem>
#include <string>

#include "base/day.h"
#include "cli/arguments.h"
#include "cli/catalog.h"
#include "cli/resources.h"
#include "store/database.h"

namespace xinjing::cli {

/// The --db option that every command on a company's file takes.
struct DatabaseArgument {
  std::string path;  // empty: XINJING_DB, else xinjing.duckdb in the current folder

  void declare(Arguments& arguments);
  std::filesystem::path resolved() const;
  /// The same where the file is there; kNotFound says whether the file or its folder is missing.
  Result<std::filesystem::path> existing() const;
  /// The same where the file can be made: its folder is there.
  Result<std::filesystem::path> creatable() const;
};

/// A company's file opened for reading, with the cards that explain it.
struct Company {
  store::Database database;
  evidence::Catalogue cards;
  psychology::DeedWords deeds;                 // by which rows show what was done
  std::vector<profile::SaidDidRule> said_did;  // by which words and acts part

  static Result<Company> open(const DatabaseArgument& argument, const Context& context);
  const DuckConnection& connection() const { return database.connection(); }
  const evidence::Catalogue& catalogue() const { return cards; }
};

/// The number of the person whom a customer id, a handle, or channel:handle names; kNotFound.
Result<std::int64_t> find_person(const store::Database& database, const std::string& id);

/// The id that stands for a person.
Result<std::string> customer_name(const DuckConnection& connection, std::int64_t person);

/// This moment, by the system's clock: commands stamp runs and receipts with it.
Instant now();

/// "2026-03-05" as typed by the user; kUsage otherwise.
Result<Day> day_argument(const std::string& text);

/// The day a reading is made for: what was asked, else the last day on which anything happened.
Result<Day> as_of_day(const DuckConnection& connection, const std::string& asked);

}  // namespace xinjing::cli
