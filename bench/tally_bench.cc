// How fast evidence is summed in memory, and personal data found in texts.
#include <benchmark/benchmark.h>

#include <random>

#include "evidence/tally.h"
#include "ingest/redaction.h"

namespace xinjing {
namespace {

evidence::Tally random_tally(std::mt19937_64& random, int days) {
  evidence::Tally out;
  for (int i = 0; i < days * 20; ++i) {
    const evidence::TallyKey key{static_cast<std::uint16_t>(random() % 40),
                                 static_cast<std::uint16_t>(random() % 6),
                                 Day{static_cast<std::int32_t>(20'000 + random() % days)}};
    out.add(key, static_cast<std::int64_t>(random() % 4'000'000) - 1'000'000, 1);
  }
  return out;
}

void BM_TallyMerge(benchmark::State& state) {
  std::mt19937_64 random(1);
  const int days = static_cast<int>(state.range(0));
  const evidence::Tally year = random_tally(random, 365);
  const evidence::Tally part = random_tally(random, days);
  for (auto _ : state) {
    state.PauseTiming();
    evidence::Tally sum = year;
    state.ResumeTiming();
    sum.merge(part);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * days * 20);
}
BENCHMARK(BM_TallyMerge)->Arg(1)->Arg(30)->Arg(365);

void BM_FindPersonal(benchmark::State& state) {
  const std::string texts[] = {"你们太慢了，我都等了五天了，快递还没有到", "请问营业厅周末开门吗？",
                               "我电话13800001234，明天上午打给我",
                               "卡号6222021234567890123，户名不变",
                               "I have called four times and nobody called me back"};
  std::size_t next = 0, bytes = 0;
  for (auto _ : state) {
    const std::string& text = texts[next++ % std::size(texts)];
    benchmark::DoNotOptimize(ingest::find_personal(text));
    bytes += text.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(BM_FindPersonal);

}  // namespace
}  // namespace xinjing
