#include "report/terminal_chart.h"

#include <algorithm>
#include <cmath>

#include "base/utf8.h"

namespace xinjing::report {
namespace {

constexpr std::string_view kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
constexpr std::string_view kHeights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

bool is_wide(char32_t c) {
  return is_han(c) || (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
         (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xfe30 && c <= 0xfe6f) ||
         (c >= 0xff00 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) ||
         (c >= 0x1f300 && c <= 0x1faff);
}

/// The longest beginning that takes at most so many columns.
std::string_view beginning(std::string_view text, std::size_t columns) {
  std::size_t bytes = 0, used = 0;
  while (bytes < text.size()) {
    const CodePoint point = decode_utf8(text.substr(bytes));
    used += is_wide(point.value) ? 2 : 1;
    if (used > columns) break;
    bytes += point.bytes;
  }
  return text.substr(0, bytes);
}

std::string cut(std::string_view text, std::size_t columns) {
  if (terminal_width(text) <= columns || columns == 0) return std::string(text);
  return std::string(beginning(text, columns - 1)) + "…";
}

std::string blanks(std::string_view text, std::size_t columns) {
  const std::size_t width = terminal_width(text);
  return std::string(width < columns ? columns - width : 0, ' ');
}

}  // namespace

std::size_t terminal_width(std::string_view text) {
  std::size_t out = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    out += is_wide(point.value) ? 2 : 1;
    text.remove_prefix(point.bytes);
  }
  return out;
}

std::string fitted(std::string_view text, std::size_t columns) {
  const std::string out = cut(text, columns);
  return out + blanks(out, columns);
}

std::string fitted_right(std::string_view text, std::size_t columns) {
  const std::string out = cut(text, columns);
  return blanks(out, columns) + out;
}

std::string bar(double share, std::size_t columns) {
  if (!(share > 0)) return {};
  const double eighths = std::min(share, 1.) * double(columns) * 8;
  const auto n = std::max<std::size_t>(1, std::size_t(std::lround(eighths)));
  std::string out;
  for (std::size_t i = 0; i < n / 8; ++i) out += "█";
  return out.append(kEighths[n % 8]);
}

std::string sparks(std::span<const double> values) {
  double top = 0;
  for (const double value : values) top = std::max(top, value);
  std::string out;
  for (const double value : values) {
    const double share = top > 0 ? std::max(0., value) / top : 0;
    out += kHeights[std::min<std::size_t>(7, std::size_t(share * 8))];
  }
  return out;
}

}  // namespace xinjing::report
