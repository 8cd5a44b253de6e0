#include "insight/leavers_table.h"

#include <algorithm>
#include <set>

#include "insight/change.h"
#include "insight/interval.h"
#include "insight/leavers.h"
#include "insight/telling_words.h"

namespace xinjing::insight {
namespace {

constexpr std::size_t kLeastCustomers = 5;  // on each side
constexpr std::size_t kMostTalks = 4'000, kMostTexts = 1'500, kMostWords = 8, kMostCites = 8;
constexpr double kFalseAmongFound = 0.05;
constexpr double kLeastRise = 2;         // times what the rest of the time would have
constexpr double kLeastTalks = 8;        // of a stretch
constexpr double kLeastComplaints = 10;  // of an aspect, of leavers and stayers; fewer tell nothing
constexpr std::size_t kWeek = 7;

/// A conversation of somebody whose kind is looked at.
struct Heard {
  std::int64_t person = 0;
  std::string kind;
  Day day;
  bool leaves = false;
};

class Leaving {
 public:
  Leaving(const DuckConnection& connection, const std::vector<std::string>& not_telling,
          ReportData& out)
      : x_connection(connection), x_not_telling(not_telling), x_out(out) {}

  Status load(const std::map<std::string, std::vector<std::int64_t>>& leavers,
              const ToldWords& complaints);
  Status compare();

 private:
  Status count_all();
  Leavers figures_of(const std::string& kind) const;
  Contrast contrast(const std::string& kind, const std::string& aspect) const;
  std::vector<Cite> cites(const std::string& kind, const std::string& aspect) const;
  std::optional<Event> stretch(const std::string& kind, const LeaverAspect& aspect) const;
  Status words(Leavers& one) const;

  const DuckConnection& x_connection;
  const std::vector<std::string>& x_not_telling;
  ReportData& x_out;
  std::map<std::string, Leavers> x_all;  // by kind: how many there are
  std::map<std::int64_t, Heard> x_heard;
  std::map<std::string, std::set<std::int64_t>> x_complaints;   // talks by aspect
  std::map<std::string, std::map<std::int64_t, Cite>> x_cites;  // by aspect and talk
};

constexpr std::string_view kOfKinds = R"(
CREATE OR REPLACE TEMP TABLE of_kinds AS
SELECT conversation_no, person, kind, day, person IN (SELECT UNNEST({0})) AS leaves
FROM talk
WHERE person IS NOT NULL AND kind IN ({1}) AND turns > 0)";

// Of each side at most so many conversations are compared.
constexpr std::string_view kHeard = R"(
CREATE OR REPLACE TEMP TABLE heard AS
SELECT *
FROM of_kinds
QUALIFY ROW_NUMBER() OVER (PARTITION BY kind, leaves ORDER BY HASH(conversation_no)) <= {})";

// What the words say, and what the reader found: with the place in the text where it is known.
constexpr std::string_view kComplaints = R"(
WITH said AS (
  SELECT f.conversation_no, f.message_no, m.text
  FROM feeling AS f
  JOIN heard USING (conversation_no)
  JOIN messages AS m ON m.row_no = f.message_no
  WHERE f.valence < 0.5 AND {0}
), hits AS (
  SELECT conversation_no, message_no, text, UNNEST([{1}]) AS hit
  FROM said
)
SELECT conversation_no, hit[1], message_no, STRLEN(LEFT(text, STRPOS(text, hit[2]) - 1)) AS first,
  STRLEN(LEFT(text, STRPOS(text, hit[2]) - 1)) + STRLEN(hit[2]) AS last
FROM hits
WHERE hit[2] <> ''
UNION ALL
SELECT conversation_no, x.aspect, x.event_no, x.span_begin, x.span_end
FROM expectations AS x
JOIN heard USING (conversation_no)
WHERE x.status = 'unmet'
UNION ALL
SELECT conversation_no, SUBSTR(what, 5), NULL, NULL, NULL
FROM matter
JOIN heard USING (conversation_no)
WHERE what LIKE 'bad:%'
ORDER BY ALL)";

Status Leaving::load(const std::map<std::string, std::vector<std::int64_t>>& leavers,
                     const ToldWords& complaints) {
  std::vector<std::string> kinds;
  std::vector<std::int64_t> people;
  for (const auto& [kind, list] : leavers) {
    if (list.size() < kLeastCustomers) continue;
    kinds.push_back(sql_quoted(kind)), people.insert(people.end(), list.begin(), list.end());
  }
  if (kinds.empty()) return {};
  Status done = x_connection.run(fmt::format(
      kOfKinds, fmt::format("[{}]::BIGINT[]", fmt::join(people, ", ")), fmt::join(kinds, ", ")));
  if (done) done = x_connection.run(fmt::format(kHeard, kMostTalks));
  if (done) done = count_all();
  if (!done) return done;
  done = each_row(x_connection, "SELECT * FROM heard", {}, [&](const DuckRow& row) {
    x_heard[row.integer(0)] = {row.integer(1), text_at(row, 2), day_at(row, 3),
                               row.integer(4) != 0};
  });
  std::string lists;
  for (const auto& [matter, list] : complaints) {
    lists += fmt::format("{}['{}', REGEXP_EXTRACT(text, {})]", lists.empty() ? "" : ", ",
                         matter.substr(matter.find(':') + 1), sql_pattern(list));
  }
  if (!done || lists.empty()) return done;
  return each_row(x_connection, fmt::format(kComplaints, sql_any_of(complaints), lists), {},
                  [&](const DuckRow& row) {
                    const std::string aspect = text_at(row, 1);
                    const std::int64_t talk = row.integer(0);
                    x_complaints[aspect].insert(talk);
                    if (row.is_null(2) || row.is_null(3)) return;
                    const Span span{static_cast<std::uint32_t>(row.integer(3)),
                                    static_cast<std::uint32_t>(row.integer(4))};
                    x_cites[aspect].emplace(talk, Cite{row.integer(2), span, {}});
                  });
}

/// Everybody counts, not only those whose conversations are compared.
Status Leaving::count_all() {
  return each_row(x_connection, R"(
SELECT kind, leaves, COUNT(*), COUNT(DISTINCT person)
FROM of_kinds
GROUP BY ALL)",
                  {}, [&](const DuckRow& row) {
                    Leavers& all = x_all[text_at(row, 0)];
                    const bool leaves = row.integer(1) != 0;
                    (leaves ? all.talks : all.talks_of_stayers) = row.integer(2);
                    (leaves ? all.leavers : all.stayers) = row.integer(3);
                  });
}

Leavers Leaving::figures_of(const std::string& kind) const {
  Leavers out = x_all.at(kind);
  out.kind = kind;
  for (const auto& [talk, heard] : x_heard) {
    if (heard.kind == kind) ++(heard.leaves ? out.read : out.read_of_stayers);
  }
  return out;
}

Contrast Leaving::contrast(const std::string& kind, const std::string& aspect) const {
  std::map<std::int64_t, Complaints> people;
  const std::set<std::int64_t>& complaining = x_complaints.at(aspect);
  for (const auto& [talk, heard] : x_heard) {
    if (heard.kind != kind) continue;
    Complaints& one = people[heard.person];
    one.leaves = heard.leaves, one.of += 1;
    one.complaining += complaining.contains(talk) ? 1 : 0;
  }
  std::vector<Complaints> all;
  all.reserve(people.size());
  for (const auto& [person, one] : people) all.push_back(one);
  return contrast_of(all);
}

/// One conversation of each leaver, the latest first.
std::vector<Cite> Leaving::cites(const std::string& kind, const std::string& aspect) const {
  std::vector<std::tuple<Day, std::int64_t, Cite>> found;
  const auto of_aspect = x_cites.find(aspect);
  if (of_aspect == x_cites.end()) return {};
  for (const auto& [talk, cite] : of_aspect->second) {
    const Heard& heard = x_heard.at(talk);
    if (heard.leaves && heard.kind == kind) found.emplace_back(heard.day, heard.person, cite);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return std::get<0>(b) < std::get<0>(a); });
  std::vector<Cite> out;
  std::set<std::int64_t> seen;
  for (const auto& [day, person, cite] : found) {
    if (out.size() < kMostCites && seen.insert(person).second) out.push_back(cite);
  }
  return out;
}

/// The weeks in which customers of a kind complain most of what leavers complain of more.
std::optional<Event> Leaving::stretch(const std::string& kind, const LeaverAspect& aspect) const {
  const auto week = [&](Day day) { return std::size_t(day.number - x_out.from.number) / kWeek; };
  std::vector<ShareStep> steps(week(x_out.to) + 1);
  std::set<std::int64_t> people;
  for (const auto& [talk, heard] : x_heard) {
    if (heard.kind != kind || heard.day < x_out.from || x_out.to < heard.day) continue;
    steps[week(heard.day)].of += 1;
    steps[week(heard.day)].hits += x_complaints.at(aspect.aspect).contains(talk) ? 1 : 0;
  }
  const auto burst = strongest_stretch(steps);
  if (!burst || burst->count < kLeastTalks || burst->count < kLeastRise * burst->expected)
    return {};
  Event event{.kind = "burst", .what = "complaint:" + aspect.aspect};
  event.from = {x_out.from.number + std::int32_t(kWeek * burst->begin)};
  event.to = {std::min(x_out.to.number, x_out.from.number + std::int32_t(kWeek * burst->end) - 1)};
  event.aspects = {aspect.aspect}, event.customer_kind = kind, event.p = burst->p;
  event.count = burst->count, event.expected = burst->expected;
  event.before = aspect.stayers, event.after = aspect.leavers;
  event.cites = aspect.cites;
  for (const auto& [talk, heard] : x_heard) {
    const bool then = heard.kind == kind && event.from <= heard.day && heard.day <= event.to;
    if (then && x_complaints.at(aspect.aspect).contains(talk)) people.insert(heard.person);
  }
  event.customers_touched = std::int64_t(people.size());
  event.id = fmt::format("burst-complaint-{}-{}-{}", aspect.aspect,
                         iso_date(event.from).substr(0, 7), kind);
  return event;
}

/// What leavers say more, conversation by conversation.
Status Leaving::words(Leavers& one) const {
  std::vector<std::string> texts[2];
  for (const bool leaves : {true, false}) {
    Status done =
        each_row(x_connection,
                 fmt::format(R"(
SELECT STRING_AGG(m.text, '\n' ORDER BY m.row_no)
FROM feeling AS f
JOIN heard AS h USING (conversation_no)
JOIN messages AS m ON m.row_no = f.message_no
WHERE h.kind = {} AND h.leaves = {}
GROUP BY conversation_no
ORDER BY HASH(conversation_no)
LIMIT {})",
                             sql_quoted(one.kind), leaves, kMostTexts),
                 {}, [&](const DuckRow& row) { texts[leaves ? 0 : 1].push_back(text_at(row, 0)); });
    if (!done) return done;
  }
  language::WordBreaker breaker;
  for (const TellingWord& word :
       telling_words(texts[0], texts[1], breaker, 4 * kMostWords, kFalseAmongFound)) {
    const bool sign =
        std::any_of(x_not_telling.begin(), x_not_telling.end(), [&](const std::string& pattern) {
          const std::string low = lowered(pattern);
          return low.find(word.text) != std::string::npos ||
                 word.text.find(low) != std::string::npos;
        });
    if (!sign && one.words.size() < kMostWords) one.words.push_back(word.text);
  }
  return {};
}

bool surer(const LeaverAspect& a, const LeaverAspect& b) { return a.p < b.p; }

Status Leaving::compare() {
  std::set<std::string> kinds;
  for (const auto& [talk, heard] : x_heard) kinds.insert(heard.kind);
  std::vector<double> looks;  // at stretches of time
  std::vector<std::pair<std::size_t, Event>> found;
  for (const std::string& kind : kinds) {
    Leavers one = figures_of(kind);
    if (std::min(one.leavers, one.stayers) < std::int64_t(kLeastCustomers)) continue;
    std::vector<double> p;
    for (const auto& [aspect, talks] : x_complaints) {
      const Contrast contrast = this->contrast(kind, aspect);
      if (contrast.complaining_all < kLeastComplaints) continue;
      one.aspects.push_back({.aspect = aspect,
                             .n = std::int64_t(contrast.complaining),
                             .leavers = contrast.leavers,
                             .stayers = contrast.stayers,
                             .odds = contrast.odds,
                             .p = contrast.p,
                             .cites = cites(kind, aspect)});
      p.push_back(contrast.p);
    }
    const std::vector<bool> stands = stands_among(p, kFalseAmongFound);
    for (std::size_t i = 0; i < p.size(); ++i) one.aspects[i].stands = stands[i];
    std::stable_sort(one.aspects.begin(), one.aspects.end(), surer);
    // Words beside a table without a difference are chance.
    const bool differ = std::find(stands.begin(), stands.end(), true) != stands.end();
    if (Status done = differ ? words(one) : Status(); !done) return done;
    for (const LeaverAspect& aspect : one.aspects) {
      if (!aspect.stands) continue;
      auto event = stretch(kind, aspect);
      looks.push_back(event ? event->p : 1);
      if (event) found.emplace_back(looks.size() - 1, std::move(*event));
    }
    x_out.leavers.push_back(std::move(one));
  }
  const std::vector<bool> kept = stands_among(looks, kFalseAmongFound);
  for (auto& [look, event] : found) {
    if (kept[look]) x_out.events.push_back(std::move(event));
  }
  return {};
}

}  // namespace

Status load_leavers(const DuckConnection& connection,
                    const std::map<std::string, std::vector<std::int64_t>>& leavers_by_kind,
                    const ToldWords& complaints, const std::vector<std::string>& not_telling,
                    ReportData& out) {
  Leaving leaving(connection, not_telling, out);
  Status done = leaving.load(leavers_by_kind, complaints);
  return done ? leaving.compare() : done;
}

}  // namespace xinjing::insight
