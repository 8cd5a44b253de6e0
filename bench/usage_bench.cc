// Half-hourly readings of a year: reading the rows alone (the physical limit), and the whole study.
//   XINJING_USAGE_HOMES=1000 usage_bench
// The readings are generated into a file in the folder of temporary files (20 million: 300 MB).
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdlib>

#include "base/file.h"
#include "base/format.h"
#include "base/temporary_folder.h"
#include "behaviour/usage_table.h"

namespace xinjing {
namespace {

constexpr std::string_view kFill = R"(
INSERT INTO subjects SELECT i + 1, 'c:H' || i, i + 1 FROM RANGE({0}) AS t(i);
INSERT INTO usage BY NAME
SELECT h * 17520 + i + 1 AS row_no, h + 1 AS subject_no,
  TIMESTAMP '2024-12-31 16:00' + TO_MINUTES(i * 30) AS time,
  ROUND((0.05 + 0.3 * EXP(-POW(((i % 48) / 2.0 - CASE h % 4 WHEN 0 THEN 19 WHEN 1 THEN 8
      WHEN 2 THEN 13 ELSE 2 END - (h % 7) / 7.0) / 2.5, 2)))
    * (1 + 0.3 * COS(i / 2788.0)) * (0.5 + (HASH(h * 17520 + i) % 1000) / 1000.0), 3) AS quantity
FROM RANGE({0}) AS a(h), RANGE(17520) AS b(i);)";

int homes() {
  const char* asked = std::getenv("XINJING_USAGE_HOMES");
  return asked == nullptr ? 1000 : std::atoi(asked);
}

store::Database& company() {
  static const auto folder = TemporaryFolder::make();
  static store::Database database = [] {
    XINJING_CHECK(bool(folder));
    auto made = store::Database::open(**folder / "usage.duckdb");
    XINJING_CHECK(bool(made));
    XINJING_CHECK(bool(made->connection().run(fmt::format(kFill, homes()))));
    XINJING_CHECK(bool(made->checkpoint()));
    return std::move(*made);
  }();
  return database;
}

double peak_megabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return double(used.ru_maxrss) / 1024;
}

void report(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * homes() * 17520);
  state.counters["peak_MB"] = peak_megabytes();
}

void BM_ReadRowsAlone(benchmark::State& state) {
  const DuckConnection& connection = company().connection();
  for (auto _ : state) {
    auto rows = connection.stream(
        "SELECT s.person, u.time, u.quantity FROM usage AS u JOIN subjects AS s USING "
        "(subject_no)");
    XINJING_CHECK(bool(rows));
    double sum = 0;
    for (;;) {
      const auto chunk = rows->next();
      XINJING_CHECK(bool(chunk));
      if (!*chunk) break;
      for (std::size_t i = 0; i < (*chunk)->rows(); ++i) {
        sum += (**chunk)[2].number(i) + double((**chunk)[0].integer(i) + (**chunk)[1].integer(i));
      }
    }
    benchmark::DoNotOptimize(sum);
  }
  report(state);
}
BENCHMARK(BM_ReadRowsAlone)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

void study(benchmark::State& state, bool with_plans) {
  const auto text = read_file(XINJING_SOURCE_DIR "/plays/tariffs.toml");
  XINJING_CHECK(bool(text));
  const auto book = behaviour::TariffBook::parse(*text, "tariffs.toml");
  XINJING_CHECK(bool(book));
  behaviour::UsageOptions options;
  if (with_plans) options.study.tariffs = &*book;
  std::size_t habits = 0;
  for (auto _ : state) {
    auto rows = behaviour::load_usage(company().connection(), 480, options);
    XINJING_CHECK(bool(rows));
    habits = rows->study.habits.size();
  }
  report(state);
  state.counters["habits"] = double(habits);
}

void BM_StudyWithoutPlans(benchmark::State& state) { study(state, false); }
BENCHMARK(BM_StudyWithoutPlans)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

void BM_StudyWithPlans(benchmark::State& state) { study(state, true); }
BENCHMARK(BM_StudyWithPlans)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace xinjing
