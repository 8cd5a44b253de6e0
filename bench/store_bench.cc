// How fast rows go into the database and conversations come out.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <random>

#include "store/conversation_table.h"
#include "store/event_table.h"
#include "store/quote_table.h"
#include "store/understood_table.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRows = 1'000'000;

std::vector<ingest::Row> made_messages(std::size_t count) {
  constexpr std::string_view kWords[] = {"你们", "怎么",     "还没", "退款",   "投诉", "谢谢",
                                         "电费", "太贵了",   "请问", "发货",   "态度", "不好",
                                         "稍等", "再也不信", "查询", "帮您看", "一下", "很满意"};
  const ingest::TableSpec& table = *ingest::find_table("messages");
  std::mt19937_64 random(1);
  std::vector<ingest::Row> rows(count);
  for (std::size_t i = 0; i < count; ++i) {
    ingest::Row& row = rows[i];
    const std::uint64_t conversation = random() % (count / 10);
    row.key = {random(), random()};
    row.subject = "c:customer-" + std::to_string(conversation / 2);
    row.line = std::int64_t(i + 2);
    for (const ingest::ColumnSpec& column : table.columns) {
      ingest::Cell cell;
      if (column.name == "message_id") cell = "m" + std::to_string(i);
      if (column.name == "conversation") cell = "conversation-" + std::to_string(conversation);
      if (column.name == "customer") cell = row.subject.substr(2);
      if (column.name == "channel") cell = std::string("wechat");
      if (column.name == "time") cell = 1'700'000'000'000 + std::int64_t(i) * 1000;
      if (column.name == "speaker") cell = std::int64_t(random() % 2);
      if (column.name == "text") {
        std::string text;
        while (text.size() < 115) text += kWords[random() % std::size(kWords)];
        cell = std::move(text);
      }
      row.cells.push_back(std::move(cell));
    }
  }
  return rows;
}

void load(const Database& database, const std::vector<ingest::Row>& rows, std::size_t batch) {
  Result<SubjectNumbers> subjects = SubjectNumbers::load(database);
  Result<FileRecord> file = file_record(database, "bench", "messages");
  Result<EventLoad> events = EventLoad::begin(database, *subjects, *ingest::find_table("messages"));
  std::size_t pending = 0;
  for (const ingest::Row& row : rows) {
    XINJING_CHECK(bool(events->add(row, *file)));
    if (++pending % batch == 0) XINJING_CHECK(bool(events->commit(*file)));
  }
  XINJING_CHECK(bool(events->commit(*file)));
}

fs::path fresh_file() {
  const fs::path path = fs::temp_directory_path() / ("xinjing-bench-" + std::to_string(::getpid()));
  for (const char* end : {"", ".wal", ".tmp"}) fs::remove_all(path.string() + end);
  return path;
}

void BM_LoadMessages(benchmark::State& state) {
  const std::vector<ingest::Row> rows = made_messages(kRows);
  for (auto _ : state) {
    const fs::path path = fresh_file();
    {
      const Result<Database> database = Database::open(path);
      load(*database, rows, std::size_t(state.range(0)));
    }
    state.counters["megabytes"] = double(fs::file_size(path)) / 1e6;
    fs::remove(path);
  }
  state.SetItemsProcessed(std::int64_t(state.iterations() * kRows));
}
BENCHMARK(BM_LoadMessages)
    ->Arg(EventLoad::kBatchRows)
    ->Arg(20'000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->UseRealTime();

void BM_LoadMessagesAgain(benchmark::State& state) {
  const std::vector<ingest::Row> rows = made_messages(kRows);
  const fs::path path = fresh_file();
  {
    const Result<Database> database = Database::open(path);
    load(*database, rows, EventLoad::kBatchRows);
    for (auto _ : state) load(*database, rows, EventLoad::kBatchRows);
  }
  fs::remove(path);
  state.SetItemsProcessed(std::int64_t(state.iterations() * kRows));
}
BENCHMARK(BM_LoadMessagesAgain)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

// Three grounds a customer's message, as a reader would find them.
Status read_batch(const Database& database, const ConversationBatch& batch) {
  constexpr std::string_view kConstructs[] = {"emotion", "need", "motive", "aspect", "stage"};
  constexpr std::string_view kStates[] = {"anger", "joy", "safety", "esteem", "vent"};
  Result<Replacement> rows = Replacement::begin(database);
  if (!rows) return rows.failure();
  for (const StoredConversation& one : batch.conversations()) {
    Status added = rows->add(ReadingRow{.conversation_no = one.conversation_no,
                                        .subject_no = one.subject_no,
                                        .day = Day{19'000},
                                        .digest = one.digest,
                                        .model = "model 1",
                                        .cards = "cards 1",
                                        .lang = "zh"});
    for (const StoredTurn& turn : one.turns) {
      for (std::uint64_t i = 0; i < 3 && added && turn.speaker == ingest::Speaker::kCustomer; ++i) {
        const std::uint64_t noise = mix64(std::uint64_t(turn.message_no) * 3 + i);
        added = rows->add(EvidenceRow{.conversation_no = one.conversation_no,
                                      .subject_no = one.subject_no,
                                      .construct = kConstructs[noise % 5],
                                      .state = kStates[noise / 5 % 5],
                                      .day = Day{std::int32_t(19'000 + noise % 300)},
                                      .micro_nats = std::int64_t(noise % 3'000'000),
                                      .source = "model",
                                      .card = "1",
                                      .event_no = turn.message_no,
                                      .turn_no = 1,
                                      .span = Span{0, 12}});
      }
    }
    if (!added) return added;
  }
  return rows->commit();
}

// One file through every stage, each timed by itself; then one person is looked up.
class Company {
 public:
  explicit Company(std::size_t messages) : x_path(fresh_file()) {
    x_database.emplace(std::move(*Database::open(x_path)));
    load(*x_database, made_messages(messages), EventLoad::kBatchRows);
  }
  ~Company() {
    x_database.reset();
    fs::remove(x_path);
  }
  const Database& database() const { return *x_database; }

 private:
  fs::path x_path;
  std::optional<Database> x_database;
};

const Database& company() {
  static const Company kCompany(kRows);
  return kCompany.database();
}

void BM_BuildConversations(benchmark::State& state) {
  const Database& database = company();
  for (auto _ : state) XINJING_CHECK(bool(build_conversations(database)));
  state.SetItemsProcessed(std::int64_t(state.iterations() * kRows));
}
BENCHMARK(BM_BuildConversations)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

void BM_StreamStaleConversations(benchmark::State& state) {
  std::int64_t messages = 0;
  for (auto _ : state) {
    Result<StaleConversations> stale = StaleConversations::begin(company(), {"model 1", "cards 1"});
    for (;;) {
      const Result<ConversationBatch> batch = stale->next();
      if (batch->empty()) break;
      messages += std::int64_t(batch->messages());
    }
  }
  state.SetItemsProcessed(messages);
}
BENCHMARK(BM_StreamStaleConversations)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_StreamAndWriteEvidence(benchmark::State& state) {
  std::int64_t messages = 0;
  for (auto _ : state) {
    Result<StaleConversations> stale = StaleConversations::begin(company(), {"model 1", "cards 1"});
    for (;;) {
      const Result<ConversationBatch> batch = stale->next();
      if (batch->empty()) break;
      XINJING_CHECK(bool(read_batch(company(), *batch)));
      messages += std::int64_t(batch->messages());
    }
  }
  state.SetItemsProcessed(messages);
}
BENCHMARK(BM_StreamAndWriteEvidence)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

void BM_SumTallyOfOne(benchmark::State& state) {
  for (auto _ : state) XINJING_CHECK(bool(read_tally(company(), 7)));
}
BENCHMARK(BM_SumTallyOfOne)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

// What `profile` asks the database most: the person and the best quotes.
void BM_LookUpOnePerson(benchmark::State& state) {
  std::uint64_t at = 0;
  std::size_t quotes = 0;
  for (auto _ : state) {
    const std::string id = "customer-" + std::to_string(mix64(++at) % (kRows / 20));
    const Result<std::optional<std::int64_t>> person = find_person(company(), id);
    XINJING_CHECK(person->has_value());
    Result<PersonMessages> messages = PersonMessages::open(company().connection(), **person);
    XINJING_CHECK(bool(messages));
    quotes += quoted_evidence(company().connection(), *messages, {.best = 5})->size();
  }
  state.counters["quotes"] = double(quotes) / double(state.iterations());
}
BENCHMARK(BM_LookUpOnePerson)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace xinjing::store
