#include "behaviour/what_if.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/format.h"
#include "base/parallel.h"
#include "behaviour/journey.h"

namespace xinjing::behaviour {
namespace {

constexpr std::uint32_t kAny = 0xffffffff;

/// A change with the numbers of the log.
struct NumberedChange {
  std::uint32_t from = kAny;
  std::uint32_t to = 0;
  bool itself = false;
  double factor = 1;
};

std::vector<NumberedChange> numbered(const EventLog& log, const std::vector<TimeChange>& changes) {
  std::vector<NumberedChange> out;
  for (const TimeChange& change : changes) {
    const auto to = log.find_activity(change.to), from = log.find_activity(change.from);
    if (!to || (!from && change.from != "*" && !change.from.empty())) continue;
    out.push_back(
        {change.from == "*" ? kAny : from.value_or(kAny), *to, change.from.empty(), change.factor});
  }
  return out;
}

double wait_factor(const std::vector<NumberedChange>& changes, std::uint32_t from,
                   std::uint32_t to) {
  double factor = 1;
  for (const NumberedChange& change : changes) {
    if (change.itself || change.to != to) continue;
    if (change.from == kAny || change.from == from) factor *= change.factor;
  }
  return factor;
}

double own_factor(const std::vector<NumberedChange>& changes, std::uint32_t activity) {
  double factor = 1;
  for (const NumberedChange& change : changes) {
    if (change.itself && change.to == activity) factor *= change.factor;
  }
  return factor;
}

/// Times are doubles of whole milliseconds; `front` is when all before is done.
Played play_case(const EventLog& log, std::size_t c, const std::vector<NumberedChange>& changes) {
  Played out;
  const std::size_t begin = log.first(c);
  const auto zero = double(log.started(begin));
  double front = zero, new_front = zero;
  for (std::size_t i = begin; i < log.end(c); ++i) {
    const auto start = double(log.started(i)), done = double(log.done(i));
    // A step that overlaps what came before keeps its distance to it.
    double gap = start - front;
    if (i > begin && gap > 0) {
      const double factor = wait_factor(changes, log.activity(i - 1), log.activity(i));
      out.changed += factor != 1;
      gap *= factor;
    }
    const double own = done > start ? own_factor(changes, log.activity(i)) : 1;
    out.changed += own != 1;
    const double new_start = std::max(new_front + gap, zero);
    new_front = std::max(new_front, new_start + (done - start) * own);
    front = std::max(front, done);
  }
  out.before = front - zero;
  out.after = new_front - zero;
  return out;
}

/// Random numbers of one stream (splitmix64), the same on every machine.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : x_state(seed) {}
  std::size_t below(std::size_t n) {
    const std::uint64_t bits = mix64(x_state);
    x_state += 0x9e3779b97f4a7c15ULL;
    return std::size_t(bits % n);  // n is far below 2^64: no bias to speak of
  }

 private:
  std::uint64_t x_state;
};

struct Figures {
  double mean_before, mean_after, mean_change;
  double median_before, median_after, median_change;
};

Figures figures_of(std::vector<double>& before, std::vector<double>& after) {
  Figures out{};
  const auto n = double(before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    out.mean_before += before[i] / n;
    out.mean_after += after[i] / n;
  }
  out.mean_change = out.mean_after - out.mean_before;
  out.median_before = quantile_of(before, 0.5);
  out.median_after = quantile_of(after, 0.5);
  out.median_change = out.median_after - out.median_before;
  return out;
}

ChangeEstimate estimate_of(double value, std::vector<double> drawn, double shrink) {
  constexpr double kLow = 0.025, kHigh = 0.975;
  // Quantiles of the drawn values, brought to the size of the whole.
  return {value, value + (quantile_of(drawn, kLow) - value) * shrink,
          value + (quantile_of(drawn, kHigh) - value) * shrink};
}

std::vector<Figures> replicates_of(const std::vector<Played>& cases, const WhatIfOptions& options) {
  const std::size_t drawn = std::min(cases.size(), options.most_drawn);
  std::vector<Figures> out(std::size_t(options.replicates));
  parallel_for(out.size(), 0, [&](std::size_t replicate, std::size_t) {
    Draws draws(mix64(options.seed + replicate));
    std::vector<double> before(drawn), after(drawn);
    for (std::size_t i = 0; i < drawn; ++i) {
      const Played& one = cases[draws.below(cases.size())];
      before[i] = one.before, after[i] = one.after;
    }
    out[replicate] = figures_of(before, after);
  });
  return out;
}

Failure unreadable(std::string_view text) {
  return fail(
      ErrorCode::kUsage,
      {fmt::format("'{}' is no change of times: write FROM:TO=0.5, *:TO=0.5 or STEP=0.5, the "
                   "factor from 0 to 10",
                   text),
       fmt::format("“{}”不是时间的改变：应写 前一步:后一步=0.5、*:后一步=0.5 或 "
                   "步骤=0.5，倍数 0 到 10",
                   text)});
}

Result<TimeChange> change_of(std::string_view text, const EventLog& log) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string_view::npos) return unreadable(text);
  TimeChange out;
  const std::string_view number = text.substr(equals + 1);
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), out.factor);
  if (error != std::errc() || end != number.data() + number.size()) return unreadable(text);
  if (!(out.factor >= 0 && out.factor <= 10)) return unreadable(text);
  const std::string_view what = text.substr(0, equals);
  out.to = what;
  // An activity's name may hold a colon: try each place.
  for (std::size_t at = what.find(':'); !log.find_activity(out.to) && at != std::string_view::npos;
       at = what.find(':', at + 1)) {
    const std::string_view from = what.substr(0, at), to = what.substr(at + 1);
    const bool any = from == "*" || (from == "wait" && !log.find_activity(from));
    if (!log.find_activity(to) || (!any && !log.find_activity(from))) continue;
    out.from = any ? "*" : from;
    out.to = to;
  }
  if (!log.find_activity(out.to)) {
    return fail(ErrorCode::kUsage, {fmt::format("no step of the log is called as in '{}'", what),
                                    fmt::format("没有“{}”所说的步骤", what)});
  }
  return out;
}

}  // namespace

Result<std::vector<TimeChange>> parse_changes(std::string_view text, const EventLog& log) {
  std::vector<TimeChange> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    // A comma parts two changes only behind a factor.
    std::size_t end = text.find(',', std::min(text.find('=', begin), text.size()));
    end = std::min(end, text.size());
    Result<TimeChange> change = change_of(text.substr(begin, end - begin), log);
    if (!change) return change.failure();
    out.push_back(std::move(*change));
    begin = end + 1;
  }
  return out;
}

Played play(const EventLog& log, std::size_t case_no, const std::vector<TimeChange>& changes) {
  return play_case(log, case_no, numbered(log, changes));
}

WhatIf what_if(const EventLog& log, const std::vector<TimeChange>& changes,
               const WhatIfOptions& options) {
  const std::vector<NumberedChange> applied = numbered(log, changes);
  std::vector<Played> cases;
  std::vector<double> before, after;
  WhatIf out;
  for (std::size_t c = 0; c < log.cases(); ++c) {
    if (log.end(c) - log.first(c) < 2) continue;
    cases.push_back(play_case(log, c, applied));
    before.push_back(cases.back().before);
    after.push_back(cases.back().after);
    out.touched += cases.back().changed > 0;
    out.steps += cases.back().changed;
  }
  out.cases = std::int64_t(cases.size());
  if (cases.empty()) return out;
  // So that what is drawn does not depend on the order of rows.
  std::ranges::sort(cases, {}, [](const Played& one) { return std::pair(one.before, one.after); });
  const Figures all = figures_of(before, after);
  const std::vector<Figures> drawn = replicates_of(cases, options);
  const double share = double(std::min(cases.size(), options.most_drawn)) / double(cases.size());
  const auto estimate = [&](double Figures::*figure) {
    std::vector<double> values;
    values.reserve(drawn.size());
    for (const Figures& one : drawn) values.push_back(one.*figure);
    return estimate_of(all.*figure, std::move(values), std::sqrt(share));
  };
  out.mean_before = estimate(&Figures::mean_before);
  out.mean_after = estimate(&Figures::mean_after);
  out.mean_change = estimate(&Figures::mean_change);
  out.median_before = estimate(&Figures::median_before);
  out.median_after = estimate(&Figures::median_after);
  out.median_change = estimate(&Figures::median_change);
  return out;
}

}  // namespace xinjing::behaviour
