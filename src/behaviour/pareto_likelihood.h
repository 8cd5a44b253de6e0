#pragma once

#include "behaviour/buying_model.h"

namespace xinjing::behaviour {

/// `likelihood` of the Pareto/NBD model. The integral over the moment of leaving,
///
///     I = integral from last to age of (alpha + y)^-(r + x) (beta + y)^-(s + 1) dy,
///
/// is usually written as a difference of two hypergeometric functions, which cancels. Here it is
/// summed by quadrature, where every term is positive; days are shared by all cells with the same
/// number of repeats. docs/methods/customer-value.md.
BuyingLikelihood pareto_likelihood(const BuyingParameters& parameters,
                                   std::span<const BuyingCell> cells, std::span<double> alive);

}  // namespace xinjing::behaviour
