#include <algorithm>
#include <cmath>

#include "insight/event_finder.h"
#include "insight/talk_table.h"
#include "insight/waiting.h"

namespace xinjing::insight {
namespace {

constexpr std::size_t kMonth = 28;  // days

}  // namespace

/// How a burst of some days ended: the talks a week within it, and in the weeks that followed.
std::optional<Event> Finder::after(const Event& burst, const Candidate& lead) const {
  constexpr std::size_t kShortest = 7, kFollowed = 45;
  const auto cell = x_cells.find({lead.what, lead.scope});  // what the burst itself counts
  if (lead.kind != "burst" || cell == x_cells.end() || lead.end - lead.begin < kShortest ||
      lead.end + kFollowed > days()) {
    return {};
  }
  Sums within, later;
  for (std::size_t i = lead.begin; i < lead.end + kFollowed; ++i) {
    (i < lead.end ? within : later).add(7 * cell->second.count[i]);
  }
  Event event{.kind = "shift", .from = day(lead.end), .to = day(lead.end + kFollowed - 1)};
  event.up = false, event.aspects = burst.aspects, event.department = burst.department;
  event.channel = burst.channel, event.customer_kind = burst.customer_kind;
  event.words = burst.words, event.also = burst.also, event.what = "faded";
  event.of = burst.what;
  event.count = later.sum / 7, event.expected = within.sum / 7;
  event.before = mean_interval(within, 0, 1e9), event.after = mean_interval(later, 0, 1e9);
  if (event.after.high >= event.before.low) return {};
  event.p = burst.p, event.id = "faded-" + burst.id;
  return event;
}

/// An event told in plain words: named and quoted by them.
Status Finder::keep_told(Event event, const Scope& scope) {
  event.praise = good_matter(event.what);
  if (event.praise) event.aspects = {aspect_in(event.what)};
  std::vector<std::int64_t> talks;
  const std::string sql = fmt::format(
      "SELECT conversation_no FROM matter JOIN talk USING (conversation_no) WHERE what = {} AND {} "
      "AND day BETWEEN DATE '{}' AND DATE '{}' ORDER BY conversation_no LIMIT {}",
      sql_quoted(event.what), where(scope), iso_date(event.from), iso_date(event.to), kMostTalks);
  Status done =
      each_row(x_connection, sql, {}, [&](const DuckRow& row) { talks.push_back(row.integer(0)); });
  if (done) done = describe(event, talks, talks);
  if (done) x_out.events.push_back(std::move(event));
  return done;
}

/// What a burst left behind: claims from its first day on, and praise of what it was about once it
/// was over. Few looks, so few hits do.
Status Finder::what_followed(const Event& burst, const Candidate& lead) {
  constexpr std::size_t kFollowed = 45, kAbout = 2;
  if (lead.kind != "burst" || burst.praise || lead.end + kFollowed > days()) return {};
  Status done = followed_by("claims", lead.begin, lead.begin, lead.end + kFollowed);
  for (std::size_t i = 0; done && i < std::min(kAbout, burst.aspects.size()); ++i) {
    done = followed_by("praise:" + burst.aspects[i], lead.begin, lead.end, lead.end + kFollowed);
  }
  return done;
}

/// Whether a matter comes up more between two days than at other times, those from `begin` on left
/// out.
Status Finder::followed_by(const std::string& what, std::size_t begin, std::size_t from,
                           std::size_t to) {
  constexpr double kLeast = 5, kChance = 0.01, kMostOf = 0.8;
  const auto hits = [&](const Cell& cell) {
    std::pair<double, double> out;  // then, at other times
    for (std::size_t i = 0; i < days(); ++i) {
      if (i >= begin && i < from) continue;
      (i >= from && i < to ? out.first : out.second) += cell.count[i];
    }
    return out;
  };
  const double length = double(to - from), rest = double(days()) - double(to - begin);
  const auto cell = x_cells.find({what, Scope{}});
  // What has a burst of its own in these days did not follow; it is told by itself.
  const bool own = std::any_of(x_found.begin(), x_found.end(), [&](const Candidate& one) {
    return one.kind == "burst" && one.what == what && one.begin >= from && one.begin < to;
  });
  if (cell == x_cells.end() || rest < length || own) return {};
  const auto [count, others] = hits(cell->second);
  const double expected = std::max(0.5, others * length / rest);
  const double p = poisson_tail(count, expected);
  if (count < kLeast || p > kChance) return {};
  Event event{.kind = "burst",
              .from = day(from),
              .to = day(to - 1),
              .what = what,
              .count = count,
              .expected = expected,
              .p = p};
  Scope scope;
  for (const auto& [key, one] : x_cells) {
    if (key.first != what || key.second.kind != "kind") continue;
    if (hits(one).first >= kMostOf * count) scope = key.second;
  }
  event.customer_kind = scope.name;
  return keep_told(std::move(event), scope);
}

/// Whether customers of a place praise more, or less, from the day on which its waits changed.
Status Finder::said_after(const Event& wait) {
  constexpr double kLeastZ = 3, kLeast = 30;
  const Scope place{"department", wait.department};
  const Scope scope = x_whole.contains(place) ? Scope{} : place;
  const auto volume = x_cells.find({"volume", scope});
  if (volume == x_cells.end()) return {};
  const auto cut = std::size_t(wait.from.number - x_out.from.number);
  for (const auto& [key, cell] : x_cells) {
    if (!(key.second == scope) || !key.first.starts_with("praise:")) continue;
    double hits[2] = {0, 0}, of[2] = {0, 0};
    for (std::size_t i = 0; i < days(); ++i) {
      hits[i >= cut ? 1 : 0] += cell.count[i], of[i >= cut ? 1 : 0] += volume->second.count[i];
    }
    if (std::min(of[0], of[1]) < kLeast || hits[0] + hits[1] < 5) continue;
    const double all = (hits[0] + hits[1]) / (of[0] + of[1]);
    const double z =
        (hits[1] / of[1] - hits[0] / of[0]) / std::sqrt(all * (1 - all) * (1 / of[0] + 1 / of[1]));
    if (!(std::abs(z) >= kLeastZ)) continue;
    Event event{.kind = "shift",
                .from = wait.from,
                .to = wait.to,
                .up = z > 0,
                .department = wait.department,
                .what = cell.what,
                .count = hits[1],
                .expected = hits[0],
                .p = std::erfc(std::abs(z) / std::sqrt(2.0)),
                .before = share_interval(hits[0], of[0]),
                .after = share_interval(hits[1], of[1])};
    if (Status kept = keep_told(std::move(event), scope); !kept) return kept;
  }
  return {};
}

/// Waits say most where there are any: every visit is measured, whether anybody complains or not.
Status Finder::waits() {
  std::vector<Waiting> places;
  Status done = each_row(
      x_connection, R"(
SELECT place, day, COUNT(*)::DOUBLE, SUM(LN(minutes + 1)), SUM(LN(minutes + 1) ** 2)
FROM waiting
GROUP BY ALL
ORDER BY ALL)",
      {}, [&](const DuckRow& row) {
        const std::string place = text_at(row, 0);
        if (places.empty() || places.back().place != place) {
          places.push_back({place, std::vector<Sums>(days())});
        }
        const std::int32_t at = day_at(row, 1).number - x_out.from.number;
        if (at < 0 || std::size_t(at) >= days()) return;
        places.back().steps[std::size_t(at)].merge({row.number(2), row.number(3), row.number(4)});
      });
  if (!done) return done;
  for (const Waiting& waiting : places) {
    const auto shift = strongest_shift(waiting.steps, kLeastVisits);
    const bool cut = shift && shift->p < 1e-4 && much_apart(shift->before, shift->after);
    const bool shifts = cut && holds_to_end(waiting.steps, *shift, kMonth);
    if (cut && !shifts) {
      for (Event& burst : wait_bursts(waiting, x_out.from)) {
        if (Status kept = keep_wait(std::move(burst)); !kept) return kept;
      }
      continue;
    }
    if (auto trend = wait_trend(waiting, shifts ? shift->at : days(), x_out.from)) {
      if (Status kept = keep_wait(std::move(*trend)); !kept) return kept;
    }
    if (!shifts) continue;
    Event event = wait_event(waiting, "shift", shift->before, shift->after);
    event.from = day(shift->at), event.to = x_out.to, event.p = shift->p;
    if (Status kept = keep_wait(event); !kept) return kept;
    if (Status kept = said_after(event); !kept) return kept;
  }
  return {};
}

Status Finder::keep_wait(Event event) {
  event.id =
      fmt::format("{}-wait-{}-{}", event.kind, iso_date(event.from).substr(0, 7), event.department);
  const std::string list = fmt::format(
      "SELECT conversation_no FROM talk WHERE department = {} AND day BETWEEN DATE '{}' AND DATE "
      "'{}'",
      sql_quoted(event.department), iso_date(event.from), iso_date(event.to));
  Status done = cite(event, list);
  if (done) x_out.events.push_back(std::move(event));
  return done;
}

}  // namespace xinjing::insight
