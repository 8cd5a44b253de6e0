#include "behaviour/act_table.h"

#include <algorithm>

#include "base/format.h"
#include "behaviour/act_evidence.h"
#include "behaviour/line_table.h"
#include "store/cells.h"
#include "store/renewal.h"

namespace xinjing::behaviour {
namespace {

using evidence::ActWeight;

// Rows whose words hold a cue; `words` is lower case. {0}: cues of goods; {1}: of looks.
constexpr std::string_view kCued = R"(
CREATE OR REPLACE TEMP TABLE act_cued AS
SELECT subject_no, row_no, key_high, key_low, time, FALSE AS in_events,
  LOWER(CONCAT_WS(' ', product_name, product, category)) AS words
FROM orders
WHERE subject_no IS NOT NULL AND ({0})
UNION ALL
SELECT subject_no, row_no, key_high, key_low, time, TRUE, LOWER(CONCAT_WS(' ', object, text))
FROM events
WHERE subject_no IS NOT NULL AND ({1}))";

// A day's looks at the same thing are one act.
constexpr std::string_view kCuedOfWeight = R"(
SELECT {0} AS weight, subject_no, local_time(time)::DATE AS day, in_events,
  ARG_MIN(row_no, (time, key_high, key_low)) AS row_no
FROM act_cued
WHERE in_events = {1} AND ({2})
GROUP BY subject_no, day, in_events)";

/// "CONTAINS(words, 'a') OR CONTAINS(words, 'b')"; of no cue: FALSE.
std::string holds_any(std::string_view words, std::span<const std::string> cues) {
  std::string out;
  for (const std::string& cue : cues) {
    out += fmt::format("{}CONTAINS({}, {})", out.empty() ? "" : " OR ", words, sql_quoted(cue));
  }
  return out.empty() ? "FALSE" : out;
}

std::vector<std::string> cues_of(std::span<const ActWeight> weights, evidence::Act act) {
  std::vector<std::string> out;
  for (const ActWeight& one : weights) {
    if (one.act == act) out.insert(out.end(), one.cues.begin(), one.cues.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Acts that words of rows show, by subject and time.
struct Cued {
  std::int64_t subject = 0;
  CuedAct act;
};

Result<std::vector<Cued>> load_cued(const DuckConnection& connection,
                                    std::span<const ActWeight> weights) {
  std::vector<Cued> out;
  const auto bought = cues_of(weights, evidence::Act::kBought);
  const auto looked = cues_of(weights, evidence::Act::kLooked);
  std::string parts;
  for (std::size_t w = 0; w < weights.size(); ++w) {
    if (!evidence::has_cue(weights[w].act)) continue;
    const bool events = weights[w].act == evidence::Act::kLooked;
    parts += parts.empty() ? "" : " UNION ALL ";
    parts +=
        fmt::format(fmt::runtime(kCuedOfWeight), w, events, holds_any("words", weights[w].cues));
  }
  if (parts.empty()) return out;
  Status made = connection.run(
      fmt::format(fmt::runtime(kCued),
                  holds_any("LOWER(CONCAT_WS(' ', product_name, product, category))", bought),
                  holds_any("LOWER(CONCAT_WS(' ', object, text))", looked)));
  if (!made) return made.failure();
  Result<DuckResult> rows = connection.query(fmt::format(
      "SELECT subject_no, weight, day, in_events, row_no FROM ({}) "
      "QUALIFY ROW_NUMBER() OVER (PARTITION BY subject_no, weight ORDER BY day DESC) <= {} "
      "ORDER BY subject_no, weight, day",
      parts, kActsThatCount));
  if (!rows) return rows.failure();
  Status read = rows->each([&](const DuckRow& row) {
    const auto weight = std::size_t(row.integer(1));
    out.push_back({row.integer(0),
                   {weight,
                    {.act = weights[weight].act,
                     .hit = true,
                     .in_events = row.integer(3) != 0,
                     .row = row.integer(4),
                     .day = {std::int32_t(row.integer(2))}}}});
  });
  if (!read) return read.failure();
  return out;
}

/// Weighs the acts of one subject after another into the temporary table `act_new`.
class ActWriter {
 public:
  ActWriter(const evidence::Catalogue& cards, std::span<const ActWeight> weights,
            std::vector<Cued> cued, DuckAppender to)
      : x_cards(cards), x_weights(weights), x_cued(std::move(cued)), x_to(std::move(to)) {
    for (const evidence::Card& card : cards.cards()) {
      x_names.push_back(fmt::format("{}/{}", card.id, card.version));
    }
  }

  /// REQUIRES: subjects ascending.
  void take(std::int64_t subject, std::span<const Line> lines) {
    cued_before(subject);
    std::vector<CuedAct> cued;
    for (; x_at < x_cued.size() && x_cued[x_at].subject == subject; ++x_at) {
      cued.push_back(x_cued[x_at].act);
    }
    write(subject, weigh_acts(acts_in(lines), cued, x_weights, x_cards));
  }

  Status close() {
    cued_before(INT64_MAX);
    return x_written ? x_to.close() : x_written;
  }

 private:
  /// Subjects that are in no order.
  void cued_before(std::int64_t subject) {
    while (x_at < x_cued.size() && x_cued[x_at].subject < subject) {
      const std::int64_t who = x_cued[x_at].subject;
      std::vector<CuedAct> cued;
      for (; x_at < x_cued.size() && x_cued[x_at].subject == who; ++x_at) {
        cued.push_back(x_cued[x_at].act);
      }
      write(who, weigh_acts({}, cued, x_weights, x_cards));
    }
  }

  void write(std::int64_t subject, const std::vector<ActEvidence>& evidence) {
    for (const ActEvidence& one : evidence) {
      if (!x_written) return;
      const evidence::Card& card = x_cards[one.construct];
      const bool exposure = one.state == evidence::kExposure;
      store::Cells cells(x_to);
      cells << subject << card.id
            << (exposure ? std::string_view("*") : std::string_view(card.states[one.state].id))
            << one.seen.day << one.micro_nats << one.n << x_names[one.construct]
            << (one.seen.in_events ? "events" : "orders");
      if (exposure) {
        cells.null().null();
      } else {
        const std::string act =
            fmt::format("{}{}", one.seen.hit ? "" : evidence::kNot, evidence::act_id(one.seen.act));
        cells << one.seen.row << std::string_view(act);
      }
      x_written = cells.end();
    }
  }

  const evidence::Catalogue& x_cards;
  std::span<const ActWeight> x_weights;
  std::vector<Cued> x_cued;
  std::size_t x_at = 0;
  DuckAppender x_to;
  std::vector<std::string> x_names;
  Status x_written;
};

constexpr std::string_view kNewTable = R"(
CREATE OR REPLACE TEMP TABLE act_new (subject_no BIGINT, construct VARCHAR, state VARCHAR,
  day DATE, micro_nats BIGINT, n BIGINT, card VARCHAR, event_table VARCHAR, event_no BIGINT,
  act VARCHAR))";

// Subjects whose acts no longer say what is kept, in either direction.
constexpr std::string_view kChanged = R"(
CREATE OR REPLACE TEMP TABLE act_changed AS
WITH kept AS (
  SELECT subject_no, construct, state, day, micro_nats, n, card, event_table, event_no, act
  FROM evidence
  WHERE source = 'act' AND conversation_no IS NULL
)
SELECT DISTINCT subject_no
FROM (
  (SELECT * FROM kept EXCEPT ALL FROM act_new)
  UNION ALL
  (SELECT * FROM act_new EXCEPT ALL FROM kept)
))";

constexpr std::string_view kReplace = R"(
INSERT INTO stale_subjects SELECT subject_no FROM act_changed ORDER BY subject_no;
DELETE FROM evidence
WHERE source = 'act' AND conversation_no IS NULL AND subject_no IN (FROM act_changed);
INSERT INTO evidence BY NAME
SELECT subject_no, construct, state, day, micro_nats, n, 'act' AS source, card, event_table,
  event_no, act
FROM act_new
WHERE subject_no IN (FROM act_changed)
ORDER BY subject_no, construct, state, day;
DROP TABLE act_new;)";

Status make_new(const DuckConnection& connection, const evidence::Catalogue& cards,
                std::span<const ActWeight> weights) {
  Result<std::vector<Cued>> cued = load_cued(connection, weights);
  if (!cued) return cued.failure();
  Result<LineTable> lines = LineTable::open(connection, {.by_subject = true, .prices = false});
  if (!lines) return lines.failure();
  if (Status made = connection.run(kNewTable); !made) return made;
  Result<DuckAppender> to = connection.appender("act_new");
  if (!to) return to.failure();
  ActWriter writer(cards, weights, std::move(*cued), std::move(*to));
  Status read = lines->each(
      [&](std::int64_t subject, std::span<const Line> of) { writer.take(subject, of); });
  return read ? writer.close() : read;
}

}  // namespace

Result<std::int64_t> write_act_evidence(const store::Database& database,
                                        const evidence::Catalogue& cards,
                                        std::span<const ActWeight> weights,
                                        std::string_view version) {
  const DuckConnection& connection = database.connection();
  static constexpr std::string_view kFrom[] = {"orders", "events"};
  std::int64_t changed = 0;
  const auto make = [&]() -> Status {
    Status done = make_new(connection, cards, weights);
    if (done) done = connection.run(kChanged);
    if (!done) return done;
    const Result<std::int64_t> count = connection.integer("SELECT COUNT(*) FROM act_changed");
    if (!count) return count.failure();
    changed = *count;
    return connection.run(kReplace);
  };
  const Status done =
      store::renew(database, {.name = "acts", .tables = kFrom, .more = std::string(version)}, make);
  if (!done) return done.failure();
  return changed;
}

}  // namespace xinjing::behaviour
