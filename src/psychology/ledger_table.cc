#include "psychology/ledger_table.h"

#include <algorithm>
#include <map>

#include "base/format.h"
#include "psychology/deeds_table.h"

namespace xinjing::psychology {
namespace {

constexpr std::string_view kColumns =
    "w.conversation_no, w.turn_no, w.what, w.acts, w.aspect, EPOCH_MS(w.due), "
    "w.due_to_the_minute, w.amount, w.unit, w.recalls, w.event_no, w.span_begin, w.span_end";

constexpr std::string_view kOfAll = R"(
SELECT {}, s.person, plain_id(p.subject), m.text, m.channel, EPOCH_MS(m.time), m.agent, m.department
FROM promise_words AS w
JOIN subjects AS s ON s.subject_no = w.subject_no
JOIN subjects AS p ON p.subject_no = s.person
JOIN messages AS m ON m.row_no = w.event_no
ORDER BY s.person)";

/// What is not in the ledger itself.
struct Said {
  std::string aspect, acts, agent, department, channel;
};

/// The words of one person, until another comes.
class Words {
 public:
  explicit Words(const DeedWords& deeds) : x_deed_acts(deeds.acts().size()) {
    // The first bits are those of rows.
    for (const std::string& name : deeds.acts()) x_names.emplace(name, x_names.size());
  }

  std::int64_t person = 0;
  std::string customer;

  /// When the first promise was made of which rows may show that it was kept.
  std::optional<Instant> first_that_rows_show() const {
    std::optional<Instant> first;
    for (const Promise& promise : x_promises) {
      if (promise.matter != 0 && (!first || promise.at.time < *first)) first = promise.at.time;
    }
    return first;
  }

  /// Takes the words of a row that begins with kColumns, if they were said by `as_of`.
  void add(const DuckRow& row, const store::StoredMessage& message, Instant as_of) {
    const Place at{message.time.value_or(Instant{}), row.integer(0), row.integer(1)};
    const Span span{std::uint32_t(row.integer(11)), std::uint32_t(row.integer(12))};
    const std::string quote(message.quote(span));
    if (at.time > as_of || quote.empty()) return;
    const std::string_view what = row.text(2);
    const bool told = what == "told";
    if (told || what == "promise") {
      Promise promise{.at = at,
                      .span = span,
                      .quote = quote,
                      .told = told,
                      .due = {},
                      .due_to_the_minute = row.integer(6) != 0,
                      .amount = {},
                      .acts = acts_of(row.text(3)),
                      .moves = row.integer(9) != 0};
      promise.matter = matter_of(promise.acts);
      if (!row.is_null(5)) promise.due = Instant{row.integer(5)};
      if (!row.is_null(7)) {
        promise.amount =
            language::Amount{std::string(row.text(7)), std::string(row.text_or_empty(8))};
      }
      x_said[{at, span}] = {std::string(row.text_or_empty(4)), std::string(row.text(3)),
                            message.agent, message.department, message.channel};
      x_promises.push_back(std::move(promise));
      return;
    }
    for (const auto outcome : {language::Outcome::kMet, language::Outcome::kUnmet,
                               language::Outcome::kExceeded, language::Outcome::kWithdrawn}) {
      if (outcome_id(outcome) != what) continue;
      x_news.push_back({.at = at,
                        .span = span,
                        .quote = quote,
                        .context = message.text,
                        .outcome = outcome,
                        .acts = acts_of(row.text(3)),
                        .recalls = row.integer(9) != 0});
    }
  }

  void finish(Instant as_of, std::vector<Deed> deeds, std::vector<KeptPromise>& out) {
    for (LedgerEntry& entry :
         fold_ledger(std::move(x_promises), std::move(x_news), as_of, std::move(deeds))) {
      const Said& said = x_said[{entry.promise.at, entry.promise.span}];
      out.push_back({.entry = std::move(entry),
                     .person = person,
                     .customer = customer,
                     .aspect = said.aspect,
                     .acts = said.acts,
                     .agent = said.agent,
                     .department = said.department,
                     .channel = said.channel});
    }
    x_promises.clear();
    x_news.clear();
    x_said.clear();
  }

 private:
  /// The first act that rows may show.
  language::Acts matter_of(language::Acts acts) const {
    const language::Acts known = acts & ((language::Acts{1} << x_deed_acts) - 1);
    return known & (~known + 1);
  }

  /// Names of acts as bits: the same name is the same bit for all rows.
  language::Acts acts_of(std::string_view names) {
    constexpr std::size_t kMost = 31;
    language::Acts acts = 0;
    while (!names.empty()) {
      const std::size_t end = std::min(names.find('+'), names.size());
      const auto name = x_names.emplace(names.substr(0, end), x_names.size()).first;
      acts |= language::Acts{1} << std::min(name->second, kMost);
      names.remove_prefix(std::min(names.size(), end + 1));
    }
    return acts;
  }

  std::size_t x_deed_acts;
  std::vector<Promise> x_promises;
  std::vector<News> x_news;
  std::map<std::pair<Place, Span>, Said> x_said;
  std::map<std::string, std::size_t, std::less<>> x_names;
};

}  // namespace

Result<std::vector<KeptPromise>> load_promises(const DuckConnection& connection,
                                               const DeedWords& deed_words, Instant as_of) {
  constexpr std::size_t kPerson = 13;
  Result<DuckResult> rows = connection.query(fmt::format(kOfAll, kColumns));
  if (!rows) return rows.failure();
  auto deeds = load_deeds(connection, deed_words, as_of);
  if (!deeds) return deeds.failure();
  std::vector<KeptPromise> out;
  Words words(deed_words);
  const auto finish = [&] {
    const auto own = deeds->find(words.person);
    words.finish(as_of, own == deeds->end() ? std::vector<Deed>{} : std::move(own->second), out);
  };
  bool any = false;
  Status read = rows->each([&](const DuckRow& row) {
    if (any && row.integer(kPerson) != words.person) finish();
    any = true;
    words.person = row.integer(kPerson);
    words.customer = row.text_or_empty(kPerson + 1);
    store::StoredMessage message;
    message.text = row.text_or_empty(kPerson + 2);
    message.channel = row.text_or_empty(kPerson + 3);
    if (!row.is_null(kPerson + 4)) message.time = Instant{row.integer(kPerson + 4)};
    message.agent = row.text_or_empty(kPerson + 5);
    message.department = row.text_or_empty(kPerson + 6);
    words.add(row, message, as_of);
  });
  if (!read) return read.failure();
  finish();
  std::stable_sort(out.begin(), out.end(), [](const KeptPromise& a, const KeptPromise& b) {
    return std::tie(a.customer, a.person) < std::tie(b.customer, b.person);
  });
  return out;
}

Result<std::vector<KeptPromise>> load_promises(const DuckConnection& connection,
                                               const DeedWords& deed_words, Instant as_of,
                                               store::PersonMessages& messages) {
  std::vector<std::int64_t> numbers;
  Status read = store::for_each_value(
      connection, "SELECT event_no FROM promise_words WHERE subject_no = ?", messages.subjects(),
      [&](const DuckRow& row) { numbers.push_back(row.integer(0)); });
  if (!read) return read.failure();
  if (numbers.empty()) return std::vector<KeptPromise>{};
  if (read = messages.need(numbers); !read) return read.failure();
  Words words(deed_words);
  words.person = messages.person();
  read = store::for_each_value(
      connection, "SELECT plain_id(subject) FROM subjects WHERE subject_no = ?",
      {messages.person()}, [&](const DuckRow& row) { words.customer = row.text_or_empty(0); });
  if (!read) return read.failure();
  read = store::for_each_value(
      connection, fmt::format("SELECT {} FROM promise_words AS w WHERE w.subject_no = ?", kColumns),
      messages.subjects(), [&](const DuckRow& row) {
        const store::StoredMessage* message = messages.find(row.integer(10));
        if (message != nullptr) words.add(row, *message, as_of);
      });
  if (!read) return read.failure();
  std::vector<Deed> deeds;
  if (const auto first = words.first_that_rows_show()) {
    auto found = load_deeds(connection, deed_words, {*first, as_of}, messages.subjects());
    if (!found) return found.failure();
    deeds = std::move(*found);
  }
  std::vector<KeptPromise> out;
  words.finish(as_of, std::move(deeds), out);
  return out;
}

}  // namespace xinjing::psychology
