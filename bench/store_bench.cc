// How fast rows go into the database and conversations come out.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <random>

#include "store/event_table.h"

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

}  // namespace
}  // namespace xinjing::store
