#include "language/han_words.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <string>

#include "base/utf8.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kFile =
    "word\ttimes\n的\t90\n服\t2\n务\t1\n态\t1\n度\t2\n服务\t20\n服务态度\t4\n态度\t30\n话\t9\n"
    "的话\t3\n话费\t30\n费\t5\n";

HanWords made() {
  HanWords words;
  EXPECT_TRUE(words.add(kFile, "words.tsv"));
  words.build();
  return words;
}

/// The words of a run of ideographs, with a stroke between them.
std::string split(const HanWords& words, std::string_view text) {
  const std::u32string run = characters_of(text);
  std::vector<std::uint8_t> starts(run.size());
  HanWords::Scratch scratch;
  words.find(run, scratch, starts.data());
  std::u32string out;
  for (std::size_t i = 0; i < run.size(); ++i) {
    if (starts[i] != 0 && i > 0) out += U'|';
    out += run[i];
  }
  return utf8_of(out);
}

TEST(HanWords, TakesTheMostProbablePath) {
  const HanWords words = made();
  EXPECT_EQ(split(words, "服务态度"), "服务态度");
  EXPECT_EQ(split(words, "态度的话费"), "态度|的|话费");
  EXPECT_EQ(split(words, "魑魅服务"), "魑|魅|服务");
  EXPECT_EQ(split(words, ""), "");
  EXPECT_EQ(split(HanWords(), "服务"), "服|务");
}

TEST(HanWords, RefusesWhatIsNoWordWithItsPlace) {
  for (const auto& [text, place] : {std::pair{"word\ttimes\n服务abc\t3\n", "w.tsv:2:1"},
                                    std::pair{"word\ttimes\n一二三四五\t3\n", "w.tsv:2:1"},
                                    std::pair{"word\ttimes\n服务\t0\n", "w.tsv:2:8"},
                                    std::pair{"word\ttimes\n服务\tx\n", "w.tsv:2:8"},
                                    std::pair{"word\ttimes\n服务\t2\n服务\t3\n", "w.tsv:3:1"},
                                    std::pair{"word\tcount\n服务\t2\n", "w.tsv:1"}}) {
    HanWords words;
    const Status added = words.add(text, "w.tsv");
    ASSERT_FALSE(added) << text;
    EXPECT_TRUE(added.error().place.starts_with(place)) << added.error().place;
  }
}

/// The cheapest way to split the rest, by trying all.
int cheapest(const std::map<std::u32string, int>& costs, std::u32string_view rest) {
  if (rest.empty()) return 0;
  int best = std::numeric_limits<int>::max();
  for (std::size_t size = 1; size <= std::min<std::size_t>(4, rest.size()); ++size) {
    const auto known = costs.find(std::u32string(rest.substr(0, size)));
    if (known == costs.end() && size > 1) continue;
    const int cost = known == costs.end() ? 140 : known->second;
    best = std::min(best, cost + cheapest(costs, rest.substr(size)));
  }
  return best;
}

TEST(HanWords, CostNoMoreThanTheBestOfAllPaths) {
  const HanWords words = made();
  const std::map<std::u32string, int> times = {
      {U"的", 90}, {U"服", 2},   {U"务", 1},       {U"态", 1},    {U"度", 2}, {U"服务", 20},
      {U"话", 9},  {U"的话", 3}, {U"服务态度", 4}, {U"态度", 30}, {U"费", 5}, {U"话费", 30}};
  double all = 0;
  for (const auto& [word, n] : times) all += n;
  std::map<std::u32string, int> costs;
  for (const auto& [word, n] : times) costs[word] = int(std::lround(8 * std::log(all / n)));
  const std::u32string alphabet = U"的服务态度话费人";
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    std::u32string run(1 + random() % 9, U' ');
    for (char32_t& c : run) c = alphabet[random() % alphabet.size()];
    std::vector<std::uint8_t> starts(run.size());
    HanWords::Scratch scratch;
    words.find(run, scratch, starts.data());
    int cost = 0;
    for (std::size_t at = 0; at < run.size();) {
      std::size_t end = at + 1;
      while (end < run.size() && starts[end] == 0) ++end;
      const auto known = costs.find(run.substr(at, end - at));
      ASSERT_TRUE(known != costs.end() || end == at + 1) << utf8_of(run);
      cost += known == costs.end() ? 140 : known->second;
      at = end;
    }
    EXPECT_EQ(cost, cheapest(costs, run)) << utf8_of(run);
  }
}

}  // namespace
}  // namespace xinjing::language
