#include "cli/use_argument.h"

#include <gtest/gtest.h>

#include <set>

#include "base/file.h"
#include "base/json.h"
#include "base/temporary_folder.h"
#include "cli/models.h"
#include "cli/test_support.h"

namespace xinjing::cli {
namespace {

constexpr std::string_view kTalk =
    R"({"id":"r1","text":"都三天了还没人来修，你们说好今天上午来的，我要投诉！"})"
    "\n";

/// Conversations to read in a file of its own.
struct Talks {
  Talks() { EXPECT_TRUE(write_file(folder / "talks.jsonl", kTalk)); }
  Output read(std::vector<std::string> words) const {
    words.insert(words.begin(), {"read", (folder / "talks.jsonl").string()});
    return run(words);
  }
  const TemporaryFolder folder;
};

TEST(UseArgument, IsNamedByIdLabelOrAnotherWordInBothLanguages) {
  using enum evidence::Use;
  for (const auto& [name, use] :
       std::vector<std::pair<const char*, evidence::Use>>{{"price", kPrice},
                                                          {"定价", kPrice},
                                                          {"Setting a price", kPrice},
                                                          {"优先级", kPriority},
                                                          {"排队优先级", kPriority},
                                                          {"准入", kEligibility},
                                                          {"服务资格", kEligibility},
                                                          {"员工评分", kStaffScoring},
                                                          {"staff-scoring", kStaffScoring},
                                                          {"FOLLOW UP", kFollowUp},
                                                          {"回访", kFollowUp},
                                                          {"报告", kSegmentation},
                                                          {"推荐", kRecommendation},
                                                          {"服务", kService}}) {
    const auto found = use_argument(name);
    ASSERT_TRUE(found) << name;
    EXPECT_EQ(*found, use) << name;
  }
  EXPECT_EQ(UseArgument{}.use().value(), kService);
  const auto unknown = use_argument("fun");
  EXPECT_EQ(unknown.error().code, ErrorCode::kUsage);
  EXPECT_TRUE(has(unknown.error().said.en, "'fun' is no use; there are service, follow_up, "));
  EXPECT_TRUE(has(unknown.error().said.zh, "price（定价）"));
}

TEST(UseArgument, RefusesWhatNoCardAllowsAndWritesNothing) {
  const Talks talks;
  for (const char* use : {"price", "定价", "eligibility", "员工评分"}) {
    const Output refused = talks.read({"--use", use});
    EXPECT_EQ(refused.code, kRefusedError) << use;
    EXPECT_EQ(refused.out, "") << use;
    EXPECT_TRUE(has(refused.err, "never sets a price, decides who gets a service")) << refused.err;
  }
  EXPECT_EQ(talks.read({"--use", "fun"}).code, kUsageError);
  EXPECT_TRUE(has(talks.read({"--lang", "zh", "--use", "定价"}).err, "不得用于定价"));
}

TEST(UseArgument, IsNotEmpty) {
  const Talks talks;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--use", ""}, std::vector<std::string>{"--use="}}) {
    const Output refused = talks.read(words);
    EXPECT_EQ(refused.code, kUsageError) << refused.err;
    EXPECT_EQ(refused.out, "") << "an unset variable of a script lifts no restriction";
  }
  EXPECT_EQ(run({"profile", "C1", "--use", ""}).code, kUsageError);
  EXPECT_EQ(run({"report", "--use="}).code, kUsageError);
}

TEST(UseArgument, LeavesOfAReadingWhatTheCardsAllow) {
  const Talks talks;
  const Output narrowed = talks.read({"--use", "优先级"});
  ASSERT_EQ(narrowed.code, kDone) << narrowed.err;
  JsonParser parser;
  const auto reading = parser.parse(narrowed.out);
  ASSERT_TRUE(reading);
  EXPECT_EQ((*reading)["use"].string(), "priority");
  EXPECT_TRUE((*reading)["episode"]["urgency"].is_object());
  EXPECT_TRUE((*reading)["episode"]["expectation"].is_array());
  for (const char* gone : {"motive", "need", "bond", "temperament", "satisfaction", "sentiment"}) {
    EXPECT_FALSE((*reading)["episode"][gone].present()) << gone;
  }
  bool emotion = false;
  (*reading)["turns"].each([&](JsonValue turn) {
    emotion = emotion || turn["emotion"].present() || turn["sentiment"].present();
    turn["evidence"].each([&](JsonValue ground) {
      const auto construct = ground["construct"].string();
      EXPECT_TRUE(construct == "urgency" || construct->starts_with("expectation")) << *construct;
    });
  });
  EXPECT_FALSE(emotion);
  std::set<std::string> withheld;
  (*reading)["withheld"].each([&](JsonValue one) {
    withheld.emplace(*one["construct"].string());
    EXPECT_FALSE(one["reason"].string()->empty());
  });
  EXPECT_TRUE(withheld.contains("emotion") && withheld.contains("temperament"));
  EXPECT_FALSE(withheld.contains("urgency"));
}

TEST(UseArgument, OfServiceIsThatOfReadingWithoutOne) {
  const Talks talks;
  const Output plain = talks.read({});
  const Output service = talks.read({"--use", "service"});
  EXPECT_FALSE(has(plain.out, "withheld")) << "every head may serve the customer";
  const std::string tail = R"(,"use":"service","withheld":[]})";
  ASSERT_TRUE(service.out.ends_with(tail + "\n"));
  EXPECT_EQ(service.out.substr(0, service.out.size() - tail.size() - 1) + "}\n", plain.out);
}

TEST(UseArgument, IsAnsweredByCards) {
  const Output yes = run({"cards", "allows", "urgency", "priority"});
  EXPECT_EQ(yes.code, kDone);
  EXPECT_EQ(yes.out, "'Urgency' may be used for a place in a queue\n");
  const Output no = run({"cards", "allows", "temperament", "定价", "--lang", "zh"});
  EXPECT_EQ(no.code, kRefusedError);
  EXPECT_TRUE(has(no.err, "不得用于定价：")) << no.err;
  EXPECT_EQ(run({"cards", "allows", "weather", "price"}).code, kUsageError);
  EXPECT_EQ(run({"cards", "allows", "urgency"}).code, kUsageError);
  EXPECT_EQ(run({"cards", "allows", "urgency", "fun"}).code, kUsageError);
  EXPECT_EQ(run({"cards", "show", "urgency", "price"}).code, kUsageError);
  const Output uses = run({"cards", "uses"});
  EXPECT_EQ(uses.code, kDone);
  EXPECT_TRUE(has(uses.out, "\ntemperament       yes      -          no")) << uses.out;
}

}  // namespace
}  // namespace xinjing::cli
