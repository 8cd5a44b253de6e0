#include "insight/fates_table.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "insight/fate.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

using psychology::KeptPromise;
using psychology::PromiseStatus;

constexpr double kChance = 0.05;
constexpr double kLeastTold = 30;    // on each side
constexpr double kLeastFailed = 10;  // altogether
constexpr std::size_t kCites = 12;

/// The days that are looked at as the first of another time, and which way.
struct Look {
  std::vector<Day> cuts;
  Way way = Way::kEither;
  std::string day_of{};  // rating, feeling: whose shift gave the day
};

/// Where customers' ratings, or the feeling of all, changed for the better, less should fail.
Look look_of(const ReportData& out) {
  const auto of_all = [](const Event& event) {
    return event.kind == "shift" && (event.what == "rating" || event.what == "feeling") &&
           event.survey.empty() && event.department.empty() && event.channel.empty() &&
           event.customer_kind.empty();
  };
  const auto change = std::find_if(out.events.begin(), out.events.end(), of_all);
  if (change != out.events.end()) {
    return {{change->from}, change->up ? Way::kLess : Way::kMore, change->what};
  }
  Look look;
  for (std::int32_t day = out.from.number + 1; day <= out.to.number; ++day) {
    if (iso_date({day}).ends_with("-01")) look.cuts.push_back({day});
  }
  return look;
}

using ByTalk = std::map<std::int64_t, Fate>;

std::vector<Fate> values(const ByTalk& by_talk) {
  std::vector<Fate> out;
  out.reserve(by_talk.size());
  for (const auto& [talk, fate] : by_talk) out.push_back(fate);
  return out;
}

/// What each conversation tells of the end of expectations, and of the promises made in it as the
/// other matter.
std::vector<Fate> both(const ByTalk& expectations, const ByTalk& promises) {
  ByTalk sum = expectations;
  for (const auto& [talk, fate] : promises) {
    Fate& one = sum.try_emplace(talk, Fate{.day = fate.day}).first->second;
    one.other_failed = fate.failed, one.other_told = fate.told;
  }
  return values(sum);
}

/// Promises by the conversation in which they were made. What is told more than a month after a
/// promise was made does not count, nor what was promised less than a month ago: each has the same
/// time to be told, or later promises would seem to fail less.
ByTalk told_promises(const std::vector<KeptPromise>& promises, int zone, Day as_of) {
  constexpr int kTold = 30;  // days
  ByTalk out;
  for (const KeptPromise& one : promises) {
    const PromiseStatus status = one.entry.status;
    const bool broken = status == PromiseStatus::kUnmet;
    if (!broken && status != PromiseStatus::kMet && status != PromiseStatus::kExceeded) continue;
    const psychology::Place& at = one.entry.promise.at;
    const Day made = day_of(at.time, zone);
    const Day told = one.entry.changed_at ? day_of(one.entry.changed_at->time, zone) : made;
    if (told.number > made.number + kTold || made.number > as_of.number - kTold) continue;
    Fate& fate = out.try_emplace(at.conversation_no, Fate{.day = made}).first->second;
    fate.told += 1, fate.failed += broken ? 1 : 0;
  }
  return out;
}

Result<ByTalk> told_expectations(const DuckConnection& connection) {
  ByTalk out;
  Status done = each_row(connection, R"(
SELECT conversation_no, t.day, COUNT(*) FILTER (x.status = 'unmet')::DOUBLE, COUNT(*)::DOUBLE
FROM expectations AS x
JOIN talk AS t USING (conversation_no)
WHERE x.status IN ('met', 'exceeded', 'unmet')
GROUP BY conversation_no, t.day)",
                         {}, [&](const DuckRow& row) {
                           out[row.integer(0)] = {day_at(row, 1), row.number(2), row.number(3)};
                         });
  if (!done) return done.failure();
  return out;
}

/// Failed expectations of the worse time, the surest first.
Status cite_expectations(const DuckConnection& connection, Event& event) {
  const std::string sql =
      fmt::format(R"(
SELECT x.event_no, x.span_begin, x.span_end
FROM expectations AS x
JOIN talk AS t USING (conversation_no)
WHERE x.status = 'unmet' AND x.event_no IS NOT NULL AND t.day {} DATE '{}'
QUALIFY ROW_NUMBER() OVER (PARTITION BY conversation_no ORDER BY x.p DESC, x.event_no) = 1
ORDER BY x.p DESC, x.event_no
LIMIT {})",
                  event.up ? ">=" : "<", iso_date(event.from), kCites - event.cites.size());
  return each_row(connection, sql, {}, [&](const DuckRow& row) {
    const auto begin = static_cast<std::uint32_t>(row.integer(1));
    event.cites.push_back(
        {row.integer(0), {begin, static_cast<std::uint32_t>(row.integer(2))}, {}});
  });
}

void cite_promises(const ReportData& out, Event& event) {
  for (const PromiseRow& row : out.promises.broken_rows) {
    const bool before = row.made < event.from;
    if (before == event.up || event.cites.size() == kCites / 2) continue;
    event.cites.push_back(row.outcome ? *row.outcome : row.cite);
  }
}

/// The shares before and after a day.
std::pair<Interval, Interval> around(const ByTalk& by_talk, Day day) {
  std::vector<Fate> before, after;
  for (const auto& [talk, fate] : by_talk) (fate.day < day ? before : after).push_back(fate);
  return {clustered_share(before), clustered_share(after)};
}

}  // namespace

Status load_fates(const DuckConnection& connection, const std::vector<KeptPromise>& promises,
                  int zone_minutes, ReportData& out) {
  constexpr double kLeastChange = 0.05;
  const auto expectations = told_expectations(connection);
  if (!expectations) return expectations.failure();
  const ByTalk promised = told_promises(promises, zone_minutes, out.as_of);
  const Look look = look_of(out);
  const auto shift =
      strongest_fate_shift(both(*expectations, promised), look.cuts, kLeastTold, look.way);
  if (!shift || shift->p > kChance || std::abs(shift->change) < kLeastChange) return {};
  if (shift->failed_before + shift->failed_after < kLeastFailed) return {};
  Event event{.kind = "shift", .from = shift->at, .to = out.to, .up = shift->z > 0};
  event.what = "unmet_of_told", event.day_of = look.day_of, event.p = shift->p;
  event.count = shift->failed_after, event.expected = shift->failed_before;
  std::tie(event.before, event.after) = around(*expectations, shift->at);
  std::tie(event.rest, event.inside) = around(promised, shift->at);
  for (const auto& [talk, fate] : promised) {
    (fate.day < shift->at ? event.well : event.ill) += std::int64_t(fate.told);
  }
  event.id = fmt::format("shift-{}-{}", event.what, iso_date(shift->at).substr(0, 7));
  cite_promises(out, event);
  Status done = cite_expectations(connection, event);
  if (done) out.events.push_back(std::move(event));
  return done;
}

}  // namespace xinjing::insight
