#include "insight/events_table.h"

#include <algorithm>
#include <cmath>

#include "insight/event_finder.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

constexpr double kFalseAmongFound = 0.05;  // Benjamini-Hochberg

const char* column_of(const Scope& scope) {
  return scope.kind == "department" ? "department" : scope.kind == "channel" ? "channel" : "kind";
}

}  // namespace

std::string where(const Scope& scope) {
  return scope.kind.empty() ? "TRUE"
                            : fmt::format("{} = {}", column_of(scope), sql_quoted(scope.name));
}

bool good_matter(std::string_view what) {
  return what.starts_with("good:") || what == "mood:good" || what == "motive:praise" ||
         what == "bond:loyal" || what == "bond:advocate" || what.starts_with("praise:");
}

std::string aspect_in(std::string_view what) {
  for (const std::string_view kind : {"aspect:", "bad:", "good:", "unmet:", "praise:"}) {
    if (what.starts_with(kind)) return std::string(what.substr(kind.size()));
  }
  return {};
}

Status Finder::load_cells() {
  constexpr std::string_view kSql = R"(
SELECT what, department, channel, kind, day, COUNT(*)::DOUBLE
FROM matter
JOIN talk USING (conversation_no)
GROUP BY GROUPING SETS ((what, day), (what, department, day), (what, channel, day),
  (what, kind, day)))";
  return each_row(x_connection, kSql, {}, [&](const DuckRow& row) {
    Scope scope;
    constexpr const char* kKinds[] = {"department", "channel", "kind"};
    for (std::size_t i = 0; i < 3; ++i) {
      if (row.is_null(i + 1)) continue;
      scope = {kKinds[i], text_at(row, i + 1)};
      if (scope.name.empty()) return;  // those of whom the scope is not known
    }
    Cell& cell = x_cells[{text_at(row, 0), scope}];
    if (cell.count.empty()) {
      cell.what = text_at(row, 0), cell.scope = scope, cell.count.resize(days());
    }
    const std::int32_t at = day_at(row, 4).number - x_out.from.number;
    if (at >= 0 && std::size_t(at) < days()) cell.count[std::size_t(at)] += row.number(5);
  });
}

/// A scope in which nearly everything happens says the same as no scope.
void Finder::drop_whole_scopes() {
  constexpr double kWhole = 0.95;
  const auto total = [](const Cell& cell) {
    double sum = 0;
    for (const double n : cell.count) sum += n;
    return sum;
  };
  const auto everywhere = x_cells.find({"volume", Scope{}});
  if (everywhere == x_cells.end()) return;
  const double all = total(everywhere->second);
  for (const auto& [key, cell] : x_cells) {
    const bool scoped = key.first == "volume" && !key.second.kind.empty();
    if (scoped && total(cell) >= kWhole * all) x_whole.insert(key.second);
  }
  std::erase_if(x_cells, [&](const auto& one) { return x_whole.contains(one.first.second); });
}

Shares Finder::shares(const Cell& cell, bool outside, const std::vector<bool>& counted) const {
  const auto of = [&](const std::string& what, const Scope& scope) -> const Cell* {
    const auto found = x_cells.find({what, scope});
    return found == x_cells.end() ? nullptr : &found->second;
  };
  const Cell* volume = of("volume", cell.scope);
  const Cell* all = outside ? of(cell.what, {}) : nullptr;
  const Cell* all_volume = outside ? of("volume", {}) : nullptr;
  Shares out;
  for (std::size_t i = 0; i < days(); ++i) {
    if (i % 7 == 0) {
      if (days() - i < 4) break;  // the last days are no week
      out.count.push_back(0), out.of.push_back(0);
    }
    if (!counted[i]) continue;
    double count = cell.count[i], of_all = volume == nullptr ? 0 : volume->count[i];
    if (outside && all != nullptr) {
      count = all->count[i] - count, of_all = all_volume->count[i] - of_all;
    }
    out.count.back() += count, out.of.back() += of_all;
  }
  return out;
}

void Finder::look() {
  double all = 0;
  for (const auto& [key, cell] : x_cells) {
    if (key.first == "volume" && key.second.kind.empty()) {
      for (const double n : cell.count) all += n;
    }
  }
  const double least = std::max(8.0, all / 400);
  for (const auto& [key, cell] : x_cells) {
    double sum = 0;
    for (const double n : cell.count) sum += n;
    if (sum < least) continue;
    auto found = bursts_of(cell, least);
    x_looks.insert(x_looks.end(), 3 - found.size(), 1);
    if (cell.what != "volume") {
      // What a burst did to a level is told by the burst.
      std::vector<bool> quiet(days(), true);
      for (const Candidate& one : found) {
        std::fill(quiet.begin() + std::ptrdiff_t(one.begin),
                  quiet.begin() + std::ptrdiff_t(one.end), false);
      }
      auto changes = changes_of(cell, shares(cell, false, quiet), shares(cell, true, quiet));
      x_looks.insert(x_looks.end(), 2 - changes.size(), 1);
      found.insert(found.end(), changes.begin(), changes.end());
    }
    for (Candidate& one : found) x_found.push_back(std::move(one));
  }
}

namespace {

// Sums of feeling by scope, and of ratings by question, day by day.
constexpr std::string_view kLevels = R"(
SELECT 'feeling', department, channel, kind, day, COUNT(*)::DOUBLE, SUM(valence),
  SUM(valence * valence), NULL AS question
FROM talk
WHERE valence IS NOT NULL
GROUP BY GROUPING SETS ((day), (department, day), (channel, day), (kind, day))
UNION ALL
SELECT 'rating', NULL, NULL, NULL, local_time(time)::DATE AS day, COUNT(*)::DOUBLE, SUM(score),
  SUM(score * score), question
FROM (
  SELECT time, question, -2 + 4 * (score - low) / (scale_max - low) AS score
  FROM (
    SELECT time, CONCAT_WS(' · ', survey, item) AS question, score, scale_max,
      CASE WHEN scale_max = 10 THEN 0 ELSE 1 END AS low
    FROM responses
    WHERE score IS NOT NULL AND scale_max >= 3 AND time IS NOT NULL AND score <= scale_max
  )
  WHERE score >= low
)
GROUP BY GROUPING SETS ((day), (question, day)))";

}  // namespace

/// Shifts of how customers feel, and of what they rate.
Status Finder::look_at_levels() {
  constexpr double kLeast = 60, kLeastChange = 0.1;
  std::map<std::pair<std::string, Scope>, std::vector<Sums>> levels;
  Status done = each_row(x_connection, kLevels, {}, [&](const DuckRow& row) {
    Scope scope;
    constexpr const char* kKinds[] = {"department", "channel", "kind"};
    for (std::size_t i = 0; i < 3; ++i) {
      if (row.is_null(i + 1)) continue;
      scope = {kKinds[i], text_at(row, i + 1)};
      if (scope.name.empty()) return;
    }
    if (!scope.kind.empty() && !x_cells.contains({"volume", scope})) return;
    if (!row.is_null(8)) scope = {"survey", text_at(row, 8)};
    auto& steps = levels[{text_at(row, 0), scope}];
    steps.resize(days());
    const std::int32_t at = day_at(row, 4).number - x_out.from.number;
    if (at < 0 || std::size_t(at) >= days()) return;
    steps[std::size_t(at)].merge({row.number(5), row.number(6), row.number(7)});
  });
  for (const auto& [key, steps] : levels) {
    const auto& [what, scope] = key;
    const double most = what == "rating" ? 2 : 1;
    const auto shift = strongest_shift(steps, kLeast);
    const bool much = shift &&
                      std::abs(shift->after.mean() - shift->before.mean()) >= kLeastChange &&
                      holds_to_end(steps, *shift, (days() - shift->at + 1) / 2);
    if (!much) {
      x_looks.push_back(1);
      continue;
    }
    x_found.push_back({.kind = "shift",
                       .what = what,
                       .scope = scope,
                       .begin = shift->at,
                       .end = days(),
                       .up = shift->z > 0,
                       .count = shift->after.n,
                       .expected = shift->before.n,
                       .p = shift->p,
                       .before = mean_interval(shift->before, -most, most),
                       .after = mean_interval(shift->after, -most, most)});
  }
  return done;
}

void Finder::keep_what_stands() {
  std::vector<double> p = x_looks;
  for (const Candidate& one : x_found) p.push_back(one.p);
  const std::vector<bool> stands = stands_among(p, kFalseAmongFound);
  std::vector<Candidate> kept;
  for (std::size_t i = 0; i < x_found.size(); ++i) {
    if (stands[x_looks.size() + i]) kept.push_back(std::move(x_found[i]));
  }
  std::sort(kept.begin(), kept.end(), [](const Candidate& a, const Candidate& b) {
    // Names of scopes come last: they are told in the report's language.
    return std::tie(a.p, b.count, a.what, a.scope.kind, a.begin, a.end, a.expected, a.scope) <
           std::tie(b.p, a.count, b.what, b.scope.kind, b.begin, b.end, b.expected, b.scope);
  });
  x_found = std::move(kept);
}

Status Finder::load_talks(Candidate& one) const {
  const std::string sql = fmt::format(
      "SELECT conversation_no FROM matter JOIN talk USING (conversation_no) WHERE what = {} AND {} "
      "AND day BETWEEN DATE '{}' AND DATE '{}' ORDER BY conversation_no LIMIT {}",
      sql_quoted(one.what), where(one.scope), iso_date(day(one.begin)), iso_date(day(one.end - 1)),
      kMostTalks);
  return each_row(x_connection, sql, {},
                  [&](const DuckRow& row) { one.talks.push_back(row.integer(0)); });
}

namespace {

/// How much of the smaller set the larger one has.
double shared(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  std::size_t same = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j])
      ++same, ++i, ++j;
    else if (a[i] < b[j])
      ++i;
    else
      ++j;
  }
  const std::size_t smaller = std::min(a.size(), b.size());
  return smaller == 0 ? 0 : double(same) / double(smaller);
}

/// How much of the shorter stretch of days lies in the longer one.
double overlap(const Candidate& a, const Candidate& b) {
  const std::size_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  if (begin >= end) return 0;
  return double(end - begin) / double(std::min(a.end - a.begin, b.end - b.begin));
}

bool same_story(const Candidate& story, const Candidate& one) {
  if ((story.kind == "burst") != (one.kind == "burst")) return false;
  if (one.kind != "burst") {
    constexpr std::size_t kNear = 14;
    const bool same = aspect_in(story.what).empty() ? story.what == one.what
                                                    : aspect_in(story.what) == aspect_in(one.what);
    if (story.up != one.up || !same) return false;
    // What changes everywhere changes in a part of it too.
    const bool part = story.scope.kind.empty() != one.scope.kind.empty() &&
                      story.scope.kind != "survey" && one.scope.kind != "survey" &&
                      story.kind == one.kind && story.begin < one.begin + kNear &&
                      one.begin < story.begin + kNear;
    return story.scope == one.scope || part;
  }
  return overlap(story, one) >= 0.5 && shared(story.talks, one.talks) >= 0.35;
}

}  // namespace

Status Finder::put_together(std::size_t most) {
  constexpr std::size_t kLookedAt = 150;
  std::vector<Story> stories;
  for (std::size_t i = 0; i < std::min(kLookedAt, x_found.size()); ++i) {
    Candidate& one = x_found[i];
    const bool of_talks = one.what != "feeling" && one.what != "rating";
    if (Status read = of_talks ? load_talks(one) : Status(); !read) return read;
    auto story = std::find_if(stories.begin(), stories.end(),
                              [&](const Story& s) { return same_story(s.lead, one); });
    if (story == stories.end()) {
      if (stories.size() == most) continue;
      stories.push_back({one, {}, {}, false, {}}), story = stories.end() - 1;
    }
    if (const std::string aspect = aspect_in(one.what); !aspect.empty()) {
      story->aspects[aspect] = std::max(story->aspects[aspect], one.count);
    }
    if (one.scope.kind.empty()) story->everywhere = true;
    if (!one.scope.kind.empty()) story->also.insert(one.scope.kind + ":" + one.scope.name);
    if (aspect_in(one.what).empty() || one.what.starts_with("unmet:")) story->also.insert(one.what);
    if (one.what == "volume" && one.kind == "burst") story->volume.emplace(one.scope, one.p);
    if (story->lead.talks.size() < kMostTalks && one.kind == "burst") {
      std::vector<std::int64_t> all;
      std::set_union(story->lead.talks.begin(), story->lead.talks.end(), one.talks.begin(),
                     one.talks.end(), std::back_inserter(all));
      story->lead.talks = std::move(all);
    }
  }
  for (Story& story : stories) {
    Candidate counted = this->counted(story);
    Event event = event_of(story, counted);
    const bool of_talks = counted.what != "feeling" && counted.what != "rating";
    if (Status read = of_talks ? load_talks(counted) : Status(); !read) return read;
    if (Status done = describe(event, counted.talks, story.lead.talks); !done) return done;
    std::optional<Event> faded = after(event, counted);
    if (Status done = what_followed(event, story.lead); !done) return done;
    x_out.events.push_back(std::move(event));
    if (faded) x_out.events.push_back(std::move(*faded));
  }
  return {};
}

namespace {

double hits_in(const Cell& cell, std::size_t begin, std::size_t end) {
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += cell.count[i];
  return sum;
}

/// Hits of a cell in a stretch of its days, and as many as the rest of the time would have.
std::pair<double, double> hits_beside(const Cell& cell, std::size_t begin, std::size_t end) {
  const double all = hits_in(cell, 0, cell.count.size()), inside = hits_in(cell, begin, end);
  const double length = double(end - begin), rest = double(cell.count.size()) - length;
  return {inside, rest > 0 ? (all - inside) * length / rest : inside};
}

}  // namespace

/// What a burst counts, in the days of its lead: all talks where there were more of them, else the
/// lead's matter. Every number of the event and of what is said of it counts this.
Candidate Finder::counted(const Story& story) const {
  Candidate out = story.lead;
  out.talks.clear();
  if (out.kind != "burst") return out;
  if (story.everywhere) out.scope = {};
  if (const auto volume = story.volume.find(out.scope); volume != story.volume.end()) {
    out.what = "volume", out.p = volume->second;
  }
  const auto cell = x_cells.find({out.what, out.scope});
  if (cell == x_cells.end()) return out;
  std::tie(out.count, out.expected) = hits_beside(cell->second, out.begin, out.end);
  return out;
}

/// How much an aspect goes beyond its usual share of all talks in a stretch: the log likelihood
/// ratio, below 0 where its share is no larger than at other times.
double Finder::excess(const std::string& aspect, const Candidate& counted) const {
  const auto cell = x_cells.find({"aspect:" + aspect, counted.scope});
  const auto volume = x_cells.find({"volume", counted.scope});
  if (cell == x_cells.end() || volume == x_cells.end()) return 0;
  const auto [inside, usual] = hits_beside(cell->second, counted.begin, counted.end);
  const auto [talks, usual_talks] = hits_beside(volume->second, counted.begin, counted.end);
  const double expected = usual_talks > 0 ? std::max(0.5, usual * talks / usual_talks) : inside;
  const double ratio =
      inside > 0 ? inside * std::log(inside / expected) - (inside - expected) : expected;
  return inside > expected ? ratio : -ratio;
}

/// The aspects whose expectations failed more often in a stretch than at other times.
std::vector<Event::Failed> Finder::failed_in(const Candidate& counted) const {
  constexpr double kLeast = 5, kChance = 0.01;
  std::vector<Event::Failed> out;
  double looks = 0;
  for (const auto& [key, cell] : x_cells) {
    if (key.first.starts_with("unmet:") && key.second == counted.scope) looks += 1;
  }
  for (const auto& [key, cell] : x_cells) {
    if (!key.first.starts_with("unmet:") || !(key.second == counted.scope)) continue;
    const auto [inside, expected] = hits_beside(cell, counted.begin, counted.end);
    const double p = poisson_tail(inside, std::max(0.1, expected));
    if (inside >= kLeast && p * looks <= kChance) {
      out.push_back({aspect_in(key.first), inside, expected});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Event::Failed& a, const Event::Failed& b) {
    return a.count - a.expected > b.count - b.expected;
  });
  return out;
}

/// A story as an event, before it is described.
Event Finder::event_of(const Story& story, const Candidate& counted) const {
  const Candidate& lead = story.lead;
  Event event{.kind = lead.kind,
              .from = day(lead.begin),
              .to = day(std::min(lead.end, days()) - 1),
              .up = lead.up,
              .what = counted.what,
              .count = counted.count,
              .expected = counted.expected,
              .p = counted.p,
              .before = lead.before,
              .after = lead.after};
  std::vector<std::pair<double, std::string>> aspects;
  for (const auto& [code, count] : story.aspects) {
    aspects.emplace_back(lead.kind == "burst" ? -excess(code, counted) : -count, code);
  }
  std::sort(aspects.begin(), aspects.end());
  for (const auto& [count, code] : aspects) {
    // What has no larger share than usual is no mark of the burst.
    if (count < 0 || event.aspects.empty()) event.aspects.push_back(code);
  }
  const bool here = !story.everywhere || lead.kind != "burst";
  if (here && lead.scope.kind == "department") event.department = lead.scope.name;
  if (here && lead.scope.kind == "channel") event.channel = lead.scope.name;
  if (lead.scope.kind == "survey") event.survey = lead.scope.name;
  if (here && lead.scope.kind == "kind") event.customer_kind = lead.scope.name;
  event.praise = good_matter(lead.what);
  event.also.assign(story.also.begin(), story.also.end());
  if (lead.kind == "burst" && !event.praise) event.failed = failed_in(counted);
  return event;
}

Status Finder::find(std::size_t most) {
  Status done = load_cells();
  drop_whole_scopes();
  if (done) done = waits();
  if (!done) return done;
  look();
  done = look_at_levels();
  if (!done) return done;
  keep_what_stands();
  return put_together(most);
}

namespace {

/// Ids stay what they are where they are one of a kind; the others get a number.
void number_ids(std::vector<Event>& events) {
  std::map<std::string, int> times;
  for (Event& event : events) {
    const int n = ++times[event.id];
    if (n > 1) event.id += fmt::format("-{}", n);
  }
}

}  // namespace

Status load_events(const DuckConnection& connection, const EnvironmentWords& environment,
                   const ToldWords& told, std::size_t most, ReportData& out) {
  if (out.read == 0) return {};
  Status done = Finder(connection, environment, told, out).find(most);
  number_ids(out.events);
  return done;
}

}  // namespace xinjing::insight
