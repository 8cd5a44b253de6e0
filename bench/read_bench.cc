#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>

#include "base/format.h"
#include "cli/models.h"
#include "cli/read_stream.h"
#include "language/normalise.h"
#include "language/request.h"

// How fast `xinjing read` answers, on one core, with the shipped models. Items are customer
// utterances; every field of the contract is written, JSON in and out included.
namespace {

using namespace xinjing;

const cli::ReadingModels* models() {
  static const auto loaded =
      cli::ReadingModels::load(XINJING_SOURCE_DIR "/models", XINJING_SOURCE_DIR);
  return loaded ? loaded->get() : nullptr;
}

// About 40 characters each.
constexpr const char* kUtterances[] = {
    "我上周三下的单，页面写着第二天送到，今天都周一了还没有出库，客服电话永远占线",
    "昨天师傅上门把宽带修好了，速度比原来快了不少，态度也很耐心，谢谢你们这次的帮忙",
    "请问这个月的电费为什么比上个月多了一百多块？家里没有添电器，麻烦帮我查一下明细",
    "房间隔音太差了，半夜走廊里一直有人说话，跟前台反映了两次都没有人来管，很失望",
    "合同上写的是交付后三十天内开发票，现在已经过了两个月，财务催了好几次，请给个准信",
    "想换一个流量多一点的套餐，现在这个每个月都不够用，有没有适合学生的，便宜一点的",
};
constexpr const char* kAnswers[] = {
    "非常抱歉给您带来不便，请您提供订单号和联系电话，我们马上为您核实处理，谢谢您的理解",
    "您好，已经为您登记，工作人员会在两个工作日内与您联系，请保持电话畅通",
};

/// How many utterances of customers the lines hold.
std::int64_t customer_turns(const std::vector<std::string>& lines) {
  JsonParser parser;
  language::Request request;
  std::int64_t count = 0;
  for (const std::string& line : lines) {
    const auto parsed = parser.parse(line);
    if (!parsed || !language::parse_request(*parsed, request)) continue;
    for (const language::Turn& turn : request.turns) {
      count += turn.speaker == ingest::Speaker::kCustomer ? 1 : 0;
    }
  }
  return count;
}

void read_lines(benchmark::State& state, const std::vector<std::string>& lines) {
  if (models() == nullptr) return state.SkipWithError("no models");
  cli::LineReader reader;
  std::string out;
  std::size_t bytes = 0;
  std::size_t i = 0;
  for (auto _ : state) {
    out.clear();
    const Status status = reader.answer(*models(), lines[i], std::nullopt, Lang::kZh, out);
    if (!status) return state.SkipWithError("bad line");
    bytes += lines[i].size();
    i = i + 1 < lines.size() ? i + 1 : 0;
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * customer_turns(lines) /
                          static_cast<std::int64_t>(lines.size()));
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void BM_SingleUtterances(benchmark::State& state) {
  std::vector<std::string> lines;
  for (const char* text : kUtterances) {
    lines.push_back(fmt::format("{{\"id\":\"r{}\",\"text\":\"{}\"}}", lines.size(), text));
  }
  read_lines(state, lines);
}
BENCHMARK(BM_SingleUtterances);

/// Three turns of the customer and two answers; the answers are read too but not counted.
void BM_Conversations(benchmark::State& state) {
  std::vector<std::string> lines;
  for (int i = 0; i < 6; ++i) {
    std::string line = fmt::format("{{\"id\":\"c{}\",\"turns\":[", i);
    for (int t = 0; t < 5; ++t) {
      const bool customer = t % 2 == 0;
      line += fmt::format("{}{{\"speaker\":\"{}\",\"text\":\"{}\"}}", t > 0 ? "," : "",
                          customer ? "customer" : "agent",
                          customer ? kUtterances[(i + t / 2) % 6] : kAnswers[t / 2 % 2]);
    }
    lines.push_back(line + "]}");
  }
  read_lines(state, lines);
}
BENCHMARK(BM_Conversations);

/// The lines of the file that XINJING_LINES names, as `xinjing read` takes them: real texts, whose
/// words are not all in the cache.
void BM_LinesOfAFile(benchmark::State& state) {
  const char* path = std::getenv("XINJING_LINES");
  if (path == nullptr) return state.SkipWithError("set XINJING_LINES");
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) return state.SkipWithError("no lines");
  read_lines(state, lines);
}
BENCHMARK(BM_LinesOfAFile);

void BM_Normalise(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += kUtterances[i % 6];
  language::Normalised folded;
  for (auto _ : state) {
    language::normalise(text, folded);
    benchmark::DoNotOptimize(folded.chars.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(BM_Normalise);

}  // namespace
