#include "insight/telling_words.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace xinjing::insight
