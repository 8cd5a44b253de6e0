#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "language/matcher.h"
#include "language/phrase_index.h"

namespace {

using xinjing::language::Match;
using xinjing::language::Matcher;

// Characters by a Zipf-like law, so that many texts begin patterns, as in real talk.
char32_t random_character(std::mt19937& random) {
  const double u = std::uniform_real_distribution<double>(0.0, 1.0)(random);
  return static_cast<char32_t>(0x4e00 + static_cast<int>(2500.0 * u * u * u));
}

std::string random_chinese(std::mt19937& random, std::size_t characters) {
  std::string out;
  for (std::size_t i = 0; i < characters; ++i) {
    xinjing::append_utf8(out, random_character(random));
  }
  return out;
}

void BM_MatcherFind(benchmark::State& state) {
  std::mt19937 random(7);
  std::vector<std::string> owned;
  for (int i = 0; i < state.range(0); ++i)
    owned.push_back(random_chinese(random, 2 + random() % 4));
  const std::vector<std::string_view> patterns(owned.begin(), owned.end());
  const Matcher matcher(patterns);
  const std::string text = random_chinese(random, 1 << 18);
  std::vector<Match> matches;
  for (auto _ : state) {
    matches.clear();
    matcher.find(text, matches);
    benchmark::DoNotOptimize(matches.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
  state.counters["matches"] = static_cast<double>(matches.size());
  state.counters["memory"] = static_cast<double>(matcher.memory_bytes());
}
BENCHMARK(BM_MatcherFind)->Arg(400)->Arg(4000)->Arg(16000);

// The same phrases in the same text, both as characters.
void BM_PhraseIndexFind(benchmark::State& state) {
  std::mt19937 random(7);
  std::vector<std::u32string> phrases;
  for (int i = 0; i < state.range(0); ++i)
    phrases.push_back(xinjing::characters_of(random_chinese(random, 2 + random() % 4)));
  const xinjing::language::PhraseIndex index(phrases);
  const std::string text = random_chinese(random, 1 << 18);
  const std::u32string characters = xinjing::characters_of(text);
  std::vector<xinjing::language::FoundPhrase> found;
  for (auto _ : state) {
    found.clear();
    index.find(characters, found);
    benchmark::DoNotOptimize(found.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
  state.counters["matches"] = static_cast<double>(found.size());
}
BENCHMARK(BM_PhraseIndexFind)->Arg(400)->Arg(4000)->Arg(16000);

void BM_MatcherBuild(benchmark::State& state) {
  std::mt19937 random(7);
  std::vector<std::string> owned;
  for (int i = 0; i < state.range(0); ++i)
    owned.push_back(random_chinese(random, 2 + random() % 4));
  const std::vector<std::string_view> patterns(owned.begin(), owned.end());
  for (auto _ : state) benchmark::DoNotOptimize(Matcher(patterns));
}
BENCHMARK(BM_MatcherBuild)->Arg(4000)->Unit(benchmark::kMillisecond);

}  // namespace
