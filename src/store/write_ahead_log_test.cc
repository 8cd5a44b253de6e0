#include "store/write_ahead_log.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstring>
#include <fstream>

#include "store/database.h"
#include "store/test_support.h"
#include "store/understood_table.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kRows = 130'000;  // more than the engine keeps in one row group

std::string entry(char kind, std::string_view rest = "") {
  const std::string contents = std::string{'\x64', '\0', kind} + std::string(rest) + "\xff\xff";
  const std::uint64_t length = contents.size();
  std::string out(16, 'c');
  std::memcpy(out.data(), &length, sizeof length);
  return out + contents;
}

const std::string& header() {
  static const std::string bytes("\x64\x00\x62\x65\x00\x02\xff\xff", 8);
  return bytes;
}

TEST(CommittedLength, EndsBehindTheLastCommit) {
  const std::string one = header() + entry(26, "rows") + entry(100);
  EXPECT_EQ(committed_length(header()), 8U);
  EXPECT_EQ(committed_length(one), one.size());
  EXPECT_EQ(committed_length(one + entry(99)), (one + entry(99)).size());
  EXPECT_EQ(committed_length(one + entry(29, "rows")), one.size());
  EXPECT_EQ(committed_length(one + entry(29, "rows") + entry(100).substr(0, 18)), one.size());
  EXPECT_EQ(committed_length(one + std::string(64, '\0')), one.size());
}

TEST(CommittedLength, IsUnknownForAnotherFormat) {
  EXPECT_FALSE(committed_length(""));
  EXPECT_FALSE(committed_length(header().substr(0, 7)));
  EXPECT_FALSE(committed_length("\x64" + header()));
}

Status write_two_readings(const Database& database) {
  Result<Replacement> rows = Replacement::begin(database);
  if (!rows) return rows.failure();
  Status added = rows->add(ReadingRow{.conversation_no = 1, .subject_no = 1});
  for (std::int64_t i = 0; added && i < kRows; ++i) {
    added = rows->add(EvidenceRow{.conversation_no = 1 + i % 2,
                                  .subject_no = 1,
                                  .construct = "emotion",
                                  .state = "joy",
                                  .day = Day{std::int32_t(i % 300)},
                                  .micro_nats = i,
                                  .source = "cue",
                                  .card = "1"});
  }
  if (added) added = rows->add(ReadingRow{.conversation_no = 2, .subject_no = 1});
  return added ? rows->commit() : added;
}

// A database as a kill after the last commit would leave it.
Status make(const fs::path& path) {
  const fs::path open = path.string() + ".open";
  const Result<Database> database = Database::open(open);
  if (!database) return database.failure();
  const Status written = write_two_readings(*database);
  fs::copy_file(open, path);
  fs::copy_file(open.string() + ".wal", path.string() + ".wal");
  return written;
}

// Where each entry of the last transaction ends, the last one being its commit.
std::vector<std::size_t> ends_of_last_transaction(const std::string& log) {
  std::vector<std::size_t> ends;
  for (std::size_t at = header().size(); at < log.size();) {
    std::uint64_t length = 0;
    std::memcpy(&length, log.data() + at, sizeof length);
    const bool commit = log[at + 18] == 100;
    at += 16 + length;
    if (commit && at < log.size()) ends.clear();
    ends.push_back(at);
  }
  return ends;
}

std::string rows_in(const fs::path& path) {
  const Result<Database> database = Database::open(path, {.read_only = true});
  if (!database) return database.error().message(Lang::kEn);
  const auto count = [&](const char* table) {
    return std::to_string(
        *database->connection().integer(std::string("SELECT COUNT(*) FROM ") + table));
  };
  return count("readings") + " + " + count("evidence");
}

TEST(DropUncommitted, LeavesAllOfATransactionOrNothingWhereverItsLogIsCut) {
  const TemporaryFolder folder;
  ASSERT_TRUE(make(folder / "whole.db"));
  const std::string log = *read_file(folder / "whole.db.wal");
  const std::vector<std::size_t> ends = ends_of_last_transaction(log);
  ASSERT_EQ(ends.back(), log.size());
  ASSERT_GT(ends.size(), 4U);
  std::vector<std::size_t> cuts = ends;
  for (const std::size_t end : ends) cuts.push_back(end - 7);
  for (const std::size_t cut : cuts) {
    fs::copy_file(folder / "whole.db", folder / "cut.db", fs::copy_options::overwrite_existing);
    ASSERT_TRUE(write_file(folder / "cut.db.wal", std::string_view(log).substr(0, cut)));
    EXPECT_EQ(rows_in(folder / "cut.db"), cut == log.size() ? "2 + 130000" : "0 + 0") << cut;
  }
}

TEST(DropUncommitted, LeavesTheLogOfAFileThatAnotherProcessHasOpen) {
  const TemporaryFolder folder;
  ASSERT_TRUE(make(folder / "a.db"));
  std::string log = *read_file(folder / "a.db.wal");
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<Database> holder = Database::open(folder / "a.db");
    (void)!::write(ends[1], holder ? "y" : "n", 1);
    ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ends[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'y');
  log += entry(26, "unfinished");
  ASSERT_TRUE(write_file(folder / "a.db.wal", log));
  EXPECT_TRUE(drop_uncommitted(folder / "a.db"));
  EXPECT_EQ(fs::file_size(folder / "a.db.wal"), log.size());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(drop_uncommitted(folder / "a.db"));
  EXPECT_LT(fs::file_size(folder / "a.db.wal"), log.size());
}

TEST(DropUnborn, LetsAFileThatWasKilledAtBirthBeMadeAnew) {
  const TemporaryFolder folder;
  { ASSERT_TRUE(Database::open(folder / "whole.db")); }
  const std::string whole = *read_file(folder / "whole.db");
  for (const std::size_t size : {0, 4096, 8192}) {
    ASSERT_TRUE(write_file(folder / "cut.db", std::string_view(whole).substr(0, size)));
    const Result<Database> read = Database::open(folder / "cut.db", {.read_only = true});
    ASSERT_FALSE(read) << size;
    EXPECT_EQ(read.error().code, ErrorCode::kNotFound) << size;
    ASSERT_TRUE(write_file(folder / "cut.db", std::string_view(whole).substr(0, size)));
    const Result<Database> made = Database::open(folder / "cut.db");
    ASSERT_TRUE(made) << size << ": " << made.error().said.en;
    EXPECT_TRUE(made->set_meta("x", "y"));
    fs::remove(folder / "cut.db.wal");
  }
}

TEST(DropUnborn, LeavesEveryOtherFile) {
  const TemporaryFolder folder;
  { ASSERT_TRUE(Database::open(folder / "whole.db")); }
  ASSERT_TRUE(write_file(folder / "notes.txt", "12345678 DUCK is not at its place here"));
  for (const char* name : {"whole.db", "notes.txt"}) {
    const auto size = fs::file_size(folder / name);
    EXPECT_TRUE(drop_unborn(folder / name));
    EXPECT_EQ(fs::file_size(folder / name), size);
  }
  EXPECT_FALSE(Database::open(folder / "notes.txt"));
  EXPECT_TRUE(fs::exists(folder / "notes.txt"));
}

}  // namespace
}  // namespace xinjing::store
