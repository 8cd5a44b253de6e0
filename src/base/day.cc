#include "base/day.h"

#include <chrono>
#include <cstdlib>

#include "base/format.h"

namespace xinjing {
namespace {

constexpr std::int64_t kMillisADay = 86'400'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

}  // namespace

std::optional<Day> day_from_date(int year, int month, int day) {
  using namespace std::chrono;
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return {};
  const year_month_day date{std::chrono::year{year}, std::chrono::month(unsigned(month)),
                            std::chrono::day(unsigned(day))};
  if (!date.ok()) return {};
  return Day{std::int32_t(sys_days{date}.time_since_epoch().count())};
}

Instant instant_at(Day day, std::int64_t seconds, int offset_minutes) {
  return {day.number * kMillisADay + (seconds - offset_minutes * 60LL) * 1000};
}

Day day_of(Instant instant, int offset_minutes) {
  return {std::int32_t(floor_div(instant.millis + offset_minutes * 60'000LL, kMillisADay))};
}

std::string iso_date(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day.number}}};
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()));
}

std::string iso_time(Instant instant, int offset_minutes) {
  const std::int64_t local = instant.millis + offset_minutes * 60'000LL;
  const std::int64_t rest = local - floor_div(local, kMillisADay) * kMillisADay;
  std::string out = fmt::format("{}T{:02}:{:02}:{:02}", iso_date(day_of(instant, offset_minutes)),
                                rest / 3'600'000, rest / 60'000 % 60, rest / 1000 % 60);
  if (rest % 1000 != 0) out += fmt::format(".{:03}", rest % 1000);
  const int offset = std::abs(offset_minutes);
  return out +
         fmt::format("{}{:02}:{:02}", offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

}  // namespace xinjing
