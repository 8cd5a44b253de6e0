#include "insight/telling_words.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include <algorithm>

namespace xinjing::insight {
namespace {

std::vector<std::string> words_of(const std::vector<std::string>& here,
                                  const std::vector<std::string>& elsewhere) {
  language::WordBreaker breaker;
  std::vector<std::string> out;
  for (const TellingWord& word : telling_words(here, elsewhere, breaker, 5)) {
    out.push_back(word.text);
  }
  return out;
}

bool has(const std::vector<std::string>& words, std::string_view part) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return word.find(part) != std::string::npos; });
}

TEST(TellingWords, NameWhatIsSaidHereAndNotElsewhere) {
  const std::vector<std::string> here(12, "电梯又坏了，老人下不了楼");
  const std::vector<std::string> elsewhere(40, "请问发票怎么开，谢谢");
  const auto words = words_of(here, elsewhere);
  EXPECT_TRUE(has(words, "电梯"));
  EXPECT_FALSE(has(words, "发票"));
}

TEST(TellingWords, LeaveOutLittleWordsAndWhatIsSaidEverywhere) {
  const std::vector<std::string> here(12, "the lift is broken and my invoice is late");
  const std::vector<std::string> elsewhere(30, "the invoice is late and I would like a copy");
  const auto words = words_of(here, elsewhere);
  EXPECT_TRUE(has(words, "lift"));
  EXPECT_FALSE(has(words, "invoice"));
  EXPECT_EQ(std::find(words.begin(), words.end(), "the"), words.end());
}

TEST(TellingWords, CountATextOnce) {
  std::vector<std::string> here(11, "今天天气不错，想问账单");
  here.emplace_back("停车停车停车停车停车停车停车停车");
  const std::vector<std::string> elsewhere(20, "今天天气不错，想问账单");
  EXPECT_FALSE(has(words_of(here, elsewhere), "停车"));
}

TEST(TellingWords, HaveNothingToSayOfNothing) {
  EXPECT_TRUE(words_of({}, {}).empty());
  EXPECT_TRUE(words_of({"电梯"}, {}).empty());
}

TEST(TellingZ, IsMonroesWithAnInformativePrior) {
  // 30 of 100 texts against 10 of 100; prior 50 (40 + 0.1) / 200 = 10.025 texts.
  // odds 40.025 / 109.975 and 20.025 / 129.975: log ratio 0.8596; error sqrt(1/40.025 + 1/20.025).
  EXPECT_NEAR(telling_z(30, 100, 10, 100), 0.8596 / std::sqrt(1 / 40.025 + 1 / 20.025), 1e-3);
  EXPECT_DOUBLE_EQ(telling_z(0, 0, 0, 0), 0);
}

TEST(TellingZ, TurnsItsSignWithTheSides) {
  for (const auto& [a, b] : {std::pair{3.0, 40.0}, std::pair{12.0, 12.0}, std::pair{1.0, 0.0}}) {
    EXPECT_NEAR(telling_z(a, 80, b, 120), -telling_z(b, 120, a, 80), 1e-12);
  }
  EXPECT_NEAR(telling_z(20, 100, 20, 100), 0, 1e-12);
}

TEST(TellingWords, AreFewerWhereFalseOnesAreCounted) {
  // Words that are spread by chance: hardly one stands among all of them.
  std::mt19937_64 random(20261130);
  const std::vector<std::string> all = {"meter",  "invoice", "outage", "queue",
                                        "letter", "tariff",  "window", "engineer",
                                        "kettle", "garden",  "ladder", "paper"};
  std::vector<std::string> here, elsewhere;
  for (int i = 0; i < 400; ++i) {
    std::string text;
    for (const std::string& word : all) {
      if (random() % 4 == 0) text += word + ". ";
    }
    (i < 100 ? here : elsewhere).push_back(text);
  }
  language::WordBreaker breaker;
  EXPECT_LE(telling_words(here, elsewhere, breaker, 20, 0.05).size(), 1U);
  for (int i = 0; i < 60; ++i) here[std::size_t(i)] += " rival.";
  const auto found = telling_words(here, elsewhere, breaker, 20, 0.05);
  ASSERT_FALSE(found.empty());
  EXPECT_NE(found.front().text.find("rival"), std::string::npos);
}

}  // namespace
}  // namespace xinjing::insight
