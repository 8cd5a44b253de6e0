#include "psychology/ledger_table.h"

#include <algorithm>
#include <map>

#include "base/format.h"

namespace xinjing::psychology {
namespace {

constexpr std::string_view kWords = R"(
SELECT s.person, plain_id(p.subject), w.conversation_no, w.turn_no, w.what, w.acts, w.aspect,
  EPOCH_MS(w.due), w.due_to_the_minute, w.amount, w.unit, w.recalls, w.span_begin, w.span_end,
  COALESCE(EPOCH_MS(m.time), 0), m.speaker <> 0, m.text, m.agent, m.department, m.channel
FROM promise_words AS w
JOIN subjects AS s ON s.subject_no = w.subject_no
JOIN subjects AS p ON p.subject_no = s.person
JOIN messages AS m ON m.row_no = w.event_no
WHERE {} COALESCE(EPOCH_MS(m.time), 0) <= ?
ORDER BY s.person)";

/// What is not in the ledger itself.
struct Said {
  std::string aspect, acts, agent, department, channel;
};

std::string text_or_nothing(const DuckRow& row, std::size_t column) {
  return row.is_null(column) ? std::string() : std::string(row.text(column));
}

/// The words of one person, until another comes.
class Words {
 public:
  std::int64_t person = 0;
  std::string customer;

  void add(const DuckRow& row) {
    const Place at{{row.integer(14)}, row.integer(2), row.integer(3)};
    const Span span{std::uint32_t(row.integer(12)), std::uint32_t(row.integer(13))};
    const std::string_view text = row.text(16);
    if (span.end > text.size() || span.begin > span.end) return;
    const std::string quote(slice(text, span));
    const std::string_view what = row.text(4);
    const bool told = what == "told";
    if (told || what == "promise") {
      Promise promise{.at = at,
                      .span = span,
                      .quote = quote,
                      .told = told,
                      .due = {},
                      .due_to_the_minute = row.integer(8) != 0,
                      .amount = {},
                      .acts = acts_of(row.text(5)),
                      .moves = row.integer(11) != 0};
      if (!row.is_null(7)) promise.due = Instant{row.integer(7)};
      if (!row.is_null(9)) {
        promise.amount = language::Amount{std::string(row.text(9)), text_or_nothing(row, 10)};
      }
      x_said[{at, span}] = {text_or_nothing(row, 6), std::string(row.text(5)),
                            text_or_nothing(row, 17), text_or_nothing(row, 18),
                            text_or_nothing(row, 19)};
      x_promises.push_back(std::move(promise));
      return;
    }
    for (const auto outcome : {language::Outcome::kMet, language::Outcome::kUnmet,
                               language::Outcome::kExceeded, language::Outcome::kWithdrawn}) {
      if (outcome_id(outcome) != what) continue;
      x_news.push_back({.at = at,
                        .span = span,
                        .quote = quote,
                        .context = std::string(text),
                        .outcome = outcome,
                        .acts = acts_of(row.text(5)),
                        .recalls = row.integer(11) != 0,
                        .by_agent = row.integer(15) != 0});
    }
  }

  void finish(Instant as_of, std::vector<KeptPromise>& out) {
    for (LedgerEntry& entry : fold_ledger(std::move(x_promises), std::move(x_news), as_of)) {
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

  std::vector<Promise> x_promises;
  std::vector<News> x_news;
  std::map<std::pair<Place, Span>, Said> x_said;
  std::map<std::string, std::size_t, std::less<>> x_names;
};

}  // namespace

Result<std::vector<KeptPromise>> load_promises(const DuckConnection& connection, Instant as_of,
                                               std::optional<std::int64_t> person) {
  const std::string whom = person ? fmt::format("s.person = {} AND", *person) : "";
  Result<DuckResult> rows = connection.query(fmt::format(kWords, whom), {as_of.millis});
  if (!rows) return rows.failure();
  std::vector<KeptPromise> out;
  Words words;
  bool any = false;
  Status read = rows->each([&](const DuckRow& row) {
    if (any && row.integer(0) != words.person) words.finish(as_of, out);
    any = true;
    words.person = row.integer(0);
    words.customer = text_or_nothing(row, 1);
    words.add(row);
  });
  if (!read) return read.failure();
  words.finish(as_of, out);
  std::stable_sort(out.begin(), out.end(), [](const KeptPromise& a, const KeptPromise& b) {
    return std::tie(a.customer, a.person) < std::tie(b.customer, b.person);
  });
  return out;
}

}  // namespace xinjing::psychology
