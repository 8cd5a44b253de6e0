#include "store/schema.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "base/file.h"
#include "base/format.h"
#include "store/database.h"
#include "store/sql.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIntroduction = R"(# What the database file holds

<!-- Made from the comments in the schema: XINJING_UPDATE=1 store_test --gtest_filter='Schema*' -->

One DuckDB file. The event tables are the truth; what is marked "can be made again" follows from them. Only the views, whose names begin with `v_`, are a promise: their names and columns stay, new columns come at the end. Read them with any DuckDB client while no command writes, opened read-only, or use `xinjing export`.

- Moments in tables are UTC (`TIMESTAMP_MS`); in views they are local, in the zone the file was made with (`meta.zone_minutes`). Days (`DATE`) are local days.
- Money is `DECIMAL(18, 4)` in the unit of its currency.
- A weight is kept in millionths of a nat, as a whole number, so that sums do not depend on their order.
- A quote is a stretch of bytes of the message it points to: `span_begin` to `span_end`, counted in UTF-8 from 0. Personal data in texts was masked before it came here, byte for byte, so spans stay true.
- Nothing is updated in place but progress, people and undone links: rows are added, or a batch of rows is replaced in one transaction.
- There are no indexes: rows about one customer lie together, and the engine skips blocks by their smallest and largest value.

)";

struct Relation {
  std::string name;
  std::string comment;
};

std::vector<Relation> relations(const DuckConnection& connection, const std::string& from) {
  std::vector<Relation> out;
  Result<DuckResult> rows = connection.query(
      fmt::format("SELECT {0}_name, COALESCE(comment, '') FROM duckdb_{0}s() "
                  "WHERE database_name = CURRENT_DATABASE() AND NOT internal ORDER BY ALL",
                  from));
  EXPECT_TRUE(rows->each([&](const DuckRow& row) {
    out.push_back({std::string(row.text(0)), std::string(row.text(1))});
  }));
  return out;
}

std::string described(const DuckConnection& connection, const Relation& relation) {
  std::string out = fmt::format("### `{}`\n{}.\n\n| column | type | what it is |\n|---|---|---|\n",
                                relation.name, relation.comment);
  Result<DuckResult> rows = connection.query(
      "SELECT column_name, data_type, COALESCE(comment, '') FROM duckdb_columns() "
      "WHERE table_name = ? AND database_name = CURRENT_DATABASE() ORDER BY column_index",
      {std::string_view(relation.name)});
  EXPECT_TRUE(rows->each([&](const DuckRow& row) {
    EXPECT_FALSE(row.text(2).empty()) << relation.name << "." << row.text(0) << " has no comment";
    out += fmt::format("| `{}` | {} | {} |\n", row.text(0), row.text(1), row.text(2));
  }));
  EXPECT_FALSE(relation.comment.empty()) << relation.name << " has no comment";
  return out + "\n";
}

std::string documentation(const DuckConnection& connection) {
  std::set<std::string> events;
  for (const ingest::TableSpec& table : ingest::table_specs()) events.emplace(table.name);
  const std::vector<Relation> tables = relations(connection, "table");
  std::string out(kIntroduction);
  out += "## Views: the promise\n\n";
  for (const Relation& view : relations(connection, "view")) out += described(connection, view);
  out += "## Tables of our own\n\n";
  for (const Relation& table : tables) {
    if (!events.contains(table.name)) out += described(connection, table);
  }
  out += "## Event tables\n\n";
  for (const Relation& table : tables) {
    if (events.contains(table.name)) out += described(connection, table);
  }
  out.pop_back();
  return out;
}

TEST(Schema, IsDescribedInTheDocsColumnByColumn) {
  const Result<Database> database = Database::in_memory();
  ASSERT_TRUE(database);
  const std::string made = documentation(database->connection());
  const fs::path path = fs::path(XINJING_SOURCE_DIR) / "docs" / "schema.md";
  if (std::getenv("XINJING_UPDATE") != nullptr) {
    ASSERT_TRUE(write_file(path, made));
  }
  const Result<std::string> kept = read_file(path);
  ASSERT_TRUE(kept) << "no docs/schema.md";
  EXPECT_TRUE(*kept == made) << "docs/schema.md is stale: run again with XINJING_UPDATE=1";
}

TEST(Schema, GrowsByAColumnThatANewerSpecHas) {
  const Result<Database> database = Database::in_memory();
  const DuckConnection& connection = database->connection();
  ASSERT_TRUE(connection.run(
      "DROP VIEW v_customers; ALTER TABLE usage DROP COLUMN tariff;"
      "INSERT INTO usage (row_no) VALUES (1); UPDATE meta SET value = 'old' WHERE name = 'views'"));
  ASSERT_TRUE(upgrade_schema(connection));
  EXPECT_EQ(*connection.integer("SELECT COUNT(*) FROM usage WHERE tariff IS NULL"), 1);
  EXPECT_TRUE(connection.query("FROM v_customers"));
}

TEST(Schema, SaysThatNothingIsKeptInAFileWhoseWriterWasStoppedAtBirth) {
  const Result<DuckDatabase> engine = DuckDatabase::in_memory();
  const Result<DuckConnection> connection = engine->connect();
  EXPECT_EQ(check_schema(*connection).error().code, ErrorCode::kNotFound) << "no table yet";
  ASSERT_TRUE(connection->run("CREATE TABLE meta (name VARCHAR, value VARCHAR)"));
  EXPECT_EQ(check_schema(*connection).error().code, ErrorCode::kNotFound) << "no view yet";
  ASSERT_TRUE(connection->run("DROP TABLE meta; CREATE TABLE theirs (a INTEGER)"));
  EXPECT_EQ(check_schema(*connection).error().code, ErrorCode::kBadInput) << "not ours";
}

TEST(Schema, NumbersItsMigrationsWithoutGaps) {
  int last = 0;
  for (const SqlFile& file : sql_files()) {
    if (!file.name.starts_with("schema/")) continue;
    EXPECT_EQ(file.name.substr(7, 3), fmt::format("{:03}", ++last));
  }
  EXPECT_EQ(newest_schema(), last);
}

}  // namespace
}  // namespace xinjing::store
