#include "evidence/tally.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace xinjing::evidence {
namespace {

using Added = Tally::Entry;

std::vector<Added> random_evidence(std::mt19937& random, std::size_t n) {
  std::vector<Added> out(n);
  for (Added& one : out) {
    one.key = {
        std::uint16_t(random() % 5), std::uint16_t(random() % 4), {std::int32_t(random() % 9)}};
    one.sum = {std::int64_t(random() % 4'000'001) - 2'000'000, 1};
  }
  return out;
}

Tally sum_of(std::span<const Added> evidence) {
  Tally tally;
  for (const Added& one : evidence) tally.add(one.key, one.sum.micro_nats, one.sum.count);
  return tally;
}

class TallyLaws : public testing::TestWithParam<unsigned> {
 protected:
  TallyLaws() : random(GetParam()) { RecordProperty("seed", int(GetParam())); }
  std::mt19937 random;
};

TEST_P(TallyLaws, AnyOrderGivesEqualBytes) {
  std::vector<Added> evidence = random_evidence(random, 300);
  const std::string bytes = sum_of(evidence).bytes();
  for (int i = 0; i < 5; ++i) {
    std::shuffle(evidence.begin(), evidence.end(), random);
    EXPECT_EQ(sum_of(evidence).bytes(), bytes);
  }
}

TEST_P(TallyLaws, AnyPartitionMergedInAnyTreeGivesEqualBytes) {
  const std::vector<Added> evidence = random_evidence(random, 300);
  std::vector<Tally> shards(1 + random() % 9);
  for (const Added& one : evidence) {
    shards[random() % shards.size()].add(one.key, one.sum.micro_nats, one.sum.count);
  }
  while (shards.size() > 1) {
    const std::size_t i = random() % shards.size();
    Tally taken = shards[i];
    shards.erase(shards.begin() + std::ptrdiff_t(i));
    shards[random() % shards.size()].merge(taken);
  }
  EXPECT_EQ(shards[0].bytes(), sum_of(evidence).bytes());
}

TEST_P(TallyLaws, RetractUndoesMergeWhereverItHappened) {
  const std::vector<Added> evidence = random_evidence(random, 200);
  const auto all = std::span(evidence);
  const Tally one = sum_of(all.first(70)), two = sum_of(all.subspan(70));
  Tally tally = one;
  tally.merge(two);
  tally.retract(one);
  EXPECT_EQ(tally.bytes(), two.bytes());
  tally.retract(two);
  EXPECT_TRUE(tally.empty());
  Tally before;
  before.retract(two);  // a withdrawal may arrive first
  before.merge(two);
  EXPECT_EQ(before, Tally{});
}

TEST_P(TallyLaws, AgreesWithAPlainMap) {
  const std::vector<Added> evidence = random_evidence(random, 500);
  std::map<TallyKey, TallySum> twin;
  for (const Added& one : evidence) {
    twin[one.key].micro_nats += one.sum.micro_nats;
    twin[one.key].count += one.sum.count;
  }
  const Tally tally = sum_of(evidence);
  ASSERT_EQ(tally.entries().size(), twin.size());
  for (const Added& entry : tally.entries()) EXPECT_EQ(twin[entry.key], entry.sum);
  std::size_t found = 0;
  for (std::uint16_t construct = 0; construct < 6; ++construct) {
    for (const Added& entry : tally.entries_of(construct)) {
      EXPECT_EQ(entry.key.construct, construct);
      ++found;
    }
  }
  EXPECT_EQ(found, twin.size());
}

TEST_P(TallyLaws, MergingItselfDoubles) {
  Tally tally = sum_of(random_evidence(random, 50));
  const Tally once = tally;
  tally.merge(tally);
  tally.retract(once);
  EXPECT_EQ(tally, once);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TallyLaws, testing::Range(1U, 21U));

TEST(Tally, KeepsAnEntryWhoseNatsCancelButWhoseCountDoesNot) {
  Tally tally;
  tally.add({1, 2, {3}}, 500, 1);
  tally.add({1, 2, {3}}, -500, 1);
  ASSERT_EQ(tally.entries().size(), 1U);
  EXPECT_EQ(tally.entries()[0].sum, (TallySum{0, 2}));
  EXPECT_EQ(tally.bytes().size(), 24U);
}

}  // namespace
}  // namespace xinjing::evidence
