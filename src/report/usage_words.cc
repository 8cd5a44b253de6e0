#include "report/usage_words.h"

#include "report/usage_text.h"

namespace xinjing::report {

using behaviour::ReadingFaults;
using behaviour::SeriesState;

std::string UsageWords::step(int minutes) const {
  constexpr int kDay = behaviour::MeterSeries::kDayMinutes;
  if (minutes == kDay) return say("daily", "每日");
  if (minutes < kDay) {
    return say(fmt::format("every {} minutes", minutes), fmt::format("每 {} 分钟", minutes));
  }
  const int days = (minutes + kDay / 2) / kDay;
  return say(fmt::format("about every {} days", days), fmt::format("约每 {} 天", days));
}

std::string UsageWords::faults(const ReadingFaults& is) const {
  struct Part {
    std::int64_t n;
    std::string_view en, zh;
  };
  const Part parts[] = {{is.negative, "below zero", "小于零"},
                        {is.conflicting, "same moment with different numbers", "同一时刻数值不同"},
                        {is.off_clock, "off the clock", "时钟不对"},
                        {is.absurd, "absurdly high", "大得不合理"},
                        {is.unsure, "after a gap, so of unknown length", "前有缺口、不知涵盖多久"},
                        {is.resets, "standings that fell (reset)", "示数回落（换表或清零）"},
                        {is.repeated, "repeated, used once", "重复，只计一次"},
                        {is.missing, "intervals without a reading", "段时间没有读数"}};
  std::string out;
  for (const Part& part : parts) {
    if (part.n == 0) continue;
    if (!out.empty()) out += say("; ", "；");
    out += fmt::format("{} {}", part.n, say(std::string(part.en), std::string(part.zh)));
  }
  return out;
}

std::string UsageWords::state(SeriesState is) const {
  switch (is) {
    case SeriesState::kGood:
      return say("good", "可用");
    case SeriesState::kTooFew:
      return say("fewer than three usable readings", "可用读数不足三个");
    case SeriesState::kIrregular:
      return say("readings keep no step", "读数间隔没有规律");
    case SeriesState::kNeverFalls:
      return say("never falls: standings among amounts?", "只升不降：用量中混有表底示数？");
    case SeriesState::kFallsOften:
      return say("falls often: amounts among standings?", "常常下降：示数中混有用量？");
  }
  return {};
}

std::string UsageWords::who(const behaviour::MeterStudy& meter, bool several) const {
  if (!several) return meter.customer;
  const std::string name = meter.meter.empty() ? "" : say(", ", "，") + meter.meter;
  return meter.customer + say(fmt::format(" (meter {}{})", meter.number, name),
                              fmt::format("（第 {} 块表{}）", meter.number, name));
}

std::string UsageWords::unusual(const behaviour::UnusualUse& one) const {
  const behaviour::UsePeriod& is = one.period;
  const std::string last = iso_date({is.first.number + is.days - 1});
  std::string out =
      say(fmt::format("{} to {}: {:.0f} kWh, {:.1f} times the usual {:.0f} ({:.0f}–{:.0f})",
                      iso_date(is.first), last, is.kwh, one.ratio(), one.usual, one.low, one.high),
          fmt::format("{} 至 {}：{:.0f} 千瓦时，是平常 {:.0f}（{:.0f}–{:.0f}）的 {:.1f} 倍",
                      iso_date(is.first), last, is.kwh, one.usual, one.low, one.high, one.ratio()));
  if (one.last_year) {
    out += say(fmt::format("; last year {:.0f}", *one.last_year),
               fmt::format("；去年同月 {:.0f}", *one.last_year));
  }
  return out;
}

std::string UsageWords::change(const behaviour::UseChange& is) const {
  std::string out =
      say(fmt::format("since {}: {:.1f} kWh a day instead of {:.1f}, {:.2f} times ({:.2f}–{:.2f})",
                      iso_date(is.since), is.after, is.before, is.ratio(), is.low, is.high),
          fmt::format("{} 起：日均由 {:.1f} 变为 {:.1f} 千瓦时，{:.2f} 倍（{:.2f}–{:.2f}）",
                      iso_date(is.since), is.before, is.after, is.ratio(), is.low, is.high));
  if (is.last_year) {
    out += say(fmt::format("; of last year {:.2f}", *is.last_year),
               fmt::format("；去年同期的 {:.2f} 倍", *is.last_year));
  }
  return out;
}

std::string usage_lines(const std::vector<behaviour::KeptUsage>& meters, Lang lang) {
  const UsageWords words{lang};
  std::string out;
  for (const behaviour::KeptUsage& is : meters) {
    out += words.say("Meter", "电表");
    if (meters.size() > 1) out += fmt::format(" {} {}", is.number, is.meter);
    out += words.say(fmt::format(": {:.1f} kWh a day", is.per_day),
                     fmt::format("：日均 {:.1f} 千瓦时", is.per_day));
    if (const Said habit = behaviour::habit_words(is.habit); !habit.en.empty()) {
      out += words.say(", ", "，") + words.say(habit);
    }
    if (is.changed) {
      out += words.say(
          fmt::format("; {:.2f} times as much since {}", is.change, iso_date(*is.changed)),
          fmt::format("；{} 起为此前的 {:.2f} 倍", iso_date(*is.changed), is.change));
    }
    if (const auto& alert = is.alert) {
      out +=
          words.say(fmt::format("; {} to {} {:.0f} kWh, usually {:.0f}", iso_date(alert->first),
                                iso_date(alert->last), alert->kwh, alert->usual),
                    fmt::format("；{} 至 {} 用 {:.0f} 千瓦时，平常 {:.0f}", iso_date(alert->first),
                                iso_date(alert->last), alert->kwh, alert->usual));
    }
    out += words.say(" (xinjing usage --customer)\n", "（xinjing usage --customer）\n");
  }
  return out;
}

std::string_view unusual_direction(const behaviour::UnusualUse& one) {
  return one.more() ? "more" : "less";
}

}  // namespace xinjing::report
