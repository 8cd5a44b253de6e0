#include "sources/parquet.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/temporary_folder.h"
#include "sources/reading_test.h"

namespace xinjing::sources {
namespace {

class Parquet : public testing::Test {
 protected:
  std::filesystem::path written(const std::string& name, const std::string& query) const {
    const std::filesystem::path path = x_folder / name;
    const Result<DuckDatabase> database = DuckDatabase::in_memory();
    const Result<DuckConnection> connection = database->connect();
    const Status status = connection->run("COPY (" + query + ") TO " + sql_quoted(path.string()) +
                                          " (FORMAT parquet)");
    EXPECT_TRUE(bool(status)) << status.error().message(Lang::kEn);
    return path;
  }

  const TemporaryFolder x_folder;
};

TEST_F(Parquet, ReadsEveryTypeAsText) {
  const auto path = written(
      "a.parquet",
      "SELECT '客户' || i AS customer, TIMESTAMP '2026-03-05 09:12:33' AS time, i * 1.5 AS amount, "
      "NULL AS nothing, i = 1 AS yes FROM range(3) t(i)");
  auto source = open_source(path);
  ASSERT_TRUE(bool(source)) << source.error().message(Lang::kEn);
  EXPECT_EQ(fmt::format("{}", fmt::join((*source)->header(), "|")),
            "customer|time|amount|nothing|yes");
  EXPECT_EQ(rows_of(**source),
            "1: 客户0|2026-03-05 09:12:33|0.0||false\n"
            "2: 客户1|2026-03-05 09:12:33|1.5||true\n"
            "3: 客户2|2026-03-05 09:12:33|3.0||false\n");
}

TEST_F(Parquet, IsNewAsAWholeOrNotAtAll) {
  const auto path = written("b.parquet", "SELECT i AS a FROM range(5000) t(i)");
  Position end;
  {
    auto source = open_source(path);
    ASSERT_TRUE(bool(source));
    Batch batch;
    std::size_t rows = 0;
    do {
      ASSERT_TRUE(bool((*source)->next(batch, 1000)));
      rows += batch.records.size();
      if (batch.end.offset > 0) end = batch.end;
    } while (!batch.empty());
    EXPECT_EQ(rows, 5000U);
  }
  auto again = open_source(path, {.after = end});
  EXPECT_TRUE((*again)->facts().resumed);
  EXPECT_EQ(rows_of(**again), "");
}

TEST_F(Parquet, RefusesABrokenFileWithASentence) {
  const auto path = x_folder / "c.parquet";
  ASSERT_TRUE(bool(write_file(path, "PAR1 and nothing else")));
  const auto source = open_source(path);
  ASSERT_FALSE(bool(source));
  EXPECT_EQ(source.error().said.en, "not a readable Parquet file");
  EXPECT_EQ(read("PAR1", "c.parquet"), "refused: a Parquet file is read from disk only\n");
}

}  // namespace
}  // namespace xinjing::sources
