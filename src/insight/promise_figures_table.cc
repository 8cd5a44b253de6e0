#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "insight/answers_table.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

using psychology::KeptPromise;
using psychology::PromiseStatus;

constexpr std::size_t kShown = 100;         // of each list
constexpr std::int64_t kSettledDays = 120;  // how long a settled promise is looked after

struct Settled {
  std::int64_t person = 0;
  Day day;  // when it was known to be kept or broken
  bool kept = false;
};

struct At {
  Day day;
  double satisfaction = 0;
};

PromiseRow row_of(const KeptPromise& one, const char* state, int zone,
                  const std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>& numbers) {
  const psychology::Promise& promise = one.entry.promise;
  PromiseRow row{.customer = one.customer,
                 .text = promise.quote,
                 .acts = one.acts,
                 .made = day_of(promise.at.time, zone),
                 .due = {},
                 .state = state,
                 .cite = {}};
  if (promise.due) row.due = day_of({promise.due->millis - 1}, zone);
  const auto number = [&](const psychology::Place& place) {
    const auto found = numbers.find({place.conversation_no, place.turn_no});
    return found == numbers.end() ? 0 : found->second;
  };
  row.cite = {number(promise.at), promise.span, {}};
  if (one.entry.changed_at && !one.entry.changed_by.empty()) {
    row.outcome = Cite{number(*one.entry.changed_at), one.entry.changed_span, {}};
  }
  return row;
}

/// Message numbers of the turns that promises and their news stand in.
Result<std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>> message_numbers(
    const DuckConnection& connection, const std::vector<const KeptPromise*>& shown) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> out;
  std::vector<std::int64_t> talks;
  for (const KeptPromise* one : shown) {
    talks.push_back(one->entry.promise.at.conversation_no);
    if (one->entry.changed_at) talks.push_back(one->entry.changed_at->conversation_no);
  }
  if (talks.empty()) return out;
  Status read = each_row(
      connection,
      fmt::format("SELECT conversation_no, turn_no, message_no FROM turns WHERE conversation_no IN "
                  "({})",
                  fmt::join(talks, ", ")),
      {}, [&](const DuckRow& row) {
        out[{row.integer(0), row.integer(1)}] = row.integer(2);
      });
  if (!read) return read.failure();
  return out;
}

/// Satisfaction of everybody's talks, by person, in order of time.
Result<std::map<std::int64_t, std::vector<At>>> all_talks(const DuckConnection& connection) {
  std::map<std::int64_t, std::vector<At>> out;
  Status read = each_row(connection, R"(
SELECT person, day, satisfaction
FROM talk
WHERE person IS NOT NULL AND satisfaction IS NOT NULL
ORDER BY person, day, conversation_no)",
                         {}, [&](const DuckRow& row) {
                           out[row.integer(0)].push_back({day_at(row, 1), row.number(2)});
                         });
  if (!read) return read.failure();
  return out;
}

int level(double satisfaction) { return int(std::floor(2 * satisfaction)); }

/// The change from the last talk before a day to the mean of those within some months from it on.
std::optional<std::pair<double, double>> change_at(const std::vector<At>& talks, Day day) {
  std::optional<double> before;
  Sums after;
  for (const At& at : talks) {
    if (at.day < day) before = at.satisfaction;
    if (at.day >= day && at.day.number <= day.number + kSettledDays) after.add(at.satisfaction);
  }
  if (!before || after.n < 1) return {};
  return std::pair{*before, after.mean() - *before};
}

/// Like customers: those without a settled promise, from the same level, between any two talks.
PromiseEffect effect_of(const std::vector<Settled>& settled, bool kept,
                        const std::map<std::int64_t, std::vector<At>>& talks,
                        const std::map<int, Sums>& others) {
  Sums change;
  double weight = 0, mean = 0, variance = 0;
  std::int64_t last = 0;
  for (const Settled& one : settled) {
    if (one.kept != kept || one.person == last) continue;
    const auto found = talks.find(one.person);
    const auto moved = found == talks.end() ? std::nullopt : change_at(found->second, one.day);
    const auto like = moved ? others.find(level(moved->first)) : others.end();
    if (like == others.end() || like->second.n < 5) continue;
    last = one.person;  // a customer once
    change.add(moved->second);
    weight += 1, mean += like->second.mean();
    variance += like->second.variance() / like->second.n;
  }
  PromiseEffect out;
  if (change.n < 5) return out;
  const double half = 1.96 * std::sqrt(variance / weight);
  out.n = std::int64_t(change.n), out.change = mean_interval(change, -4, 4);
  out.matched = {mean / weight, mean / weight - half, mean / weight + half};
  return out;
}

/// What was promised in each month, and what became of it.
void count_months(const std::vector<KeptPromise>& promises, int zone, ReportData& out) {
  std::map<std::string, PromiseMonth> by_month;
  for (const std::string& month : out.months) by_month[month].month = month;
  for (const KeptPromise& one : promises) {
    const std::string day = iso_date(day_of(one.entry.promise.at.time, zone));
    const auto found = by_month.find(day.substr(0, 7));
    if (found == by_month.end()) continue;
    PromiseMonth& month = found->second;
    const PromiseStatus status = one.entry.status;
    ++month.made;
    month.kept += status == PromiseStatus::kMet,
        month.exceeded += status == PromiseStatus::kExceeded;
    month.broken += status == PromiseStatus::kUnmet, month.open += status == PromiseStatus::kOpen;
    month.silent += status == PromiseStatus::kExpired;
    month.withdrawn += status == PromiseStatus::kWithdrawn;
  }
  for (auto& [name, month] : by_month) {
    const double good = double(month.kept + month.exceeded);
    month.share = share_interval(good, good + double(month.broken));
    out.promises.months.push_back(std::move(month));
  }
}

/// The promises that are listed, each list in its order.
struct Lists {
  std::vector<const KeptPromise*> due, broken, kept;
};

bool is_good(PromiseStatus status) {
  return status == PromiseStatus::kMet || status == PromiseStatus::kExceeded;
}

Lists lists_of(const std::vector<KeptPromise>& promises) {
  Lists out;
  for (const KeptPromise& one : promises) {
    const PromiseStatus status = one.entry.status;
    if (status == PromiseStatus::kOpen || status == PromiseStatus::kExpired)
      out.due.push_back(&one);
    if (status == PromiseStatus::kUnmet) out.broken.push_back(&one);
    if (is_good(status)) out.kept.push_back(&one);
  }
  const auto newest = [](const KeptPromise* a, const KeptPromise* b) {
    const auto when = [](const KeptPromise* one) {
      return one->entry.promise.due.value_or(one->entry.promise.at.time);
    };
    return when(b) < when(a);
  };
  // What has words about its fate before what has none; then the newest.
  const auto told = [&](const KeptPromise* a, const KeptPromise* b) {
    const bool x = !a->entry.changed_by.empty(), y = !b->entry.changed_by.empty();
    return x != y ? x : newest(a, b);
  };
  std::stable_sort(out.due.begin(), out.due.end(), newest);
  std::stable_sort(out.broken.begin(), out.broken.end(), told);
  std::stable_sort(out.kept.begin(), out.kept.end(), told);
  for (auto* list : {&out.due, &out.broken, &out.kept}) {
    if (list->size() > kShown) list->resize(kShown);
  }
  return out;
}

Status load_rows(const DuckConnection& connection, const std::vector<KeptPromise>& promises,
                 int zone, Promises& all) {
  const Lists lists = lists_of(promises);
  std::vector<const KeptPromise*> shown;
  for (const auto* list : {&lists.due, &lists.broken, &lists.kept}) {
    shown.insert(shown.end(), list->begin(), list->end());
  }
  const auto numbers = message_numbers(connection, shown);
  if (!numbers) return numbers.failure();
  for (const KeptPromise* one : lists.due) {
    const bool open = one->entry.status == PromiseStatus::kOpen;
    all.due.push_back(row_of(*one, open ? "open" : "overdue", zone, *numbers));
  }
  for (const KeptPromise* one : lists.broken) {
    all.broken_rows.push_back(row_of(*one, "broken", zone, *numbers));
  }
  for (const KeptPromise* one : lists.kept) {
    const bool more = one->entry.status == PromiseStatus::kExceeded;
    all.kept_rows.push_back(row_of(*one, more ? "exceeded" : "kept", zone, *numbers));
  }
  return {};
}

Status load_effects(const DuckConnection& connection, const std::vector<KeptPromise>& promises,
                    int zone, Promises& all) {
  std::vector<Settled> settled;
  std::map<std::int64_t, bool> touched;
  for (const KeptPromise& one : promises) {
    const bool good = is_good(one.entry.status);
    if (!good && one.entry.status != PromiseStatus::kUnmet) continue;
    touched[one.person] = true;
    if (one.entry.changed_at) {
      settled.push_back({one.person, day_of(one.entry.changed_at->time, zone), good});
    }
  }
  const auto talks = all_talks(connection);
  if (!talks) return talks.failure();
  std::map<int, Sums> others;
  for (const auto& [person, list] : *talks) {
    if (touched.contains(person)) continue;
    for (std::size_t i = 1; i < list.size(); ++i) {
      if (list[i].day.number > list[i - 1].day.number + kSettledDays) continue;
      others[level(list[i - 1].satisfaction)].add(list[i].satisfaction - list[i - 1].satisfaction);
    }
  }
  std::stable_sort(settled.begin(), settled.end(), [](const Settled& a, const Settled& b) {
    return std::tie(a.person, a.day) < std::tie(b.person, b.day);
  });
  all.kept_effect = effect_of(settled, true, *talks, others);
  all.broken_effect = effect_of(settled, false, *talks, others);
  return {};
}

}  // namespace

Status load_promise_figures(const DuckConnection& connection,
                            const std::vector<KeptPromise>& promises, int zone_minutes,
                            ReportData& out) {
  Promises& all = out.promises;
  for (const KeptPromise& one : promises) {
    const PromiseStatus status = one.entry.status;
    ++all.made;
    all.kept += status == PromiseStatus::kMet, all.exceeded += status == PromiseStatus::kExceeded;
    all.broken += status == PromiseStatus::kUnmet, all.open += status == PromiseStatus::kOpen;
    all.overdue += status == PromiseStatus::kExpired;
    all.withdrawn += status == PromiseStatus::kWithdrawn;
  }
  count_months(promises, zone_minutes, out);
  Status done = load_rows(connection, promises, zone_minutes, all);
  if (done) done = load_effects(connection, promises, zone_minutes, all);
  return done;
}

}  // namespace xinjing::insight
