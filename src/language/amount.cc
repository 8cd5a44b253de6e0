#include "language/amount.h"

#include <array>

#include "language/normalise.h"

namespace xinjing::language {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

struct UnitName {
  std::u32string_view said;
  std::string_view unit;
};
constexpr std::array kUnits = {
    UnitName{U"元", "CNY"},       UnitName{U"块钱", "CNY"},  UnitName{U"块", "CNY"},
    UnitName{U"yuan", "CNY"},     UnitName{U"rmb", "CNY"},   UnitName{U"万元", "万 CNY"},
    UnitName{U"dollars", "USD"},  UnitName{U"euros", "EUR"}, UnitName{U"m", "M"},
    UnitName{U"兆", "M"},         UnitName{U"g", "G"},       UnitName{U"gb", "GB"},
    UnitName{U"度", "度"},        UnitName{U"kwh", "kWh"},   UnitName{U"台", "台"},
    UnitName{U"件", "件"},        UnitName{U"张", "张"},     UnitName{U"份", "份"},
    UnitName{U"%", "%"},          UnitName{U"折", "折"},     UnitName{U"积分", "积分"},
    UnitName{U"points", "points"}};

}  // namespace

std::optional<Amount> find_amount(std::string_view text) {
  Normalised normal;
  normalise(text, normal);
  const std::u32string_view chars = normal.chars;
  for (std::size_t at = 0; at < chars.size(); ++at) {
    if (!is_digit(chars[at]) || (at > 0 && (is_digit(chars[at - 1]) || chars[at - 1] == U'.'))) {
      continue;
    }
    Amount amount;
    std::size_t end = at;
    for (; end < chars.size(); ++end) {
      const bool inside = end + 1 < chars.size() && is_digit(chars[end + 1]);
      if (chars[end] == U',' && inside) continue;
      if (!is_digit(chars[end]) && !(chars[end] == U'.' && inside)) break;
      amount.number.push_back(static_cast<char>(chars[end]));
    }
    if (at > 0 && (chars[at - 1] == U'¥' || chars[at - 1] == U'$')) {
      amount.unit = chars[at - 1] == U'$' ? "USD" : "CNY";
      return amount;
    }
    while (end < chars.size() && chars[end] == U' ') ++end;
    const UnitName* best = nullptr;
    for (const UnitName& unit : kUnits) {
      if (chars.substr(end, unit.said.size()) != unit.said) continue;
      const std::size_t behind = end + unit.said.size();
      const bool letters = unit.said[0] < 0x80 && unit.said[0] >= U'a';
      if (letters && behind < chars.size() && chars[behind] >= U'a' && chars[behind] <= U'z') {
        continue;
      }
      if (best == nullptr || unit.said.size() > best->said.size()) best = &unit;
    }
    if (best == nullptr) continue;
    amount.unit = best->unit;
    return amount;
  }
  return {};
}

}  // namespace xinjing::language
