#pragma once

#include <span>
#include <vector>

#include "behaviour/optimum.h"

namespace xinjing::behaviour {

/// How much someone spends: purchases that count, and the mean money of one of them, in the
/// currency's unit.
struct Spender {
  double purchases = 0;
  double mean = 0;
  double customers = 1;  // how many such
};

/// The Gamma-Gamma model of spend (Fader, Hardie and Lee 2005; Fader and Hardie 2013): the money of
/// a purchase varies around the customer's mean by a Gamma distribution of shape p, the customers'
/// means vary by an inverse Gamma distribution of q and gamma. How much does not hang on how often.
struct SpendParameters {
  double p = 1;
  double q = 2;  // above 1, so that there is a mean
  double gamma = 1;

  /// What a customer of whom nothing is known spends in a purchase.
  double mean() const { return p * gamma / (q - 1); }
  /// What this customer does, drawn towards the mean of all the more, the fewer purchases.
  double mean_of(double purchases, double observed) const {
    return p * (gamma + purchases * observed) / (p * purchases + q - 1);
  }
  /// E[1 / nu^2] of this customer's rate nu: p and (n p + n^2 p^2) of it are the second moment of a
  /// purchase and of n of them. Has no finite value for q + p * purchases <= 2: then that of 2.1.
  double second_moment_of_scale(double purchases, double observed) const;
};

struct SpendFit {
  SpendParameters parameters;
  std::vector<double> theta;  // ln p, ln(q - 1), ln gamma
  Square covariance;          // of theta
  double log_likelihood = 0;
  double customers = 0;
  double correlation = 0;  // between purchases and their mean money: near 0 if the model is right
  bool settled = false;
  /// The means of customers spread so widely that the model has no usable mean (q near 1) for those
  /// of whom nothing is known: q is 2 and gamma such that the mean is that of the others; only p
  /// was fitted.
  bool held = false;

  static SpendParameters parameters_of(std::span<const double> theta);
};

/// Fits it by maximum likelihood. The order of `spenders` does not matter, to the last bit.
/// `needs_mean`: there are customers without a purchase that counts, so the model must have a mean.
/// REQUIRES: some spenders; purchases and mean above 0. Cost: 40 passes of some 10 ns a spender.
SpendFit fit_spend(std::vector<Spender> spenders, std::vector<double> start = {},
                   bool needs_mean = true);

}  // namespace xinjing::behaviour
