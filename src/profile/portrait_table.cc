#include "profile/portrait_table.h"

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>

#include "base/parallel.h"
#include "behaviour/customer_values_table.h"
#include "behaviour/recommendation_table.h"
#include "language/clause.h"
#include "language/words.h"
#include "profile/act_record_table.h"
#include "profile/churn_risk_table.h"
#include "profile/history_table.h"
#include "profile/last_day_table.h"
#include "profile/said_did_table.h"
#include "profile/tongues_table.h"
#include "psychology/ledger_table.h"
#include "store/quote_table.h"

namespace xinjing::profile {
namespace {

constexpr std::size_t kPeopleAtOnce = 20'000;
constexpr double kShownProbability = 0.15;
constexpr std::string_view kExposureState = "*";

using Profiles = std::map<std::int64_t, Profile>;

/// Numbers of constructs and states, for rows that name them.
class Numbers {
 public:
  explicit Numbers(const evidence::Catalogue& catalogue) {
    for (std::size_t c = 0; c < catalogue.size(); ++c) {
      const evidence::Card& card = catalogue[c];
      auto& states = x_constructs[card.id];
      states.number = static_cast<std::uint16_t>(c);
      for (std::size_t s = 0; s < card.states.size(); ++s) {
        states.by_id[card.states[s].id] = static_cast<std::uint16_t>(s);
      }
      states.by_id[std::string(kExposureState)] = evidence::kExposure;
    }
  }

  /// Nothing for constructs and states that no card has (any more).
  std::optional<evidence::TallyKey> key(std::string_view construct, std::string_view state,
                                        Day day) const {
    const auto found = x_constructs.find(construct);
    if (found == x_constructs.end()) return {};
    const auto at = found->second.by_id.find(state);
    if (at == found->second.by_id.end()) return {};
    return evidence::TallyKey{found->second.number, at->second, day};
  }

 private:
  using ById = std::unordered_map<std::string, std::uint16_t, StringHash, std::equal_to<>>;
  struct States {
    std::uint16_t number = 0;
    ById by_id;
  };
  std::unordered_map<std::string, States, StringHash, std::equal_to<>> x_constructs;
};

/// Adds rows (person, construct, state, day, micro_nats, n) to profiles.
Status add_tally_rows(DuckResult& rows, const Numbers& numbers, Profiles& profiles) {
  return rows.each([&](const DuckRow& row) {
    const auto key = numbers.key(row.text(1), row.text(2), {std::int32_t(row.integer(3))});
    if (key) profiles[row.integer(0)].tally.add(*key, row.integer(4), row.integer(5));
  });
}

constexpr std::string_view kEvidenceOfPeople = R"(
SELECT s.person, e.construct, e.state, e.day, e.micro_nats, e.n
FROM evidence AS e
JOIN subjects AS s USING (subject_no)
JOIN stale_people AS p USING (person)
WHERE s.person BETWEEN ? AND ?)";

Result<Profiles> load_profiles(const DuckConnection& connection, PersonRange range,
                               const Numbers& numbers, Day until) {
  Profiles profiles;
  {
    Result<DuckResult> rows = connection.stream(kEvidenceOfPeople, {range.first, range.last});
    if (!rows) return rows.failure();
    if (Status added = add_tally_rows(*rows, numbers, profiles); !added) return added.failure();
  }
  auto histories = load_histories(connection, range, until);
  if (!histories) return histories.failure();
  for (auto& [person, history] : *histories) profiles[person].history = std::move(history);
  return profiles;
}

Result<std::vector<std::int64_t>> stale_people(const DuckConnection& connection) {
  std::vector<std::int64_t> out;
  Result<DuckResult> rows = connection.query("SELECT person FROM stale_people ORDER BY person");
  if (!rows) return rows.failure();
  Status read = rows->each([&](const DuckRow& row) { out.push_back(row.integer(0)); });
  if (!read) return read.failure();
  return out;
}

/// Everyone with a stale subject; everyone at all when the portraits are of another day or of
/// other cards, since decay and rules touch every line.
Status list_stale_people(const DuckConnection& connection, Day as_of, std::string_view cards) {
  return connection.run(
      "CREATE OR REPLACE TEMP TABLE stale_people AS "
      "SELECT DISTINCT s.person FROM subjects AS s "
      "WHERE s.subject_no IN (SELECT subject_no FROM stale_subjects) "
      "OR NOT EXISTS (SELECT 1 FROM meta WHERE name = 'portraits' AND value = ?)",
      {std::string_view(iso_date(as_of) + " " + std::string(cards))});
}

std::string card_name(const evidence::Card& card) {
  return fmt::format("{}/{}", card.id, card.version);
}

double trend_number(psychology::Trend trend) {
  return trend == psychology::Trend::kUp ? 1 : trend == psychology::Trend::kDown ? -1 : 0;
}

struct PortraitRow {
  std::int64_t person;
  std::uint16_t construct;
  std::uint16_t state;
  psychology::Standing standing;  // without its distribution
  double p;
};

void collect_rows(std::int64_t person, const Portrait& portrait, std::vector<PortraitRow>& out) {
  for (const Line& line : portrait.lines) {
    const psychology::Standing& standing = line.standing;
    if (standing.evidence == 0) continue;
    psychology::Standing bare = standing;
    bare.dist.clear();
    bare.path.clear();
    out.push_back({person, line.construct, standing.state, bare, standing.p});
    if (!standing.said()) continue;
    for (std::size_t s = 0; s < standing.dist.size(); ++s) {
      if (s != standing.state && standing.dist[s] >= kShownProbability) {
        out.push_back(
            {person, line.construct, static_cast<std::uint16_t>(s), bare, standing.dist[s]});
      }
    }
  }
}

Status append_row(DuckAppender& to, const PortraitRow& row, const evidence::Card& card, Day as_of) {
  const psychology::Standing& standing = row.standing;
  to.integer(0, row.person);
  to.text(1, card.id);
  to.text(2, card.states[row.state].id);
  to.integer(3, standing.said() ? 1 : 0);
  standing.said() ? to.number(4, row.p) : to.null(4);
  to.number(5, standing.nats);
  to.integer(6, standing.evidence);
  to.integer(7, standing.episodes);
  standing.trend == psychology::Trend::kUnknown ? to.null(8)
                                                : to.number(8, trend_number(standing.trend));
  to.integer(9, standing.first.number);
  to.integer(10, standing.last.number);
  to.integer(11, as_of.number);
  to.text(12, card_name(card));
  return to.end_row();
}

struct Batch {
  const evidence::Catalogue& catalogue;
  const Numbers& numbers;
  Day as_of;
  std::span<const std::int64_t> people;  // ascending

  PersonRange range() const { return {people.front(), people.back()}; }
  bool has(std::int64_t person) const { return std::ranges::binary_search(people, person); }
};

Result<std::vector<PortraitRow>> portraits_of(const DuckConnection& connection,
                                              const Batch& batch) {
  Result<Profiles> profiles = load_profiles(connection, batch.range(), batch.numbers, batch.as_of);
  if (!profiles) return profiles.failure();
  std::vector<const Profiles::value_type*> people;
  for (const auto& one : *profiles) {
    if (batch.has(one.first)) people.push_back(&one);  // histories are of everyone in the range
  }
  constexpr std::size_t kSlice = 256;
  std::vector<std::vector<PortraitRow>> parts((people.size() + kSlice - 1) / kSlice);
  parallel_for(parts.size(), 0, [&](std::size_t part, std::size_t) {
    const std::size_t end = std::min(people.size(), (part + 1) * kSlice);
    for (std::size_t i = part * kSlice; i < end; ++i) {
      collect_rows(people[i]->first, read_portrait(people[i]->second, batch.catalogue, batch.as_of),
                   parts[part]);
    }
  });
  std::vector<PortraitRow> out;
  for (auto& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

Status write_batch(const DuckConnection& connection, const Batch& batch) {
  Result<std::vector<PortraitRow>> rows = portraits_of(connection, batch);
  if (!rows) return rows.failure();
  Result<DuckTransaction> transaction = DuckTransaction::begin(connection);
  if (!transaction) return transaction.failure();
  const DuckValues range = {batch.range().first, batch.range().last};
  Status done = connection.run(
      "DELETE FROM portraits WHERE person BETWEEN ? AND ? "
      "AND person IN (SELECT person FROM stale_people)",
      range);
  if (!done) return done;
  Result<DuckAppender> to = connection.appender("portraits");
  if (!to) return to.failure();
  for (const PortraitRow& row : *rows) {
    done = append_row(*to, row, batch.catalogue[row.construct], batch.as_of);
    if (!done) return done;
  }
  if (done = to->close(); !done) return done;
  done = connection.run(
      "DELETE FROM stale_subjects WHERE subject_no IN "
      "(SELECT subject_no FROM subjects WHERE person BETWEEN ? AND ?)",
      range);
  if (!done) return done;
  return transaction->commit();
}

}  // namespace

Result<std::int64_t> refresh_portraits(
    const DuckConnection& connection, const evidence::Catalogue& catalogue, Day as_of,
    std::string_view cards, const std::function<void(std::int64_t, std::int64_t)>& progress) {
  // Whoever was linked to another person stands for nobody any more.
  Status listed =
      connection.run("DELETE FROM portraits WHERE person NOT IN (SELECT person FROM subjects)");
  if (listed) listed = list_stale_people(connection, as_of, cards);
  if (!listed) return listed.failure();
  Result<std::vector<std::int64_t>> people = stale_people(connection);
  if (!people) return people.failure();
  const Numbers numbers(catalogue);
  const auto all = std::int64_t(people->size());
  for (std::size_t i = 0; i < people->size(); i += kPeopleAtOnce) {
    const std::size_t count = std::min(people->size() - i, kPeopleAtOnce);
    const Batch batch{catalogue, numbers, as_of, std::span(*people).subspan(i, count)};
    if (Status wrote = write_batch(connection, batch); !wrote) return wrote.failure();
    progress(std::int64_t(i + count), all);
  }
  const std::string stamp = iso_date(as_of) + " " + std::string(cards);
  Status marked = connection.run("DELETE FROM meta WHERE name = 'portraits'");
  if (marked) {
    marked = connection.run("INSERT INTO meta (name, value) VALUES ('portraits', ?)",
                            {std::string_view(stamp)});
  }
  if (!marked) return marked.failure();
  return all;
}

namespace {

using store::PersonMessages;

Result<Profile> profile_of(const DuckConnection& connection, const PersonMessages& of,
                           const evidence::Catalogue& catalogue, Day until) {
  Profile profile;
  const Numbers numbers(catalogue);
  Status read = store::for_each_value(
      connection, "SELECT construct, state, day, micro_nats, n FROM evidence WHERE subject_no = ?",
      of.subjects(), [&](const DuckRow& row) {
        const auto key = numbers.key(row.text(0), row.text(1), {std::int32_t(row.integer(2))});
        if (key) profile.tally.add(*key, row.integer(3), row.integer(4));
      });
  if (!read) return read.failure();
  auto history = load_history(connection, of.person(), of.subjects(), until);
  if (!history) return history.failure();
  profile.history = std::move(*history);
  return profile;
}

/// The zone the file was made with.
Result<int> zone_of(const DuckConnection& connection) {
  const auto zone = connection.integer(
      "SELECT COALESCE(MAX(value::BIGINT), 0) FROM meta WHERE name = 'zone_minutes'");
  if (!zone) return zone.failure();
  return static_cast<int>(*zone);
}

Result<std::vector<EvidenceRow>> evidence_of(const DuckConnection& connection,
                                             PersonMessages& messages, int zone,
                                             const store::QuoteOptions& options) {
  auto found = store::quoted_evidence(connection, messages, options);
  if (!found) return found.failure();
  std::vector<EvidenceRow> out;
  for (store::QuotedEvidence& from : *found) {
    if (from.state == kExposureState) continue;
    EvidenceRow& one = out.emplace_back();
    one.construct = std::move(from.construct);
    one.state = std::move(from.state);
    one.micro_nats = from.micro_nats;
    one.n = from.n;
    one.card = std::move(from.card);
    one.message_id = std::move(from.message.message_id);
    one.turn = int(from.turn_no.value_or(-1));
    one.conversation_no = from.conversation_no;
    Said record = act_in_words(from);
    one.quote = {.text = std::move(from.quote),
                 .context = std::move(from.message.text),
                 .day = from.day,
                 .said = from.message.time ? day_of(*from.message.time, zone) : from.day,
                 .channel = std::move(from.message.channel),
                 .conversation = std::move(from.conversation),
                 .state = 0,
                 .nats = double(one.micro_nats) / evidence::kMicroNatsPerNat,
                 .source = std::move(from.source),
                 .record = std::move(record),
                 .act = std::move(from.act),
                 .table = from.event_table,
                 .row = from.event_no.value_or(0)};
  }
  return out;
}

/// The words of a quote as a person would cite them: the clause they stand in, or whole words of it
/// where it is long.
std::string widened(const Quote& quote, language::WordBreaker& breaker) {
  const std::size_t at = quote.context.find(quote.text);
  if (at == std::string::npos) return quote.text;
  const Span span{std::uint32_t(at), std::uint32_t(at + quote.text.size())};
  const Span clause = language::clause_around(quote.context, span);
  return std::string(
      slice(quote.context, clause == span ? breaker.whole_words(quote.context, span) : clause));
}

/// Masked data, marks and the name of an account alone tell a reader nothing.
bool has_words(std::string_view text) {
  constexpr std::size_t kLongestName = 36;  // bytes
  if (text.starts_with('@') && text.size() <= kLongestName && text.find(' ') == text.npos) {
    return false;
  }
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return c >= 0x80 || (c | 0x20U) - 'a' < 26U; });
}

void place_quote(Line& line, const evidence::Card& card, EvidenceRow& row,
                 language::WordBreaker& breaker) {
  const auto state = card.find_state(row.state);
  const bool act = !row.quote.act.empty();
  if (!state || (row.quote.text.empty() && !act)) return;
  row.quote.state = *state;
  line.acts |= act;
  if (!act) row.quote.text = widened(row.quote, breaker);
  if (!act && !has_words(row.quote.text)) return;
  const bool for_leading = *state == line.standing.state;
  if (for_leading && row.micro_nats > 0) line.because.push_back(std::move(row.quote));
  // Where several states may hold at once, another state is no contradiction.
  const bool exclusive =
      card.measure == evidence::Measure::kTypology || card.measure == evidence::Measure::kTrait;
  if ((!for_leading && row.micro_nats > 0 && exclusive) || (for_leading && row.micro_nats < 0)) {
    line.against.push_back(std::move(row.quote));
  }
}

void settle_quotes(std::vector<Quote>& quotes) {
  std::stable_sort(quotes.begin(), quotes.end(), [](const Quote& a, const Quote& b) {
    return std::abs(a.nats) > std::abs(b.nats);
  });
  std::vector<Quote> distinct;
  for (Quote& quote : quotes) {
    const bool seen = std::any_of(distinct.begin(), distinct.end(), [&](const Quote& other) {
      const bool alike = other.act == quote.act && other.state == quote.state;
      if (!quote.act.empty()) return alike && other.record == quote.record;
      const bool within = other.text.find(quote.text) != std::string::npos ||
                          quote.text.find(other.text) != std::string::npos;
      return within && alike;
    });
    if (!seen && distinct.size() < 5) distinct.push_back(std::move(quote));
  }
  quotes = std::move(distinct);
}

Status add_quotes(const DuckConnection& connection, PersonMessages& messages, int zone,
                  const evidence::Catalogue& catalogue, Portrait& portrait) {
  auto rows = evidence_of(connection, messages, zone, {.best = 12, .until = portrait.as_of});
  if (!rows) return rows.failure();
  language::WordBreaker breaker;
  for (EvidenceRow& row : *rows) {
    const auto construct = catalogue.number(row.construct);
    if (construct) place_quote(portrait.lines[*construct], catalogue[*construct], row, breaker);
  }
  for (Line& line : portrait.lines) settle_quotes(line.because), settle_quotes(line.against);
  return {};
}

struct QuotePlace {
  std::int64_t message_no = 0;
  Span span;
};

Status add_expectation_quotes(PersonMessages& messages,
                              const std::vector<std::optional<QuotePlace>>& places,
                              Portrait& portrait) {
  std::vector<std::int64_t> numbers;
  for (const auto& place : places) {
    if (place) numbers.push_back(place->message_no);
  }
  if (Status read = messages.need(numbers); !read) return read;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const store::StoredMessage* message =
        places[i] ? messages.find(places[i]->message_no) : nullptr;
    if (message == nullptr || message->quote(places[i]->span).empty()) continue;
    portrait.expectations[i].quote = slice(message->text, places[i]->span);
  }
  return {};
}

/// Where an expectation was read.
struct ReadAt {
  std::int64_t conversation_no = 0;
  std::int64_t turn_no = -1;
};

Status add_expectations(const DuckConnection& connection, PersonMessages& messages,
                        Portrait& portrait, std::vector<ReadAt>& read_at) {
  if (messages.subjects().empty()) return {};
  constexpr std::string_view kSql =
      "SELECT x.aspect, x.kind, x.status, x.promised, local_time(c.started)::DATE AS day, x.p, "
      "  x.event_no, x.span_begin, x.span_end, x.norm, x.content_en, x.content_zh, "
      "  x.conversation_no, x.turn_no "
      "FROM expectations AS x "
      "JOIN conversations AS c USING (conversation_no) "
      "WHERE x.subject_no IN ({0}) AND c.subject_no IN ({0}) "
      "AND local_time(c.started)::DATE <= ?::DATE "
      "ORDER BY day DESC, x.p DESC, x.aspect, x.status";
  const std::string day = iso_date(portrait.as_of);
  Result<DuckResult> rows = connection.query(
      fmt::format(kSql, fmt::join(messages.subjects(), ", ")), {std::string_view(day)});
  if (!rows) return rows.failure();
  std::vector<std::optional<QuotePlace>> places;
  Status read = rows->each([&](const DuckRow& row) {
    portrait.expectations.push_back({.aspect = std::string(row.text(0)),
                                     .kind = std::string(row.text(1)),
                                     .status = std::string(row.text(2)),
                                     .promised = row.integer(3) != 0,
                                     .day = {std::int32_t(row.integer(4))},
                                     .quote = {},
                                     .p = row.number(5)});
    if (!row.is_null(9)) {
      profile::Expectation& one = portrait.expectations.back();
      one.norm = row.text(9);
      one.content = {.en = std::string(row.text(10)), .zh = std::string(row.text(11))};
    }
    read_at.push_back({row.integer(12), row.is_null(13) ? -1 : row.integer(13)});
    auto& place = places.emplace_back();
    if (row.is_null(6) || row.is_null(7) || row.is_null(8)) return;
    place =
        QuotePlace{row.integer(6), {std::uint32_t(row.integer(7)), std::uint32_t(row.integer(8))}};
  });
  if (!read) return read;
  return add_expectation_quotes(messages, places, portrait);
}

/// What may be needed next, if it was found out by the day of the portrait.
Status add_next(const DuckConnection& connection, std::int64_t person, Portrait& portrait) {
  auto rows = behaviour::load_recommendations(connection, person);
  if (!rows) return rows.failure();
  if (!rows->empty() && rows->front().as_of <= portrait.as_of) portrait.next = std::move(*rows);
  return {};
}

/// What customers asked for in so many words, followed through what was said later: each is one
/// entry, that of the reading of the same words or of the same aspect in the same conversation,
/// else one of its own. What was read of the same matter where its fate was told is no second
/// entry.
Status add_wanted(const DuckConnection& connection, const psychology::DeedWords& deeds,
                  PersonMessages& messages, int zone, std::vector<ReadAt> read_at,
                  Portrait& portrait) {
  const Instant end = instant_at({portrait.as_of.number + 1}, 0, zone);
  const auto wanted =
      psychology::load_promises(connection, deeds, end, messages, psychology::Kept::kWanted);
  if (!wanted) return wanted.failure();
  std::vector<Expectation>& all = portrait.expectations;
  for (const psychology::KeptPromise& kept : *wanted) {
    const psychology::LedgerEntry& entry = kept.entry;
    const psychology::Place& at = entry.promise.at;
    std::size_t found = all.size();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].followed || read_at[i].conversation_no != at.conversation_no) continue;
      const bool words = read_at[i].turn_no == at.turn_no && !all[i].quote.empty() &&
                         (entry.promise.quote.find(all[i].quote) != std::string::npos ||
                          all[i].quote.find(entry.promise.quote) != std::string::npos);
      if (all[i].aspect != kept.aspect && !words) continue;
      found = i;
      if (all[i].aspect == kept.aspect) break;
    }
    constexpr double kSaid = 0.9;  // that what is asked for is expected
    if (found == all.size()) {
      all.push_back({.aspect = kept.aspect,
                     .kind = "explicit",
                     .status = "open",
                     .promised = false,
                     .day = day_of(at.time, zone),
                     .quote = entry.promise.quote,
                     .p = kSaid});
      read_at.push_back({at.conversation_no, at.turn_no});
    }
    Expectation& one = all[found];
    one.followed = true;
    one.promised = false;  // it is asked for; what is promised stands in the ledger of promises
    one.quote = entry.promise.quote;
    if (entry.status != psychology::PromiseStatus::kOpen) one.status = status_id(entry.status);
    if (one.norm.empty()) one.content = psychology::content_of(kept, zone);
    if (entry.promise.due) one.due = day_of({entry.promise.due->millis - 1}, zone);
    one.amount = entry.promise.amount, one.came = entry.came;
    one.to = !kept.department.empty() ? kept.department : kept.agent;
    one.asked_at = at.time;
    if (entry.changed_at) {
      one.changed = day_of(entry.changed_at->time, zone);
      one.changed_at = entry.changed_at->time;
    }
    one.changed_by = entry.changed_by;
    one.deed = entry.deed;
    // What was read of it again, where it was asked again or its fate was told.
    const auto is_told_in = [&](std::int64_t conversation) {
      if (conversation == at.conversation_no) return false;
      if (entry.changed_at && entry.changed_at->conversation_no == conversation) return true;
      return std::any_of(entry.again.begin(), entry.again.end(), [&](const auto& mention) {
        return mention.at.conversation_no == conversation;
      });
    };
    for (std::size_t i = all.size(); i-- > 0;) {
      const bool released = entry.status == psychology::PromiseStatus::kWithdrawn &&
                            entry.changed_at && read_at[i].turn_no == entry.changed_at->turn_no;
      const bool same = !all[i].followed && (all[i].aspect == kept.aspect || released) &&
                        is_told_in(read_at[i].conversation_no);
      if (!same) continue;
      all.erase(all.begin() + std::ptrdiff_t(i));
      read_at.erase(read_at.begin() + std::ptrdiff_t(i));
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Expectation& a, const Expectation& b) { return b.day < a.day; });
  return {};
}

/// Expectations as they were read, and promises as they turned out.
void add_gaps(Portrait& portrait, const std::vector<std::string>& promised_aspects) {
  std::vector<psychology::Experience> told;
  for (const Expectation& one : portrait.expectations)
    told.push_back({one.aspect, one.status, one.p});
  for (std::size_t i = 0; i < portrait.promises.size(); ++i) {
    told.push_back({promised_aspects[i], std::string(status_id(portrait.promises[i].status)), 1});
  }
  portrait.gaps = psychology::confirmation_of(told);
}

Status add_promises(const DuckConnection& connection, const psychology::DeedWords& deeds,
                    PersonMessages& messages, int zone, Portrait& portrait) {
  const Instant end = instant_at({portrait.as_of.number + 1}, 0, zone);
  const auto promises = psychology::load_promises(connection, deeds, end, messages);
  if (!promises) return promises.failure();
  std::vector<std::string> aspects;
  for (auto one = promises->rbegin(); one != promises->rend(); ++one) {
    aspects.push_back(one->aspect);
    const psychology::LedgerEntry& entry = one->entry;
    PromiseLine line{.status = entry.status,
                     .said = day_of(entry.promise.at.time, zone),
                     .due = {},
                     .quote = entry.promise.quote,
                     .changed = {},
                     .changed_by = entry.changed_by,
                     .deed = {},
                     .done = {},
                     .late = entry.late,
                     .content = psychology::content_of(*one, zone),
                     .giver = std::string(giver_id(entry.promise.giver)),
                     .amount = entry.promise.amount,
                     .came = entry.came};
    if (entry.deed) line.deed = entry.deed, line.done = day_of(entry.deed->from, zone);
    if (entry.promise.due) line.due = day_of({entry.promise.due->millis - 1}, zone);
    line.made_at = entry.promise.at.time;
    if (entry.changed_at) {
      line.changed = day_of(entry.changed_at->time, zone);
      line.changed_at = entry.changed_at->time;
    }
    portrait.promises.push_back(std::move(line));
  }
  add_gaps(portrait, aspects);
  return {};
}

Status add_subjects(const DuckConnection& connection, std::int64_t person, Portrait& portrait) {
  Result<DuckResult> rows = connection.query(
      "SELECT subject_no, plain_id(subject) FROM subjects WHERE person = ? ORDER BY subject_no <> "
      "person, subject",
      {person});
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    if (row.integer(0) == person) portrait.person = row.text(1);
    portrait.subjects.emplace_back(row.text(1));
  });
}

}  // namespace

Result<Profile> load_profile(const DuckConnection& connection, std::int64_t person,
                             const evidence::Catalogue& catalogue, Day until) {
  const auto messages = PersonMessages::open(connection, person);
  if (!messages) return messages.failure();
  return profile_of(connection, *messages, catalogue, until);
}

Result<std::vector<EvidenceRow>> load_evidence(const DuckConnection& connection,
                                               const QuoteQuery& query) {
  auto messages = PersonMessages::open(connection, query.person);
  if (!messages) return messages.failure();
  const Result<int> zone = zone_of(connection);
  if (!zone) return zone.failure();
  return evidence_of(
      connection, *messages, *zone,
      {.construct = query.construct, .best = std::int64_t(query.most), .until = query.as_of});
}

Result<Portrait> load_portrait(const DuckConnection& connection, std::int64_t person,
                               const PortraitView& view) {
  const evidence::Catalogue& catalogue = view.catalogue;
  auto messages = PersonMessages::open(connection, person);
  if (!messages) return messages.failure();
  const Result<Profile> profile = profile_of(connection, *messages, catalogue, view.as_of);
  if (!profile) return profile.failure();
  const Result<int> zone = zone_of(connection);
  if (!zone) return zone.failure();
  Portrait portrait = read_portrait(*profile, catalogue, view.as_of);
  portrait.zone_minutes = *zone;
  if (Status s = add_subjects(connection, person, portrait); !s) return s.failure();
  const Instant end = instant_at({portrait.as_of.number + 1}, 0, *zone);
  auto tongues = load_tongues(connection, messages->subjects(), end.millis);
  if (!tongues) return tongues.failure();
  portrait.tongues = std::move(*tongues);
  if (Status s = add_quotes(connection, *messages, *zone, catalogue, portrait); !s) {
    return s.failure();
  }
  std::vector<ReadAt> read_at;
  if (Status s = add_expectations(connection, *messages, portrait, read_at); !s) {
    return s.failure();
  }
  if (Status s = add_wanted(connection, view.deeds, *messages, *zone, std::move(read_at), portrait);
      !s) {
    return s.failure();
  }
  auto value = behaviour::load_customer_value(connection, person, view.as_of);
  if (!value) return value.failure();
  portrait.value = std::move(*value);
  if (Status s = add_promises(connection, view.deeds, *messages, *zone, portrait); !s) {
    return s.failure();
  }
  if (Status s = add_next(connection, person, portrait); !s) return s.failure();
  auto churn = load_churn_risk(connection, person, view.as_of);
  if (!churn) return churn.failure();
  portrait.churn = std::move(*churn);
  auto parted = load_said_did(connection, *messages, view.said_did, view.catalogue, view.as_of);
  if (!parted) return parted.failure();
  portrait.said_did = std::move(*parted);
  return portrait;
}

Result<std::optional<Day>> last_day(const DuckConnection& connection) {
  return last_sound_day(connection);
}

}  // namespace xinjing::profile
