#include "store/event_table.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "store/schema.h"
#include "store/test_support.h"

namespace xinjing::store {
namespace {

using ingest::Row;

const ingest::TableSpec& messages() { return spec_of("messages"); }

Row message(int id, const std::string& text, const std::string& subject = "c:1") {
  return row_of({.id = std::to_string(id), .text = text, .subject = subject, .time = id});
}

struct Load {
  Database database;
  SubjectNumbers subjects;
  FileRecord file;

  Result<EventLoad> begin(const ingest::TableSpec& table = messages()) {
    subjects = *SubjectNumbers::load(database);
    return EventLoad::begin(database, subjects, table);
  }
  std::int64_t count(const std::string& sql) const {
    return *database.connection().integer("SELECT " + sql);
  }
};

Load load_into(Result<Database> database) {
  SubjectNumbers subjects = *SubjectNumbers::load(*database);
  FileRecord file = *file_record(*database, "m.csv", "messages");
  return {std::move(*database), std::move(subjects), std::move(file)};
}

TEST(EventLoad, KeepsEveryKindOfCellAsItCame) {
  Load load = load_into(Database::in_memory());
  const ingest::TableSpec& orders = spec_of("orders");
  Row row{.key = {1, 2}, .subject = "c:9", .line = 7, .cells = {}};
  row.cells.resize(orders.columns.size());
  row.cells[column_of(orders, "time")] = std::int64_t{1'700'000'000'123};
  row.cells[column_of(orders, "amount")] = std::int64_t{-123'456};
  row.cells[column_of(orders, "quantity")] = 2.5;
  row.cells[column_of(orders, "product_name")] = std::string("电饭煲 'A'");
  Result<EventLoad> events = load.begin(orders);
  ASSERT_EQ(*events->add(row, load.file), Kept::kKept);
  ASSERT_TRUE(events->commit(load.file));
  Result<DuckResult> rows = load.database.connection().query(
      "SELECT row_no, key_high, key_low, subject_no, file_no, line, time::VARCHAR, "
      "amount::VARCHAR, quantity, product_name, note FROM orders");
  ASSERT_TRUE(rows);
  ASSERT_TRUE(rows->each([](const DuckRow& at) {
    EXPECT_EQ(at.integer(0), 1);
    EXPECT_EQ(at.unsigned_integer(1), 1U);
    EXPECT_EQ(at.unsigned_integer(2), 2U);
    EXPECT_EQ(at.integer(3), 1);
    EXPECT_EQ(at.integer(4), 1);
    EXPECT_EQ(at.integer(5), 7);
    EXPECT_EQ(at.text(6), "2023-11-14 22:13:20.123");
    EXPECT_EQ(at.text(7), "-12.3456");
    EXPECT_EQ(at.number(8), 2.5);
    EXPECT_EQ(at.text(9), "电饭煲 'A'");
    EXPECT_TRUE(at.is_null(10));
  }));
}

TEST(EventLoad, CountsDuplicatesWithinABatchAcrossBatchesAndAcrossRuns) {
  const TemporaryFolder folder;
  {
    Load load = load_into(Database::open(folder / "a.db"));
    Result<EventLoad> events = load.begin();
    EXPECT_EQ(*events->add(message(1, "a"), load.file), Kept::kKept);
    EXPECT_EQ(*events->add(message(1, "a"), load.file), Kept::kDuplicate);
    ASSERT_TRUE(events->commit(load.file));
    EXPECT_EQ(*events->add(message(1, "changed"), load.file), Kept::kDuplicate);
    EXPECT_EQ(*events->add(message(2, "b"), load.file), Kept::kKept);
    ASSERT_TRUE(events->commit(load.file));
  }
  Load load = load_into(Database::open(folder / "a.db"));
  EXPECT_EQ(load.file.rows_in, 4);
  EXPECT_EQ(load.file.rows_kept, 2);
  EXPECT_EQ(load.file.rows_duplicate, 2);
  Result<EventLoad> events = load.begin();
  EXPECT_EQ(*events->add(message(2, "b"), load.file), Kept::kDuplicate);
  EXPECT_EQ(*events->add(message(3, "c", "c:2"), load.file), Kept::kKept);
  ASSERT_TRUE(events->commit(load.file));
  EXPECT_TRUE(load.file.balances());
  EXPECT_EQ(load.count("COUNT(*) FROM messages"), 3);
  EXPECT_EQ(load.count("MAX(row_no) FROM messages"), 3);
  EXPECT_EQ(load.count("COUNT(*) FROM messages WHERE text = 'a'"), 1);
  EXPECT_EQ(load.count("rows_kept FROM files"), 3);
}

TEST(EventLoad, UndoesABatchThatIsNotCommitted) {
  Load load = load_into(Database::in_memory());
  const FileRecord before = load.file;
  {
    Result<EventLoad> events = load.begin();
    for (int i = 0; i < 5000; ++i) ASSERT_TRUE(events->add(message(i, "x"), load.file));
  }
  EXPECT_EQ(load.count("COUNT(*) FROM messages"), 0);
  EXPECT_EQ(load.count("COUNT(*) FROM subjects"), 0);
  EXPECT_EQ(load.count("rows_in FROM files"), 0);
  load.file = before;
  Result<EventLoad> events = load.begin();
  for (int i = 0; i < 5000; ++i) ASSERT_EQ(*events->add(message(i, "x"), load.file), Kept::kKept);
  ASSERT_TRUE(events->commit(load.file));
  EXPECT_EQ(load.count("COUNT(*) FROM messages"), 5000);
}

TEST(EventLoad, RefusesRowsOfAnErasedPerson) {
  Load load = load_into(Database::in_memory());
  ASSERT_TRUE(load.database.connection().run("INSERT INTO erased VALUES (?)",
                                             {erased_digest(load.database.salt(), "c:1")}));
  Result<EventLoad> events = load.begin();
  EXPECT_EQ(*events->add(message(1, "a"), load.file), Kept::kErased);
  EXPECT_EQ(*events->add(message(2, "b", "c:2"), load.file), Kept::kKept);
  ASSERT_TRUE(events->commit(load.file));
  EXPECT_EQ(load.file.rows_rejected, 1);
  EXPECT_EQ(load.count("COUNT(*) FROM messages"), 1);
  EXPECT_EQ(load.count("COUNT(*) FROM subjects"), 1);
}

TEST(EventLoad, RefusesTimesAndAmountsBeyondReason) {
  Load load = load_into(Database::in_memory());
  Result<EventLoad> events = load.begin();
  Row row = message(1, "a");
  row.cells[column_of(messages(), "time")] = INT64_MAX;
  EXPECT_EQ(*events->add(row, load.file), Kept::kOutOfRange);
  row.cells[column_of(messages(), "time")] = std::int64_t{253'402'300'799'999};
  EXPECT_EQ(*events->add(row, load.file), Kept::kKept);
  ASSERT_TRUE(events->commit(load.file));
  EXPECT_EQ(load.file.rows_rejected, 1);
}

TEST(EventLoad, KeepsRowsThatAreAboutNobody) {
  Load load = load_into(Database::in_memory());
  Result<EventLoad> events = load.begin();
  EXPECT_EQ(*events->add(message(1, "a", ""), load.file), Kept::kKept);
  ASSERT_TRUE(events->commit(load.file));
  EXPECT_EQ(load.count("COUNT(*) FROM messages WHERE subject_no IS NULL"), 1);
}

TEST(EventLoad, NotesProgressEvenWhenABatchBringsNothing) {
  Load load = load_into(Database::in_memory());
  Result<EventLoad> events = load.begin();
  load.file.consumed_bytes = 77;
  load.file.prefix_digest = "abc";
  ++load.file.rows_in, ++load.file.rows_rejected;
  ASSERT_TRUE(events->commit(load.file));
  EXPECT_EQ(*read_files(load.database), std::vector<FileRecord>{load.file});
  EXPECT_EQ(file_record(load.database, "m.csv", "messages")->consumed_bytes, 77);
  EXPECT_EQ(file_record(load.database, "m.csv", "orders")->file_no, 2);
}

TEST(EventLoad, MakesWhoeverHasNewRowsStale) {
  Load load = load_into(Database::in_memory());
  Result<EventLoad> events = load.begin();
  for (int id = 1; id <= 4; ++id) {
    ASSERT_TRUE(events->add(message(id, "早", id < 4 ? "c:1" : "c:2"), load.file));
  }
  ASSERT_TRUE(events->commit(load.file));
  EXPECT_EQ(load.count("COUNT(*) FROM stale_subjects"), 2);
  ASSERT_TRUE(load.database.connection().run("DELETE FROM stale_subjects"));
  ASSERT_TRUE(events->add(message(1, "早"), load.file));
  ASSERT_TRUE(events->commit(load.file));
  EXPECT_EQ(load.count("COUNT(*) FROM stale_subjects"), 0) << "a duplicate changes nobody";
}

TEST(Runs, AreNumberedAndEnd) {
  const Result<Database> database = Database::in_memory();
  EXPECT_EQ(*begin_run(*database, "analyze", "0.1", Instant{1000}), 1);
  EXPECT_EQ(*begin_run(*database, "analyze", "0.1", Instant{2000}), 2);
  ASSERT_TRUE(end_run(*database, 2, Instant{3000}));
  EXPECT_EQ(*database->connection().integer("SELECT EPOCH_MS(ended) FROM runs WHERE run_no = 2"),
            3000);
  EXPECT_EQ(*database->connection().integer("SELECT COUNT(*) FROM runs WHERE ended IS NULL"), 1);
}

}  // namespace
}  // namespace xinjing::store
