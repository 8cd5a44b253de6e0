#include "report/wording.h"

#include <charconv>
#include <cmath>

#include "base/format.h"
#include "base/utf8.h"

namespace xinjing::report {
namespace {

constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                   "May",       "June",     "July",     "August",
                                   "September", "October",  "November", "December"};

struct Date {
  int year = 0, month = 0, day = 0;
};

/// The parts of "2026-03-09" or "2026-03"; zeros where there are none.
Date date_of(std::string_view text) {
  Date out;
  const auto number = [&](std::size_t at, std::size_t length, int& value) {
    if (at + length > text.size()) return;
    std::from_chars(text.data() + at, text.data() + at + length, value);
  };
  number(0, 4, out.year), number(5, 2, out.month), number(8, 2, out.day);
  if (out.month < 1 || out.month > 12) out.month = 0;
  return out;
}

}  // namespace

std::string signed_text(double value, int digits) {
  const std::string text = fmt::format("{:.{}f}", std::abs(value), digits);
  if (text.find_first_not_of("0.") == std::string::npos) return text;
  return (value < 0 ? "−" : "+") + text;
}

std::string count_text(std::int64_t n) {
  std::string out = fmt::format("{}", n < 0 ? -n : n);
  for (std::size_t i = out.size(); i > 3; i -= 3) out.insert(i - 3, 1, ',');
  return n < 0 ? "−" + out : out;
}

std::string chance_text(double p) {
  return p < 1e-4 ? "< 0.0001" : fmt::format("= {:.{}f}", p, p < 1e-2 ? 4 : 2);
}

std::string day_text(Day day, Lang lang) {
  const Date date = date_of(iso_date(day));
  if (date.month == 0) return iso_date(day);
  return lang == Lang::kZh ? fmt::format("{} 年 {} 月 {} 日", date.year, date.month, date.day)
                           : fmt::format("{} {} {}", date.day, kMonths[date.month - 1], date.year);
}

std::string span_text(Day from, Day to, Lang lang) {
  const std::string last = day_text(to, lang);
  if (from.number == to.number) return last;
  const Date a = date_of(iso_date(from)), b = date_of(iso_date(to));
  const bool zh = lang == Lang::kZh, year = a.year == b.year, month = year && a.month == b.month;
  if (a.month == 0 || !year) {
    return fmt::format("{}{}{}", day_text(from, lang), zh ? "至 " : " to ", last);
  }
  if (zh) {
    return day_text(from, lang) +
           (month ? fmt::format("至 {} 日", b.day) : fmt::format("至 {} 月 {} 日", b.month, b.day));
  }
  return month ? fmt::format("{} to {}", a.day, last)
               : fmt::format("{} {} to {}", a.day, kMonths[a.month - 1], last);
}

std::string month_text(std::string_view month, Lang lang) {
  const Date date = date_of(month);
  if (date.month == 0) return std::string(month);
  return lang == Lang::kZh ? fmt::format("{} 年 {} 月", date.year, date.month)
                           : fmt::format("{} {}", kMonths[date.month - 1], date.year);
}

std::string with_days(std::string_view text, Lang lang) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_day = [&](std::size_t at) {
    for (std::size_t i = 0; i < kShape.size(); ++i) {
      if (kShape[i] == 'd' ? !digit(text[at + i]) : text[at + i] != '-') return false;
    }
    return true;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool whole = at + kShape.size() <= text.size() && (at == 0 || !digit(text[at - 1])) &&
                       is_day(at) &&
                       (at + kShape.size() == text.size() || !digit(text[at + kShape.size()]));
    const Date date = whole ? date_of(text.substr(at, kShape.size())) : Date{};
    const auto day = day_from_date(date.year, date.month, date.day);
    if (!whole || !day) {
      out += text[at++];
      continue;
    }
    out += day_text(*day, lang);
    at += kShape.size();
  }
  return out;
}

std::string capital(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() -= 'a' - 'A';
  return text;
}

std::string tidy(std::string_view text, Lang lang) {
  constexpr std::u32string_view kWide = U"，。：；、（）“”";
  const bool zh = lang == Lang::kZh;
  const std::u32string from = characters_of(text);
  std::u32string out;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i] == U' ') {
      const char32_t next = i + 1 < from.size() ? from[i + 1] : U' ';
      const bool wide = zh && ((!out.empty() && kWide.find(out.back()) != kWide.npos) ||
                               kWide.find(next) != kWide.npos);
      if (out.empty() || next == U' ' || wide) continue;
    }
    out += from[i];
  }
  return utf8_of(out);
}

}  // namespace xinjing::report
