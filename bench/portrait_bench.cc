// How fast a portrait comes out of a company's file. Needs one that was analysed before:
//   XINJING_DB=company.duckdb portrait_bench
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <random>

#include "cli/resources.h"
#include "profile/portrait_table.h"
#include "store/database.h"

namespace xinjing {
namespace {

std::vector<std::int64_t> people_of(const store::Database& database) {
  std::vector<std::int64_t> out;
  Result<DuckResult> rows =
      database.connection().query("SELECT DISTINCT person FROM portraits ORDER BY person");
  XINJING_CHECK(bool(rows));
  XINJING_CHECK(bool(rows->each([&](const DuckRow& row) { out.push_back(row.integer(0)); })));
  XINJING_CHECK(!out.empty());
  return out;
}

void BM_LoadPortrait(benchmark::State& state) {
  const char* path = std::getenv("XINJING_DB");
  if (path == nullptr) return state.SkipWithError("XINJING_DB names no database");
  const Result<store::Database> database = store::Database::open(path, {.read_only = true});
  if (!database) return state.SkipWithError(database.error().said.en.c_str());
  const Result<cli::Knowledge> knowledge = cli::load_knowledge(XINJING_SOURCE_DIR);
  XINJING_CHECK(bool(knowledge));
  const auto deeds = cli::load_deed_words(XINJING_SOURCE_DIR);
  XINJING_CHECK(bool(deeds));
  const std::vector<std::int64_t> people = people_of(*database);
  const auto as_of = profile::last_day(database->connection());
  XINJING_CHECK(bool(as_of) && as_of->has_value());
  std::mt19937_64 random(1);
  for (auto _ : state) {
    auto portrait = profile::load_portrait(database->connection(), people[random() % people.size()],
                                           {knowledge->catalogue, *deeds, **as_of});
    XINJING_CHECK(bool(portrait));
    benchmark::DoNotOptimize(portrait->lines.data());
  }
}
BENCHMARK(BM_LoadPortrait)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_LoadKnowledge(benchmark::State& state) {
  for (auto _ : state) {
    const Result<cli::Knowledge> knowledge = cli::load_knowledge(XINJING_SOURCE_DIR);
    XINJING_CHECK(bool(knowledge));
  }
}
BENCHMARK(BM_LoadKnowledge)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace xinjing
