#include "language/due_text_zh.h"

namespace xinjing::language {

int DueTextZh::digit_of(char32_t c) {
  constexpr Text kDigits = U"零一二三四五六七八九";
  if (c == U'两') return 2;
  const std::size_t found = kDigits.find(c);
  return found == Text::npos ? -1 : static_cast<int>(found);
}

std::optional<DueTextZh::Number> DueTextZh::number(std::size_t at) const {
  if (at >= x_text.size()) return std::nullopt;
  if (is_digit(x_text[at])) return arabic(at);
  if (at > 0 && digit_of(x_text[at - 1]) >= 0) return std::nullopt;
  // After an amount a number of its own may begin: 定金200三天之内退.
  constexpr std::size_t kAmount = 3;
  if (at > 0 && is_digit(x_text[at - 1]) &&
      (at < kAmount || !is_digit(x_text[at - 2]) || !is_digit(x_text[at - 3]))) {
    return std::nullopt;
  }
  if (x_text[at] == U'半') return Number{0.5, at + 1};
  int tens = 0;
  int ones = -1;
  std::size_t end = at;
  if (digit_of(x_text[end]) >= 0) ones = digit_of(x_text[end++]);
  if (end < x_text.size() && x_text[end] == U'十') {
    tens = ones < 0 ? 1 : ones;
    ones = 0;
    ++end;
    if (end < x_text.size() && digit_of(x_text[end]) > 0) ones = digit_of(x_text[end++]);
  }
  if (end == at) return std::nullopt;
  const bool vague = end < x_text.size() && (digit_of(x_text[end]) >= 0 || x_text[end] == U'几' ||
                                             x_text[end] == U'来' || x_text[end] == U'多');
  if (vague) return std::nullopt;
  return Number{10.0 * tens + std::max(0, ones), end};
}

/// Whether a number that begins at `at` is the rest of something else: a decimal, a clock time, a
/// date. The end of a range, 3-5天, is not: the later one counts.
bool DueTextZh::goes_on(std::size_t at) const {
  if (at == 0) return false;
  const char32_t c = x_text[at - 1];
  if (c == U'-' || c == U'~') return at < 2 || !is_digit(x_text[at - 2]);
  return is_digit(c) || c == U'.' || c == U':';
}

std::optional<DueTextZh::Number> DueTextZh::arabic(std::size_t at) const {
  if (goes_on(at)) return std::nullopt;
  double value = 0;
  std::size_t end = at;
  while (end < x_text.size() && is_digit(x_text[end]) && end - at < 4) {
    value = 10 * value + (x_text[end++] - U'0');
  }
  if (end + 1 < x_text.size() && x_text[end] == U'.' && is_digit(x_text[end + 1])) {
    value += (x_text[end + 1] - U'0') / 10.0;
    end += 2;
  }
  if (end < x_text.size() && is_digit(x_text[end])) return std::nullopt;
  return Number{value, end};
}

std::optional<DueTextZh::Number> DueTextZh::whole(std::size_t at) const {
  if (at >= x_text.size()) return std::nullopt;
  if (!is_digit(x_text[at])) {
    const std::optional<Number> found = number(at);
    return found && x_text[at] != U'半' ? found : std::nullopt;
  }
  double value = 0;
  std::size_t end = at;
  while (end < x_text.size() && is_digit(x_text[end])) value = 10 * value + (x_text[end++] - U'0');
  return end - at <= 2 ? std::optional(Number{value, end}) : std::nullopt;
}

std::optional<DueTextZh::Number> DueTextZh::year(std::size_t at, int now) const {
  if (const auto end = past_any(at, {U"今年"})) return Number{double(now), end};
  if (const auto end = past_any(at, {U"明年"})) return Number{double(now + 1), end};
  const auto digit = [this](std::size_t i) {
    if (i >= x_text.size()) return -1;
    if (x_text[i] == U'〇') return 0;
    return is_digit(x_text[i]) ? int(x_text[i] - U'0')
                               : (x_text[i] == U'两' ? -1 : digit_of(x_text[i]));
  };
  if (digit(at) < 0 || (at > 0 && (digit(at - 1) >= 0 || x_text[at - 1] == U'.'))) {
    return std::nullopt;
  }
  int value = 0;
  std::size_t end = at;
  for (; digit(end) >= 0 && end - at < 4; ++end) value = 10 * value + digit(end);
  const bool complete = end - at == 4 && value >= 1900 && value < 2200;
  const bool marked = end < x_text.size() && Text(U"-/.").find(x_text[end]) != Text::npos;
  if (complete && (marked || has(end, U"年"))) return Number{double(value), end + 1};
  if (end - at == 2 && is_digit(x_text[at]) && has(end, U"年"))
    return Number{2000.0 + value, end + 1};
  return std::nullopt;
}

}  // namespace xinjing::language
