#include "learn/shared_grams.h"

#include <gtest/gtest.h>

namespace xinjing::learn {
namespace {

using ingest::Speaker;

/// Ten of each kind: one side says "断网" or "退款", the other says thanks.
std::vector<Labelled> conversations(Speaker teller) {
  std::vector<Labelled> all;
  for (int i = 0; i < 20; ++i) {
    Labelled e;
    e.id = e.group = fmt::format("d{}", i);
    const std::string said = i % 2 == 0 ? "又断网了" : "要退款了";
    const bool customer_tells = teller == Speaker::kCustomer;
    e.turns.push_back({Speaker::kCustomer, customer_tells ? said : "谢谢你们", {}});
    e.turns.push_back({Speaker::kAgent, customer_tells ? "谢谢你们" : said, {}});
    all.push_back(std::move(e));
  }
  return all;
}

TextUnits units_of(std::span<const Labelled> examples) {
  const language::CueLexicon none;
  return build_units(examples, count_examples(examples, Lang::kZh, {none}, 1), 0, {}, {});
}

std::vector<float> scores(const LinearFit& fit, const UnitMatrix& unit, std::size_t row) {
  std::vector<float> s(fit.outputs);
  fit.add_scores(unit.x, row, s);
  return s;
}

TEST(SharedGrams, LeadAFitBackToTheSameScores) {
  const auto examples = conversations(Speaker::kCustomer);
  const TextUnits units = units_of(examples);
  const SharedGrams shared(units, {}, GroupScales{}.agent);
  LinearFit fit{.outputs = 2, .weights = {}, .bias = {0.25F, -1}};
  for (std::size_t i = 0; i < std::size_t{shared.unit().features} * 2; ++i) {
    fit.weights.push_back(static_cast<float>(i * 7919 % 101) / 50.0F - 1);
  }
  const LinearFit back = shared.led_back(fit);
  ASSERT_EQ(back.weights.size(), std::size_t{units.episode.features} * 2);
  for (std::size_t r = 0; r < examples.size(); ++r) {
    const auto before = scores(fit, shared.unit(), r);
    const auto after = scores(back, units.episode, r);
    EXPECT_NEAR(before[0], after[0], 1e-4F);
    EXPECT_NEAR(before[1], after[1], 1e-4F);
  }
}

TEST(SharedGrams, TeachTheAgentsWordsWhatTheCustomersMean) {
  // Customers tell in the first twenty, which alone are fitted; agents in the others.
  auto examples = conversations(Speaker::kCustomer);
  for (Labelled& e : conversations(Speaker::kAgent)) examples.push_back(std::move(e));
  const TextUnits units = units_of(examples);
  const auto lift = [&](const SharedScales& scales) {
    const SharedGrams shared(units, scales, GroupScales{}.agent);
    std::vector<std::uint32_t> rows;
    FitTask task{.x = &shared.unit().x, .features = shared.unit().features, .outputs = 2};
    for (std::uint32_t r = 0; r < 20; ++r) {
      rows.push_back(r);
      task.target.push_back(r % 2 == 0 ? 1.0F : 0.0F);
      task.target.push_back(r % 2 == 0 ? 0.0F : 1.0F);
      task.weight.push_back(1);
    }
    task.rows = rows;
    const LinearFit fit = shared.led_back(fit_linear(task));
    const auto outage = scores(fit, units.episode, 20);
    const auto refund = scores(fit, units.episode, 21);
    return outage[0] - outage[1] - refund[0] + refund[1];
  };
  EXPECT_GT(lift({}), 0.1F);
  EXPECT_NEAR(lift({.own = 0.3F, .agent = 0.3F, .shared = 0}), 0, 1e-4F);
}

}  // namespace
}  // namespace xinjing::learn
