#include "psychology/ledger_evidence_table.h"

#include <algorithm>
#include <limits>
#include <map>

#include "base/format.h"
#include "evidence/confirmation.h"
#include "evidence/evidence.h"
#include "psychology/deeds_table.h"
#include "psychology/ledger_words.h"
#include "psychology/promise_row_table.h"
#include "store/cells.h"
#include "store/person_messages.h"

namespace xinjing::psychology {
namespace {

constexpr std::string_view kStamp = "ledger_evidence";
constexpr Instant kEver{std::numeric_limits<std::int64_t>::max()};

// {}: which subjects are looked at.
constexpr std::string_view kPeople = R"(
CREATE OR REPLACE TEMP TABLE ledger_looked_at AS
SELECT DISTINCT person FROM subjects {};
CREATE OR REPLACE TEMP TABLE ledger_people AS
SELECT s.person
FROM promise_words AS w
JOIN subjects AS s USING (subject_no)
JOIN ledger_looked_at USING (person)
GROUP BY s.person
HAVING COUNT(DISTINCT w.conversation_no) > 1
  AND BOOL_OR(w.what IN ('promise', 'told', 'wanted'))
  AND BOOL_OR(w.what IN ('met', 'unmet', 'exceeded'));
CREATE OR REPLACE TEMP TABLE ledger_new (conversation_no BIGINT, subject_no BIGINT,
  construct VARCHAR, state VARCHAR, micro_nats BIGINT, card VARCHAR, event_no BIGINT,
  turn_no INTEGER, span_begin BIGINT, span_end BIGINT))";

constexpr std::string_view kWords = R"(
SELECT {}, s.person, w.subject_no, m.text, EPOCH_MS(m.time), m.speaker <> 0
FROM promise_words AS w
JOIN subjects AS s USING (subject_no)
JOIN ledger_people USING (person)
JOIN messages AS m ON m.row_no = w.event_no
ORDER BY s.person)";

// {}: the most that one conversation says of one state.
constexpr std::string_view kReplace = R"(
DELETE FROM evidence
WHERE source = 'ledger'
  AND subject_no IN (SELECT subject_no FROM subjects JOIN ledger_looked_at USING (person));
INSERT INTO evidence BY NAME
WITH said AS (
  SELECT conversation_no, construct, state, SUM(micro_nats) AS micro_nats
  FROM evidence
  WHERE conversation_no IN (SELECT conversation_no FROM ledger_new) AND micro_nats > 0
  GROUP BY ALL
)
SELECT f.conversation_no, f.subject_no, f.construct, f.state, r.day,
  LEAST(f.micro_nats, GREATEST(0, {} - COALESCE(said.micro_nats, 0)))::BIGINT AS micro_nats,
  0 AS n, 'ledger' AS source, f.card, 'messages' AS event_table, f.event_no, f.turn_no,
  f.span_begin, f.span_end
FROM ledger_new AS f
JOIN readings AS r USING (conversation_no)
LEFT JOIN said USING (conversation_no, construct, state)
ORDER BY f.subject_no, f.conversation_no, f.state;
INSERT INTO stale_subjects SELECT DISTINCT subject_no FROM ledger_new;
DROP TABLE ledger_new)";

/// Of a clause of the ledger's: where it is kept.
struct Source {
  std::int64_t event_no = 0;
  std::int64_t subject_no = 0;
};

/// The words of one person, until another comes.
class Person {
 public:
  explicit Person(const DeedWords& deeds) : x_deeds(deeds), x_bits(deeds.acts()) {}

  std::int64_t number = 0;

  void add(const DuckRow& row) {
    constexpr std::size_t kSubject = kPromiseColumnCount + 1;
    const evidence::PromiseWordRow words = promise_word_of(row);
    const std::string_view text = row.text_or_empty(kSubject + 1);
    if (words.span.end > text.size()) return;
    const Instant time = row.is_null(kSubject + 2) ? Instant{} : Instant{row.integer(kSubject + 2)};
    const Place at{time, row.integer(0), row.integer(1)};
    const std::size_t promises = x_promises.size(), news = x_news.size();
    add_words(words, at, text, x_bits, x_promises, x_news);
    if (x_promises.size() > promises) {
      x_promises.back().matter = matter_of(x_promises.back().acts, x_deeds);
    }
    if (x_news.size() > news) {
      x_news.back().of_agent = row.integer(kSubject + 3) != 0;
    }
    x_sources[{at, words.span}] = {row.integer(kPromiseEvent), row.integer(kSubject)};
  }

  /// By conversation; `write(conversation, fates, sources)`.
  template <typename Write>
  Status finish(const DeedsByPerson& deeds, Write write) {
    const auto own = deeds.find(number);
    std::map<std::int64_t, std::vector<LaterFate>> told;
    for (const LaterFate& fate : fates_told_later(
             x_promises, x_news, own == deeds.end() ? std::vector<Deed>{} : own->second)) {
      told[fate.told.conversation_no].push_back(fate);
    }
    Status done;
    for (const auto& [conversation, fates] : told) {
      if (done) done = write(conversation, fates, x_sources);
    }
    x_promises.clear(), x_news.clear(), x_sources.clear();
    return done;
  }

  using Sources = std::map<Mention, Source>;

 private:
  const DeedWords& x_deeds;
  ActBits x_bits;
  std::vector<Promise> x_promises;
  std::vector<News> x_news;
  Sources x_sources;
};

/// Writes what the fates that one conversation tells say, to the table `ledger_new`.
class Writer {
 public:
  Writer(const evidence::Catalogue& cards, DuckAppender to) : x_cards(cards), x_to(std::move(to)) {}

  Status write(std::int64_t conversation, const std::vector<LaterFate>& told,
               const Person::Sources& sources) {
    std::vector<evidence::PromiseFate> fates;
    for (const LaterFate& one : told) {
      fates.push_back({.aspect = {},
                       .status = std::string(status_id(one.status)),
                       .turn = std::uint32_t(one.told.turn_no),
                       .span = one.span});
    }
    std::vector<evidence::CueHit> hits;
    evidence::later_confirmation_hits(x_cards, fates, hits);
    for (const evidence::CueHit& hit : hits) {
      const auto by = std::find_if(told.begin(), told.end(), [&](const LaterFate& one) {
        return std::uint32_t(one.told.turn_no) == hit.turn && one.span == hit.span;
      });
      const Source& source = sources.at({by->told, by->span});
      const evidence::Card& card = x_cards[hit.construct];
      store::Cells cells(x_to);
      cells << conversation << source.subject_no << card.id << card.states[hit.state].id
            << std::int64_t{hit.micro_nats} << fmt::format("{}/{}", card.id, card.version)
            << source.event_no << by->told.turn_no << std::int64_t{hit.span.begin}
            << std::int64_t{hit.span.end};
      if (Status ended = cells.end(); !ended) return ended;
    }
    return {};
  }

  Status close() { return x_to.close(); }

 private:
  const evidence::Catalogue& x_cards;
  DuckAppender x_to;
};

/// The deeds of the people looked at. Of a few each is looked up by itself.
Result<DeedsByPerson> deeds_of(const DuckConnection& connection, const DeedWords& words) {
  constexpr std::size_t kFew = 100;
  std::vector<std::int64_t> people;
  Result<DuckResult> rows = connection.query("SELECT person FROM ledger_people ORDER BY person");
  if (!rows) return rows.failure();
  Status read = rows->each([&](const DuckRow& row) { people.push_back(row.integer(0)); });
  if (!read) return read.failure();
  if (people.empty()) return DeedsByPerson{};
  if (people.size() > kFew) return load_deeds(connection, words, kEver);
  DeedsByPerson out;
  for (const std::int64_t person : people) {
    const auto messages = store::PersonMessages::open(connection, person);
    if (!messages) return messages.failure();
    auto deeds = load_deeds(connection, words, {{}, kEver}, messages->subjects());
    if (!deeds) return deeds.failure();
    out[person] = std::move(*deeds);
  }
  return out;
}

Status fill(const DuckConnection& connection, const evidence::Catalogue& cards,
            const DeedWords& words) {
  const auto deeds = deeds_of(connection, words);
  if (!deeds) return deeds.failure();
  auto to = connection.appender("ledger_new");
  if (!to) return to.failure();
  Writer writer(cards, std::move(*to));
  Result<DuckResult> rows = connection.query(fmt::format(fmt::runtime(kWords), kPromiseColumns));
  if (!rows) return rows.failure();
  Person person(words);
  Status done;
  const auto finish = [&] {
    if (!done) return;
    done = person.finish(*deeds,
                         [&](std::int64_t conversation, const auto& fates, const auto& sources) {
                           return writer.write(conversation, fates, sources);
                         });
  };
  Status read = rows->each([&](const DuckRow& row) {
    const std::int64_t number = row.integer(kPromiseColumnCount);
    if (number != person.number) finish();
    person.number = number;
    person.add(row);
  });
  if (!read) return read;
  finish();
  return done ? writer.close() : done;
}

}  // namespace

Result<std::int64_t> write_ledger_evidence(const store::Database& database,
                                           const evidence::Catalogue& cards, const DeedWords& deeds,
                                           std::string_view version) {
  const auto satisfaction = cards.number("satisfaction");
  if (!satisfaction) return std::int64_t{0};
  const DuckConnection& connection = database.connection();
  const auto before = database.meta(kStamp);
  if (!before) return before.failure();
  const bool all = before->value_or("") != version;
  Result<store::Transaction> transaction = database.begin();
  if (!transaction) return transaction.failure();
  Status done = connection.run(
      fmt::format(fmt::runtime(kPeople),
                  all ? "" : "WHERE subject_no IN (SELECT subject_no FROM stale_subjects)"));
  if (done) done = fill(connection, cards, deeds);
  if (!done) return done.failure();
  const Result<std::int64_t> count = connection.integer("SELECT COUNT(*) FROM ledger_new");
  if (!count) return count.failure();
  const auto cap = std::int64_t(cards[*satisfaction].cap_nats * evidence::kMicroNatsPerNat);
  done = connection.run(fmt::format(fmt::runtime(kReplace), cap));
  if (done && all) done = database.set_meta(kStamp, version);
  if (done) done = transaction->commit();
  if (done) done = database.checkpoint_if_due();
  if (!done) return done.failure();
  return *count;
}

}  // namespace xinjing::psychology
