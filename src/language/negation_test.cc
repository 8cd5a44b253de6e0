#include "language/negation.h"

#include <gtest/gtest.h>

#include <string_view>

namespace xinjing::language {
namespace {

struct Case {
  std::string_view text;
  std::string_view cue;
  bool negated;
};

void check(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    const std::size_t at = c.text.rfind(c.cue);
    ASSERT_NE(at, c.text.npos) << c.text;
    EXPECT_EQ(is_negated(c.text, at), c.negated) << c.text << " / " << c.cue;
  }
}

TEST(Negation, IsSeenDirectlyBeforeTheCue) {
  check({{"我不满意", "满意", true},
         {"这次没有解决", "解决", true},
         {"问题没解决", "解决", true},
         {"别投诉了", "投诉", true},
         {"无故障", "故障", true},
         {"未到账", "到账", true},
         {"我很满意", "满意", false}});
  check({{"i am not happy", "happy", true},
         {"i don't like it", "like", true},
         {"it never works", "works", true},
         {"you cannot refund", "refund", true},
         {"no refund for me", "refund", true},
         {"i am happy", "happy", false}});
}

TEST(Negation, ReachesOverTwoCharactersOrWordsAndDegreeWords) {
  check({{"不太满意", "满意", true},
         {"不是特别满意", "满意", true},
         {"没有那么满意", "满意", true},
         {"没给我解决", "解决", true},
         {"不知道后来有人来解决", "解决", false}});
  check({{"not very happy", "happy", true},
         {"not at all happy", "happy", true},
         {"not that i would say happy", "happy", false},
         {"no i am angry", "angry", false}});
}

TEST(Negation, EndsWithTheClause) {
  check({{"我不,满意得很", "满意", false},
         {"不。满意", "满意", false},
         {"没有!谢谢", "谢谢", false},
         {"不 满意", "满意", false}});
  check({{"no, angry", "angry", false},
         {"it does not. happy now", "happy", false},
         {"not; happy", "happy", false}});
}

TEST(Negation, IsNotSeenInWordsThatOnlyLookLikeOne) {
  check({{"特别满意", "满意", false},
         {"不但便宜", "便宜", false},
         {"不过满意", "满意", false},
         {"不得不投诉", "投诉", false},
         {"无比失望", "失望", false},
         {"差不多满意", "满意", false},
         {"没错满意", "满意", false}});
  check({{"not only cheap", "cheap", false},
         {"no doubt angry", "angry", false},
         {"not just slow", "slow", false}});
}

TEST(Negation, IsNotSeenInAChoice) {
  check({{"能不能退款", "退款", false},
         {"有没有优惠", "优惠", false},
         {"好不好用", "好用", false},
         {"是不是涨价", "涨价", false}});
}

TEST(Negation, DoesNotTouchSigns) {
  check({{"不!!!", "!!!", false}, {"没有[怒]", "[怒]", false}, {"not ???", "???", false}});
}

}  // namespace
}  // namespace xinjing::language
