#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "cli/resources.h"
#include "evidence/collector.h"
#include "evidence/cue_finder.h"

namespace {

using namespace xinjing;
using language::Turn;

constexpr std::string_view kCustomer[] = {
    "你们这个月的电费怎么又多扣了我三十多块钱，麻烦帮我查一下到底是怎么回事",
    "我上个星期就打过电话了，说好二十四小时之内给我答复，到现在也没有人联系我",
    "太让人失望了，用了你们家十年，再不解决我就去投诉，换别家算了",
    "好的，那我再等一天，明天上午十点之前一定要给我打电话，谢谢",
    "另外想问一下峰谷电价怎么办理，我家晚上用电比较多，会不会便宜一点？"};
constexpr std::string_view kAgent = "您好，非常抱歉给您带来不便，我这边马上帮您核实一下，请您稍等";

const cli::Knowledge& knowledge() {
  static const Result<cli::Knowledge> loaded = cli::load_knowledge(XINJING_SOURCE_DIR);
  return *loaded;
}

std::vector<Turn> turns() {
  std::vector<Turn> out;
  for (const std::string_view text : kCustomer) {
    out.push_back({ingest::Speaker::kCustomer, text, {}});
    out.push_back({ingest::Speaker::kAgent, kAgent, {}});
  }
  return out;
}

// A head for every card that names one, with the card's own states.
std::vector<language::Head> heads() {
  std::vector<language::Head> out;
  std::uint32_t first[2] = {0, 0};
  for (const evidence::Card& card : knowledge().catalogue.cards()) {
    if (card.head.empty()) continue;
    language::Head head;
    head.name = card.head;
    head.per_turn = card.level == evidence::Level::kUtterance;
    head.kind = card.measure == evidence::Measure::kShare && !head.per_turn
                    ? language::HeadKind::kSeveral
                    : language::HeadKind::kOne;
    head.states = card.state_ids();
    head.priors.assign(head.states.size(), 1.0F / static_cast<float>(head.states.size()));
    head.first = first[head.per_turn];
    first[head.per_turn] += static_cast<std::uint32_t>(head.states.size());
    out.push_back(head);
  }
  return out;
}

language::Reading reading(const std::vector<language::Head>& heads) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> p(0.01F, 0.9F);
  language::Reading out;
  for (std::uint16_t h = 0; h < heads.size(); ++h) {
    std::vector<float>& to = heads[h].per_turn ? out.turn_p : out.episode_p;
    const std::size_t times = heads[h].per_turn ? std::size(kCustomer) : 1;
    for (std::size_t i = 0; i < times * heads[h].states.size(); ++i) to.push_back(p(random));
    out.grounds.push_back({h, 0, 0, {0, 6}, 1});
  }
  return out;
}

void count_turns(benchmark::State& state) {
  state.counters["customer_turns"] = benchmark::Counter(
      static_cast<double>(state.iterations() * std::size(kCustomer)), benchmark::Counter::kIsRate);
}

// With all cues, or with those that the model leaves.
void BM_FindCues(benchmark::State& state) {
  const std::vector<Turn> talk = turns();
  const std::vector<language::Head> all = heads();
  const evidence::Collector collector(knowledge().catalogue, all, knowledge().cues);
  const evidence::CueFinder finder(
      state.range(0) == 0 ? knowledge().cues : knowledge().cues.select(collector.cue_constructs()));
  evidence::CueFinder::Scratch scratch;
  std::vector<evidence::CueHit> hits;
  for (auto _ : state) {
    hits.clear();
    finder.find({"c", talk, {}}, scratch, hits);
    benchmark::DoNotOptimize(hits.data());
  }
  count_turns(state);
  state.counters["hits"] = static_cast<double>(hits.size());
}
BENCHMARK(BM_FindCues)->ArgName("selected")->Arg(0)->Arg(1);

void BM_Collect(benchmark::State& state) {
  const std::vector<Turn> talk = turns();
  const std::vector<language::Head> all = heads();
  const language::Reading read = reading(all);
  const evidence::CueFinder finder(knowledge().cues);
  evidence::CueFinder::Scratch finder_scratch;
  std::vector<evidence::CueHit> hits;
  finder.find({"c", talk, {}}, finder_scratch, hits);
  const evidence::Collector collector(knowledge().catalogue, all, knowledge().cues);
  evidence::Collector::Scratch scratch;
  std::vector<evidence::Evidence> rows;
  for (auto _ : state) {
    rows.clear();
    collector.collect({"c", talk, {}}, read, hits, scratch, rows);
    benchmark::DoNotOptimize(rows.data());
  }
  count_turns(state);
  state.counters["rows"] = static_cast<double>(rows.size());
}
BENCHMARK(BM_Collect);

}  // namespace
