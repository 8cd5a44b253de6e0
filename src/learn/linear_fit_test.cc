#include "learn/linear_fit.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xinjing::learn {
namespace {

/// One feature, x = -1 and x = +1, `positives` of ten right on each side.
struct Toy {
  SparseRows x;
  std::vector<std::uint32_t> rows;
  FitTask task;

  explicit Toy(Link link) {
    task.link = link;
    task.features = 1;
    task.outputs = link == Link::kSigmoid ? 1 : 2;
    for (const float side : {-1.0F, 1.0F}) {
      for (int i = 0; i < 10; ++i) {
        x.add(0, side);
        x.end_row();
        rows.push_back(static_cast<std::uint32_t>(rows.size()));
        const bool yes = side > 0 ? i < 8 : i < 2;
        if (link == Link::kSoftmax) task.target.push_back(yes ? 0.0F : 1.0F);
        task.target.push_back(yes ? 1.0F : 0.0F);
        task.weight.push_back(1);
      }
    }
    task.x = &x;
    task.rows = rows;
    task.tolerance = 1e-7;
    task.iterations = 200;
  }
};

TEST(LinearFit, ReachesTheLogitOfTheShareWithoutPenalty) {
  Toy toy(Link::kSigmoid);
  toy.task.l2 = 0;
  const LinearFit fit = fit_linear(toy.task);
  EXPECT_NEAR(fit.weights[0], std::log(0.8 / 0.2), 1e-3);
  EXPECT_NEAR(fit.bias[0], 0, 1e-3);
}

TEST(LinearFit, SolvesTheEquationOfThePenalisedOptimum) {
  // At the optimum: l2 w = sum of x (y - p) = 2 (8 - 10 p), p = 1 / (1 + e^-w).
  Toy toy(Link::kSigmoid);
  toy.task.l2 = 3;
  const double w = fit_linear(toy.task).weights[0];
  const double p = 1 / (1 + std::exp(-w));
  EXPECT_NEAR(3 * w, 2 * (8 - 10 * p), 1e-3);
  EXPECT_GT(w, 0.5);
}

TEST(LinearFit, OfTwoSoftmaxOutputsMirrorsTheSigmoid) {
  // Softmax splits the weight over two outputs, so half the penalty on each difference.
  Toy sigmoid(Link::kSigmoid);
  Toy softmax(Link::kSoftmax);
  sigmoid.task.l2 = 1;
  softmax.task.l2 = 2;
  const LinearFit one = fit_linear(sigmoid.task);
  const LinearFit two = fit_linear(softmax.task);
  EXPECT_NEAR(two.weights[1] - two.weights[0], one.weights[0], 2e-3);
  EXPECT_NEAR(two.weights[1], -two.weights[0], 1e-4);
}

TEST(LinearFit, FollowsSharesAndWeights) {
  Toy toy(Link::kSigmoid);
  toy.task.l2 = 0;
  for (float& target : toy.task.target) target = target > 0.5F ? 0.9F : 0.3F;
  for (std::size_t i = 0; i < 10; ++i) toy.task.weight[i] = 2;
  const LinearFit fit = fit_linear(toy.task);
  const auto logit = [](double p) { return std::log(p / (1 - p)); };
  const double low = logit(0.2 * 0.9 + 0.8 * 0.3);
  const double high = logit(0.8 * 0.9 + 0.2 * 0.3);
  EXPECT_NEAR(fit.bias[0] - fit.weights[0], low, 1e-3);
  EXPECT_NEAR(fit.bias[0] + fit.weights[0], high, 1e-3);
}

TEST(LinearFit, GivesTheSameBitsTwice) {
  Toy toy(Link::kSoftmax);
  EXPECT_EQ(fit_linear(toy.task).weights, fit_linear(toy.task).weights);
}

}  // namespace
}  // namespace xinjing::learn
