#include "store/export.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "store/conversation_table.h"
#include "store/event_table.h"
#include "store/test_support.h"

namespace xinjing::store {
namespace {

Database saying(const std::vector<std::string>& texts) {
  Result<Database> database = Database::in_memory();
  SubjectNumbers subjects = *SubjectNumbers::load(*database);
  FileRecord file = *file_record(*database, "m.csv", "messages");
  Result<EventLoad> events = EventLoad::begin(*database, subjects, spec_of("messages"));
  for (const std::string& text : texts) {
    EXPECT_TRUE(events->add(row_of({.id = text, .text = text}), file));
  }
  EXPECT_TRUE(events->commit(file));
  EXPECT_TRUE(build_conversations(*database));
  return std::move(*database);
}

/// The messages of an export to CSV, without the columns before the text.
std::vector<std::string> texts_of(const Database& database, bool raw) {
  const TemporaryFolder folder;
  EXPECT_TRUE(export_views(database, folder.path(), {.raw = raw}));
  std::vector<std::string> out;
  Result<DuckResult> rows = database.connection().query(
      "SELECT text, TRY_CAST(conversation_no AS BIGINT) IS NOT NULL FROM read_csv(" +
      sql_quoted((folder / "messages.csv").string()) + ", all_varchar = true) ORDER BY text");
  EXPECT_TRUE(rows) << rows.error().said.en;
  EXPECT_TRUE(rows->each([&](const DuckRow& row) {
    out.emplace_back(row.text(0));
    EXPECT_EQ(row.integer(1), 1) << "numbers stay numbers, negative ones too";
  }));
  return out;
}

TEST(Export, PutsAnApostropheBeforeTextsThatSpreadsheetsTakeForFormulas) {
  const std::vector<std::string> texts = {"\tx",  "+86 138", "-1",    "1-2=3",
                                          "=1+1", "@SUM(A)", "好=坏", "＝1+1"};
  const Database database = saying(texts);
  EXPECT_EQ(texts_of(database, true), texts);
  EXPECT_EQ(texts_of(database, false),
            (std::vector<std::string>{"'\tx", "'+86 138", "'-1", "'=1+1", "'@SUM(A)", "'＝1+1",
                                      "1-2=3", "好=坏"}));
}

std::int64_t rows_of(const std::vector<ExportedFile>& files, std::string_view name) {
  for (const ExportedFile& file : files) {
    if (file.path.stem() == name) return file.rows;
  }
  return -1;
}

TEST(Export, LeavesOutWhatAUseDoesNotAllow) {
  const Database database = saying({"还没修好"});
  const DuckConnection& connection = database.connection();
  ASSERT_TRUE(connection.run(
      "INSERT INTO evidence (subject_no, construct, state, day, micro_nats, n, source, card, "
      "event_table, event_no, conversation_no) "
      "SELECT subject_no, construct, 'x', DATE '2026-03-05', 1, 1, 'cue', 'v1', 'messages', 1, "
      "conversation_no FROM conversations, (VALUES ('emotion'), ('need'), ('old')) AS "
      "c(construct)"))
      << connection.run("").error().said.en;
  const ExportUse use{.use = "priority",
                      .rules = {{"emotion", false, "it passes"}, {"need", true, ""}}};
  const TemporaryFolder folder;
  const auto files = export_views(database, folder.path(), {.use = &use});
  ASSERT_TRUE(files) << files.error().message(Lang::kEn);
  EXPECT_EQ(files->size(), exported_views().size() + 1);
  EXPECT_EQ(rows_of(*files, "evidence"), 1) << "what no rule names is left out too";
  EXPECT_EQ(rows_of(*files, "messages"), 1);
  EXPECT_EQ(*read_file(folder / "use.csv"),
            "use,construct,allowed,reason\npriority,emotion,false,it passes\n"
            "priority,need,true,\"\"\n");
  const auto all = export_views(database, folder.path());
  ASSERT_TRUE(all);
  EXPECT_EQ(rows_of(*all, "evidence"), 3);
}

}  // namespace
}  // namespace xinjing::store
