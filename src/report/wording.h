#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/lang.h"

// Numbers and days as a sentence wants them. Chinese has a space between its letters and digits.
namespace xinjing::report {

/// "+0.12", "−0.68" (a true minus sign); "0.00" has no sign.
std::string signed_text(double value, int digits = 2);

/// "1,300".
std::string count_text(std::int64_t n);

/// How probable chance makes it: "< 0.0001" or "= 0.01".
std::string chance_text(double p);

/// "2026 年 3 月 9 日", "9 March 2026".
std::string day_text(Day day, Lang lang);

/// "2026 年 7 月 18 日至 20 日", "18 to 20 July 2026"; what both days share is said once.
std::string span_text(Day from, Day to, Lang lang);

/// "2026-03" as "2026 年 3 月", "March 2026"; a text that is no month stays as it is.
std::string month_text(std::string_view month, Lang lang);

/// The same text with each "2026-03-09" in it as the language writes a day.
std::string with_days(std::string_view text, Lang lang);

/// A sentence put together from parts: no space at its ends, none double, and in Chinese none
/// beside marks as wide as a character (，。：（）“”).
std::string tidy(std::string_view text, Lang lang);

/// A sentence or label begins with a capital.
std::string capital(std::string text);

}  // namespace xinjing::report
