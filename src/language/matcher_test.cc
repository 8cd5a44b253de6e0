#include "language/matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "base/utf8.h"

namespace xinjing::language {
namespace {

using Patterns = std::vector<std::string_view>;

std::vector<std::string> found(const Patterns& patterns, std::string_view text) {
  std::vector<Match> matches;
  Matcher(patterns).find(text, matches);
  std::vector<std::string> out;
  for (const Match& m : matches) {
    out.push_back(std::to_string(m.span.begin) + ":" + std::string(slice(text, m.span)));
  }
  return out;
}

using Found = std::vector<std::string>;

TEST(Matcher, ReportsEveryOccurrence) {
  EXPECT_EQ(found({"太贵", "贵"}, "太贵了，真贵"), (Found{"0:太贵", "3:贵", "15:贵"}));
  EXPECT_EQ(found({"too dear", "dear"}, "too dear, so dear"),
            (Found{"0:too dear", "4:dear", "13:dear"}));
}

TEST(Matcher, ReportsOverlappingAndNestedOccurrences) {
  EXPECT_EQ(found({"不满意", "满意", "意见"}, "不满意见"), (Found{"0:不满意", "3:满意", "6:意见"}));
  EXPECT_EQ(found({"no good", "good at", "good"}, "no good at all"),
            (Found{"0:no good", "3:good", "3:good at"}));
}

TEST(Matcher, ReportsARepeatedPatternForEachOfItsNumbers) {
  std::vector<Match> matches;
  const Patterns patterns{"投诉", "投诉"};
  Matcher(patterns).find("我要投诉", matches);
  ASSERT_EQ(matches.size(), 2U);
  EXPECT_EQ(matches[0].pattern, 0U);
  EXPECT_EQ(matches[1].pattern, 1U);
}

TEST(Matcher, WantsWholeWordsOfLatinLettersOnly) {
  EXPECT_EQ(found({"fee"}, "coffee feel fee, fee1 (fee)"), (Found{"12:fee", "23:fee"}));
  EXPECT_EQ(found({"vip客户", "app"}, "我是VIP客户用app的"), (Found{"6:VIP客户", "18:app"}));
  EXPECT_EQ(found({"电费"}, "的电费用"), (Found{"3:电费"}));
}

TEST(Matcher, TakesLatinLettersInEitherCase) {
  EXPECT_EQ(found({"thank you", "APP"}, "THANK You app"), (Found{"0:THANK You", "10:app"}));
}

TEST(Matcher, FindsAPatternAfterAFalseStart) {
  EXPECT_EQ(found({"一二三四", "二三五"}, "一二三五"), (Found{"3:二三五"}));
  EXPECT_EQ(found({"a b c", "b d"}, "a b d"), (Found{"2:b d"}));
}

TEST(Matcher, HasNoMatchesWithoutPatternsOrText) {
  EXPECT_EQ(found({}, "任何话 any"), Found{});
  EXPECT_EQ(found({"", "话"}, ""), Found{});
  EXPECT_EQ(found({""}, "话"), Found{});
}

TEST(Matcher, SurvivesBytesThatAreNotUtf8) {
  EXPECT_EQ(found({"贵", "ok"}, "\xe8\xb4 ok \xe8\xb4\xb5 \xff\xe8"), (Found{"3:ok", "6:贵"}));
  EXPECT_EQ(found({"ok"}, std::string_view("\xe8ok\0ok", 6)), (Found{"1:ok", "4:ok"}));
}

// The stupid twin: tries every pattern at every place.
bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::vector<Match> naive(const Patterns& patterns, std::string_view text) {
  std::vector<Match> out;
  const std::string haystack = lower(text);
  for (std::uint32_t p = 0; p < patterns.size(); ++p) {
    const std::string needle = lower(patterns[p]);
    if (needle.empty()) continue;
    for (std::size_t at = haystack.find(needle); at != std::string::npos;
         at = haystack.find(needle, at + 1)) {
      const std::size_t end = at + needle.size();
      if (is_word(needle.front()) && at > 0 && is_word(text[at - 1])) continue;
      if (is_word(needle.back()) && end < text.size() && is_word(text[end])) continue;
      out.push_back({p, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}});
    }
  }
  return out;
}

std::string random_text(std::mt19937& random, std::size_t length) {
  static constexpr std::string_view kPieces[] = {"a",  "B",  "b",  " ", "1", "的",
                                                 "电", "价", "贵", "é", "😀", "，"};
  std::string out;
  for (std::size_t i = 0; i < length; ++i) out += kPieces[random() % std::size(kPieces)];
  return out;
}

TEST(Matcher, AgreesWithTryingEveryPatternEverywhere) {
  constexpr unsigned kSeed = 20260105;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 400; ++round) {
    std::vector<std::string> owned;
    for (std::size_t i = random() % 40; i > 0; --i) {
      owned.push_back(random_text(random, random() % 5));
    }
    const Patterns patterns(owned.begin(), owned.end());
    const std::string text = random_text(random, random() % 120);
    std::vector<Match> matches;
    Matcher(patterns).find(text, matches);
    EXPECT_TRUE(std::is_sorted(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
      return std::pair(a.span.end, a.span.begin) < std::pair(b.span.end, b.span.begin);
    }));
    std::vector<Match> expected = naive(patterns, text);
    const auto by_all = [](const Match& a, const Match& b) {
      return std::tuple(a.span, a.pattern) < std::tuple(b.span, b.pattern);
    };
    std::sort(matches.begin(), matches.end(), by_all);
    std::sort(expected.begin(), expected.end(), by_all);
    ASSERT_EQ(matches, expected) << "seed " << kSeed << " round " << round << " text " << text;
  }
}

}  // namespace
}  // namespace xinjing::language
