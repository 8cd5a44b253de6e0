#include "report/terminal_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace xinjing::report {
namespace {

constexpr std::array<std::string_view, 8> kHeights = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 8> kWidths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

}  // namespace

std::string sparks(std::span<const double> values) {
  double low = 0, high = 0;
  for (const double one : values) {
    if (!std::isfinite(one)) continue;
    low = std::min(low, one);
    high = std::max(high, one);
  }
  std::string out;
  for (const double one : values) {
    if (!std::isfinite(one)) {
      out += ' ';
      continue;
    }
    const double part = high > low ? (one - low) / (high - low) : 0;
    out += kHeights[std::size_t(std::min(7.0, part * 8))];
  }
  return out;
}

std::string bar(double value, double highest, std::size_t columns) {
  if (!(value > 0) || !(highest > 0)) return {};
  const double eighths = std::min(1.0, value / highest) * double(columns) * 8;
  const auto whole = std::size_t(std::lround(eighths));
  std::string out;
  for (std::size_t i = 0; i < whole / 8; ++i) out += "█";
  return out + std::string(kWidths[whole % 8]);
}

}  // namespace xinjing::report
