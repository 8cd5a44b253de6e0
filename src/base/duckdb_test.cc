#include "base/duckdb.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "base/temporary_folder.h"

namespace xinjing {
namespace {

TEST(DuckDatabase, RefusesAMemoryThatIsNoSize) {
  for (const char* wrong : {"1", "lots"}) {
    const Result<DuckDatabase> database = DuckDatabase::in_memory({.memory_limit = wrong});
    ASSERT_FALSE(database) << wrong;
    EXPECT_EQ(database.error().code, ErrorCode::kUsage);
    EXPECT_EQ(database.error().said.en,
              fmt::format("memory is a size like 700MB, not '{}'", wrong));
  }
}

namespace fs = std::filesystem;

struct Opened {
  DuckDatabase database;
  DuckConnection connection;
};

Opened opened() {
  Result<DuckDatabase> database = DuckDatabase::in_memory();
  Result<DuckConnection> connection = database->connect();
  return {std::move(*database), std::move(*connection)};
}

TEST(DuckDb, ReadsWhatWasAppendedNullsAndLongTextsIncluded) {
  Opened at = opened();
  ASSERT_TRUE(at.connection.run(
      "CREATE TABLE t (a BIGINT, b VARCHAR, c DOUBLE, d UBIGINT, e DECIMAL(18, 4), f UTINYINT, "
      "g TIMESTAMP_MS, h DATE, i FLOAT, j BOOLEAN)"));
  Result<DuckAppender> appender = at.connection.appender("t");
  ASSERT_TRUE(appender);
  const std::string tail(100, 'x');
  for (std::int64_t i = 0; i < 5000; ++i) {
    appender->integer(0, i);
    i % 3 == 0 ? appender->null(1) : appender->text(1, std::to_string(i) + tail);
    appender->number(2, double(i) / 2);
    appender->unsigned_integer(3, ~std::uint64_t(i));
    appender->integer(4, i);
    appender->integer(5, i % 256);
    appender->integer(6, i);
    appender->integer(7, i);
    appender->number(8, 0.5);
    appender->integer(9, i % 2);
    ASSERT_TRUE(appender->end_row());
  }
  ASSERT_TRUE(appender->close());

  Result<DuckResult> result = at.connection.stream("SELECT * FROM t ORDER BY a");
  ASSERT_TRUE(result);
  std::int64_t i = 0;
  ASSERT_TRUE(result->each([&](const DuckRow& row) {
    ASSERT_EQ(row.integer(0), i);
    ASSERT_EQ(row.is_null(1), i % 3 == 0);
    if (i % 3 != 0) {
      ASSERT_EQ(row.text(1), std::to_string(i) + tail);
    }
    ASSERT_EQ(row.number(2), double(i) / 2);
    ASSERT_EQ(row.unsigned_integer(3), ~std::uint64_t(i));
    ASSERT_EQ(row.integer(4), i);
    ASSERT_EQ(row.integer(5), i % 256);
    ASSERT_EQ(row.integer(6), i);
    ASSERT_EQ(row.integer(7), i);
    ASSERT_EQ(row.number(8), 0.5);
    ASSERT_EQ(row.integer(9), i % 2);
    ++i;
  }));
  EXPECT_EQ(i, 5000);
  const Result<std::optional<DuckChunk>> beyond = result->next();
  ASSERT_TRUE(beyond);
  EXPECT_FALSE(beyond->has_value());
}

TEST(DuckDb, BindsEveryKindOfValue) {
  Opened at = opened();
  const std::string text = "不满意 'quoted'";
  Result<DuckResult> result = at.connection.query("SELECT ?, ?, ?::UBIGINT, ?, ?, ? IS NULL",
                                                  {-5, true, UINT64_MAX, 1.5, text, {}});
  ASSERT_TRUE(result);
  ASSERT_TRUE(result->each([&](const DuckRow& row) {
    EXPECT_EQ(row.integer(0), -5);
    EXPECT_EQ(row.integer(1), 1);
    EXPECT_EQ(row.unsigned_integer(2), UINT64_MAX);
    EXPECT_EQ(row.number(3), 1.5);
    EXPECT_EQ(row.text(4), text);
    EXPECT_EQ(row.integer(5), 1);
  }));
}

TEST(DuckDb, SumsOfIntegersReadAsIntegers) {
  Opened at = opened();
  const Result<std::int64_t> sum =
      at.connection.integer("SELECT SUM(-range) FROM range(1, 1000001)");
  ASSERT_TRUE(sum);
  EXPECT_EQ(*sum, -500000500000);
}

TEST(DuckDb, ABadStatementIsAFailureOfOneLine) {
  Opened at = opened();
  const Status status = at.connection.run("SELEKT 1");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kBadInput);
  EXPECT_EQ(status.error().said.en.find('\n'), std::string::npos);
  EXPECT_FALSE(at.connection.query("SELECT * FROM nowhere"));
  EXPECT_FALSE(at.connection.appender("nowhere"));
}

TEST(DuckDb, AnErrorInTheMiddleOfAStreamIsSeen) {
  Opened at = opened();
  Result<DuckResult> result = at.connection.stream(
      "SELECT CASE WHEN range < 900000 THEN 1 ELSE error('broken') END FROM range(1000000)");
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->each([](const DuckRow&) {}));
}

TEST(DuckDb, ADroppedTransactionLeavesNothing) {
  Opened at = opened();
  ASSERT_TRUE(at.connection.run("CREATE TABLE t (a BIGINT)"));
  {
    Result<DuckTransaction> transaction = DuckTransaction::begin(at.connection);
    ASSERT_TRUE(transaction);
    Result<DuckAppender> appender = at.connection.appender("t");
    for (int i = 0; i < 300000; ++i) {
      appender->integer(0, i);
      ASSERT_TRUE(appender->end_row());
    }
    ASSERT_TRUE(appender->close());
  }
  EXPECT_EQ(*at.connection.integer("SELECT COUNT(*) FROM t"), 0);
  Result<DuckTransaction> transaction = DuckTransaction::begin(at.connection);
  ASSERT_TRUE(at.connection.run("INSERT INTO t VALUES (?)", {7}));
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(*at.connection.integer("SELECT SUM(a) FROM t"), 7);
}

TEST(DuckDb, AFileThatAnotherProcessHasOpenIsBusy) {
  const TemporaryFolder folder;
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<DuckDatabase> held = DuckDatabase::open(folder / "a.db");
    (void)!::write(pipe_ends[1], "x", 1);
    ::pause();
    ::_exit(held ? 0 : 1);
  }
  char ready = 0;
  ASSERT_EQ(::read(pipe_ends[0], &ready, 1), 1);
  const Result<DuckDatabase> second = DuckDatabase::open(folder / "a.db");
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kBusy);
  EXPECT_EQ(second.error().said.en, "another process is using the database");
}

TEST(DuckDb, AFileThatIsNoDatabaseIsCorrupt) {
  const TemporaryFolder folder;
  std::ofstream(folder / "a.db") << std::string(20000, 'z');
  const Result<DuckDatabase> database = DuckDatabase::open(folder / "a.db");
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kCorrupt);
}

TEST(DuckDb, AMissingFileIsNotFoundWhenOnlyRead) {
  const TemporaryFolder folder;
  const Result<DuckDatabase> database = DuckDatabase::open(folder / "none.db", {.read_only = true});
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kNotFound);
}

TEST(DuckDb, StreamsParquetAsText) {
  const TemporaryFolder folder;
  Opened at = opened();
  const std::string path = (folder / "it's.parquet").string();
  ASSERT_TRUE(
      at.connection.run("COPY (SELECT range AS 编号, 'x' || range AS name, DATE '2026-01-02' AS "
                        "day FROM range(5000)) "
                        "TO " +
                        sql_quoted(path) + " (FORMAT parquet)"));
  Result<DuckResult> result = at.connection.stream(
      "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", {std::string_view(path)});
  ASSERT_TRUE(result) << result.error().said.en;
  EXPECT_EQ(result->column_names(), (std::vector<std::string>{"编号", "name", "day"}));
  int rows = 0;
  ASSERT_TRUE(result->each([&](const DuckRow& row) {
    EXPECT_EQ(row.text(1), "x" + std::string(row.text(0)));
    EXPECT_EQ(row.text(2), "2026-01-02");
    ++rows;
  }));
  EXPECT_EQ(rows, 5000);
  const Result<DuckResult> none =
      at.connection.stream("SELECT * FROM read_parquet(?)", {std::string_view("/nowhere.parquet")});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace xinjing
