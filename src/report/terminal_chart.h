#pragma once

#include <span>
#include <string>

namespace xinjing::report {

/// Charts of block characters for a terminal. All are one line, every sign one column wide.

/// One of ▁▂▃▄▅▆▇█ for each value, from 0 (or the least, where one is below 0) to the highest; a
/// space for NaN. Values of 0 alone are ▁.
std::string sparks(std::span<const double> values);

/// A bar as long as value / highest of `columns`, to an eighth of a column, without spaces behind.
/// Empty where the value or the highest is not above 0.
std::string bar(double value, double highest, std::size_t columns);

}  // namespace xinjing::report
