#include "language/manner.h"

#include <gtest/gtest.h>

#include <cmath>

#include "language/reader.h"
#include "language/toy_model.h"

namespace xinjing::language {
namespace {

MannerModel small() {
  return {{"calm", "silent"},
          {0.5F, -0.5F},
          {{.name = "a", .mean = 1, .scale = 2, .weights = {3, -3}},
           {.name = "b", .mean = 0, .scale = 1, .weights = {0, 1}}}};
}

TEST(MannerModel, ComesBackFromItsText) {
  const auto again = MannerModel::parse(small().text(), "m.tsv");
  ASSERT_TRUE(again) << again.error().message(Lang::kEn);
  EXPECT_EQ(again->text(), small().text());
  EXPECT_EQ(again->states(), (std::vector<std::string>{"calm", "silent"}));
}

TEST(MannerModel, AddsUpAndCentresAndSharesAmongConversations) {
  // calm: 0.5 + 3 x 1; silent: -0.5 - 3 x 1 + 4. Their mean is 2; a third of what is left.
  const std::vector<float> features{3, 4};
  const auto nats = small().nats_of(features);
  EXPECT_NEAR(nats[0], (3.5 - 2) / 3, 1e-5);
  EXPECT_NEAR(nats[1], (0.5 - 2) / 3, 1e-5);
}

TEST(MannerModel, RefusesWithThePlace) {
  const std::string header = "feature\tmean\tscale\tweights\n";
  for (const auto& [text, place] : std::vector<std::pair<std::string, std::string>>{
           {"feature\tweights\n", "m.tsv:1:1"},
           {header + "bias\t0\t1\t1|2\n", "m.tsv:2:1"},
           {header + "states\t0\t1\ta|b\nbias\t0\t1\t1\n", "m.tsv:3:10"},
           {header + "states\t0\t1\ta|b\nx\t0\t0\t1|2\n", "m.tsv:3:3"},
           {header + "states\t0\t1\ta|b\nx\t0\t1\t1|inf\n", "m.tsv:3:9"}}) {
    const auto model = MannerModel::parse(text, "m.tsv");
    ASSERT_FALSE(model) << text;
    EXPECT_EQ(model.error().place, place) << text;
  }
}

TEST(Manner, HasAFeatureForEachName) {
  const TextModel model(toy_parts({}));
  const Reader reader(&model, nullptr);
  ReadScratch scratch;
  const std::vector<Turn> turns{{ingest::Speaker::kCustomer, "你好，在吗？", {}},
                                {ingest::Speaker::kAgent, "在的", {}},
                                {ingest::Speaker::kCustomer, "12元!!", {}}};
  const Conversation conversation{.id = "x", .turns = turns, .lang = Lang::kZh};
  std::vector<float> features;
  manner_of(conversation, reader.read(conversation, scratch), model.heads(), features);
  const auto names = manner_features(model.heads());
  ASSERT_EQ(features.size(), names.size());
  const auto of = [&](std::string_view name) {
    return features[static_cast<std::size_t>(std::find(names.begin(), names.end(), name) -
                                             names.begin())];
  };
  EXPECT_NEAR(of("mean length"), std::log1p(5.5), 1e-5);
  EXPECT_NEAR(of("share of talk"), 11.0 / 14, 1e-5);
  EXPECT_NEAR(of("exclamations"), 20.0 / 12, 1e-5);
  EXPECT_NEAR(of("digits"), 20.0 / 12, 1e-5);
  float emotions = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].starts_with("emotion:")) emotions += features[i];
  }
  EXPECT_NEAR(emotions, 1, 1e-4);
  const Conversation nothing{.id = "x", .turns = {}, .lang = Lang::kZh};
  manner_of(nothing, reader.read(nothing, scratch), model.heads(), features);
  EXPECT_EQ(features.size(), names.size());
  for (const float f : features) EXPECT_TRUE(std::isfinite(f));
}

}  // namespace
}  // namespace xinjing::language
