#include "language/waited.h"

#include <algorithm>
#include <array>
#include <vector>

namespace xinjing::language {
namespace {

constexpr std::u32string_view kDigits = U"0123456789";
constexpr std::u32string_view kNumerals = U"一二三四五六七八九十";

struct Unit {
  std::u32string_view word;
  double minutes;
};
// The longest first.
constexpr std::array<Unit, 38> kUnits = {{
    {U"个半小时", 60},   {U"个多小时", 60},       {U"个小时", 60},    {U"个钟头", 60},
    {U"个多月", 43200},  {U"个星期", 10080},      {U"个礼拜", 10080}, {U"个工作日", 1440},
    {U"工作日", 1440},   {U"多小时", 60},         {U"多分钟", 1},     {U"个月", 43200},
    {U"星期", 10080},    {U"礼拜", 10080},        {U"小时", 60},      {U"分钟", 1},
    {U"秒钟", 1.0 / 60}, {U"多天", 1440},         {U"个钟", 60},      {U"天", 1440},
    {U"周", 10080},      {U"秒", 1.0 / 60},       {U"年", 525600},    {U" minutes", 1},
    {U" minute", 1},     {U" mins", 1},           {U" min", 1},       {U" hours", 60},
    {U" hour", 60},      {U" hrs", 60},           {U" hr", 60},       {U" days", 1440},
    {U" day", 1440},     {U" weeks", 10080},      {U" week", 10080},  {U" months", 43200},
    {U" month", 43200},  {U" seconds", 1.0 / 60},
}};

struct Number {
  double value = 0;
  std::size_t end = 0;
};

Number digits_at(std::u32string_view text, std::size_t at) {
  Number number{0, at};
  while (number.end < text.size() && kDigits.find(text[number.end]) != kDigits.npos &&
         number.end - at < 6) {
    number.value = 10 * number.value + static_cast<double>(text[number.end++] - U'0');
  }
  return number;
}

Number numeral_at(std::u32string_view text, std::size_t at) {
  Number number{0, at};
  for (; number.end < text.size() && number.end - at < 3; ++number.end) {
    const char32_t c = text[number.end];
    if (c == U'两' || c == U'俩') {
      number.value += 2;
    } else if (c == U'半') {
      number.value += 0.5;
    } else if (c == U'几') {
      number.value += 3;
    } else if (c == U'十') {
      number.value = std::max(1.0, number.value) * 10;
    } else if (const std::size_t n = kNumerals.find(c); n != kNumerals.npos) {
      number.value += static_cast<double>(n + 1);
    } else {
      break;
    }
  }
  return number;
}

constexpr std::pair<std::u32string_view, double> kWords[] = {
    {U"an", 1},   {U"a", 1},   {U"one", 1},  {U"two", 2},       {U"three", 3},  {U"four", 4},
    {U"five", 5}, {U"six", 6}, {U"ten", 10}, {U"half an", 0.5}, {U"several", 3}};

Number word_at(std::u32string_view text, std::size_t at) {
  const auto is_letter = [](char32_t c) { return c >= U'a' && c <= U'z'; };
  if (!is_letter(text[at]) || (at > 0 && is_letter(text[at - 1]))) return {0, at};
  Number best{0, at};
  for (const auto& [word, value] : kWords) {
    if (!text.substr(at).starts_with(word)) continue;
    const std::size_t end = at + word.size();
    if (end >= text.size() || text[end] != U' ' || end <= best.end) continue;
    best = {value, end};
  }
  return best;
}

}  // namespace

bool ends_wait(char32_t c) {
  return c == U',' || c == U'。' || c == U'!' || c == U'?' || c == U';' || c == U'\n' || c == U'.';
}

std::span<const std::u32string> words_of_waiting() {
  static const std::vector<std::u32string> words = {
      U"等",   U"等了", U"排了", U"排队",  U"拖",     U"拖了",  U"耗了", U"打了",   U"催了",
      U"过了", U"过去", U"都",   U"已经",  U"整整",   U"足足",  U"干等", U"waited", U"waiting",
      U"wait", U"hold", U"took", U"takes", U"queued", U"queue", U"been"};
  return words;
}

Wait wait_at(std::u32string_view text, std::size_t at) {
  const char32_t c = text[at];
  if (at > 0 && kDigits.find(text[at - 1]) != kDigits.npos) return {};
  Number number = digits_at(text, at);
  if (number.end == at) number = c < 0x80 ? word_at(text, at) : numeral_at(text, at);
  if (number.end == at) return {};
  const std::u32string_view rest = text.substr(number.end);
  for (const Unit& unit : kUnits) {
    if (!rest.starts_with(unit.word)) continue;
    const std::size_t end = number.end + unit.word.size();
    return {{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)},
            number.value * unit.minutes};
  }
  return {};
}

}  // namespace xinjing::language
