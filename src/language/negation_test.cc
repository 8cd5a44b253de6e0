#include "language/negation.h"

#include <gtest/gtest.h>

#include <string_view>

#include "base/utf8.h"

namespace xinjing::language {
namespace {

struct Case {
  std::u32string_view text;
  std::u32string_view cue;
  bool negated;
};

void check(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    const std::size_t at = c.text.rfind(c.cue);
    ASSERT_NE(at, c.text.npos) << utf8_of(c.text);
    EXPECT_EQ(is_negated(c.text, at), c.negated) << utf8_of(c.text) << " / " << utf8_of(c.cue);
  }
}

TEST(Negation, IsSeenDirectlyBeforeTheCue) {
  check({{U"我不满意", U"满意", true},
         {U"这次没有解决", U"解决", true},
         {U"问题没解决", U"解决", true},
         {U"别投诉了", U"投诉", true},
         {U"无故障", U"故障", true},
         {U"未到账", U"到账", true},
         {U"我很满意", U"满意", false}});
  check({{U"i am not happy", U"happy", true},
         {U"i don't like it", U"like", true},
         {U"it never works", U"works", true},
         {U"you cannot refund", U"refund", true},
         {U"no refund for me", U"refund", true},
         {U"i am happy", U"happy", false}});
}

TEST(Negation, ReachesOverTwoCharactersOrWordsAndDegreeWords) {
  check({{U"不太满意", U"满意", true},
         {U"不是特别满意", U"满意", true},
         {U"没有那么满意", U"满意", true},
         {U"没给我解决", U"解决", true},
         {U"不知道后来有人来解决", U"解决", false}});
  check({{U"not very happy", U"happy", true},
         {U"not at all happy", U"happy", true},
         {U"not that i would say happy", U"happy", false},
         {U"no i am angry", U"angry", false}});
}

TEST(Negation, EndsWithTheClause) {
  check({{U"我不,满意得很", U"满意", false},
         {U"不。满意", U"满意", false},
         {U"没有!谢谢", U"谢谢", false},
         {U"不 满意", U"满意", false}});
  check({{U"no, angry", U"angry", false},
         {U"it does not. happy now", U"happy", false},
         {U"not; happy", U"happy", false}});
}

TEST(Negation, IsNotSeenInWordsThatOnlyLookLikeOne) {
  check({{U"特别满意", U"满意", false},
         {U"不但便宜", U"便宜", false},
         {U"不过满意", U"满意", false},
         {U"不得不投诉", U"投诉", false},
         {U"无比失望", U"失望", false},
         {U"差不多满意", U"满意", false},
         {U"没错满意", U"满意", false}});
  check({{U"not only cheap", U"cheap", false},
         {U"no doubt angry", U"angry", false},
         {U"not just slow", U"slow", false}});
}

TEST(Negation, IsNotSeenInAChoice) {
  check({{U"能不能退款", U"退款", false},
         {U"有没有优惠", U"优惠", false},
         {U"好不好用", U"好用", false},
         {U"是不是涨价", U"涨价", false}});
}

TEST(Negation, DoesNotTouchSigns) {
  check({{U"不!!!", U"!!!", false}, {U"没有[怒]", U"[怒]", false}, {U"not ???", U"???", false}});
}

}  // namespace
}  // namespace xinjing::language
