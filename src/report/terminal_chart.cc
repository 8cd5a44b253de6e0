#include "report/terminal_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/utf8.h"
#include "base/visible.h"

namespace xinjing::report {
namespace {

constexpr std::array<std::string_view, 8> kHeights = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 8> kWidths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

/// As much of the beginning as so many columns hold, with … where something is cut.
std::string cut(std::string_view text, std::size_t columns) {
  if (columns_of(text) <= columns || columns == 0) return std::string(text);
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const std::size_t next = bytes + decode_utf8(text.substr(bytes)).bytes;
    if (columns_of(text.substr(0, next)) + 1 > columns) break;
    bytes = next;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

std::string blanks(std::string_view text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  return std::string(used < columns ? columns - used : 0, ' ');
}

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

std::string fitted(std::string_view text, std::size_t columns) {
  const std::string out = cut(text, columns);
  return out + blanks(out, columns);
}

std::string fitted_right(std::string_view text, std::size_t columns) {
  const std::string out = cut(text, columns);
  return blanks(out, columns) + out;
}

}  // namespace xinjing::report
