// kill -9 at random moments: nothing may be lost, nothing doubled, and the file always opens.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <random>

#include "base/file.h"
#include "base/format.h"
#include "store/conversation_table.h"
#include "store/event_table.h"
#include "store/test_support.h"
#include "store/understood_table.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLines = 15'000;
constexpr std::int64_t kLinesABatch = 50;
constexpr std::size_t kMessagesABatch = 80;
constexpr int kKills = 50;

// Line `i` of a made-up file; one line in seven repeats an earlier one.
ingest::Row line(std::int64_t i) {
  const std::int64_t said = i % 7 == 3 ? i - 2 : i;
  const std::uint64_t noise = mix64(std::uint64_t(said));
  return row_of({.id = fmt::format("m{}", said),
                 .text = fmt::format("第 {} 句，{:x}", said, noise),
                 .subject = fmt::format("c:{}", noise % 300),
                 .conversation = noise % 4 == 0 ? "" : fmt::format("k{}", noise % 2400),
                 .time = said * 10'000},
                i);
}

using Tell = std::function<void()>;

Status load(const Database& database, const Tell& tell) {
  Result<SubjectNumbers> subjects = SubjectNumbers::load(database);
  if (!subjects) return subjects.failure();
  Result<FileRecord> file = file_record(database, "made-up", "messages");
  if (!file) return file.failure();
  Result<EventLoad> events = EventLoad::begin(database, *subjects, spec_of("messages"));
  if (!events) return events.failure();
  while (file->consumed_lines < kLines) {
    for (std::int64_t i = 0; i < kLinesABatch; ++i) {
      const Result<Kept> kept = events->add(line(file->consumed_lines++), *file);
      if (!kept) return kept.failure();
    }
    if (Status committed = events->commit(*file); !committed) return committed;
    tell();
  }
  return {};
}

Status read_batch(const Database& database, const ConversationBatch& batch) {
  std::vector<std::int64_t> replaced;
  for (const StoredConversation& one : batch.conversations()) {
    if (one.has_rows) replaced.push_back(one.conversation_no);
  }
  Result<Replacement> rows = Replacement::begin(database, {.conversations = replaced});
  if (!rows) return rows.failure();
  for (const StoredConversation& one : batch.conversations()) {
    Status added = rows->add(ReadingRow{.conversation_no = one.conversation_no,
                                        .subject_no = one.subject_no,
                                        .digest = one.digest,
                                        .model = "m",
                                        .cards = "c",
                                        .lang = "zh"});
    for (const StoredTurn& turn : one.turns) {
      if (!added) return added;
      added = rows->add(EvidenceRow{.conversation_no = one.conversation_no,
                                    .subject_no = one.subject_no,
                                    .construct = "emotion",
                                    .state = "joy",
                                    .day = Day{std::int32_t(hash64(turn.text) % 5)},
                                    .micro_nats = std::int64_t(hash64(turn.text) % 1000),
                                    .source = "cue",
                                    .card = "1",
                                    .event_no = turn.message_no,
                                    .span = Span{0, 3}});
    }
    if (!added) return added;
  }
  return rows->commit();
}

Status read(const Database& database, const Tell& tell) {
  Result<StaleConversations> stale = StaleConversations::begin(database, {"m", "c"});
  if (!stale) return stale.failure();
  for (;;) {
    const Result<ConversationBatch> batch = stale->next(kMessagesABatch);
    if (!batch) return batch.failure();
    if (batch->empty()) return {};
    if (Status written = read_batch(database, *batch); !written) return written;
    tell();
  }
}

// All that `analyze` will do, on a made-up file: goes on from wherever it was stopped.
Status work(const fs::path& path, const Tell& tell) {
  // Few bytes of log, so that kills also fall into checkpoints.
  const Result<Database> database =
      Database::open(path, {.memory_limit = "200MB", .checkpoint_bytes = 200'000});
  if (!database) return database.failure();
  if (Status loaded = load(*database, tell); !loaded) return loaded;
  if (Result<ConversationChange> built = build_conversations(*database); !built) {
    return built.failure();
  }
  return read(*database, tell);
}

// Runs `task` in a process of its own, which ends with 0 if it went well.
pid_t in_child(const std::function<Status()>& task) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  const Status done = task();
  if (!done) fmt::print(stderr, "child: {}\n", done.error().message(Lang::kEn));
  ::_exit(done ? 0 : 1);
}

int status_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

// Starts the work and kills it after some batches and some microseconds more. False if the work
// ended before that.
bool killed_after(const fs::path& path, int batches, int microseconds) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child =
      in_child([&] { return work(path, [&ends] { (void)!::write(ends[1], "x", 1); }); });
  ::close(ends[1]);
  char byte = 0;
  while (batches-- > 0 && ::read(ends[0], &byte, 1) == 1) {
  }
  ::usleep(useconds_t(microseconds));
  ::kill(child, SIGKILL);
  const int status = status_of(child);
  ::close(ends[0]);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

Status dump(const fs::path& path, const fs::path& folder) {
  fs::create_directory(folder);
  const Result<Database> database = Database::open(path);
  if (!database) return database.failure();
  for (const char* table : {"messages", "files", "subjects", "conversations", "turns", "readings",
                            "evidence", "tally", "stale_subjects"}) {
    const std::string columns = table == std::string_view("stale_subjects") ? "DISTINCT *" : "*";
    const Status written = database->connection().run(
        fmt::format("COPY (SELECT {} FROM {} ORDER BY ALL) TO {}", columns, table,
                    sql_quoted((folder / table).string())));
    if (!written) return written;
  }
  return {};
}

TEST(Interrupted, FiftyTimesByKillGivesTheSameBytesAsNotAtAll) {
  const unsigned seed = std::random_device()();
  fmt::print("seed {}\n", seed);
  std::mt19937 random(seed);
  const TemporaryFolder folder;
  const auto between = [&random](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  int kills = 0;
  for (int tries = 0; kills < kKills && tries < 4 * kKills; ++tries) {
    if (killed_after(folder / "killed.db", between(0, 18), between(0, 40'000))) {
      ++kills;
    } else {
      fs::remove(folder / "killed.db");  // it got to the end: once more from the beginning
    }
  }
  EXPECT_EQ(kills, kKills);
  const auto nothing = [] {};
  ASSERT_EQ(status_of(in_child([&] { return work(folder / "killed.db", nothing); })), 0);
  ASSERT_EQ(status_of(in_child([&] { return work(folder / "plain.db", nothing); })), 0);
  ASSERT_EQ(status_of(in_child([&] { return dump(folder / "killed.db", folder / "a"); })), 0);
  ASSERT_EQ(status_of(in_child([&] { return dump(folder / "plain.db", folder / "b"); })), 0);
  for (const auto& entry : fs::directory_iterator(folder / "a")) {
    const std::string name = entry.path().filename();
    const Result<std::string> killed = read_file(entry.path());
    const Result<std::string> plain = read_file(folder / "b" / name);
    ASSERT_TRUE(killed && plain);
    EXPECT_GT(plain->size(), 0U) << name;
    EXPECT_TRUE(*killed == *plain) << name << " differs";
  }
}

}  // namespace
}  // namespace xinjing::store
