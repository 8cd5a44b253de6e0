#include "psychology/ledger_table.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/format.h"
#include "psychology/deeds_table.h"
#include "psychology/ledger_words.h"
#include "psychology/promise_row_table.h"

namespace xinjing::psychology {
namespace {

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
  // The first bits are those of rows.
  explicit Words(const DeedWords& deeds) : x_deeds(deeds), x_bits(deeds.acts()) {}

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

  /// Takes the words of a row that begins with kPromiseColumns, if they were said by `as_of`.
  void add(const DuckRow& row, const store::StoredMessage& message, Instant as_of) {
    const Place at{message.time.value_or(Instant{}), row.integer(0), row.integer(1)};
    const evidence::PromiseWordRow words = promise_word_of(row);
    if (at.time > as_of || message.quote(words.span).empty()) return;
    const std::size_t before = x_promises.size();
    add_words(words, at, message.text, x_bits, x_promises, x_news);
    if (x_promises.size() == before) return;
    x_promises.back().matter = matter_of(x_promises.back().acts, x_deeds);
    x_said[{at, words.span}] = {words.aspect, words.acts, message.agent, message.department,
                                message.channel};
  }

  void finish(Instant as_of, std::vector<Deed> deeds, Kept kept, std::vector<KeptPromise>& out) {
    for (LedgerEntry& entry :
         fold_ledger(std::move(x_promises), std::move(x_news), as_of, std::move(deeds))) {
      if (entry.promise.wanted != (kept == Kept::kWanted)) continue;
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
  const DeedWords& x_deeds;
  ActBits x_bits;
  std::vector<Promise> x_promises;
  std::vector<News> x_news;
  std::map<std::pair<Place, Span>, Said> x_said;
};

/// What is done, by the first act that an entry names.
struct ActLabel {
  std::string_view act;
  ::xinjing::Said label;
};

::xinjing::Said act_label(std::string_view acts) {
  static const std::array kLabels = {ActLabel{"refund", {"refund", "退款"}},
                                     ActLabel{"compensate", {"compensation", "补偿"}},
                                     ActLabel{"visit", {"visit", "上门"}},
                                     ActLabel{"repair", {"repair or replace", "修理或更换"}},
                                     ActLabel{"restore", {"restore supply", "恢复"}},
                                     ActLabel{"callback", {"call back", "回电"}},
                                     ActLabel{"reply", {"answer", "答复"}},
                                     ActLabel{"document", {"send a document", "提供材料"}},
                                     ActLabel{"deliver", {"deliver", "送货"}},
                                     ActLabel{"install", {"install", "安装办理"}},
                                     ActLabel{"prepare", {"keep ready", "预留"}},
                                     ActLabel{"price", {"price", "价格"}},
                                     ActLabel{"meet", {"meet", "见面"}},
                                     ActLabel{"clean", {"clean", "清理"}},
                                     ActLabel{"collect", {"collect", "取走"}},
                                     ActLabel{"secure", {"secure data", "数据安全"}},
                                     ActLabel{"feature", {"change the product", "改进产品"}},
                                     ActLabel{"speed", {"speed", "速率"}}};
  for (std::size_t at = 0; at < acts.size();) {
    const std::size_t end = std::min(acts.find('+', at), acts.size());
    for (const ActLabel& one : kLabels) {
      if (one.act == acts.substr(at, end - at)) return one.label;
    }
    at = end + 1;
  }
  return {};
}

}  // namespace

::xinjing::Said content_of(const KeptPromise& one, int zone_minutes) {
  const Promise& promise = one.entry.promise;
  ::xinjing::Said out = act_label(one.acts);
  const auto add = [&](std::string_view en, std::string_view zh, std::string_view between_zh) {
    if (!out.en.empty()) out.en += " ", out.zh += between_zh;
    out.en += en, out.zh += zh;
  };
  if (!promise.object.empty()) add(promise.object, promise.object, " ");
  if (promise.amount) {
    const auto& [number, unit, bound] = *promise.amount;
    const std::string amount = unit.empty() ? number : number + " " + unit;
    const bool most = bound == language::Bound::kMost;
    const bool least = bound == language::Bound::kLeast;
    add((most    ? "at most "
         : least ? "at least "
                 : "") +
            amount,
        (most    ? "不超过 "
         : least ? "不低于 "
                 : "") +
            amount,
        " ");
  }
  // Without an act, an object or an amount the words themselves are the content.
  if (out.en.empty()) out = {promise.quote, promise.quote};
  if (promise.due) {
    const std::string iso = iso_time(*promise.due, zone_minutes);
    const std::string by = promise.due_to_the_minute
                               ? iso.substr(0, 10) + " " + iso.substr(11, 5)
                               : iso_date(day_of({promise.due->millis - 1}, zone_minutes));
    add("by " + by, by + " 前", "，");
  }
  return out;
}

Result<std::vector<KeptPromise>> load_promises(const DuckConnection& connection,
                                               const DeedWords& deed_words, Instant as_of,
                                               Kept kept) {
  constexpr std::size_t kPerson = 18;
  Result<DuckResult> rows = connection.query(fmt::format(kOfAll, kPromiseColumns));
  if (!rows) return rows.failure();
  auto deeds = load_deeds(connection, deed_words, as_of);
  if (!deeds) return deeds.failure();
  std::vector<KeptPromise> out;
  Words words(deed_words);
  const auto finish = [&] {
    const auto own = deeds->find(words.person);
    words.finish(as_of, own == deeds->end() ? std::vector<Deed>{} : std::move(own->second), kept,
                 out);
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
                                               store::PersonMessages& messages, Kept kept) {
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
      connection,
      fmt::format("SELECT {} FROM promise_words AS w WHERE w.subject_no = ?", kPromiseColumns),
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
  words.finish(as_of, std::move(deeds), kept, out);
  return out;
}

}  // namespace xinjing::psychology
