#include "store/database.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "store/schema.h"
#include "store/test_support.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

TEST(Database, KeepsSaltAndZoneWhenItIsOpenedAgain) {
  const TemporaryFolder folder;
  std::string salt;
  {
    const Result<Database> made = Database::open(folder / "a.db", {.zone_minutes = 60});
    ASSERT_TRUE(made) << made.error().said.en;
    salt = made->salt();
    EXPECT_EQ(salt.size(), 64U);
    ASSERT_TRUE(made->set_meta("x", "y"));
  }
  const Result<Database> again = Database::open(folder / "a.db");
  ASSERT_TRUE(again) << again.error().said.en;
  EXPECT_EQ(again->salt(), salt);
  EXPECT_EQ(again->zone_minutes(), 60);
  EXPECT_EQ(**again->meta("x"), "y");
  EXPECT_FALSE(again->meta("z")->has_value());
}

TEST(Database, HasATableForEverySpecWithItsColumnsInOrder) {
  const Result<Database> database = Database::in_memory();
  ASSERT_TRUE(database) << database.error().said.en;
  for (const ingest::TableSpec& table : ingest::table_specs()) {
    Result<DuckResult> rows =
        database->connection().query("SELECT * FROM " + std::string(table.name));
    ASSERT_TRUE(rows) << table.name;
    const std::vector<std::string> names = rows->column_names();
    ASSERT_EQ(names.size(), kEventColumns + table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      EXPECT_EQ(names[kEventColumns + i], table.columns[i].name);
    }
  }
}

TEST(Database, CanReadEveryViewWhenEmpty) {
  const Result<Database> database = Database::in_memory();
  ASSERT_TRUE(database);
  for (const char* view :
       {"v_customers", "v_portraits", "v_readings", "v_expectations", "v_evidence",
        "v_conversations", "v_messages", "v_usage", "v_usage_alerts", "v_customer_values"}) {
    const Result<DuckResult> rows =
        database->connection().query("SELECT * FROM " + std::string(view));
    EXPECT_TRUE(rows) << rows.error().said.en;
  }
}

TEST(Database, SaysInOneSentenceThatAnotherProcessHasIt) {
  const TemporaryFolder folder;
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<Database> held = Database::open(folder / "a.db");
    (void)!::write(ends[1], "x", 1);
    ::pause();
    ::_exit(held ? 0 : 1);
  }
  char ready = 0;
  ASSERT_EQ(::read(ends[0], &ready, 1), 1);
  const Result<Database> second = Database::open(folder / "a.db");
  const Result<Database> reader = Database::open(folder / "a.db", {.read_only = true});
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kBusy);
  EXPECT_EQ(second.error().message(Lang::kZh),
            "另一个进程正在使用该数据库 (" + (folder / "a.db").string() + ")");
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, ErrorCode::kBusy);
  EXPECT_TRUE(Database::open(folder / "a.db")) << "a killed process leaves no lock";
}

TEST(Database, CanBeReadWithoutWritingAfterItsWriterWasKilled) {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<Database> database = Database::open(folder / "a.db");
    const bool kept =
        database && database->connection().run("INSERT INTO subjects VALUES (7, 'c:7', 7)");
    ::kill(::getpid(), kept ? SIGKILL : SIGTERM);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_EQ(WTERMSIG(status), SIGKILL);
  ASSERT_TRUE(fs::exists(folder / "a.db.wal"));
  const Result<Database> database = Database::open(folder / "a.db", {.read_only = true});
  ASSERT_TRUE(database) << database.error().message(Lang::kEn);
  EXPECT_EQ(*database->connection().integer("SELECT subject_no FROM subjects"), 7);
}

TEST(Database, RefusesAFileOfANewerProgram) {
  const TemporaryFolder folder;
  {
    const Result<Database> made = Database::open(folder / "a.db");
    ASSERT_TRUE(made->set_meta("schema", std::to_string(newest_schema() + 1)));
  }
  const Result<Database> database = Database::open(folder / "a.db");
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(database.error().place, (folder / "a.db").string());
}

TEST(Database, RefusesADatabaseOfAnotherProgram) {
  const TemporaryFolder folder;
  {
    const Result<DuckDatabase> other = DuckDatabase::open(folder / "a.db");
    ASSERT_TRUE(other->connect()->run("CREATE TABLE theirs (a INTEGER)"));
  }
  const Result<Database> database = Database::open(folder / "a.db");
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kBadInput);
}

TEST(Database, SaysThatADamagedFileIsDamaged) {
  const TemporaryFolder folder;
  { ASSERT_TRUE(Database::open(folder / "a.db")); }
  const std::uintmax_t size = fs::file_size(folder / "a.db");
  {
    std::fstream file(folder / "a.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    const std::string noise(std::size_t(size) - 4096, '\x5a');
    file.write(noise.data(), std::streamsize(noise.size()));
  }
  const Result<Database> database = Database::open(folder / "a.db");
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kCorrupt) << database.error().said.en;
}

TEST(Database, OfNoFileCannotBeRead) {
  const TemporaryFolder folder;
  const Result<Database> database = Database::open(folder / "a.db", {.read_only = true});
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kNotFound);
}

TEST(Database, RewritesItselfAndForgetsWhatWasDeleted) {
  const TemporaryFolder folder;
  const std::string secret = "secret-words-that-nobody-else-writes";
  Result<Database> database = Database::open(folder / "a.db", {.compression = "uncompressed"});
  ASSERT_TRUE(database);
  ASSERT_TRUE(database->connection().run("INSERT INTO subjects VALUES (1, ?, 1), (2, 'c:two', 2)",
                                         {secret}));
  ASSERT_TRUE(database->checkpoint());
  ASSERT_TRUE(contains_bytes(folder.path(), secret));
  ASSERT_TRUE(database->connection().run("DELETE FROM subjects WHERE subject_no = 1"));
  ASSERT_TRUE(contains_bytes(folder.path(), secret)) << "or this test could not fail";
  const std::string salt = database->salt();
  ASSERT_TRUE(database->set_meta("rewrite", "1"));
  database = fail(ErrorCode::kIo, {});  // closed; opening finishes what is pending
  const Result<Database> again = Database::open(folder / "a.db");
  ASSERT_TRUE(again) << again.error().said.en;
  EXPECT_FALSE(contains_bytes(folder.path(), secret));
  EXPECT_EQ(again->salt(), salt);
  EXPECT_EQ(*again->connection().integer("SELECT SUM(subject_no) FROM subjects"), 2);
  EXPECT_FALSE(again->meta("rewrite")->has_value());
}

}  // namespace
}  // namespace xinjing::store
