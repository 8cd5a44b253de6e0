#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace xinjing::behaviour {

/// The median; of an even number the mean of the two in the middle. Reorders the values. REQUIRES:
/// not empty, none is NaN. Cost: O(n).
inline double median(std::vector<double>& values) {
  const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

}  // namespace xinjing::behaviour
