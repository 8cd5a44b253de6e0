// A million events of 150,000 cases: making the log, its figures, conformance, what-if.
#include <benchmark/benchmark.h>

#include <random>

#include "base/format.h"
#include "behaviour/conformance.h"
#include "behaviour/what_if.h"

namespace xinjing::behaviour {
namespace {

struct Rows {
  std::vector<std::string> cases, activities, resources;
  struct Row {
    std::uint32_t case_no, activity, resource;
    std::int64_t started, ended;
  };
  std::vector<Row> rows;
};

const Rows& million() {
  static const Rows made = [] {
    Rows out;
    std::mt19937 random(1);
    for (int i = 0; i < 8; ++i) out.activities.push_back(fmt::format("step {}", i));
    for (int i = 0; i < 30; ++i) out.resources.push_back(fmt::format("desk {}", i));
    while (out.rows.size() < 1'000'000) {
      const auto case_no = std::uint32_t(out.cases.size());
      out.cases.push_back(fmt::format("case {}", case_no));
      std::int64_t at = 1'767'225'600'000 + std::int64_t(random() % 20'000'000) * 1000;
      for (std::uint32_t k = 0, n = random() % 12 + 1; k < n && out.rows.size() < 1'000'000; ++k) {
        const std::uint32_t activity = random() % 10 < 4 ? random() % 8 : k % 4;
        const std::int64_t own = std::int64_t(random() % 600) * 1000;
        out.rows.push_back({case_no, activity, std::uint32_t(random() % 30), at, at + own});
        at += own + std::int64_t(random() % 3600) * 1000;
      }
    }
    return out;
  }();
  return made;
}

EventLog make_log() {
  const Rows& rows = million();
  EventLogBuilder builder;
  for (const Rows::Row& row : rows.rows) {
    builder.add({.case_id = rows.cases[row.case_no],
                 .activity = rows.activities[row.activity],
                 .started = {row.started},
                 .ended = Instant{row.ended},
                 .resource = rows.resources[row.resource]});
  }
  return builder.finish();
}

const EventLog& log_of_a_million() {
  static const EventLog log = make_log();
  return log;
}

void BM_MakeLog(benchmark::State& state) {
  million();
  for (auto _ : state) benchmark::DoNotOptimize(make_log());
}
BENCHMARK(BM_MakeLog)->Unit(benchmark::kMillisecond);

void BM_Figures(benchmark::State& state) {
  const EventLog& log = log_of_a_million();
  for (auto _ : state) benchmark::DoNotOptimize(describe(log));
}
BENCHMARK(BM_Figures)->Unit(benchmark::kMillisecond);

void BM_AgainstAPath(benchmark::State& state) {
  const EventLog& log = log_of_a_million();
  const Journey journey = describe(log);
  const auto ideal = parse_ideal("step 0>step 1>step 2>step 3", log);
  for (auto _ : state) benchmark::DoNotOptimize(conform(log, journey, *ideal));
}
BENCHMARK(BM_AgainstAPath)->Unit(benchmark::kMillisecond);

void BM_HalfAWait(benchmark::State& state) {
  const EventLog& log = log_of_a_million();
  const auto changes = parse_changes("step 1:step 2=0.5", log);
  for (auto _ : state) benchmark::DoNotOptimize(what_if(log, *changes));
}
BENCHMARK(BM_HalfAWait)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace xinjing::behaviour
