#pragma once

#include "behaviour/buying_model.h"
#include "behaviour/optimum.h"

namespace xinjing::behaviour {

/// A model fitted to customers by maximum likelihood, with what the data leave open.
///
/// `theta` holds the logarithms of r, alpha, a, b, then for each level of a covariate but the first
/// two effects: e^first times as fast buying (alpha / e^first), and e^second times as much leaving
/// (a e^second; of kParetoNbd beta / e^second), after Fader and Hardie (2007).
struct BuyingFit {
  BuyingModel model = BuyingModel::kMbgNbd;
  std::vector<double> theta;
  Square covariance;  // of theta: the inverse of the observed information (Laplace)
  double log_likelihood = 0;
  double customers = 0;
  int evaluations = 0;
  bool settled = false;  // the maximum was found

  std::size_t levels() const { return 1 + (theta.size() - kBuyingParameters) / 2; }
  BuyingParameters of_level(std::size_t level) const { return of_level(theta, level); }
  BuyingParameters of_level(std::span<const double> at, std::size_t level) const;
  /// Parameters that ran away: the data hardly say how large or small they are.
  std::vector<std::string_view> loose() const;
};

/// The names of the four parameters of a model.
std::array<std::string_view, kBuyingParameters> parameter_names(BuyingModel model);

/// Fits a model to cells as `grouped` leaves them, with levels 0 to levels - 1. `start`, if not
/// empty, is a theta to begin with. REQUIRES: some customer bought again.
/// Begins a second time elsewhere where the first search ran away or did not settle.
/// Cost: some 40 passes over the cells (`likelihood`).
BuyingFit fit_buying(BuyingModel model, std::span<const BuyingCell> cells, std::size_t levels = 1,
                     std::vector<double> start = {});

}  // namespace xinjing::behaviour
