#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// "Buy till you die": customers buy at random while they are customers, and leave unseen.
// Formulas, assumptions, limits: docs/methods/customer-value.md.
namespace xinjing::behaviour {

/// How customers leave. In all three they buy by a Poisson process whose rate varies among them by
/// a Gamma distribution.
/// kBgNbd: after each repeat purchase with a probability that varies by a Beta distribution (Fader,
///   Hardie and Lee 2005); who bought once cannot have left.
/// kMbgNbd: the same, after the first purchase too (Batislam, Denizel and Filiztekin 2007).
/// kParetoNbd: at any moment, at a rate that varies by a Gamma distribution (Schmittlein, Morrison
///   and Colombo 1987).
enum class BuyingModel : std::uint8_t { kBgNbd, kMbgNbd, kParetoNbd };

/// "bg", "mbg", "pareto".
std::string_view model_id(BuyingModel model);
std::optional<BuyingModel> model_from(std::string_view id);

/// Times of a model are in weeks; days are days / 7.
inline constexpr double kDaysPerWeek = 7;

/// r and alpha (weeks): the Gamma distribution of the rate. a and b: the Beta distribution of the
/// probability of leaving; of kParetoNbd s and beta (weeks), the Gamma distribution of the rate of
/// leaving.
struct BuyingParameters {
  double r = 1;
  double alpha = 1;
  double a = 1;
  double b = 1;

  std::array<double, 4> logs() const;
  static BuyingParameters from_logs(std::span<const double> logs);
};
inline constexpr std::size_t kBuyingParameters = 4;

/// Customers whose history is the same to the model: how often they bought again, after how many
/// days for the last time, how many days ago they bought first. `last_days` is 0 without repeats.
struct BuyingCell {
  std::int32_t level = 0;  // of a covariate
  std::int32_t repeats = 0;
  std::int32_t last_days = 0;
  std::int32_t age_days = 0;
  double customers = 0;

  bool same_history(const BuyingCell& other) const {
    return level == other.level && repeats == other.repeats && last_days == other.last_days &&
           age_days == other.age_days;
  }
};

/// Sorts cells by level, repeats, last, age, and makes one of those with the same history.
/// `place[i]`, if asked for, is where cell i went.
std::vector<BuyingCell> grouped(std::vector<BuyingCell> cells,
                                std::vector<std::uint32_t>* place = nullptr);

/// What a pass over cells gives.
struct BuyingLikelihood {
  double log_likelihood = 0;
  std::array<double, kBuyingParameters> slope{};  // by the logarithms of the parameters
};

/// The log-likelihood of cells of one level, and its gradient; into `alive`, unless it is empty,
/// the probability of each cell still to be customers. REQUIRES: cells as `grouped` leaves them;
/// `alive` empty or as long. Deterministic whatever the number of cores.
/// Cost: some 20 ns a cell; of kParetoNbd some 50 ns, and 10 us for each number of repeats.
BuyingLikelihood likelihood(BuyingModel model, const BuyingParameters& parameters,
                            std::span<const BuyingCell> cells, std::span<double> alive = {});

}  // namespace xinjing::behaviour
