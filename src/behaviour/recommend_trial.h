#pragma once

#include <array>
#include <optional>
#include <vector>

#include "behaviour/recommender.h"

namespace xinjing::behaviour {

/// Sums of a figure over customers: what a mean and its interval need.
struct FigureSums {
  double n = 0, sum = 0, squares = 0;
  double mean() const { return n > 0 ? sum / n : 0; }
  void add(double x) { n += 1, sum += x, squares += x * x; }
};

/// How well rankings of the first k products meet what was bought.
struct RankFigures {
  FigureSums hit{};     // 1 where any of the k was bought
  FigureSums recall{};  // share of what was bought that is among the k
  FigureSums
      ndcg{};        // discounted by rank, against the best possible (Jarvelin and Kekalainen 2002)
  FigureSums mrr{};  // 1 / rank of the first that was bought, 0 if none is
  void add(std::span<const std::int32_t> ranked, std::span<const std::int32_t> truth, int k);
};

/// What a method reaches for all, and for those with at least two earlier baskets (warm) and with
/// none or one (cold).
struct MethodFigures {
  Method method = Method::kRandom;
  RankFigures all{}, warm{}, cold{};
  std::int64_t products = 0;  // recommended to anybody
  double validation = 0;  // mean NDCG in the window before, on the half that nothing was fitted on
};

/// One of the two tasks: any product, or only new ones.
struct TaskFigures {
  std::vector<MethodFigures> methods;  // in the order of Method
  Method chosen = Method::kBlend;      // best in validation
};

struct TrialOptions {
  int k = 10;
  int most_people = 5000;    // judged, and fitted on; a sample where there are more
  int people_at_least = 30;  // with a purchase in the window, for fitting and for judging
  RecommendOptions recommend{};
};

struct Trial {
  int window_days = 0;
  Day validation_from{}, test_from{}, until{};  // [validation_from, test_from), [test_from, until)
  std::int64_t people_tested = 0, people_in_test = 0;
  std::int64_t people_fitted = 0;
  std::int64_t products = 0;  // that were bought before the test
  TaskFigures any{}, fresh{};
  BlendWeights weights{};
};

/// Why no trial could be made.
struct TooFewBaskets {
  std::int64_t days = 0, people_in_validation = 0, people_in_test = 0;
};

/// The length of the window for a history of so many days: an eighth, from 7 to 60.
int window_for(int days);

/// Splits by time: the last window is the test, the one before is for fitting and choosing (one
/// half of its customers each), all earlier is history. Then history and validation predict the
/// test. Nothing of the test is used before it is judged. Cost: two recommenders, and about 1 ms
/// for each customer judged.
struct TrialResult {
  std::optional<Trial> trial;
  TooFewBaskets few;
};
TrialResult run_trial(const Purchases& purchases, Day until, const TrialOptions& options);

}  // namespace xinjing::behaviour
