#include "report/recommendation_text.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace xinjing::report {
namespace {

using behaviour::RecommendationRow;
using behaviour::Why;

TEST(RecommendationText, SaysTheGroundWithItsNumbersInBothLanguages) {
  RecommendationRow row{.rank = 1, .product = "F", .why = Why::kDue, .times = 4};
  row.gap_days = 91.6;
  row.elapsed_days = 95;
  EXPECT_EQ(reason_in_words(row).en, "bought about every 92 days (4 times), last 95 days ago");
  EXPECT_EQ(reason_in_words(row).zh, "大约每 92 天买一次（已买 4 次），上次在 95 天前");
  row = {.rank = 1, .product = "B", .why = Why::kTogether, .other = "A", .times = 31};
  row.of_times = 120;
  EXPECT_EQ(reason_in_words(row).en, "of 120 who bought A, 31 bought it too");
  EXPECT_EQ(reason_in_words(row).zh, "买过A的 120 人中有 31 人也买了它");
}

TEST(RecommendationText, NamesADriverOnlyWhereTheProductFitsIt) {
  RecommendationRow row{.rank = 1, .product = "B", .why = Why::kPopular};
  row.price_rank = 0.2;
  row.popularity_rank = 0.5;
  row.days_on_sale = 300;
  EXPECT_TRUE(fit_in_words(row, {}).en.empty());
  EXPECT_TRUE(fit_in_words(row, {"social", "novelty", "convenience", "prestige"}).en.empty());
  EXPECT_EQ(fit_in_words(row, {"lowprice", "social"}).en,
            "looks for low prices: among the cheapest third");
  row.price_rank = 0.9;
  EXPECT_TRUE(fit_in_words(row, {"lowprice", "prestige"}).zh.empty());
  row.price_rank.reset();
  EXPECT_TRUE(fit_in_words(row, {"lowprice"}).zh.empty()) << "no price is known";
}

TEST(RecommendationText, TablesOfATrialStayWithinAHundredColumns) {
  behaviour::Trial trial{.window_days = 30};
  trial.people_tested = trial.people_in_test = 1234;
  trial.products = 40;
  for (std::size_t m = 0; m < behaviour::kMethodIds.size(); ++m) {
    behaviour::MethodFigures one{.method = behaviour::Method(m), .products = 40};
    for (behaviour::RankFigures* group : {&one.all, &one.warm, &one.cold}) {
      group->add(std::vector<std::int32_t>{1}, std::vector<std::int32_t>{1}, 10);
      group->add(std::vector<std::int32_t>{1, 2}, std::vector<std::int32_t>{2}, 10);
    }
    trial.any.methods.push_back(one);
    trial.fresh.methods.push_back(one);
  }
  for (const Lang lang : {Lang::kEn, Lang::kZh}) {
    const std::string text = trial_text(trial, 10, lang);
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      std::size_t columns = 0;
      for (std::size_t at = begin; at < end;) {
        const CodePoint point = decode_utf8(std::string_view(text).substr(at));
        columns += is_han(point.value) || point.value >= 0xff00 ? 2 : 1;
        at += point.bytes;
      }
      EXPECT_LE(columns, 100U) << text.substr(begin, end - begin);
      begin = end + 1;
    }
  }
  EXPECT_NE(trial_json(trial, 10).find("\"customers\":\"cold\""), std::string::npos);
}

}  // namespace
}  // namespace xinjing::report
