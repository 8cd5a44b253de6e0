#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "behaviour/churn.h"

namespace xinjing::report {

/// What a covariate is called: its words for columns of a company's rows, else the name itself.
std::string churn_label(std::string_view name, Lang lang);

/// A covariate and its value in words: "no order for 120 days", "Contract = Month-to-month".
/// `level` is empty for numbers; NaN is said to be not known.
std::string churn_reason(std::string_view name, double value, std::string_view level, Lang lang);

/// The same for a row of columns.
std::string churn_reason(const behaviour::Covariate& column, std::uint32_t row, Lang lang);

/// The covariates that add most to the risk of a row (`sign` 1) or take most from it (-1), at most
/// so many, each of 0.05 or more.
std::vector<std::size_t> strongest(const std::vector<double>& parts, double sign, std::size_t most);

}  // namespace xinjing::report
