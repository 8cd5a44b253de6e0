#include "evidence/act_weights.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace xinjing::evidence {
namespace {

Card card() {
  Card out;
  for (const char* id : {"brand", "value"}) {
    CardState state;
    state.id = id;
    out.states.push_back(state);
  }
  return out;
}

std::string file(const std::string& rows) {
  return "# note\nstate\tact\tcue\thit\tmiss\tleast\tcap\tnote\n" + rows;
}

TEST(ParseActs, ReadsWeightsWithCuesAndWithout) {
  const auto read = parse_acts(file("brand\tsame_brand\t-\t0.3\t-0.7\t5\t1.5\tguessed\n"
                                    "value\tlooked\t划算|coupon\t0.8\t0\t1\t0.8\tfitted; n 30\n"),
                               "acts.tsv", 4, card());
  ASSERT_TRUE(read) << read.error().said.en;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].miss, -700'000);
  EXPECT_EQ((*read)[0].construct, 4);
  EXPECT_FALSE((*read)[0].fitted);
  EXPECT_EQ((*read)[1].cues, (std::vector<std::string>{"划算", "coupon"}));
  EXPECT_TRUE((*read)[1].fitted);
}

TEST(ParseActs, RefusesWhatIsNotSo) {
  for (const char* rows :
       {"love\tnight\t-\t0.3\t0\t5\t1\tguessed\n", "brand\tdanced\t-\t0.3\t0\t5\t1\tguessed\n",
        "brand\tnight\tcue\t0.3\t0\t5\t1\tguessed\n", "brand\tlooked\t-\t0.3\t0\t5\t1\tguessed\n",
        "brand\tnight\t-\t0\t0\t5\t1\tguessed\n", "brand\tnight\t-\t3.1\t0\t5\t1\tguessed\n",
        "brand\tlooked\tab\t0.3\t-0.1\t5\t1\tguessed\n", "brand\tnight\t-\t0.3\t0\t0\t1\tguessed\n",
        "brand\tnight\t-\t0.3\t0\t5\t0.1\tguessed\n", "brand\tnight\t-\t0.3\t0\t5\t1\tmaybe\n",
        "brand\tnight\t-\tx\t0\t5\t1\tguessed\n",
        "value\tnight\t-\t0.3\t0\t5\t1\tguessed\nbrand\tnight\t-\t0.3\t0\t5\t1\tguessed\n"}) {
    const auto read = parse_acts(file(rows), "acts.tsv", 0, card());
    ASSERT_FALSE(read) << rows;
    EXPECT_EQ(read.error().code, ErrorCode::kBadInput);
    EXPECT_NE(read.error().place.find("acts.tsv:"), std::string::npos) << rows;
  }
}

TEST(ActIds, LeadBackAndHaveLabels) {
  for (const std::string_view id : kActIds) {
    ASSERT_TRUE(act_from(id));
    EXPECT_EQ(act_id(*act_from(id)), id);
    EXPECT_NE(act_label(id).zh, id);
  }
  EXPECT_EQ(act_label("not_night").en, "not: ordered at night");
  EXPECT_EQ(act_label("danced").en, "danced");
}

}  // namespace
}  // namespace xinjing::evidence
