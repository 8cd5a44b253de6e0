#include "language/expectation_words.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "language/expectation.h"

namespace xinjing::language {
namespace {

const ExpectationWords& shipped() {
  static const ExpectationWords words = [] {
    ExpectationWords made;
    for (const std::string name : {"expectations.zh.tsv", "expectations.en.tsv"}) {
      const Status added = made.add(*read_file(XINJING_SOURCE_DIR "/lexicons/" + name), name);
      EXPECT_TRUE(added) << added.error().message(Lang::kEn);
    }
    made.build();
    return made;
  }();
  return words;
}

TEST(ExpectationWords, TellWhatTheCompanyHadPromised) {
  for (const char* clause :
       {"说好的三天内到货", "客服说当天就能修好", "合同上写着上行速度", "不是说免费吗",
        "活动页写着买一送一", "办的是百兆宽带", "they promised a refund", "I was told it is free",
        "the contract is for two years", "within 24 hours"}) {
    EXPECT_TRUE(shipped().tell_promise(clause)) << clause;
  }
}

TEST(ExpectationWords, AreNotWhatNobodyPromised) {
  for (const char* clause : {"网速太慢", "谁能告诉我怎么办", "也没人通知我", "请问有活动吗",
                             "please tell me why", "nobody told me", "the line is dead"}) {
    EXPECT_FALSE(shipped().tell_promise(clause)) << clause;
  }
}

TEST(ExpectationWords, TellTheSignsOfAClause) {
  const auto signs = [](std::string_view clause) {
    ClauseSigns out = 0;
    for (const SignSpan& one : shipped().signs(clause)) out |= one.signs;
    return out;
  };
  for (const char* clause : {"网速太慢", "the internet is slow"}) {
    EXPECT_TRUE(signs(clause) & kFails) << clause;
    EXPECT_TRUE(signs(clause) & sign_of_matter("SPD")) << clause;
    EXPECT_FALSE(signs(clause) & (kHollow | kGlad)) << clause;
  }
  for (const char* clause : {"是这个订单", "this is the order"}) {
    EXPECT_TRUE(signs(clause) & kHollow) << clause;
  }
  EXPECT_EQ(sign_of_matter("XYZ"), 0U);
}

TEST(ExpectationWords, RefuseWhatIsNotOfTheForm) {
  const auto refusal = [](std::string_view text) {
    return ExpectationWords().add(text, "e.tsv").error().message(Lang::kEn);
  };
  EXPECT_EQ(refusal("kind\twords\tnote\nsaid\t说好\tx\n"),
            "a kind is promised, nothing, hollow, fails, asks, glad or matter:SPD (e.tsv:2:1)");
  EXPECT_EQ(refusal("words\n"), "the header is: kind words note, with tabs (e.tsv:1:1)");
}

/// Settles entries on the quotes of one turn at noon of 2026-03-05.
struct Case {
  std::string_view text;
  bool timed = true;
  std::string_view answer{};

  Expectation entry(std::string_view aspect, std::string_view quote, float p) const {
    const auto at = std::uint32_t(text.find(quote));
    return {.aspect = aspect,
            .status = "open",
            .p = p,
            .promised_p = 0.6F,
            .span = {at, at + std::uint32_t(quote.size())}};
  }
  std::vector<Expectation> settle(std::vector<Expectation> entries) const {
    std::optional<Instant> noon = instant_at(*day_from_date(2026, 3, 5), 12 * 3600, 480);
    if (!timed) noon.reset();
    std::vector<Turn> turns = {{.text = text, .time = noon}};
    if (!answer.empty()) {
      turns.push_back({.speaker = ingest::Speaker::kAgent, .text = answer, .time = noon});
    }
    settle_expectations({.id = {}, .turns = turns, .lang = {}},
                        {.words = &shipped(), .zone_minutes = 480}, entries);
    return entries;
  }
};

TEST(SettleExpectations, PromisedAndDueAreOfTheEntryWhoseClauseSaysSo) {
  const Case talk{"@某某客服 网速太慢，说好明天上门修理，话费也多扣"};
  const auto said = talk.settle({talk.entry("REL", "太慢", 0.9F), talk.entry("AFT", "修理", 0.6F),
                                 talk.entry("INF", "多", 0.6F)});
  ASSERT_EQ(said.size(), 3U);
  EXPECT_FALSE(said[0].promised);
  EXPECT_FALSE(said[0].due);
  EXPECT_EQ(slice(talk.text, said[0].span), "网速太慢");
  EXPECT_TRUE(said[1].promised);
  ASSERT_TRUE(said[1].due);
  EXPECT_EQ(said[1].due->day, *day_from_date(2026, 3, 6));
  EXPECT_FALSE(said[2].promised);
  EXPECT_FALSE(said[2].due);
}

TEST(SettleExpectations, WithoutATimeNothingIsDue) {
  const Case talk{"客服说72小时内处理", false, "两小时内到"};
  const auto said = talk.settle({talk.entry("SPD", "72小时", 0.9F)});
  EXPECT_TRUE(said[0].promised);
  EXPECT_FALSE(said[0].due);
}

TEST(SettleExpectations, ADueTimeInTheAnswerIsOfTheStrongest) {
  const Case talk{"怎么还不来，话费也多扣", true, "两小时内给您答复"};
  const auto said = talk.settle({talk.entry("AFT", "不来", 0.9F), talk.entry("PRI", "多扣", 0.6F)});
  EXPECT_TRUE(said[0].due);
  EXPECT_FALSE(said[1].due);
}

TEST(SettleExpectations, PromisedAreTheLikeliestTwo) {
  const Case talk{"合同写着百兆，说好三天内装好，客服承诺退费"};
  const auto said = talk.settle({talk.entry("SPD", "百兆", 0.6F), talk.entry("CNV", "装好", 0.6F),
                                 talk.entry("AFT", "退费", 0.6F)});
  ASSERT_EQ(said.size(), 3U);
  EXPECT_TRUE(said[0].promised);
  EXPECT_FALSE(said[1].promised) << "the least likely of the three";
  EXPECT_TRUE(said[2].promised);
}

TEST(SettleExpectations, AWeakSecondAspectOfAClauseGoes) {
  const Case talk{"快递怎么还没到"};
  EXPECT_EQ(talk.settle({talk.entry("DEL", "快递", 0.8F), talk.entry("SPD", "没到", 0.3F)}).size(),
            1U);
  EXPECT_EQ(talk.settle({talk.entry("DEL", "快递", 0.8F), talk.entry("SPD", "没到", 0.5F)}).size(),
            2U);
}

TEST(SettleExpectations, AWeakSecondTellingGoesAndTheOnlyOneStays) {
  for (const Case& talk : {Case{"网速太慢，你们给个解释"}, Case{"It is so slow, explain it"}}) {
    const bool zh = talk.text[0] != 'I';
    const auto slow = talk.entry("SPD", zh ? "慢" : "slow", 0.8F);
    EXPECT_EQ(talk.settle({slow, talk.entry("INF", zh ? "解释" : "explain", 0.3F)}).size(), 1U);
    EXPECT_EQ(talk.settle({slow, talk.entry("INF", zh ? "解释" : "explain", 0.5F)}).size(), 2U);
    EXPECT_EQ(talk.settle({talk.entry("INF", zh ? "解释" : "explain", 0.3F)}).size(), 1U);
  }
}

}  // namespace
}  // namespace xinjing::language
