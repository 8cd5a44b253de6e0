#include "learn/reading_trainer.h"

#include <gtest/gtest.h>

#include "language/reader.h"
#include "learn/auxiliary.h"

namespace xinjing::learn {
namespace {

using ingest::Speaker;

Labelled example(int number) {
  constexpr const char* kAngry[] = {"气死我了，等了好久", "太气人了，骗子", "真是气死人，还不处理"};
  constexpr const char* kGlad[] = {"谢谢，服务真好", "太好了，谢谢你们", "很满意，感谢客服"};
  constexpr const char* kAnswers[] = {"非常抱歉，马上处理", "感谢您的支持", "请提供单号"};
  const bool angry = number % 2 == 0;
  Labelled e;
  e.id = e.group = fmt::format("d{}", number);
  e.set = "service_dialogues";
  e.turns.push_back({Speaker::kCustomer, angry ? kAngry[number % 3] : kGlad[number % 3], {}});
  e.turns.push_back({Speaker::kAgent, kAnswers[number % 3], {}});
  e.turns.push_back({Speaker::kCustomer, angry ? "还要等多久？" : "好的", {}});
  std::vector<float> emotion(11);
  emotion[angry ? 9 : 2] = 1;
  e.turns[0].targets["emotion"] = {emotion, 1};
  std::vector<float> calm(11);
  calm[0] = 1;
  e.turns[2].targets["emotion"] = {calm, 1};
  std::vector<float> motive(8);
  motive[angry ? 0 : 5] = 1;
  e.targets["motive"] = {motive, 1};
  e.targets["satisfaction"] = {
      {angry ? 0.7F : 0, angry ? 0.3F : 0, 0, angry ? 0 : 0.4F, angry ? 0 : 0.6F}, 1};
  e.targets["empathy"] = {{angry ? 0.0F : 1.0F, angry ? 1.0F : 0.0F, 0}, 1};
  return e;
}

std::vector<Labelled> examples() {
  std::vector<Labelled> all;
  for (int i = 0; i < 60; ++i) all.push_back(example(i));
  return all;
}

AuxiliarySet moods() {
  AuxiliarySet set{.name = "moods", .classes = {"bad", "good", "so"}, .texts = {}, .targets = {}};
  for (int i = 0; i < 30; ++i) {
    set.texts.emplace_back(i % 3 == 0   ? "气死了真差劲"
                           : i % 3 == 1 ? "谢谢真不错"
                                        : "今天去了商店");
    std::vector<float> target(3);
    target[static_cast<std::size_t>(i % 3)] = 1;
    set.targets.push_back(target);
  }
  return set;
}

language::CueLexicon lexicon() {
  const std::vector<std::string> states{"anger", "gratitude"};
  const std::string text =
      "state\tcue\tnats\tscope\tnote\nanger\t气死\t2\tcustomer\tguessed\n"
      "anger\t还要等多久\t1\tcustomer\tguessed\ngratitude\t感谢\t1\tany\tguessed\n";
  const std::vector<language::CueFile> files{{0, "feeling", states, text, "cues.tsv"}};
  auto made = language::CueLexicon::compile(files);
  EXPECT_TRUE(made);
  return made ? std::move(*made) : language::CueLexicon();
}

TrainingOptions options(std::size_t threads) {
  TrainingOptions o;
  o.name = "test";
  o.folds = 3;
  o.threads = threads;
  return o;
}

TEST(ReadingTrainer, LearnsAnEasySetAndReadsItBack) {
  const auto data = examples();
  const std::vector<AuxiliarySet> auxiliary{moods()};
  const language::CueLexicon cues = lexicon();
  const TrainedModel trained = train_reading(options(2), data, auxiliary, cues, [](auto, auto) {});
  for (const HeadReport& report : trained.reports) {
    if (report.head == "motive") {
      EXPECT_GT(report.main.value, 0.95);
    }
  }
  const language::TextModel model(trained.parts);
  const language::Reader reader(&model, nullptr, &cues);
  language::ReadScratch scratch;
  const std::vector<language::Turn> turns{{Speaker::kCustomer, "真是气死我了", std::nullopt}};
  const auto reading = reader.read({.id = "x", .turns = turns, .lang = std::nullopt}, scratch);
  const language::Head& motive = *model.find_head("motive");
  EXPECT_GT(reading.episode(motive)[0], 0.5F);
  EXPECT_LT(reading.episode(motive)[5], 0.5F);
}

TEST(ReadingTrainer, TeachesFromComposedExamplesButIsNotJudgedByThem) {
  auto data = examples();
  const std::vector<AuxiliarySet> auxiliary{moods()};
  TrainingOptions only = options(1);
  only.heads = {"motive"};
  const auto cues = lexicon();
  const TrainedModel alone = train_reading(only, data, auxiliary, cues, [](auto, auto) {});
  for (int i = 0; i < 30; ++i) {  // composed, and wrong: judged by them it would fail
    Labelled wrong = example(i);
    wrong.composed = true;
    std::rotate(wrong.targets["motive"].shares.begin(), wrong.targets["motive"].shares.begin() + 1,
                wrong.targets["motive"].shares.end());
    data.push_back(wrong);
  }
  const TrainedModel both = train_reading(only, data, auxiliary, cues, [](auto, auto) {});
  ASSERT_EQ(alone.reports.size(), 1U);
  ASSERT_EQ(both.reports.size(), 1U);
  EXPECT_EQ(both.reports[0].examples, 90U);
  EXPECT_GT(both.reports[0].main.value, 0.95);
  EXPECT_TRUE(both.parts.heads.empty()) << "some heads alone make no model";
}

TEST(ReadingTrainer, GivesTheSameBytesOnAnyNumberOfThreads) {
  const auto data = examples();
  const std::vector<AuxiliarySet> auxiliary{moods()};
  const auto bytes = [&](std::size_t threads) {
    return language::model_bytes(
        train_reading(options(threads), data, auxiliary, lexicon(), [](auto, auto) {}).parts);
  };
  EXPECT_EQ(bytes(1), bytes(4));
}

/// The reader must see a text as the trainer saw it: its scores, from folded and rounded weights,
/// against the trainer's own sums.
TEST(ReadingTrainer, RoundsScoresByNoMoreThanTheSumOfHalfSteps) {
  const auto data = examples();
  const language::CueLexicon cues = lexicon();
  const auto counted = count_examples(data, Lang::kZh, {cues}, 1);
  Projections projections;
  const std::vector<AuxiliarySet> auxiliary{moods()};
  projections.customer = learn_projection(auxiliary, data, counted, Lang::kZh, [](auto) {});
  const GroupScales scales;
  const TextUnits units = build_units(data, counted, cues.kinds().size(), projections, scales);
  std::vector<TrainedHead> heads;
  for (const HeadPlan& plan : head_plans()) {
    const HeadExamples chosen = head_examples(plan, data, units, 3);
    const PartOfUnit words = part_of(*chosen.unit, Ground::kWords);
    const PartOfUnit clues = part_of(*chosen.unit, Ground::kCues);
    heads.push_back(train_head(plan, data, chosen, std::vector{&words, &clues}, 3));
  }
  ModelSize unlimited;
  unlimited.rows.fill(1'000'000);
  language::ModelParts parts =
      build_model("t", Lang::kZh, heads, units, projections, scales, unlimited);
  parts.cue_kinds = cues.kinds();
  const language::TextModel model(std::move(parts));
  const language::Reader reader(&model, nullptr, &cues);
  language::ReadScratch scratch;
  for (std::size_t e = 0; e < 6; ++e) {
    std::vector<language::Turn> turns;
    for (const LabelledTurn& turn : data[e].turns)
      turns.push_back({turn.speaker, turn.text, std::nullopt});
    (void)reader.read({.id = "x", .turns = turns, .lang = Lang::kZh}, scratch);
    std::vector<float> expected;
    for (std::size_t h = 0; h < heads.size(); ++h) {
      if (head_plans()[h].per_turn) continue;
      std::vector<float> scores(heads[h].fit.outputs);
      heads[h].fit.add_scores(units.episode.x, e, scores);
      expected.insert(expected.end(), scores.begin(), scores.end());
    }
    for (std::size_t k = 0; k < expected.size(); ++k) {
      float bound = 1e-3F;
      for (const auto space :
           {language::Space::kCustomer, language::Space::kLast, language::Space::kAgent}) {
        bound += model.parts().blocks[static_cast<std::size_t>(space)].scale[k] * 0.5F * 8 *
                 4;  // shifts up to 2
      }
      for (const auto space : {language::CueSpace::kCustomer, language::CueSpace::kAgent}) {
        bound += model.cue_block(space).scale[k] * 0.5F * 4;
      }
      EXPECT_NEAR(scratch.episode_scores[k], expected[k], bound) << k;
    }
  }
}

}  // namespace
}  // namespace xinjing::learn
