#include "language/norm_reader.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "language/expectation.h"
#include "language/toy_model.h"

namespace xinjing::language {
namespace {

const std::vector<std::string> kAspects = {"PRI", "SPD"};
const std::vector<std::string> kActs = {"complain", "request"};

Turn customer(std::string_view text) {
  return {.speaker = ingest::Speaker::kCustomer, .text = text, .time = {}};
}

/// A pack of two norms, cues of two acts, the words of scope, and a toy model.
struct Trade {
  NormLexicon norms;
  ScopeRules rules;
  CueLexicon cues;
  TextModel model{toy_parts({{"没人", Space::kCustomer, {0, 0, -20, 40, 60, 0, -30}},
                             {"太贵", Space::kCustomer, {10, 0, 120, 0, 60, 0, -30}}})};

  Trade() {
    const std::string text =
        "id\taspect\ttriggers\tzh\ten\tlevel\tsource\n"
        "crew\tSPD\t!没人来修|抢修\t及时到场\ta crew in time\t45 min\ts\n"
        "price\tPRI\t!乱收费|收费\t按约定收费\tcharged as agreed\t\ts\n";
    EXPECT_TRUE(norms.add({.pack = "p", .text = text, .name = "n", .aspects = kAspects}));
    norms.build();
    for (const char* name : {"scope.zh.tsv", "scope.en.tsv"}) {
      EXPECT_TRUE(rules.add(*read_file(std::string(XINJING_SOURCE_DIR "/lexicons/") + name), name));
    }
    rules.build();
    const std::string_view rows =
        "state\tcue\tnats\tscope\tnote\ncomplain\t太慢\t2.0\tcustomer\tguessed\n"
        "complain\t太贵\t2.0\tcustomer\tguessed\nrequest\t请派人\t2.0\tcustomer\tguessed\n";
    const std::vector<CueFile> files = {{0, "act", kActs, rows, "c"}};
    cues = *CueLexicon::compile(files);
  }

  std::vector<NormHit> read(std::vector<Turn> turns) const {
    const Reader reader(&model, nullptr, &cues);
    const NormReader by(norms, rules, cues);
    ReadScratch read;
    NormReader::Scratch scratch;
    std::vector<NormHit> out;
    const Conversation conversation{.id = {}, .turns = turns, .lang = Lang::kZh};
    by.read(conversation, reader.read(conversation, read), model.heads(), read, scratch, out);
    return out;
  }
  std::string said(std::string_view text) const {
    std::string out;
    for (const NormHit& hit : read({customer(text)})) {
      out += hit.norm->key + " " + std::string(hit.status()) + ": " +
             std::string(slice(text, hit.span)) + "\n";
    }
    return out;
  }
};

TEST(NormReader, HearsWordsThatSayThemselvesThatItWasNotKept) {
  const Trade trade;
  EXPECT_EQ(trade.said("停电两小时，到现在没人来修，急死了"), "p/crew unmet: 到现在没人来修\n");
  EXPECT_EQ(trade.said("你们乱收费！"), "p/price unmet: 你们乱收费\n");
}

TEST(NormReader, NeedsAComplaintOrADemandInTheClauseOfOtherWords) {
  const Trade trade;
  EXPECT_EQ(trade.said("你们收费太贵"), "p/price unmet: 你们收费太贵\n");
  EXPECT_EQ(trade.said("你们收费处在哪里"), "");
  EXPECT_EQ(trade.said("我看到收费处了，太贵"), "");  // another clause
}

TEST(NormReader, LeavesOutConditionsDenialsAndRivals) {
  const Trade trade;
  EXPECT_EQ(trade.said("如果没人来修，我再打电话"), "");
  EXPECT_EQ(trade.said("你们没有乱收费"), "");
}

TEST(NormReader, ListensToCustomersOnly) {
  const Trade trade;
  const Turn agent{.speaker = ingest::Speaker::kAgent, .text = "没人来修吗", .time = {}};
  EXPECT_TRUE(trade.read({agent}).empty());
}

Expectation entry(std::string_view aspect, std::string_view status, Span span) {
  return {.aspect = aspect, .status = status, .p = 0.8F, .turn = 0, .span = span};
}

TEST(Expectations, TakeTheNormOfTheSameWordsThenOfTheSameStatus) {
  const Norm quiet{.key = "q", .aspect = "ENV", .content = {"quiet", "安静"}, .source = "s"};
  const Norm clean{.key = "c", .aspect = "ENV", .content = {"clean", "干净"}, .source = "s"};
  const std::vector<NormHit> hits = {{.norm = &quiet, .turn = 0, .span = {0, 9}, .p = 0.6F},
                                     {.norm = &clean, .turn = 0, .span = {12, 21}, .p = 0.6F}};
  std::vector<Expectation> same_words = {entry("ENV", "open", {15, 18})};
  add_norms(hits, same_words);
  ASSERT_EQ(same_words.size(), 2U);
  EXPECT_EQ(same_words[0].norm, &clean);
  EXPECT_EQ(same_words[1].norm, &quiet);
  EXPECT_EQ(same_words[1].status, "unmet");
  EXPECT_EQ(same_words[1].kind(), "implicit");
  std::vector<Expectation> same_status = {entry("ENV", "unmet", {30, 33})};
  add_norms(hits, same_status);
  ASSERT_EQ(same_status.size(), 1U);
  EXPECT_EQ(same_status[0].norm, &quiet);
  EXPECT_EQ(same_status[0].span, (Span{30, 33}));
}

TEST(Expectations, OfOneAspectAndStatusAreOneEntry) {
  const Norm quiet{.key = "q", .aspect = "ENV", .content = {"quiet", "安静"}, .source = "s"};
  const Norm clean{.key = "c", .aspect = "ENV", .content = {"clean", "干净"}, .source = "s"};
  std::vector<Expectation> none;
  add_norms(
      std::vector<NormHit>{{.norm = &quiet, .span = {0, 3}}, {.norm = &clean, .span = {3, 6}}},
      none);
  ASSERT_EQ(none.size(), 1U);
  EXPECT_EQ(none[0].norm, &quiet);
}

}  // namespace
}  // namespace xinjing::language
