#include "language/reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "language/scoring.h"
#include "language/toy_model.h"

namespace xinjing::language {
namespace {

using ingest::Speaker;

const TextModel& angry_model() {
  static const TextModel model(
      toy_parts({{"气死", Space::kOwn, {0, -20, 100}},
                 {"气死", Space::kCustomer, {120, -20}},
                 {"谢谢", Space::kOwn, {0, 80, -10}},
                 {"谢谢", Space::kLast, {-40, 100}},
                 {"太贵", Space::kCustomer, {10, 0, 120, 0, 60, 0, -30}},
                 {"投诉", Space::kCustomer, {0, 0, 0, 0, 0, 0, 0, -40, 20, 90}},
                 {"抱歉", Space::kBefore, {0, 0, 50}},
                 {"抱歉", Space::kAgent, {5, 5}}}));
  return model;
}

Reading read(std::initializer_list<Turn> turns) {
  const Reader reader(&angry_model(), nullptr);
  ReadScratch scratch;
  const std::vector<Turn> list(turns);
  return reader.read({.id = "x", .turns = list, .lang = std::nullopt}, scratch);
}

float anger(const Reading& reading, std::size_t turn) {
  const Head& emotion = *angry_model().find_head("emotion");
  return reading.turn(emotion, turn, angry_model().turn_outputs())[2];
}

TEST(Reader, ReckonsTheScoresOfAHandMadeModel) {
  const Reading reading = read({{Speaker::kCustomer, "气死", std::nullopt}});
  // Three grams, one of them known: its weights are 0, -20/8 and 100/8.
  const float scale = length_scale(3);
  const float joy = std::exp(scale * -20 / 8);
  const float rage = std::exp(scale * 100 / 8);
  EXPECT_NEAR(anger(reading, 0), rage / (1 + joy + rage), 1e-5);
  const float vent = 1 / (1 + std::exp(-(scale * 120 / 8 - 1)));
  EXPECT_NEAR(reading.episode(*angry_model().find_head("motive"))[0], vent, 1e-5);
}

TEST(Reader, HearsWhatTheAgentSaidBefore) {
  const Reading after =
      read({{Speaker::kAgent, "抱歉", std::nullopt}, {Speaker::kCustomer, "嗯", std::nullopt}});
  const Reading alone = read({{Speaker::kCustomer, "嗯", std::nullopt}});
  EXPECT_GT(anger(after, 0), anger(alone, 0));
}

TEST(Reader, QuotesTheWordsThatCarryAState) {
  const std::string_view text = "昨天打了电话，真是气死我了，东西也太贵";
  const Reading reading = read({{Speaker::kCustomer, text, std::nullopt}});
  const auto heads = angry_model().heads();
  bool anger_quoted = false;
  bool price_quoted = false;
  for (const Ground& ground : reading.grounds) {
    EXPECT_GT(ground.nats, 0);
    const std::string state = heads[ground.head].states[ground.state];
    if (state == "anger") anger_quoted = slice(text, ground.span) == "气死";
    if (state == "PRI-") price_quoted = slice(text, ground.span) == "太贵";
  }
  EXPECT_TRUE(anger_quoted);
  EXPECT_TRUE(price_quoted);
}

/// A model that knows two kinds of cues besides, and the lexicon that finds them.
class ReaderWithCues : public testing::Test {
 protected:
  ReaderWithCues() : x_model(parts()) {
    const std::vector<std::string> states{"calm", "anger", "other"};
    const std::string text =
        "state\tcue\tnats\tscope\tnote\n"
        "anger\t岂有此理\t2\tcustomer\tguessed\n"
        "anger\t没完没了\t2\tcustomer\tguessed\n"
        "calm\t请稍等\t1\tagent\tguessed\n"
        "other\t天气\t1\tany\tguessed\n";
    const std::vector<CueFile> files{{0, "feeling", states, text, "cues.tsv"}};
    auto lexicon = CueLexicon::compile(files);
    EXPECT_TRUE(lexicon);
    if (lexicon) x_lexicon = std::move(*lexicon);
  }

  static ModelParts parts() {
    ModelParts parts = toy_parts({{"气死", Space::kOwn, {0, -20, 100}}});
    parts.cue_kinds = {"feeling:anger", "feeling:calm"};  // not in the order of the lexicon
    for (WeightBlock& block : parts.cue_blocks) {
      block.rows.assign(2 * 16, 0);
      block.shifts = {0, 1};
    }
    const auto row = [&](CueSpace space, std::size_t kind) {
      return parts.cue_blocks[static_cast<std::size_t>(space)].rows.data() + kind * 16;
    };
    row(CueSpace::kTurn, 0)[2] = 24;      // anger of the turn: 3 for ln 2
    row(CueSpace::kCustomer, 0)[0] = 16;  // vent: 2
    row(CueSpace::kAgent, 1)[1] = 8;      // the agent's calm, shifted: praise 2
    return parts;
  }

  Reading read(std::initializer_list<Turn> turns) {
    const Reader reader(&x_model, nullptr, &x_lexicon);
    const std::vector<Turn> list(turns);
    return reader.read({.id = "x", .turns = list, .lang = Lang::kZh}, x_scratch);
  }

  TextModel x_model;
  CueLexicon x_lexicon;
  ReadScratch x_scratch;
};

TEST_F(ReaderWithCues, AddsTheLogarithmOfTheirNumber) {
  (void)read({{Speaker::kCustomer, "岂有此理", std::nullopt}});
  EXPECT_NEAR(x_scratch.turn_scores[2], 3 * std::log(2.0), 1e-5);
  EXPECT_NEAR(x_scratch.episode_scores[0], 2 * std::log(2.0), 1e-5);
  (void)read({{Speaker::kCustomer, "岂有此理,没完没了", std::nullopt},
              {Speaker::kAgent, "请稍等", std::nullopt},
              {Speaker::kCustomer, "岂有此理", std::nullopt}});
  EXPECT_NEAR(x_scratch.turn_scores[2], 3 * std::log(3.0), 1e-5);
  EXPECT_NEAR(x_scratch.turn_scores[16 + 2], 3 * std::log(2.0), 1e-5);
  EXPECT_NEAR(x_scratch.episode_scores[0], 2 * std::log(4.0), 1e-5);
  EXPECT_NEAR(x_scratch.episode_scores[1], 2 * std::log(2.0), 1e-5);
}

TEST_F(ReaderWithCues, QuotesThemAndPassesOverKindsThatTheModelDoesNotKnow) {
  const std::string_view text = "今天天气好,真是岂有此理";
  const Reading reading = read({{Speaker::kCustomer, text, std::nullopt}});
  ASSERT_EQ(x_scratch.turns[0].cues.size(), 2U);
  ASSERT_FALSE(reading.grounds.empty());
  EXPECT_EQ(slice(text, reading.grounds[0].span), "岂有此理");
}

TEST_F(ReaderWithCues, ReadsWithoutThemWhereNoLexiconIsGiven) {
  const Reader reader(&x_model, nullptr);
  const std::vector<Turn> turns{{Speaker::kCustomer, "岂有此理", std::nullopt}};
  (void)reader.read({.id = "x", .turns = turns, .lang = Lang::kZh}, x_scratch);
  EXPECT_EQ(x_scratch.turn_scores[2], 0);
}

TEST(Reader, BelievesLessWhenTheQuoteIsDeleted) {
  const std::string text = "你们说好昨天送到，结果又没来，真是气死我了，我要投诉，再说还太贵";
  const Reading with = read({{Speaker::kCustomer, text, std::nullopt}});
  ASSERT_FALSE(with.grounds.empty());
  for (const Ground& ground : with.grounds) {
    std::string without = text;
    without.erase(ground.span.begin, ground.span.size());
    const Reading less = read({{Speaker::kCustomer, without, std::nullopt}});
    const Head& head = angry_model().heads()[ground.head];
    const auto before = head.per_turn ? with.turn(head, 0, 3) : with.episode(head);
    const auto after = head.per_turn ? less.turn(head, 0, 3) : less.episode(head);
    EXPECT_LT(after[ground.state], before[ground.state])
        << head.name << ' ' << head.states[ground.state];
  }
}

TEST(Reader, AddsUpRowsAsAPlainLoopDoes) {
  WeightBlock block = angry_model().parts().blocks[static_cast<std::size_t>(Space::kOwn)];
  Vocabulary::Rows rows[2];
  rows[0].row.fill(0);
  rows[1].row.fill(1);
  rows[1].shift.fill(5);
  std::vector<ReadScratch::Hit> hits;
  std::vector<std::int32_t> expected(16);
  for (std::uint32_t i = 0; i < 5000; ++i) {
    hits.push_back({{0, 1}, 1, &rows[i % 3 == 0 ? 1 : 0]});
    for (std::size_t c = 0; c < 16; ++c) {
      expected[c] += block.row(i % 3 == 0 ? 1 : 0)[c] * (i % 3 == 0 ? 32 : 1);
    }
  }
  std::vector<ReadScratch::RowHit> gathered;
  gather_rows(block, Space::kOwn, hits, gathered);
  std::vector<std::int32_t> sums(16);
  add_rows(gathered, 16, sums);
  EXPECT_EQ(sums, expected);
}

TEST(Reader, AddsBothSpacesOfTheCustomersOnlyTurnAtOnceAsOneAfterTheOther) {
  std::mt19937 random(9);
  const char* const words[] = {"气死", "谢谢", "太贵", "投诉", "不", "电", "停电", "慢"};
  for (int round = 0; round < 100; ++round) {
    std::vector<ToyGram> grams;
    for (const char* word : words) {
      for (const Space space : {Space::kCustomer, Space::kLast}) {
        if (random() % 3 == 0) continue;
        ToyGram gram{word, space, {}};
        for (int k = 0; k < 10; ++k)
          gram.weights.push_back(static_cast<std::int8_t>(random() % 199) - 99);
        if (round % 2 == 0 && space == Space::kCustomer) gram.weights[4] = 0;  // nobody's column
        grams.push_back(gram);
      }
    }
    ModelParts parts = toy_parts(grams);
    for (const Space space : {Space::kCustomer, Space::kLast}) {
      WeightBlock& block = parts.blocks[static_cast<std::size_t>(space)];
      for (float& step : block.scale) step = 0.05F + static_cast<float>(random() % 100) / 500;
      for (auto& shift : block.shifts) shift = static_cast<std::uint8_t>(random() % 3);
    }
    const TextModel model(parts);
    std::string text;
    for (int i = 0; i < 12; ++i) text += words[random() % std::size(words)];
    const Turn turn{Speaker::kCustomer, text, std::nullopt};
    ReadScratch scratch;
    (void)Reader(&model, nullptr)
        .read({.id = "x", .turns = std::span(&turn, 1), .lang = Lang::kZh}, scratch);
    std::vector<float> one_by_one(16);
    std::vector<RowHit> rows;
    for (const Space space : {Space::kCustomer, Space::kLast}) {
      const WeightBlock& block = model.parts().blocks[static_cast<std::size_t>(space)];
      gather_rows(block, space, scratch.turns[0].hits, rows);
      std::vector<std::int32_t> sums(16);
      add_rows(rows, 16, sums);
      add_scaled(block, sums, length_scale(scratch.turns[0].grams), one_by_one);
    }
    float largest = 1;
    for (const float score : one_by_one) largest = std::max(largest, std::abs(score));
    for (std::size_t k = 0; k < 10; ++k) {
      ASSERT_NEAR(scratch.episode_scores[k], one_by_one[k], 0.05F * largest) << round << " " << k;
    }
  }
}

TEST(Reader, ReadsEmptyAndOddConversations) {
  EXPECT_EQ(read({}).turn_p.size(), 0U);
  EXPECT_EQ(read({{Speaker::kCustomer, "", std::nullopt}}).turn_p.size(), 3U);
  EXPECT_EQ(read({{Speaker::kAgent, "您好", std::nullopt}}).turn_p.size(), 0U);
  const std::string huge(1'000'000, 'a');
  EXPECT_EQ(read({{Speaker::kBot, huge, std::nullopt}, {Speaker::kCustomer, huge, std::nullopt}})
                .turn_p.size(),
            3U);
  for (const float p : read({{Speaker::kCustomer, "\xff\xfe\x80", std::nullopt}}).episode_p) {
    EXPECT_TRUE(std::isfinite(p));
  }
}

TEST(Reader, GivesTheSameWithUsedScratch) {
  const Reader reader(&angry_model(), nullptr);
  ReadScratch scratch;
  const std::vector<Turn> a{{Speaker::kCustomer, "气死我了，太贵", std::nullopt},
                            {Speaker::kAgent, "抱歉", std::nullopt}};
  const std::vector<Turn> b{{Speaker::kCustomer, "谢谢", std::nullopt}};
  const Reading first = reader.read({.id = "a", .turns = a, .lang = std::nullopt}, scratch);
  reader.read({.id = "b", .turns = b, .lang = std::nullopt}, scratch);
  const Reading again = reader.read({.id = "a", .turns = a, .lang = std::nullopt}, scratch);
  EXPECT_EQ(first.turn_p, again.turn_p);
  EXPECT_EQ(first.episode_p, again.episode_p);
  EXPECT_EQ(first.grounds.size(), again.grounds.size());
}

TEST(GroundToSay, IsTheBestOfAStateAndNoneThatIsTooWeak) {
  Reading reading;
  reading.grounds = {{2, 1, 0, {0, 6}, 1.5F}, {2, 1, 3, {0, 3}, 0.9F}, {2, 0, 0, {0, 3}, 0.29F}};
  ASSERT_NE(ground_to_say(reading, 2, 1), nullptr);
  EXPECT_EQ(ground_to_say(reading, 2, 1)->nats, 1.5F);
  EXPECT_EQ(ground_to_say(reading, 2, 0), nullptr);
  EXPECT_EQ(ground_to_say(reading, 1, 1), nullptr);
}

TEST(SaidState, FollowsLeansAndLimits) {
  Head head{.name = "x", .kind = HeadKind::kOne, .states = {"a", "b"}};
  const std::vector<float> p{0.6F, 0.4F};
  EXPECT_EQ(said_state(head, p), 0U);
  head.lean = {0, 1};
  EXPECT_EQ(said_state(head, p), 1U);
  Head level{.name = "y", .kind = HeadKind::kLevel, .states = {"0", "1", "2"}};
  level.lean = {0.3F, 1.2F};
  EXPECT_EQ(said_state(level, std::vector<float>{0.6F, 0.4F, 0}), 1U);
  EXPECT_EQ(said_state(level, std::vector<float>{0.1F, 0.4F, 0.5F}), 2U);
}

TEST(WithoutLean, GivesTheProbabilityBackToAYesOrNoAndToThePartsOfOne) {
  Head head{.name = "x", .kind = HeadKind::kSeveral, .states = {"a", "b"}};
  std::vector<float> out(2);
  without_lean(head, std::vector<float>{0.5F, 0.3F}, out);
  EXPECT_EQ(out, (std::vector<float>{0.5F, 0.3F}));
  head.lean = {std::log(4.0F), -std::log(4.0F)};  // thresholds of 0.2 and 0.8
  without_lean(head, std::vector<float>{0.5F, 0.5F}, out);
  EXPECT_NEAR(out[0], 0.2, 1e-6);
  EXPECT_NEAR(out[1], 0.8, 1e-6);
  head.parts = 2;
  head.lean = {std::log(4.0F), std::log(4.0F)};
  without_lean(head, std::vector<float>{0.1F, 0.4F}, out);
  EXPECT_NEAR(out[0], 0.04, 1e-6);
  EXPECT_NEAR(out[1], 0.16, 1e-6);
}

}  // namespace
}  // namespace xinjing::language
