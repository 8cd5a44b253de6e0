#include "language/due_text_en.h"

#include <array>

namespace xinjing::language {

std::vector<DueTextEn::Word> DueTextEn::words_of(Text text) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    const bool number = is_digit(text[at]);
    if (!number && !is_letter(text[at])) {
      const bool mark = Text(U".,;!?\n").find(text[at]) != Text::npos;
      if (mark && !words.empty()) words.back().clause_ends = true;
      ++at;
      continue;
    }
    std::size_t end = at;
    const auto inside = [&](std::size_t i) {
      const char32_t c = text[i];
      if (is_letter(c) || is_digit(c)) return true;
      const bool between = i + 1 < text.size() && i > at;
      if (c == U'\'') return between && is_letter(text[i + 1]);
      return number && (c == U':' || c == U'.' || c == U',') && between && is_digit(text[i + 1]);
    };
    while (end < text.size() && inside(end)) ++end;
    words.push_back({text.substr(at, end - at), at, end, false});
    at = end;
  }
  return words;
}

bool DueTextEn::speaks_of_the_future() const {
  for (const Word& w : x_words) {
    if (w.text.ends_with(U"'ll")) return true;
  }
  return anywhere({U"will",      U"shall",     U"going",  U"must",     U"should", U"need",
                   U"needs",     U"please",    U"expect", U"expected", U"can",    U"arrives",
                   U"coming",    U"scheduled", U"booked", U"due",      U"want",   U"deliver",
                   U"guarantee", U"promise",   U"have",   U"hoping",   U"fix",    U"send",
                   U"call",      U"get",       U"ship",   U"bring",    U"refund", U"restore"});
}

std::optional<double> DueTextEn::number(std::size_t w) const {
  static constexpr std::array<std::pair<Text, double>, 22> kNames = {
      {{U"one", 1},     {U"two", 2},     {U"three", 3},     {U"four", 4},     {U"five", 5},
       {U"six", 6},     {U"seven", 7},   {U"eight", 8},     {U"nine", 9},     {U"ten", 10},
       {U"eleven", 11}, {U"twelve", 12}, {U"fourteen", 14}, {U"fifteen", 15}, {U"twenty", 20},
       {U"thirty", 30}, {U"forty", 40},  {U"a", 1},         {U"an", 1},       {U"sixty", 60},
       {U"ninety", 90}, {U"single", 1}}};
  const Text text = word(w);
  if (text.empty()) return std::nullopt;
  if (is_digit(text[0])) {
    double value = 0;
    double step = 0;
    for (const char32_t c : text) {
      if (c == U'.')
        step = 1;
      else if (!is_digit(c))
        return std::nullopt;
      else if (step == 0)
        value = 10 * value + (c - U'0');
      else
        value += (c - U'0') * (step /= 10);
    }
    return value <= 1000 ? std::optional(value) : std::nullopt;
  }
  for (const auto& [name, value] : kNames) {
    if (text == name) return value;
  }
  return std::nullopt;
}

std::optional<int> DueTextEn::day_number(std::size_t w) const {
  Text text = word(w);
  for (const Text ending : {Text(U"st"), Text(U"nd"), Text(U"rd"), Text(U"th")}) {
    if (text.ends_with(ending)) text.remove_suffix(2);
  }
  if (text.empty() || text.size() > 2) return std::nullopt;
  int value = 0;
  for (const char32_t c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = 10 * value + static_cast<int>(c - U'0');
  }
  return value >= 1 && value <= 31 ? std::optional(value) : std::nullopt;
}

}  // namespace xinjing::language
