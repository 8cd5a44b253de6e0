#include "behaviour/hazard.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xinjing::behaviour {
namespace {

/// The life table of the boys of Capaldi, Crosby and Stoolmiller (1996), grades 7 to 12, without
/// (72) and with (108) a change of parents, as Singer and Willett (2003, table 11.1) print it.
struct Grades {
  Rows x;
  std::vector<double> events, at_risk;
};

Grades grades(bool with_parents) {
  const double events[2][6] = {{2, 2, 8, 8, 10, 8}, {13, 5, 16, 21, 15, 18}};
  double at_risk[2] = {72, 108};
  Grades out{{.columns = with_parents ? std::size_t(7) : std::size_t(6)}, {}, {}};
  for (int parents = 0; parents < 2; ++parents) {
    for (int grade = 0; grade < 6; ++grade) {
      for (int g = 0; g < 6; ++g) out.x.cells.push_back(g == grade);
      if (with_parents) out.x.cells.push_back(parents);
      out.events.push_back(events[parents][grade]);
      out.at_risk.push_back(at_risk[parents]);
      at_risk[parents] -= events[parents][grade];
    }
  }
  return out;
}

HazardFit fit(const Grades& data, Link link) {
  return fit_hazard({data.x, data.events, data.at_risk}, std::vector<double>(data.x.columns), link);
}

double error_of(const HazardFit& fit, std::size_t column) {
  return std::sqrt(fit.covariance[column * fit.beta.size() + column]);
}

TEST(Hazard, MatchesSingerAndWillett2003ModelA) {
  const HazardFit found = fit(grades(false), Link::kLogit);
  const double published[] = {-2.3979, -3.1167, -1.7198, -1.2867, -1.1632, -0.7309};
  const double errors[] = {0.2697, 0.3862, 0.2217, 0.2098, 0.2291, 0.2387};
  for (std::size_t c = 0; c < 6; ++c) {
    EXPECT_NEAR(found.beta[c], published[c], 6e-5);
    EXPECT_NEAR(error_of(found, c), errors[c], 6e-5);
  }
  EXPECT_NEAR(found.deviance(), 651.96, 0.006);
  EXPECT_TRUE(found.converged);
  EXPECT_NEAR(found.freedom, 6, 1e-9);
}

TEST(Hazard, MatchesSingerAndWillett2003ModelB) {
  const HazardFit found = fit(grades(true), Link::kLogit);
  const double published[] = {-2.9943, -3.7001, -2.2811, -1.8226, -1.6542, -1.1791, 0.8736};
  const double errors[] = {0.3175, 0.4206, 0.2724, 0.2585, 0.2691, 0.2716, 0.2174};
  for (std::size_t c = 0; c < 7; ++c) {
    EXPECT_NEAR(found.beta[c], published[c], 6e-5);
    EXPECT_NEAR(error_of(found, c), errors[c], 6e-5);
  }
  EXPECT_NEAR(found.deviance(), 634.66, 0.006);
}

TEST(Hazard, MatchesSingerAndWillett2003InComplementaryLogLog) {
  const HazardFit found = fit(grades(true), Link::kComplementaryLogLog);
  EXPECT_NEAR(found.beta[6], 0.7854, 6e-5);
  EXPECT_NEAR(found.beta[0], -2.9733, 6e-5);
  EXPECT_NEAR(found.deviance(), 634.50, 0.006);
}

/// The stupid twin: steepest ascent in tiny steps on one row a person.
TEST(Hazard, EqualsAPlainAscent) {
  std::uint64_t state = 7;
  const auto draw = [&] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return double(state >> 40) / double(1 << 24);
  };
  Rows x{.columns = 3};
  std::vector<double> events;
  for (int i = 0; i < 120; ++i) {
    const double a = draw() - 0.5, b = draw() - 0.5;
    x.cells.insert(x.cells.end(), {1, a, b});
    events.push_back(draw() < 1 / (1 + std::exp(0.4 - 2 * a + b)));
  }
  const std::vector<double> penalty = {0, 0.5, 0.5};
  const HazardFit found = fit_hazard({x, events, {}}, penalty, Link::kLogit);
  std::vector<double> beta(3);
  for (int step = 0; step < 40000; ++step) {
    std::vector<double> slope(3);
    for (std::size_t i = 0; i < x.size(); ++i) {
      double sum = 0;
      for (std::size_t c = 0; c < 3; ++c) sum += x[i][c] * beta[c];
      for (std::size_t c = 0; c < 3; ++c) {
        slope[c] += (events[i] - 1 / (1 + std::exp(-sum))) * x[i][c];
      }
    }
    for (std::size_t c = 0; c < 3; ++c) beta[c] += 0.01 * (slope[c] - penalty[c] * beta[c]);
  }
  for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(found.beta[c], beta[c], 1e-6);
}

TEST(Hazard, GroupedRowsAreTheSameAsOneRowEach) {
  const Grades grouped = grades(true);
  Rows x{.columns = 7};
  std::vector<double> events;
  for (std::size_t i = 0; i < grouped.x.size(); ++i) {
    for (double n = 0; n < grouped.at_risk[i]; ++n) {
      const auto row = grouped.x[i];
      x.cells.insert(x.cells.end(), row.begin(), row.end());
      events.push_back(n < grouped.events[i]);
    }
  }
  const HazardFit one = fit_hazard({x, events, {}}, std::vector<double>(7), Link::kLogit);
  const HazardFit other = fit(grouped, Link::kLogit);
  for (std::size_t c = 0; c < 7; ++c) EXPECT_NEAR(one.beta[c], other.beta[c], 1e-8);
}

TEST(Hazard, SaysWhenNothingHoldsTheSums) {
  Rows x{.columns = 2, .cells = {1, -1, 1, -2, 1, 1, 1, 2}};
  const std::vector<double> events = {0, 0, 1, 1};
  EXPECT_FALSE(fit_hazard({x, events, {}}, std::vector<double>{0, 0}, Link::kLogit).converged);
  EXPECT_TRUE(fit_hazard({x, events, {}}, std::vector<double>{0, 1}, Link::kLogit).converged);
}

TEST(Hazard, LeavesAColumnThatDependsOnOthersAtNothing) {
  Rows x{.columns = 3, .cells = {1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0}};
  const std::vector<double> events = {1, 0, 0, 1, 1, 0};
  const HazardFit found = fit_hazard({x, events, {}}, std::vector<double>(3), Link::kLogit);
  EXPECT_NEAR(found.beta[2], 0, 1e-6);
  EXPECT_NEAR(found.beta[0] + found.beta[1], std::log(2.0), 1e-6);
}

TEST(Hazard, ClusteredErrorsCountPeopleNotRows) {
  Rows x{.columns = 1};
  std::vector<double> events;
  std::vector<std::uint64_t> person, row;
  for (std::uint64_t i = 0; i < 40; ++i) {
    for (int copy = 0; copy < 4; ++copy) {
      x.cells.push_back(1);
      events.push_back(i % 4 == 0);
      person.push_back(i);
      row.push_back(row.size());
    }
  }
  const HazardData data{x, events, {}};
  const HazardFit found = fit_hazard(data, std::vector<double>(1), Link::kLogit);
  const double by_row = clustered(data, found, Link::kLogit, row).covariance[0];
  const double by_person = clustered(data, found, Link::kLogit, person).covariance[0];
  EXPECT_NEAR(by_row, found.covariance[0], 0.01 * by_row);
  EXPECT_NEAR(by_person / by_row, 4, 0.1);
}

}  // namespace
}  // namespace xinjing::behaviour
