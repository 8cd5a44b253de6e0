#include "behaviour/churn.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace xinjing::behaviour {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Draws that are the same everywhere.
struct Dice {
  std::uint64_t state = 11;
  double draw() {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return double(state >> 40) / double(1 << 24);
  }
};

/// Customers who leave by a known rule: silence and a tariff.
ChurnRows made_up(std::size_t count) {
  Dice dice;
  ChurnRows out;
  out.x.rows = count;
  out.x.columns = {
      {.name = "silence"}, {.name = "tariff", .levels = {"a", "b"}}, {.name = "noise"}};
  for (std::size_t i = 0; i < count; ++i) {
    const double silence = 200 * dice.draw();
    const int tariff = dice.draw() < 0.5 ? 0 : 1;
    out.x.columns[0].numbers.push_back(i % 50 == 0 ? kUnknown : silence);
    out.x.columns[1].words.push_back(tariff);
    out.x.columns[2].numbers.push_back(dice.draw());
    const double sum = -2 + silence / 60 + tariff;
    const bool left = dice.draw() < 1 / (1 + std::exp(-sum));
    out.left.push_back(left);
    out.by_horizon.push_back(left);
    out.who.push_back(i);
    out.at.push_back(0);
  }
  return out;
}

TEST(Churn, FindsTheRuleAndIsCalibrated) {
  const auto study = study_churn(made_up(4000), {});
  ASSERT_TRUE(study);
  const Bounds area = area_bounds(study->cross);
  EXPECT_GT(area.low, 0.74);
  EXPECT_LT(area.low, area.value);
  EXPECT_GT(area.high, area.value);
  for (const Bin& bin : calibration_bins(study->cross)) {
    EXPECT_NEAR(bin.events / bin.rows, bin.mean_p, 0.08);
  }
  EXPECT_LT(study->weight[2], 0.1) << "noise adds next to nothing";
  EXPECT_GT(study->weight[0], 0.5);
}

TEST(Churn, PartsAndTheirMeanAreTheSum) {
  const ChurnRows rows = made_up(1000);
  const auto study = study_churn(rows, {});
  ASSERT_TRUE(study);
  const auto rest = [&](std::uint32_t row) {
    const std::vector<double> parts = study->model.parts(rows.x, row);
    const double p = study->model.risk(rows.x, row);
    return std::log(p / (1 - p)) - std::accumulate(parts.begin(), parts.end(), 0.0);
  };
  for (std::uint32_t row = 1; row < 60; ++row) EXPECT_NEAR(rest(row), rest(0), 1e-9);
}

TEST(Churn, OrderOfRowsChangesNothing) {
  const ChurnRows rows = made_up(600);
  ChurnRows back = rows;
  for (Covariate& column : back.x.columns) {
    std::reverse(column.numbers.begin(), column.numbers.end());
    std::reverse(column.words.begin(), column.words.end());
  }
  std::reverse(back.left.begin(), back.left.end());
  std::reverse(back.by_horizon.begin(), back.by_horizon.end());
  std::reverse(back.who.begin(), back.who.end());
  const auto one = study_churn(rows, {}), other = study_churn(back, {});
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->cross.p, other->cross.p);
  EXPECT_EQ(one->model.fit.beta, other->model.fit.beta);
}

TEST(Churn, SaysHowManyAreNeeded) {
  ChurnRows rows = made_up(300);
  std::fill(rows.left.begin(), rows.left.end(), 0);
  rows.left[7] = 1;
  const auto study = study_churn(rows, {});
  ASSERT_FALSE(study);
  EXPECT_EQ(study.error().said.en,
            "1 customers who left and 299 who stayed are too few to learn from: 20 of each are "
            "needed");
}

TEST(Churn, NoiseIsToldToBeNoise) {
  ChurnRows rows = made_up(1000);
  Dice dice{.state = 5};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows.left[i] = dice.draw() < 0.3;
    rows.by_horizon[i] = std::int8_t(rows.left[i]);
  }
  const auto study = study_churn(rows, {});
  ASSERT_TRUE(study);
  const Bounds area = area_bounds(study->cross);
  EXPECT_LT(area.low, 0.5);
  for (std::uint32_t row = 0; row < 100; ++row) {
    EXPECT_NEAR(study->model.risk(rows.x, row), 0.3, 0.15);
  }
}

TEST(Churn, AHorizonOfSeveralPeriodsIsTheirSurvival) {
  const ChurnRows rows = made_up(800);
  ChurnOptions options{.horizon_days = 90, .period_days = 30};
  const auto three = study_churn(rows, options);
  options.horizon_days = 30;
  const auto one = study_churn(rows, options);
  ASSERT_TRUE(three && one);
  const double p = one->model.risk(rows.x, 3);
  EXPECT_NEAR(three->model.risk(rows.x, 3), 1 - std::pow(1 - p, 3), 1e-12);
}

TEST(Churn, LooksForwardFromWhatHadEndedByThen) {
  ChurnRows rows = made_up(900);
  for (std::size_t i = 0; i < rows.size(); ++i) rows.at[i] = std::int32_t(30 * (i % 3));
  ChurnOptions options{.horizon_days = 30, .period_days = 30};
  const auto study = study_churn(rows, options);
  ASSERT_TRUE(study);
  EXPECT_EQ(study->forward.p.size(), 300U);
  EXPECT_EQ(study->forward_at, 60);
  EXPECT_GT(area_under_curve(study->forward.p, study->forward.event), 0.7);
  options.period_days = 90;  // no period had ended
  EXPECT_TRUE(study_churn(rows, options)->forward.p.empty());
}

TEST(Covariates, IdsAndConstantsGiveNoTermAndUnknownIsATermOfItsOwn) {
  Covariates x{.rows = 40};
  x.columns = {{.name = "id"}, {.name = "same"}, {.name = "half"}};
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < 40; ++i) {
    rows.push_back(i);
    x.columns[0].levels.push_back(std::to_string(i));
    x.columns[0].words.push_back(std::int32_t(i));
    x.columns[1].numbers.push_back(3);
    x.columns[2].numbers.push_back(i < 20 ? kUnknown : double(i % 2));
  }
  const Design design = Design::of(x, rows);
  ASSERT_EQ(design.terms().size(), 2U);
  EXPECT_EQ(design.terms()[0].kind, Term::Kind::kMissing);
  EXPECT_EQ(design.terms()[1].kind, Term::Kind::kLinear);
}

TEST(Covariates, BeyondWhatWasSeenANumberIsTheNearestSeen) {
  Covariates x{.rows = 30};
  x.columns = {{.name = "n"}};
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < 30; ++i) {
    x.columns[0].numbers.push_back(i);
    if (i < 20) rows.push_back(i);
  }
  const Design design = Design::of(x, rows);
  EXPECT_EQ(design.rows(x, std::vector<std::uint32_t>{19}).cells,
            design.rows(x, std::vector<std::uint32_t>{29}).cells);
}

}  // namespace
}  // namespace xinjing::behaviour
