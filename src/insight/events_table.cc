#include "insight/events_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/format.h"
#include "insight/candidate.h"
#include "insight/feeling.h"
#include "insight/talk_table.h"
#include "insight/telling_words.h"
#include "insight/waiting.h"

namespace xinjing::insight {
namespace {

constexpr double kFalseAmongFound = 0.05;  // Benjamini-Hochberg
constexpr std::size_t kTexts = 1'500;      // read to name one story
constexpr std::size_t kWords = 8;
constexpr std::size_t kCites = 12;
constexpr std::size_t kMostTalks = 4'000;  // of one candidate, to compare stories by

const char* column_of(const Scope& scope) {
  return scope.kind == "department" ? "department" : scope.kind == "channel" ? "channel" : "kind";
}

std::string where(const Scope& scope) {
  return scope.kind.empty() ? "TRUE"
                            : fmt::format("{} = {}", column_of(scope), sql_quoted(scope.name));
}

bool good_matter(std::string_view what) {
  return what.starts_with("good:") || what == "mood:good" || what == "motive:praise" ||
         what == "bond:loyal" || what == "bond:advocate" || what.starts_with("praise:");
}

/// Findings that are one story.
struct Story {
  Candidate lead;
  std::map<std::string, double> aspects;
  std::set<std::string> also;
  bool everywhere = false;
  std::optional<std::pair<double, double>> volume;  // of all talks in the stretch
};

class Finder {
 public:
  Finder(const DuckConnection& connection, const EnvironmentWords& environment,
         const ToldWords& told, ReportData& out)
      : x_connection(connection), x_environment(environment), x_told(told), x_out(out) {}

  Status find(std::size_t most);

 private:
  Status load_cells();
  Status look_at_levels();
  void look();
  void keep_what_stands();
  Status load_talks(Candidate& one) const;
  Status put_together(std::size_t most);
  Event event_of(const Story& story) const;
  Status waits();
  Status keep_wait(Event event);
  std::optional<Event> after(const Event& burst, const Candidate& lead) const;
  Status what_followed(const Event& burst, const Candidate& lead);
  Status followed_by(const std::string& what, std::size_t begin, std::size_t from, std::size_t to);
  Status said_after(const Event& wait);
  Status keep_told(Event event, const Scope& scope);
  Status describe(Event& event, const std::vector<std::int64_t>& talks);
  Status compare(Event& event, const std::string& list);
  Status cite(Event& event, const std::string& list);
  Status name(Event& event, const std::string& list);

  Shares shares(const Cell& cell, bool outside, const std::vector<bool>& counted) const;
  std::size_t days() const {
    return std::size_t(std::int64_t(x_out.to.number) - x_out.from.number + 1);
  }
  Day day(std::size_t i) const { return {x_out.from.number + std::int32_t(i)}; }

  const DuckConnection& x_connection;
  const EnvironmentWords& x_environment;
  const ToldWords& x_told;
  ReportData& x_out;
  std::map<std::pair<std::string, Scope>, Cell> x_cells;
  std::vector<Candidate> x_found;
  std::vector<double> x_looks;  // p of every look, those that found nothing as well
  language::WordBreaker x_breaker;
};

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

/// Shifts of how customers feel, and of what they rate.
Status Finder::look_at_levels() {
  constexpr std::string_view kSql = R"(
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
  constexpr double kLeast = 60, kLeastChange = 0.1;
  std::map<std::pair<std::string, Scope>, std::vector<Sums>> levels;
  Status done = each_row(x_connection, kSql, {}, [&](const DuckRow& row) {
    Scope scope;
    constexpr const char* kKinds[] = {"department", "channel", "kind"};
    for (std::size_t i = 0; i < 3; ++i) {
      if (row.is_null(i + 1)) continue;
      scope = {kKinds[i], text_at(row, i + 1)};
      if (scope.name.empty()) return;
    }
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
    const bool much = shift && std::abs(shift->after.mean() - shift->before.mean()) >= kLeastChange;
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
    return std::tie(a.p, b.count, a.what, a.scope) < std::tie(b.p, a.count, b.what, b.scope);
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

std::string aspect_in(std::string_view what) {
  for (const std::string_view kind : {"aspect:", "bad:", "good:", "unmet:", "praise:"}) {
    if (what.starts_with(kind)) return std::string(what.substr(kind.size()));
  }
  return {};
}

bool same_story(const Candidate& story, const Candidate& one) {
  if ((story.kind == "burst") != (one.kind == "burst")) return false;
  if (one.kind != "burst") {
    const bool same = aspect_in(story.what).empty() ? story.what == one.what
                                                    : aspect_in(story.what) == aspect_in(one.what);
    return story.scope == one.scope && story.up == one.up && same;
  }
  return overlap(story, one) >= 0.5 && shared(story.talks, one.talks) >= 0.35;
}

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
    if (one.what == "volume" && one.kind == "burst" &&
        (one.scope == story->lead.scope || one.scope.kind.empty())) {
      story->volume = std::pair{one.count, one.expected};
    }
    if (one.count > story->lead.count && one.scope.kind.empty() && one.kind == "burst") {
      story->lead.count = one.count, story->lead.expected = one.expected;
    }
    if (story->lead.talks.size() < kMostTalks && one.kind == "burst") {
      std::vector<std::int64_t> all;
      std::set_union(story->lead.talks.begin(), story->lead.talks.end(), one.talks.begin(),
                     one.talks.end(), std::back_inserter(all));
      story->lead.talks = std::move(all);
    }
  }
  for (Story& story : stories) {
    Event event = event_of(story);
    if (Status done = describe(event, story.lead.talks); !done) return done;
    std::optional<Event> faded = after(event, story.lead);
    if (Status done = what_followed(event, story.lead); !done) return done;
    x_out.events.push_back(std::move(event));
    if (faded) x_out.events.push_back(std::move(*faded));
  }
  return {};
}

/// A story as an event, before it is described.
Event Finder::event_of(const Story& story) const {
  const Candidate& lead = story.lead;
  Event event{.kind = lead.kind,
              .from = day(lead.begin),
              .to = day(std::min(lead.end, days()) - 1),
              .up = lead.up,
              .what = lead.what,
              .count = lead.count,
              .expected = lead.expected,
              .p = lead.p,
              .before = lead.before,
              .after = lead.after};
  std::vector<std::pair<double, std::string>> aspects;
  for (const auto& [code, count] : story.aspects) aspects.emplace_back(-count, code);
  std::sort(aspects.begin(), aspects.end());
  for (const auto& [count, code] : aspects) event.aspects.push_back(code);
  const bool here = !story.everywhere || lead.kind != "burst";
  if (here && lead.scope.kind == "department") event.department = lead.scope.name;
  if (here && lead.scope.kind == "channel") event.channel = lead.scope.name;
  if (lead.scope.kind == "survey") event.survey = lead.scope.name;
  if (here && lead.scope.kind == "kind") event.customer_kind = lead.scope.name;
  event.praise = good_matter(lead.what);
  event.also.assign(story.also.begin(), story.also.end());
  if (story.volume && lead.kind == "burst") {
    event.what = "volume", event.count = story.volume->first;
    event.expected = story.volume->second;
  }
  return event;
}

/// How a burst of some days ended: the talks a week within it, and in the weeks that followed.
std::optional<Event> Finder::after(const Event& burst, const Candidate& lead) const {
  constexpr std::size_t kShortest = 7, kFollowed = 45;
  const auto cell = x_cells.find({lead.what, lead.scope});
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
  event.count = later.sum / 7, event.expected = within.sum / 7;
  event.before = mean_interval(within, 0, 1e9), event.after = mean_interval(later, 0, 1e9);
  if (event.after.high >= event.before.low) return {};
  event.p = burst.p, event.id = "faded-" + burst.id;
  return event;
}

/// The probability of so many or more where `expected` are.
double poisson_tail(double count, double expected) {
  double below = 0, term = std::exp(-expected);
  for (double k = 0; k < count; ++k) below += term, term *= expected / (k + 1);
  return std::max(0.0, 1 - below);
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
  if (done) done = describe(event, talks);
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
  if (cell == x_cells.end() || rest < length) return {};
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
  const Scope scope{"department", wait.department};
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

Status Finder::compare(Event& event, const std::string& list) {
  const std::string sql = fmt::format(R"(
SELECT t.conversation_no IN ({0}) AS here, COUNT(*)::DOUBLE, SUM(valence), SUM(valence * valence),
  COUNT(DISTINCT person)
FROM talk AS t
WHERE valence IS NOT NULL
GROUP BY here)",
                                      list);
  Status done = each_row(x_connection, sql, {}, [&](const DuckRow& row) {
    const Interval mean = mean_interval({row.number(1), row.number(2), row.number(3)}, -1, 1);
    if (row.integer(0) == 0) {
      event.rest = mean;
      return;
    }
    event.inside = mean, event.customers_touched = row.integer(4);
  });
  if (!done) return done;
  const std::string handled = fmt::format(R"(
WITH care AS (
  SELECT conversation_no, SUM(level) FILTER (dimension <> 'deflects') AS level,
    COALESCE(MAX(level) FILTER (dimension = 'deflects'), 0) AS deflects
  FROM manner
  GROUP BY conversation_no
)
SELECT level >= 4 AND deflects = 0 AS well, COUNT(*)::DOUBLE, SUM(last), SUM(last * last)
FROM talk
JOIN care USING (conversation_no)
WHERE conversation_no IN ({0}) AND last IS NOT NULL
GROUP BY well)",
                                          list);
  return each_row(x_connection, handled, {}, [&](const DuckRow& row) {
    const Interval mean = mean_interval({row.number(1), row.number(2), row.number(3)}, -1, 1);
    const auto n = static_cast<std::int64_t>(row.number(1));
    row.integer(0) != 0 ? (event.handled_well = mean, event.well = n)
                        : (event.handled_ill = mean, event.ill = n);
  });
}

/// Messages of customers that stand for the story: those of the strongest feeling, a person each.
Status Finder::cite(Event& event, const std::string& list) {
  if (const auto told = x_told.find(event.what); told != x_told.end()) {
    const std::string sql = fmt::format(
        R"(
SELECT message_no, STRLEN(LEFT(text, STRPOS(text, word) - 1)), STRLEN(word)
FROM (
  SELECT f.message_no, m.text, REGEXP_EXTRACT(m.text, {0}) AS word,
    ROW_NUMBER() OVER (PARTITION BY t.person ORDER BY f.message_no) AS of_person
  FROM feeling AS f
  JOIN talk AS t USING (conversation_no)
  JOIN messages AS m ON m.row_no = f.message_no
  WHERE f.conversation_no IN ({1}) AND REGEXP_MATCHES(m.text, {0})
)
WHERE of_person = 1
ORDER BY message_no
LIMIT {2})",
        sql_pattern(told->second), list, kCites);
    return each_row(x_connection, sql, {}, [&](const DuckRow& row) {
      const auto begin = static_cast<std::uint32_t>(row.integer(1));
      const Span span{begin, begin + static_cast<std::uint32_t>(row.integer(2))};
      event.cites.push_back({row.integer(0), span, {}});
    });
  }
  const std::string order = event.praise || !event.up ? "valence DESC" : "valence";
  const std::string sql = fmt::format(R"(
SELECT message_no
FROM (
  SELECT f.message_no, f.valence, t.person, STRLEN(m.text) AS size,
    ROW_NUMBER() OVER (PARTITION BY t.person ORDER BY f.{1}, STRLEN(m.text) DESC, f.message_no)
      AS of_person
  FROM feeling AS f
  JOIN talk AS t USING (conversation_no)
  JOIN messages AS m ON m.row_no = f.message_no
  WHERE f.conversation_no IN ({0})
)
WHERE of_person = 1 AND size >= 24
ORDER BY {1}, size DESC, message_no
LIMIT {2})",
                                      list, order, kCites);
  return each_row(x_connection, sql, {}, [&](const DuckRow& row) {
    event.cites.push_back({row.integer(0), {}, {}});
  });
}

Status Finder::name(Event& event, const std::string& list) {
  const auto here = texts_where(x_connection, fmt::format("conversation_no IN ({})", list), kTexts);
  if (!here) return here.failure();
  const auto elsewhere = texts_where(
      x_connection,
      fmt::format("conversation_no NOT IN ({}) AND day NOT BETWEEN DATE '{}' AND DATE '{}'", list,
                  iso_date(event.from), iso_date(event.to)),
      4 * kTexts);
  if (!elsewhere) return elsewhere.failure();
  std::size_t outside = 0, words = 0;
  for (const TellingWord& word : telling_words(*here, *elsewhere, x_breaker, kWords)) {
    event.words.push_back(word.text), ++words;
  }
  for (const std::string& word : event.words) {
    const bool told =
        std::any_of(x_environment.begin(), x_environment.end(),
                    [&](const std::string& part) { return word.find(part) != std::string::npos; });
    outside += told ? 1 : 0;
  }
  event.environment = words > 0 && outside > 0;
  return {};
}

Status Finder::describe(Event& event, const std::vector<std::int64_t>& talks) {
  std::string subject = event.what;
  std::replace(subject.begin(), subject.end(), ':', '-');
  event.id = fmt::format("{}-{}-{}{}", event.kind, subject, iso_date(event.from).substr(0, 7),
                         event.department.empty() ? "" : "-" + event.department);
  if (talks.empty()) return {};
  const std::string list = fmt::format("{}", fmt::join(talks, ", "));
  Status done = compare(event, list);
  if (done) done = cite(event, list);
  if (done && event.kind == "burst") done = name(event, list);
  return done;
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
    const bool shifts = shift && shift->p < 1e-4 && much_apart(shift->before, shift->after);
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

Status Finder::find(std::size_t most) {
  Status done = load_cells();
  if (done) done = waits();
  if (!done) return done;
  look();
  done = look_at_levels();
  if (!done) return done;
  keep_what_stands();
  return put_together(most);
}

/// Ids stay what they are where they are one of a kind; the others get a number.
void number_ids(std::vector<Event>& events) {
  std::map<std::string, int> times;
  for (Event& event : events) {
    const int n = ++times[event.id];
    if (n > 1) event.id += fmt::format("-{}", n);
  }
}

}  // namespace

Result<std::vector<std::string>> texts_where(const DuckConnection& connection,
                                             const std::string& where, std::size_t most) {
  std::vector<std::string> texts;
  const std::string sql =
      fmt::format(R"(
WITH chosen AS (
  SELECT f.message_no
  FROM feeling AS f
  JOIN talk AS t USING (conversation_no)
  WHERE {0}
  ORDER BY HASH(f.message_no)
  LIMIT {1}
)
SELECT m.text
FROM chosen AS c
JOIN messages AS m ON m.row_no = c.message_no
ORDER BY c.message_no)",
                  where.starts_with("conversation_no") ? "f." + where : where, most);
  Status read =
      each_row(connection, sql, {}, [&](const DuckRow& row) { texts.push_back(text_at(row, 0)); });
  if (!read) return read.failure();
  return texts;
}

Status load_events(const DuckConnection& connection, const EnvironmentWords& environment,
                   const ToldWords& told, std::size_t most, ReportData& out) {
  if (out.read == 0) return {};
  Status done = Finder(connection, environment, told, out).find(most);
  number_ids(out.events);
  return done;
}

}  // namespace xinjing::insight
