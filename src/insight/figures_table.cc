#include "insight/figures_table.h"

#include <algorithm>

#include "base/format.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

constexpr std::size_t kCites = 8;
constexpr std::int64_t kMany = 50'000;                                // conversations
constexpr std::int64_t kFairNats = 700'000, kStrongNats = 1'600'000;  // millionths

/// Whether labelled conversations say enough of how a state is misread: of a handful that showed it
/// they do not.
bool tells(const ReaderError& error) {
  constexpr double kLeastTrue = 15, kLeastFound = 5;
  return error.true_units >= kLeastTrue && error.said_of_true >= kLeastFound;
}

class Figures {
 public:
  Figures(const DuckConnection& connection, const ReaderErrors& errors, ReportData& out)
      : x_connection(connection), x_errors(errors), x_out(out) {}

  Status totals();
  Status satisfaction();
  Status emotion();
  Status volume();
  Status states(std::string_view construct, std::vector<StateShare>& to);
  Status unsatisfied_needs();
  Status offered();
  Status conduct();
  Status conduct_by_channel();
  Status types();
  Status waits();
  Status quality();
  /// The strongest quotes of each state of a construct.
  Status cites(std::string_view construct,
               const std::function<std::vector<Cite>*(std::string_view)>& place);

 private:
  Interval corrected(std::string_view construct, std::string_view state, double hits,
                     double of) const {
    const auto found = x_errors.find({std::string(construct), std::string(state)});
    if (found == x_errors.end() || !tells(found->second)) return share_interval(hits, of);
    return corrected_share(hits, of, found->second);
  }
  bool error_known(std::string_view construct, std::string_view state) const {
    const auto found = x_errors.find({std::string(construct), std::string(state)});
    return found != x_errors.end() && tells(found->second);
  }

  const DuckConnection& x_connection;
  const ReaderErrors& x_errors;
  ReportData& x_out;
};

Status Figures::totals() {
  constexpr std::string_view kSql = R"(
SELECT (SELECT COUNT(DISTINCT person) FROM talk), (SELECT COUNT(*) FROM talk),
  (SELECT COUNT(*) FROM messages), (SELECT COUNT(DISTINCT COALESCE(order_id, row_no::VARCHAR))
  FROM orders), (SELECT COUNT(*) FROM responses), (SELECT MIN(day) FROM talk),
  (SELECT MAX(day) FROM talk), (SELECT MAX(model) FROM readings),
  (SELECT COUNT(*) FROM talk WHERE turns > 0), (SELECT COUNT(DISTINCT person) FROM portraits
  WHERE said), (SELECT COUNT(*) FROM customers), (SELECT COUNT(*) FROM conversations))";
  Status done = each_row(x_connection, kSql, {}, [&](const DuckRow& row) {
    x_out.counts["conversations"] = row.integer(1), x_out.counts["messages"] = row.integer(2);
    x_out.counts["orders"] = row.integer(3), x_out.counts["responses"] = row.integer(4);
    x_out.counts["customers"] = std::max(row.integer(0), row.integer(10));
    if (!row.is_null(5)) x_out.from = day_at(row, 5), x_out.to = day_at(row, 6);
    x_out.model = text_at(row, 7);
    x_out.with_customer_words = row.integer(8), x_out.portraits = row.integer(9);
    x_out.read = row.integer(1), x_out.counts["all_conversations"] = row.integer(11);
  });
  if (!done) return done;
  return each_row(x_connection, R"(
SELECT STRFTIME(UNNEST(GENERATE_SERIES((SELECT MIN(month) FROM talk)::TIMESTAMP,
  (SELECT MAX(month) FROM talk)::TIMESTAMP, INTERVAL 1 MONTH)), '%Y-%m'))",
                  {}, [&](const DuckRow& row) { x_out.months.push_back(text_at(row, 0)); });
}

// The customer's word at the end of a talk is one unit, a rating one.
constexpr std::string_view kSatisfaction = R"(
SELECT 0, STRFTIME(month, '%Y-%m') AS m, COUNT(*)::DOUBLE, SUM(satisfaction),
  SUM(satisfaction * satisfaction)
FROM talk
WHERE satisfaction IS NOT NULL AND turns > 0
GROUP BY m
UNION ALL
SELECT 1, STRFTIME(local_time(time), '%Y-%m') AS m, COUNT(*)::DOUBLE, SUM(score), SUM(score * score)
FROM (
  SELECT time, -2 + 4 * (score - low) / (scale_max - low) AS score
  FROM (
    SELECT time, score, scale_max, CASE WHEN scale_max = 10 THEN 0 ELSE 1 END AS low
    FROM responses
    WHERE score IS NOT NULL AND scale_max >= 3 AND time IS NOT NULL AND score <= scale_max
  )
  WHERE score >= low
)
GROUP BY m
ORDER BY 1, 2)";

Status Figures::satisfaction() {
  Sums all;
  Status done = each_row(x_connection, kSatisfaction, {}, [&](const DuckRow& row) {
    const Sums sums = {row.number(2), row.number(3), row.number(4)};
    const bool ratings = row.integer(0) == 1;
    const std::string month = text_at(row, 1);
    if (std::find(x_out.months.begin(), x_out.months.end(), month) == x_out.months.end()) return;
    (ratings ? x_out.satisfaction_ratings : x_out.satisfaction_words)
        .push_back({month, mean_interval(sums, -2, 2), static_cast<std::int64_t>(sums.n)});
    if (!ratings) all.merge(sums);
  });
  x_out.satisfaction = mean_interval(all, -2, 2);
  return done;
}

// Turns of one talk are alike: the design effect of a ratio of sums over talks (Kish 1965).
constexpr std::string_view kEmotion = R"(
WITH per AS (
  SELECT f.conversation_no, f.state, COUNT(*)::DOUBLE AS k
  FROM feeling AS f
  GROUP BY ALL
), sizes AS (
  SELECT conversation_no, month, turns::DOUBLE AS m
  FROM talk
  WHERE turns > 0
), wide AS (
  SELECT STRFTIME(s.month, '%Y-%m') AS month, SUM(m) AS m, SUM(m * m) AS mm
  FROM sizes AS s
  GROUP BY 1
), counted AS (
  SELECT STRFTIME(s.month, '%Y-%m') AS month, p.state, SUM(k) AS k, SUM(k * k) AS kk,
    SUM(k * m) AS km
  FROM per AS p
  JOIN sizes AS s USING (conversation_no)
  GROUP BY 1, 2
)
SELECT c.month, c.state, c.k, c.kk, c.km, w.m, w.mm
FROM counted AS c
JOIN wide AS w USING (month)
ORDER BY 1, 2)";

Status Figures::emotion() {
  std::map<std::string, std::pair<double, double>> totals;  // state: hits, deflated
  double turns = 0;
  Status done = each_row(x_connection, kEmotion, {}, [&](const DuckRow& row) {
    const std::string month = text_at(row, 0), state = text_at(row, 1);
    const double k = row.number(2), m = row.number(5), p = k / m;
    const double spread = row.number(3) - 2 * p * row.number(4) + p * p * row.number(6);
    const double effect = p < 1 ? std::max(1.0, spread / (m * p * (1 - p))) : 1;
    if (x_out.emotion.empty() || x_out.emotion.back().month != month) {
      x_out.emotion.push_back({month, static_cast<std::int64_t>(m), {}}), turns += m;
    }
    x_out.emotion.back().share[state] = corrected("emotion", state, k / effect, m / effect);
    totals[state].first += k, totals[state].second += k / effect;
  });
  for (const auto& [state, sums] : totals) {
    const double effect = sums.second > 0 ? sums.first / sums.second : 1;
    x_out.emotions.push_back(
        {.state = state,
         .hits = static_cast<std::int64_t>(sums.first),
         .of = static_cast<std::int64_t>(turns),
         .share = corrected("emotion", state, sums.first / effect, turns / effect),
         .error_known = error_known("emotion", state)});
  }
  return done;
}

Status Figures::volume() {
  return each_row(
      x_connection,
      "SELECT STRFTIME(month, '%Y-%m') AS m, channel, COUNT(*) FROM talk GROUP BY ALL ORDER BY ALL",
      {}, [&](const DuckRow& row) {
        const std::string month = text_at(row, 0);
        if (x_out.volume.empty() || x_out.volume.back().month != month) {
          x_out.volume.push_back({month, 0, {}});
        }
        x_out.volume.back().conversations += row.integer(2);
        x_out.volume.back().by_channel[text_at(row, 1)] += row.integer(2);
      });
}

constexpr std::string_view kStates = R"(
SELECT e.state, COUNT(*)
FROM evidence AS e
JOIN talk USING (conversation_no)
WHERE e.construct = ? AND e.state <> '*' AND e.n > 0 AND {}
GROUP BY e.state
ORDER BY 2 DESC, 1)";

// Who does not look for, weigh or buy anything has no driver of purchase.
constexpr std::string_view kBuying = R"(e.conversation_no IN (
  SELECT conversation_no
  FROM evidence
  WHERE construct = 'stage' AND state IN ('search', 'evaluate', 'buy') AND n > 0
    AND conversation_no IS NOT NULL))";

Status Figures::cites(std::string_view construct,
                      const std::function<std::vector<Cite>*(std::string_view)>& place) {
  // One quote of a customer, so that no single voice fills a list.
  constexpr std::string_view kSql = R"(
SELECT state, event_no, span_begin, span_end
FROM (
  SELECT e.*, ROW_NUMBER() OVER (PARTITION BY state ORDER BY micro_nats DESC, event_no, span_begin) AS place
  FROM (
    SELECT e.state, e.event_no, e.span_begin, e.span_end, e.micro_nats,
      ROW_NUMBER() OVER (PARTITION BY e.state, t.person ORDER BY e.micro_nats DESC, e.event_no,
        e.span_begin)
        AS of_person
    FROM evidence AS e
    JOIN talk AS t USING (conversation_no)
    WHERE e.construct = ? AND e.state <> '*' AND e.n > 0 AND e.span_end > e.span_begin
      AND e.event_no IS NOT NULL AND e.micro_nats > ? AND {}
  ) AS e
  WHERE of_person = 1
)
WHERE place <= ?
ORDER BY state, place)";
  // Where there are many, the weak ones need not be ranked.
  const std::int64_t least = x_out.read > kMany ? kStrongNats : kFairNats;
  const std::string sql = fmt::format(kSql, construct == "driver" ? kBuying : "TRUE");
  return each_row(x_connection, sql, {construct, least, std::int64_t(kCites)},
                  [&](const DuckRow& row) {
                    std::vector<Cite>* to = place(row.text(0));
                    if (to == nullptr) return;
                    to->push_back({row.integer(1),
                                   {static_cast<std::uint32_t>(row.integer(2)),
                                    static_cast<std::uint32_t>(row.integer(3))},
                                   {}});
                  });
}

Status Figures::states(std::string_view construct, std::vector<StateShare>& to) {
  const bool buying = construct == "driver";
  std::int64_t all = x_out.read;
  Status done;
  if (buying) {
    done = each_row(x_connection, fmt::format("SELECT COUNT(*) FROM talk AS e WHERE {}", kBuying),
                    {}, [&](const DuckRow& row) { all = row.integer(0); });
    x_out.counts["buying"] = all;
  }
  if (!done) return done;
  const double of = static_cast<double>(all);
  done = each_row(
      x_connection, fmt::format(kStates, buying ? kBuying : "TRUE"), {construct},
      [&](const DuckRow& row) {
        to.push_back({.state = text_at(row, 0), .hits = row.integer(1), .of = all, .share = {}});
      });
  if (!done) return done;
  for (StateShare& one : to) {
    one.share = corrected(construct, one.state, static_cast<double>(one.hits), of);
    one.error_known = error_known(construct, one.state);
  }
  return cites(construct, [&](std::string_view state) -> std::vector<Cite>* {
    for (StateShare& one : to) {
      if (one.state == state) return &one.cites;
    }
    return nullptr;
  });
}

Status Figures::unsatisfied_needs() {
  constexpr std::string_view kSql = R"(
SELECT need, COUNT(*)::DOUBLE, COUNT(*) FILTER (satisfaction < 0 OR last <= -0.6)::DOUBLE
FROM talk
WHERE need IS NOT NULL
GROUP BY need)";
  Status done = each_row(x_connection, kSql, {}, [&](const DuckRow& row) {
    for (StateShare& one : x_out.needs) {
      if (one.state == row.text(0)) one.bad = share_interval(row.number(2), row.number(1));
    }
  });
  constexpr std::string_view kLadder[] = {"basic", "safety", "belong", "esteem", "self"};
  constexpr double kUnmetShare = 0.3, kLeastShare = 0.05;
  for (const std::string_view rung : kLadder) {
    for (const StateShare& one : x_out.needs) {
      if (one.state == rung && one.share.value >= kLeastShare && one.bad.value >= kUnmetShare &&
          !x_out.lowest_unmet) {
        x_out.lowest_unmet = one.state;
      }
    }
  }
  return done;
}

constexpr std::string_view kLevels = R"(
CREATE OR REPLACE TEMP TABLE manner AS
SELECT e.conversation_no, e.construct AS dimension, MAX(e.state)::INTEGER AS level
FROM evidence AS e
JOIN talk USING (conversation_no)
WHERE e.construct IN ('listening', 'empathy', 'solution', 'followup', 'deflects')
  AND e.state IN ('0', '1', '2') AND e.n > 0
GROUP BY ALL)";

Status Figures::offered() {
  if (Status made = x_connection.run(kLevels); !made) return made;
  std::map<std::string, Offered> by_motive;
  Status done = each_row(x_connection, R"(
SELECT SUBSTRING(x.what, 8) AS motive, m.dimension, AVG(m.level)
FROM matter AS x
JOIN manner AS m USING (conversation_no)
WHERE STARTS_WITH(x.what, 'motive:')
GROUP BY ALL
ORDER BY ALL)",
                         {}, [&](const DuckRow& row) {
                           by_motive[text_at(row, 0)].levels[text_at(row, 1)] = row.number(2);
                         });
  if (!done) return done;
  done = each_row(
      x_connection, R"(
SELECT SUBSTRING(x.what, 8), COUNT(*)::DOUBLE, SUM(satisfaction), SUM(satisfaction * satisfaction)
FROM matter AS x
JOIN talk AS t USING (conversation_no)
WHERE STARTS_WITH(x.what, 'motive:')
GROUP BY ALL)",
      {}, [&](const DuckRow& row) {
        Offered& one = by_motive[text_at(row, 0)];
        one.n = static_cast<std::int64_t>(row.number(1));
        one.satisfaction = mean_interval({row.number(1), row.number(2), row.number(3)}, -2, 2);
      });
  for (auto& [motive, one] : by_motive) {
    one.motive = motive;
    x_out.offered.push_back(std::move(one));
  }
  std::sort(x_out.offered.begin(), x_out.offered.end(),
            [](const Offered& a, const Offered& b) { return a.n > b.n; });
  return done;
}

Status Figures::conduct() {
  for (const char* dimension : {"listening", "empathy", "solution", "followup"}) {
    Conduct one{.dimension = dimension, .mean = {}, .by_month = {}, .good = {}, .poor = {}};
    Sums all;
    Status done = each_row(x_connection, R"(
SELECT STRFTIME(t.month, '%Y-%m') AS m, COUNT(*)::DOUBLE, SUM(level)::DOUBLE,
  SUM(level * level)::DOUBLE, COUNT(*) FILTER (level = 0), COUNT(*) FILTER (level = 1)
FROM manner
JOIN talk AS t USING (conversation_no)
WHERE dimension = ?
GROUP BY m
ORDER BY m)",
                           {std::string_view(dimension)}, [&](const DuckRow& row) {
                             const Sums sums = {row.number(1), row.number(2), row.number(3)};
                             all.merge(sums);
                             one.by_month.push_back({text_at(row, 0), mean_interval(sums, 0, 2),
                                                     static_cast<std::int64_t>(sums.n)});
                             one.levels[0] += row.number(4), one.levels[1] += row.number(5);
                           });
    if (!done) return done;
    one.n = static_cast<std::int64_t>(all.n), one.mean = mean_interval(all, 0, 2);
    if (one.n == 0) continue;
    one.levels[2] = all.n - one.levels[0] - one.levels[1];
    for (double& level : one.levels) level /= all.n;
    done = cites(dimension, [&](std::string_view state) -> std::vector<Cite>* {
      return state == "2" ? &one.good : state == "0" ? &one.poor : nullptr;
    });
    if (!done) return done;
    x_out.conduct.push_back(std::move(one));
  }
  return {};
}

Status Figures::conduct_by_channel() {
  double hits = 0, of = 0;
  Status done = each_row(x_connection, R"(
SELECT t.channel, m.dimension, COUNT(*)::DOUBLE, AVG(level), SUM(level)::DOUBLE
FROM manner AS m
JOIN talk AS t USING (conversation_no)
GROUP BY ALL
ORDER BY ALL)",
                         {}, [&](const DuckRow& row) {
                           const std::string channel = text_at(row, 0);
                           auto& rows = x_out.conduct_by_channel;
                           if (rows.empty() || rows.back().channel != channel) {
                             rows.push_back({channel, 0, {}, 0});
                           }
                           if (row.text(1) == "deflects") {
                             rows.back().deflects = row.number(4), hits += row.number(4);
                             return;
                           }
                           rows.back().means[text_at(row, 1)] = row.number(3);
                           rows.back().n =
                               std::max(rows.back().n, static_cast<std::int64_t>(row.number(2)));
                         });
  for (ChannelConduct& one : x_out.conduct_by_channel) {
    of += static_cast<double>(one.n);
    one.deflects = one.n > 0 ? one.deflects / static_cast<double>(one.n) : 0;
  }
  x_out.deflects = corrected("deflects", "1", hits, of);
  return done;
}

// What is said of a person, with its probability; {0} adds what the company's own records say.
// Where a person has but one state the foremost counts, and "none" is one that shows nothing.
constexpr std::string_view kTypes = R"(
WITH states AS (
  SELECT person, state, p
  FROM portraits
  WHERE construct = $1 AND said
  {0}
), chosen AS (
  SELECT person, state
  FROM states
  WHERE {1}
), shown AS (
  SELECT DISTINCT person, state
  FROM chosen
  WHERE state <> 'none'
)
SELECT state, COUNT(*), (SELECT COUNT(DISTINCT person) FROM shown)
FROM shown
GROUP BY state
ORDER BY 2 DESC, 1)";
constexpr std::string_view kForemost =
    "TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY person ORDER BY p DESC, state) = 1";
// By the date of birth where it is known: below 30, below 60, from 60 on.
constexpr std::string_view kStagesByAge = R"(
  UNION ALL
  SELECT person, CASE WHEN years < 30 THEN 'youth' WHEN years < 60 THEN 'midlife' ELSE 'senior' END,
    2
  FROM (
    SELECT s.person, MIN(COALESCE(DATE_DIFF('day', c.birth, DATE '{0}') / 365.25, c.age)) AS years
    FROM customers AS c
    JOIN subjects AS s USING (subject_no)
    WHERE s.person IS NOT NULL
    GROUP BY s.person
  )
  WHERE years BETWEEN 1 AND 120)";

Status Figures::types() {
  for (const char* construct :
       {"buyer_type", "temperament", "style", "orientation", "colour", "life_stage"}) {
    TypeCount one{.construct = construct, .of = x_out.counts["customers"], .states = {}};
    const bool several = std::string_view(construct) == "style";
    const bool by_age = std::string_view(construct) == "life_stage";
    const std::string ages = fmt::format(kStagesByAge, iso_date(x_out.as_of));
    const std::string sql = fmt::format(kTypes, by_age ? ages : "", several ? "TRUE" : kForemost);
    Status done =
        each_row(x_connection, sql, {std::string_view(construct)}, [&](const DuckRow& row) {
          one.states.emplace_back(text_at(row, 0), row.integer(1));
          one.given = row.integer(2);
        });
    if (!done) return done;
    if (one.given > 0) x_out.types.push_back(std::move(one));
  }
  return {};
}

constexpr std::string_view kWaits = R"(
CREATE OR REPLACE TEMP TABLE waiting AS
SELECT one_name('channel', COALESCE(resource, channel, activity)) AS place, local_time(started)::DATE AS day,
  DATE_DIFF('second', started, ended) / 60.0 AS minutes
FROM touchpoints
WHERE ended >= started
  AND REGEXP_MATCHES(LOWER(activity), '等|候|排队|queue|wait|hold'))";

Status Figures::waits() {
  if (Status made = x_connection.run(kWaits); !made) return made;
  return each_row(x_connection, R"(
SELECT place, STRFTIME(day, '%Y-%m') AS m, COUNT(*), MEDIAN(minutes),
  QUANTILE_CONT(minutes, 0.9)
FROM waiting
WHERE place IN (SELECT place FROM waiting GROUP BY place HAVING COUNT(*) >= 20)
GROUP BY ALL
ORDER BY ALL)",
                  {}, [&](const DuckRow& row) {
                    const std::string place = text_at(row, 0);
                    if (x_out.waits.empty() || x_out.waits.back().place != place) {
                      x_out.waits.push_back({place, {}, {}, {}, {}});
                    }
                    Wait& wait = x_out.waits.back();
                    wait.months.push_back(text_at(row, 1)), wait.n.push_back(row.integer(2));
                    wait.median.push_back(row.number(3)), wait.p90.push_back(row.number(4));
                  });
}

Status Figures::quality() {
  return each_row(x_connection, R"(
SELECT table_name, SUM(rows_in)::BIGINT, SUM(rows_kept)::BIGINT, SUM(rows_rejected)::BIGINT,
  SUM(rows_duplicate)::BIGINT
FROM files
GROUP BY table_name
ORDER BY table_name)",
                  {}, [&](const DuckRow& row) {
                    x_out.tables.push_back({text_at(row, 0), row.integer(1), row.integer(2),
                                            row.integer(3), row.integer(4)});
                  });
}

}  // namespace

Status load_figures(const DuckConnection& connection, const ReaderErrors& errors, ReportData& out) {
  Figures figures(connection, errors, out);
  Status done = figures.totals();
  if (done) done = figures.satisfaction();
  if (done) done = figures.emotion();
  if (done) done = figures.volume();
  if (done) done = figures.states("motive", out.motives);
  if (done) done = figures.states("need", out.needs);
  if (done) done = figures.states("driver", out.drivers);
  if (done) done = figures.states("stage", out.stages);
  if (done) done = figures.unsatisfied_needs();
  if (done) done = figures.offered();
  if (done) done = figures.conduct();
  if (done) done = figures.conduct_by_channel();
  if (done) done = figures.types();
  if (done) done = figures.waits();
  if (done) done = figures.quality();
  return done;
}

}  // namespace xinjing::insight
