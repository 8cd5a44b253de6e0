#include "ingest/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace xinjing::ingest {
namespace {

constexpr Phrase kNoMoney{"not an amount of money", "不是金额"};
constexpr Phrase kNoNumber{"not a number", "不是数字"};
constexpr Phrase kNoInteger{"not a whole number", "不是整数"};
constexpr Phrase kTooLarge{"the number is too large", "数字过大"};

using Word = std::string_view;

constexpr Word kSpaces[] = {" ", "\t", "\r", "\n", "　", "\u00a0", "\ufeff"};

struct Currency {
  Word word;
  Word code;
};
// Longer words first where one begins another.
constexpr Currency kCurrencies[] = {
    {"人民币", "CNY"}, {"RMB", "CNY"},  {"CNY", "CNY"},  {"CN¥", "CNY"},  {"¥", "CNY"},
    {"￥", "CNY"},     {"元", "CNY"},   {"圆", "CNY"},   {"块", "CNY"},   {"HK$", "HKD"},
    {"HKD", "HKD"},    {"港币", "HKD"}, {"港元", "HKD"}, {"NT$", "TWD"},  {"TWD", "TWD"},
    {"新台币", "TWD"}, {"US$", "USD"},  {"USD", "USD"},  {"美元", "USD"}, {"$", "USD"},
    {"EUR", "EUR"},    {"欧元", "EUR"}, {"€", "EUR"},    {"GBP", "GBP"},  {"英镑", "GBP"},
    {"£", "GBP"},      {"JPY", "JPY"},  {"日元", "JPY"}, {"KRW", "KRW"},  {"AUD", "AUD"},
    {"CAD", "CAD"},    {"SGD", "SGD"},  {"MOP", "MOP"},  {"CHF", "CHF"},  {"INR", "INR"}};

struct Unit {
  Word word;
  double factor;
};
constexpr Unit kScales[] = {{"亿", 1e8}, {"万", 1e4}, {"千", 1e3}, {"百万", 1e6}};
constexpr Word kUnits[] = {"kWh",  "kwh",  "KWH",    "千瓦时", "度",   "件",   "个", "次",
                           "分钟", "小时", "分",     "星",     "秒",   "天",   "岁", "吨",
                           "m3",   "m³",   "立方米", "立方",   "GB",   "MB",   "%",  "％",
                           "份",   "台",   "套",     "盒",     "张",   "间夜", "晚", "人",
                           "户",   "笔",   "kg",     "公斤",   "千克", "克",   "米", "月"};

bool same_letters(Word a, Word b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; };
           return upper(x) == upper(y);
         });
}

bool take_front(Word& text, Word word) {
  if (text.size() < word.size() || !same_letters(text.substr(0, word.size()), word)) return false;
  text.remove_prefix(word.size());
  text = trimmed(text);
  return true;
}

bool take_back(Word& text, Word word) {
  if (text.size() < word.size() || !same_letters(text.substr(text.size() - word.size()), word)) {
    return false;
  }
  text.remove_suffix(word.size());
  text = trimmed(text);
  return true;
}

bool take_sign(Word& text, bool& negative) {
  for (const Word minus : {"-", "−", "－"}) {
    if (take_front(text, minus)) return negative = true;
  }
  return take_front(text, "+");
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits with separators as plain ASCII digits and one point; empty if they make no number.
/// 1,299.00 and 1.299,00 and 1 299,00; a single comma before one or two digits is a point.
std::string plain_digits(Word text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const Word rest = text.substr(i);
    if (is_digit(text[i]) || text[i] == '.' || text[i] == ',') {
      out.push_back(text[i++]);
    } else if (rest.starts_with("，")) {
      out.push_back(','), i += Word("，").size();
    } else if (rest.size() >= 3 && rest.starts_with("\xef\xbc") && rest[2] >= '\x90' &&
               rest[2] <= '\x99') {
      out.push_back(char('0' + (rest[2] - '\x90'))), i += 3;
    } else if (text[i] == ' ' || text[i] == '\'') {
      ++i;
    } else {
      return {};
    }
  }
  const std::size_t comma = out.rfind(','), point = out.rfind('.');
  const bool has_comma = comma != std::string::npos, has_point = point != std::string::npos;
  const bool comma_is_point =
      has_comma && (has_point ? comma > point : out.size() - comma <= 3 && out.find(',') == comma);
  std::erase(out, comma_is_point ? '.' : ',');
  std::replace(out.begin(), out.end(), ',', '.');
  const bool has_digit = std::any_of(out.begin(), out.end(), is_digit);
  return has_digit && std::count(out.begin(), out.end(), '.') <= 1 ? out : std::string();
}

/// The size of `digits` in ten-thousandths, rounded half up.
std::optional<std::int64_t> ten_thousandths(Word digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::int64_t value = 0;
  if (point > 14) return {};
  for (const char c : digits.substr(0, point)) value = value * 10 + (c - '0');
  for (std::size_t i = 1; i <= 4; ++i) {
    value = value * 10 + (point + i < digits.size() ? digits[point + i] - '0' : 0);
  }
  if (point + 5 < digits.size() && digits[point + 5] >= '5') ++value;
  return value;
}

std::optional<double> number_from(Word text) {
  if (text.empty() || text.size() > 64) return {};
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && std::isfinite(value))
    return value;
  const std::string digits = plain_digits(text);
  if (digits.empty()) return {};
  return std::strtod(digits.c_str(), nullptr);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto space_in_front = [&text] {
    const auto* found = std::find_if(std::begin(kSpaces), std::end(kSpaces),
                                     [&](Word space) { return text.starts_with(space); });
    return found == std::end(kSpaces) ? 0 : found->size();
  };
  const auto space_behind = [&text] {
    const auto* found = std::find_if(std::begin(kSpaces), std::end(kSpaces),
                                     [&](Word space) { return text.ends_with(space); });
    return found == std::end(kSpaces) ? 0 : found->size();
  };
  while (const std::size_t size = space_in_front()) text.remove_prefix(size);
  while (const std::size_t size = space_behind()) text.remove_suffix(size);
  return text;
}

bool is_missing(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 5) return false;
  for (const Word word :
       {"", "-", "--", "NULL", "N/A", "NA", "NaN", "None", "\\N", "#N/A", "无", "nil"}) {
    if (same_letters(text, word)) return true;
  }
  return false;
}

std::string_view currency_from(std::string_view word) {
  word = trimmed(word);
  for (const Currency& currency : kCurrencies) {
    if (same_letters(word, currency.word)) return currency.code;
  }
  return {};
}

Taken<Money> take_money(std::string_view text) {
  const Taken<Money> refused{std::nullopt, &kNoMoney};
  Word rest = trimmed(text);
  if (rest.size() > 64) return refused;
  Money money;
  bool negative = false;
  if ((rest.starts_with("(") && rest.ends_with(")")) ||
      (rest.starts_with("（") && rest.ends_with("）"))) {
    const std::size_t bracket = rest[0] == '(' ? 1 : Word("（").size();
    rest = trimmed(rest.substr(bracket, rest.size() - 2 * bracket));
    negative = true;
  }
  take_sign(rest, negative);
  for (const Currency& currency : kCurrencies) {
    if (money.currency.empty() && take_front(rest, currency.word)) money.currency = currency.code;
  }
  take_sign(rest, negative);
  take_back(rest, "整");
  for (const Currency& currency : kCurrencies) {
    if (take_back(rest, currency.word)) money.currency = currency.code;
  }
  double factor = 1;
  for (const Unit& scale : kScales) {
    if (take_back(rest, scale.word)) factor *= scale.factor;
  }
  std::optional<std::int64_t> size;
  const std::string digits = plain_digits(rest);
  if (!digits.empty()) {
    size = ten_thousandths(digits);
  } else if (const auto number = number_from(rest); number && std::abs(*number) < 1e14) {
    negative ^= *number < 0;
    size = std::llround(std::abs(*number) * 1e4);
  } else {
    return refused;
  }
  if (!size || double(*size) * factor > 9e18) return {std::nullopt, &kTooLarge};
  money.amount = *size * std::int64_t(factor) * (negative ? -1 : 1);
  return {money, nullptr};
}

Taken<double> take_number(std::string_view text) {
  Word rest = trimmed(text);
  double factor = 1;
  bool negative = false;
  take_sign(rest, negative);
  for (const Word unit : kUnits) {
    if (take_back(rest, unit)) break;
  }
  if (take_back(rest, "万")) factor = 1e4;
  const std::optional<double> value = number_from(rest);
  if (!value) return {std::nullopt, &kNoNumber};
  const double signed_value = *value * factor * (negative ? -1 : 1);
  if (!std::isfinite(signed_value)) return {std::nullopt, &kTooLarge};
  return {signed_value, nullptr};
}

Taken<std::int64_t> take_integer(std::string_view text) {
  const Taken<double> number = take_number(text);
  if (!number.value) return {std::nullopt, number.why};
  if (std::abs(*number.value) > 9e15) return {std::nullopt, &kTooLarge};
  if (*number.value != std::floor(*number.value)) return {std::nullopt, &kNoInteger};
  return {std::int64_t(*number.value), nullptr};
}

}  // namespace xinjing::ingest
