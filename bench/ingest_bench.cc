// Reading a company's files: bytes per second of the readers, rows per second of the whole way in.
#include <benchmark/benchmark.h>

#include <string>

#include "base/format.h"
#include "ingest/reader.h"
#include "ingest/redaction.h"
#include "sources/source.h"

namespace xinjing {
namespace {

/// Messages of about forty characters; every tenth names a telephone number.
std::string messages(int count) {
  std::string out = "消息编号,会话,客户编号,时间,说话人,渠道,内容\n";
  for (int i = 0; i < count; ++i) {
    out += fmt::format("M{:08},V{},C{},2026-{:02}-{:02} {:02}:{:02}:{:02},{},微信,", i, i / 6,
                       i / 24 % 90000, 1 + i / 300000 % 12, 1 + i / 9000 % 28, i / 3600 % 24,
                       i / 60 % 60, i % 60, i % 2 == 0 ? "客户" : "坐席");
    out += i % 10 == 0
               ? "我的手机号是13812345678，麻烦你们尽快安排师傅上门看一下电表，已经停了两个小时了\n"
               : "家里又停电了，上个月才修过一次，这次什么时候能恢复？孩子还要上网课，麻烦快一点\n";
  }
  return out;
}

void BM_ReadCsv(benchmark::State& state) {
  const std::string bytes = messages(200'000);
  for (auto _ : state) {
    auto source = sources::open_source(sources::Content::of(bytes, "m.csv"));
    sources::Batch batch;
    do {
      if (!(*source)->next(batch)) state.SkipWithError("cannot read");
    } while (!batch.empty());
  }
  state.SetBytesProcessed(state.iterations() * std::int64_t(bytes.size()));
}
BENCHMARK(BM_ReadCsv)->Unit(benchmark::kMillisecond);

void BM_ReadMessages(benchmark::State& state) {
  const std::string bytes = messages(1'000'000);
  for (auto _ : state) {
    auto reader = ingest::Reader::open(sources::Content::of(bytes, "m.csv"),
                                       {.threads = std::size_t(state.range(0))});
    while (true) {
      auto block = reader->next();
      if (!block || !*block) break;
      benchmark::DoNotOptimize(block);
    }
    if (reader->counts().kept != 1'000'000) state.SkipWithError("rows are missing");
  }
  state.SetItemsProcessed(state.iterations() * 1'000'000);
}
BENCHMARK(BM_ReadMessages)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_Redact(benchmark::State& state, const std::string& text) {
  ingest::PersonalCounts counts{};
  std::string copy;
  for (auto _ : state) {
    copy = text;
    benchmark::DoNotOptimize(ingest::redact(copy, counts));
  }
}
BENCHMARK_CAPTURE(
    BM_Redact, nothing,
    std::string("家里又停电了，上个月才修过一次，这次什么时候能恢复？孩子还要上网课，麻烦快一点"));
BENCHMARK_CAPTURE(BM_Redact, phone,
                  std::string("我的手机号是13812345678，麻烦你们尽快安排师傅上门看一下电表"));

}  // namespace
}  // namespace xinjing
