#include "language/amount.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "language/normalise.h"

namespace xinjing::language {
namespace {

using Text = std::u32string_view;

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) { return c >= U'a' && c <= U'z'; }

struct UnitName {
  Text said;
  std::string_view unit;
};
constexpr std::array kUnits = {
    UnitName{U"元", "CNY"},      UnitName{U"块钱", "CNY"},  UnitName{U"块", "CNY"},
    UnitName{U"yuan", "CNY"},    UnitName{U"rmb", "CNY"},   UnitName{U"万元", "万 CNY"},
    UnitName{U"dollars", "USD"}, UnitName{U"euros", "EUR"}, UnitName{U"pounds", "GBP"},
    UnitName{U"m", "M"},         UnitName{U"mbps", "M"},    UnitName{U"兆", "M"},
    UnitName{U"g", "G"},         UnitName{U"gb", "GB"},     UnitName{U"度", "度"},
    UnitName{U"kwh", "kWh"},     UnitName{U"台", "台"},     UnitName{U"件", "件"},
    UnitName{U"张", "张"},       UnitName{U"份", "份"},     UnitName{U"%", "%"},
    UnitName{U"折", "折"},       UnitName{U"积分", "积分"}, UnitName{U"points", "points"},
    UnitName{U"次", "次"},       UnitName{U"倍", "倍"},     UnitName{U"个车位", "个"},
    UnitName{U"vouchers", "张"}, UnitName{U"次上门", "次"}, UnitName{U"percent", "%"},
};

// What stands before a number, or behind its unit, and bounds it.
constexpr auto kMostBefore = std::to_array<Text>(
    {U"不超过",        U"不会超过",     U"不超",         U"不高于",        U"不多于",
     U"不大于",        U"最多",         U"至多",         U"顶多",          U"上限",
     U"封顶",          U"at most",      U"no more than", U"not more than", U"not exceed",
     U"n't exceed",    U"never exceed", U"up to",        U"maximum of",    U"capped at",
     U"no higher than"});
constexpr auto kMostBehind = std::to_array<Text>({U"以内", U"以下", U"封顶", U"or less", U"max"});
constexpr auto kLeastBefore = std::to_array<Text>(
    {U"不低于", U"不会低于", U"不少于", U"不小于", U"至少", U"最少", U"最低", U"起码", U"保底",
     U"at least", U"no less than", U"not less than", U"not below", U"minimum of", U"no lower than",
     U"never below", U"not drop below"});
constexpr auto kLeastBehind = std::to_array<Text>({U"以上", U"起步", U"or more", U"or better"});

template <std::size_t N>
bool stands_before(Text chars, std::size_t at, const std::array<Text, N>& words) {
  constexpr std::size_t kReach = 3;  // 不超过人民币100元, at least $45
  return std::any_of(words.begin(), words.end(), [&](Text word) {
    const std::size_t found = chars.substr(0, at).rfind(word);
    return found != Text::npos && found + word.size() + kReach >= at;
  });
}

template <std::size_t N>
bool stands_behind(Text chars, std::size_t at, const std::array<Text, N>& words) {
  while (at < chars.size() && chars[at] == U' ') ++at;
  return std::any_of(words.begin(), words.end(),
                     [&](Text word) { return chars.substr(at).starts_with(word); });
}

Bound bound_of(Text chars, std::size_t begin, std::size_t end) {
  if (stands_before(chars, begin, kMostBefore) || stands_behind(chars, end, kMostBehind)) {
    return Bound::kMost;
  }
  if (stands_before(chars, begin, kLeastBefore) || stands_behind(chars, end, kLeastBehind)) {
    return Bound::kLeast;
  }
  return Bound::kExactly;
}

/// The unit that begins at `at`, the longest, and its end.
const UnitName* unit_at(Text chars, std::size_t at) {
  const UnitName* best = nullptr;
  for (const UnitName& unit : kUnits) {
    if (chars.substr(at, unit.said.size()) != unit.said) continue;
    const std::size_t behind = at + unit.said.size();
    if (is_letter(unit.said[0]) && behind < chars.size() && is_letter(chars[behind])) continue;
    if (best == nullptr || unit.said.size() > best->said.size()) best = &unit;
  }
  return best;
}

/// Two to ninety-nine in Chinese words, and round hundreds and thousands; 0: none here.
int words_at(Text chars, std::size_t& at) {
  constexpr Text kDigits = U"零一二三四五六七八九";
  const auto digit = [&](std::size_t i) -> int {
    if (i >= chars.size()) return -1;
    if (chars[i] == U'两') return 2;
    const std::size_t found = kDigits.find(chars[i]);
    return found == Text::npos ? -1 : static_cast<int>(found);
  };
  std::size_t i = at;
  int value = digit(i);
  if (value > 0) ++i;
  const auto times = [&](char32_t c) { return i < chars.size() && chars[i] == c; };
  constexpr int kTen = 10;
  if (times(U'百') || times(U'千')) {
    if (value <= 0) return 0;
    value *= times(U'百') ? kTen * kTen : kTen * kTen * kTen, ++i;
  } else if (times(U'十')) {
    value = (value > 0 ? value : 1) * kTen, ++i;
    if (digit(i) > 0) value += digit(i++);
  }
  if (value < 2) return 0;
  at = i;
  return value;
}

/// Digits from `at` on, without separators; `at` becomes their end.
std::string digits_at(Text chars, std::size_t& at) {
  std::string out;
  for (; at < chars.size(); ++at) {
    const bool inside = at + 1 < chars.size() && is_digit(chars[at + 1]);
    if (chars[at] == U',' && inside) continue;
    if (!is_digit(chars[at]) && !(chars[at] == U'.' && inside)) break;
    out.push_back(static_cast<char>(chars[at]));
  }
  return out;
}

/// Whether digits belong to something that is no quantity: a date, a time of day, a number of an
/// order, a duration.
bool is_no_quantity(Text chars, std::size_t begin, std::size_t end, std::size_t size) {
  constexpr std::size_t kLongest = 6;
  constexpr Text kOfTime = U"年月日号点时分秒天周:-/第";
  if (size > kLongest) return true;
  if (begin > 0 && (is_letter(chars[begin - 1]) || kOfTime.find(chars[begin - 1]) != Text::npos)) {
    return true;
  }
  while (end < chars.size() && chars[end] == U' ') ++end;
  if (end >= chars.size()) return false;
  if (kOfTime.find(chars[end]) != Text::npos ||
      stands_behind(chars, end,
                    std::to_array<Text>({U"个工作日", U"工作日", U"小时", U"个小时", U"个月",
                                         U"个星期", U"分钟"}))) {
    return true;
  }
  return stands_behind(chars, end,
                       std::to_array<Text>({U"st", U"nd", U"rd", U"th", U"am", U"pm", U"day",
                                            U"hour", U"minute", U"week", U"month", U"year",
                                            U"o'clock", U"working", U"business", U"times"}));
}

std::optional<Amount> find(std::string_view text, bool with_unit) {
  Normalised normal;
  normalise(text, normal);
  const Text chars = normal.chars;
  for (std::size_t at = 0; at < chars.size(); ++at) {
    const bool behind_number = at > 0 && (is_digit(chars[at - 1]) || chars[at - 1] == U'.');
    if (behind_number) continue;
    Amount amount;
    std::size_t end = at;
    if (is_digit(chars[at])) {
      amount.number = digits_at(chars, end);
    } else if (const int value = words_at(chars, end); value != 0) {
      amount.number = std::to_string(value);
    } else {
      continue;
    }
    const bool words = !is_digit(chars[at]);
    if (at > 0 && (chars[at - 1] == U'¥' || chars[at - 1] == U'$' || chars[at - 1] == U'£')) {
      amount.unit = chars[at - 1] == U'$' ? "USD" : chars[at - 1] == U'£' ? "GBP" : "CNY";
      amount.bound = bound_of(chars, at, end);
      return amount;
    }
    std::size_t unit_begin = end;
    while (unit_begin < chars.size() && chars[unit_begin] == U' ') ++unit_begin;
    if (const UnitName* unit = unit_at(chars, unit_begin)) {
      amount.unit = unit->unit;
      amount.bound = bound_of(chars, at, unit_begin + unit->said.size());
      return amount;
    }
    if (!with_unit && !words && !is_no_quantity(chars, at, end, end - at)) {
      amount.bound = bound_of(chars, at, end);
      return amount;
    }
    at = end - 1;
  }
  return {};
}

}  // namespace

std::string_view bound_id(Bound bound) {
  return bound == Bound::kMost ? "most" : bound == Bound::kLeast ? "least" : "exactly";
}

Bound bound_named(std::string_view id) {
  return id == "most" ? Bound::kMost : id == "least" ? Bound::kLeast : Bound::kExactly;
}

double Amount::value() const {
  constexpr std::string_view kTenThousands = "万 ";
  constexpr double kTenThousand = 10'000;
  const double said = std::strtod(number.c_str(), nullptr);
  return unit.starts_with(kTenThousands) ? said * kTenThousand : said;
}

std::optional<Amount> find_amount(std::string_view text) { return find(text, true); }

std::optional<Amount> find_number(std::string_view text) {
  if (auto with_unit = find(text, true)) return with_unit;
  return find(text, false);
}

std::optional<bool> keeps(const Amount& promised, const Amount& came) {
  const auto bare = [](std::string_view unit) {
    constexpr std::string_view kTenThousands = "万 ";
    return unit.starts_with(kTenThousands) ? unit.substr(kTenThousands.size()) : unit;
  };
  const bool same = bare(promised.unit) == bare(came.unit);
  if (!same && !promised.unit.empty() && !came.unit.empty()) return {};
  constexpr double kOff = 0.005;  // rounding
  const double off = came.value() - promised.value();
  const bool equal = std::abs(off) <= kOff * std::abs(promised.value());
  if (equal) return true;
  return promised.bound == Bound::kMost ? off < 0 : promised.bound == Bound::kLeast && off > 0;
}

}  // namespace xinjing::language
