#include "behaviour/conformance.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/format.h"
#include "behaviour/journey_sample.h"

namespace xinjing::behaviour {
namespace {

/// A log with a case for each word, a step for each letter.
EventLog log_of_words(const std::vector<std::string>& words) {
  std::vector<SampleStep> steps;
  for (std::size_t c = 0; c < words.size(); ++c) {
    for (std::size_t i = 0; i < words[c].size(); ++i) {
      steps.push_back({fmt::format("{}", c), words[c].substr(i, 1), int(i * 10 * (c + 1))});
    }
  }
  return log_of(steps);
}

Conformance conform(const std::vector<std::string>& words, const std::string& ideal) {
  const EventLog log = log_of_words(words);
  const auto path = parse_ideal(ideal, log);
  EXPECT_TRUE(path);
  return conform(log, describe(log), *path);
}

std::string told(const Conformance& conformance) {
  std::string out;
  for (const Deviation& one : conformance.deviations) {
    out += fmt::format("{} {} {}/{}; ", deviation_id(one.kind), one.activity, one.times, one.cases);
  }
  return out;
}

TEST(Conformance, NamesWhatWasSkippedInsertedRepeatedAndMoved) {
  EXPECT_EQ(told(conform({"abcd"}, "a>b>c>d")), "");
  EXPECT_EQ(told(conform({"acd"}, "a>b>c>d")), "skipped b 1/1; ");
  EXPECT_EQ(told(conform({"abxcxd"}, "a>b>c>d")), "inserted x 2/1; ");
  EXPECT_EQ(told(conform({"abbbcd"}, "a>b>c>d")), "repeated b 2/1; ");
  EXPECT_EQ(told(conform({"acdb", "abcd"}, "a>b>c>d")), "moved b 1/1; ");
}

// Costs 1 for each move of one side; fitness 1 - cost / (all of the case + all of the path), as
// Adriansyah 2014 section 4 and 6 define them for standard costs.
TEST(Conformance, HasTheFitnessOfAdriansyah2014) {
  const Conformance one = conform({"acd"}, "a>b>c>d");
  EXPECT_DOUBLE_EQ(one.fitness, 1 - 1.0 / 7);
  const Conformance two = conform({"abcd", "xx"}, "a>b>c>d");
  EXPECT_DOUBLE_EQ(two.fitness, 0.5) << "nothing shared is 0";
  EXPECT_DOUBLE_EQ(two.log_fitness, 1 - 6.0 / 14);
  EXPECT_EQ(two.fitting, 1);
}

TEST(Conformance, AllowsOptionalAndRepeatableSteps) {
  const Conformance both = conform({"abbbd", "acd", "abcd"}, "a>b+>c?>d");
  EXPECT_EQ(both.fitting, 2);
  EXPECT_EQ(told(both), "skipped b 1/1; ");
}

TEST(Conformance, TellsHowFarCasesCome) {
  const Conformance one = conform({"abcd", "ab", "ab", "a", "x"}, "a>b>c>d>e");
  EXPECT_EQ(one.came, (std::vector<std::int64_t>{4, 3, 1, 1, 0}));
  EXPECT_EQ(one.reached, (std::vector<std::int64_t>{4, 3, 1, 1, 0}));
  EXPECT_EQ(one.missing, std::vector<std::string>{"e"});
}

TEST(Conformance, ReadsPathsInOneLineAndInAFile) {
  const EventLog log = log_of({{"1", "Paid?", 0}, {"1", "a", 1}});
  const auto path = parse_ideal(" a > Paid? > b?+ ", log);
  ASSERT_TRUE(path);
  EXPECT_EQ((*path)[1], (IdealStep{"Paid?", false, false})) << "the log has a step of this name";
  EXPECT_EQ((*path)[2], (IdealStep{"b", true, true}));
  EXPECT_EQ(parse_ideal("# the path\na\n\nPaid?\nb?+\n", log)->size(), 3U);
  EXPECT_EQ(parse_ideal("a>>b", log).error().code, ErrorCode::kUsage);
  EXPECT_EQ(parse_ideal("", log).error().code, ErrorCode::kUsage);
}

/// The stupid twin: tries every alignment.
std::int64_t slow_cost(std::span<const std::uint32_t> steps, std::span<const std::uint32_t> path) {
  if (steps.empty() || path.empty()) return std::int64_t(steps.size() + path.size());
  std::int64_t best =
      1 + std::min(slow_cost(steps.subspan(1), path), slow_cost(steps, path.subspan(1)));
  if (steps[0] == path[0]) best = std::min(best, slow_cost(steps.subspan(1), path.subspan(1)));
  return best;
}

TEST(Conformance, FindsTheCheapestAlignmentOfRandomSequences) {
  std::mt19937 random(43);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::uint32_t> steps(random() % 8), path(random() % 6 + 1);
    for (auto& s : steps) s = random() % 4;
    for (auto& s : path) s = random() % 4;
    const std::vector<IdealStep> ideal(path.size());
    const Alignment found = align(steps, path, ideal);
    EXPECT_EQ(found.cost, slow_cost(steps, path)) << "seed 43, round " << round;
    EXPECT_EQ(found.cost, std::int64_t(found.inserted.size() + found.skipped.size()));
  }
}

TEST(Conformance, LeavesOutACaseTooLongForThePathAndSaysSo) {
  EventLogBuilder builder;
  for (int i = 0; i < 1'000'001; ++i) {
    builder.add({.case_id = "long", .activity = "a", .started = {minute(i)}});
  }
  const EventLog log = builder.finish();
  const std::vector<IdealStep> ideal(200, IdealStep{"a", false, false});
  const Conformance one = conform(log, describe(log), ideal);
  EXPECT_EQ(one.too_long, 1);
  EXPECT_EQ(one.cases, 0);
}

}  // namespace
}  // namespace xinjing::behaviour
