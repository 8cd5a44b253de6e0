#include "insight/people_table.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/format.h"
#include "base/utf8.h"
#include "insight/change.h"
#include "insight/events_table.h"
#include "insight/feeling.h"
#include "insight/people_signs.h"
#include "insight/talk_table.h"
#include "insight/telling_words.h"

namespace xinjing::insight {
namespace {

constexpr double kHalfLife = 180;  // days; what was said long ago counts less
constexpr std::size_t kKept = 60;  // of each list
constexpr std::size_t kPersonCites = 4;
constexpr double kSenior = 70;       // years
constexpr double kLeastWaver = 0.3;  // p; whoever once named another company does not waver yet

// Words before a rival's name by which a customer has gone over to it.
constexpr const char* kTurned =
    "(?i)(换|转|签|定|选|投|改用|switch(ed|ing)? to |signed with |moving to "
    ")(给|到|成|了|向|用){0,2}";

class People {
 public:
  People(const DuckConnection& connection, const SignWords& words, ReportData& out)
      : x_connection(connection), x_words(words), x_out(out) {}

  Status load(const std::vector<psychology::KeptPromise>& promises);
  void rank();
  void leak();

 private:
  Status load_signs();
  Status find_rivals();
  Status add_rivals();
  bool is_sign(const std::string& word) const;
  Status load_reader_signs();
  Status load_talks();
  Status load_names();

  double fresh(Day day) const {
    return std::exp2(-double(x_out.as_of.number - day.number) / kHalfLife);
  }
  /// Whether the customer was content in every talk after a day, of which there is one.
  static bool mended(const Known& one, Day day) {
    double sum = 0, n = 0;
    for (const Talk& talk : one.talks) {
      if (talk.day > day) sum += talk.valence, n += 1;
    }
    return n > 0 && sum / n > 0.1;
  }
  Person person_of(std::int64_t number, const Known& one, double score) const;
  void add_cites(Person& person, const Known& one, std::initializer_list<const char*> kinds,
                 const Said& note) const;
  std::optional<Person> waverer(std::int64_t number, const Known& one) const;
  std::optional<Person> escalating(std::int64_t number, const Known& one) const;
  std::optional<Person> vulnerable(std::int64_t number, const Known& one) const;
  std::optional<Person> advocate(std::int64_t number, const Known& one) const;
  std::optional<Person> won_back(std::int64_t number, const Known& one) const;
  /// The day on which somebody who compared or was leaving chose to stay, and said nothing against
  /// it since.
  static std::optional<Day> came_back(const Known& one);

  const DuckConnection& x_connection;
  const SignWords& x_words;
  ReportData& x_out;
  std::map<std::int64_t, Known> x_people;
  std::vector<std::string> x_rivals;
};

constexpr std::string_view kSigns = R"(
CREATE OR REPLACE TEMP TABLE sign AS
WITH said AS (
  SELECT t.person, t.day, f.conversation_no, f.message_no, m.text
  FROM feeling AS f
  JOIN talk AS t USING (conversation_no)
  JOIN messages AS m ON m.row_no = f.message_no
  WHERE t.person IS NOT NULL AND {0}
), hits AS (
  SELECT said.*, UNNEST([{1}]) AS hit
  FROM said
)
SELECT person, day, conversation_no, message_no, hit[1] AS kind, hit[2] AS quote,
  STRLEN(LEFT(text, STRPOS(text, hit[2]) - 1)) AS span_begin, STRLEN(hit[2]) AS size
FROM hits
WHERE hit[2] <> '')";

constexpr std::string_view kNoSigns =
    "CREATE OR REPLACE TEMP TABLE sign AS SELECT 0::BIGINT AS person, DATE '2000-01-01' AS day, "
    "0::BIGINT AS conversation_no, 0::BIGINT AS message_no, '' AS kind, '' AS quote, 0::BIGINT AS "
    "span_begin, 0::BIGINT AS size WHERE FALSE";

Status People::load_signs() {
  std::string lists;
  for (const auto& [kind, words] : x_words) {
    lists += fmt::format("{}['{}', REGEXP_EXTRACT(text, {})]", lists.empty() ? "" : ", ", kind,
                         sql_pattern(words));
  }
  if (lists.empty()) return x_connection.run(kNoSigns);
  Status done = x_connection.run(fmt::format(kSigns, sql_any_of(x_words), lists));
  if (!done) return done;
  return each_row(x_connection,
                  "SELECT * FROM sign ORDER BY person, day, message_no, kind, span_begin", {},
                  [&](const DuckRow& row) {
                    const auto begin = static_cast<std::uint32_t>(row.integer(6));
                    x_people[row.integer(0)].signs.push_back(
                        {text_at(row, 4),
                         day_at(row, 1),
                         row.integer(2),
                         row.integer(3),
                         {begin, begin + static_cast<std::uint32_t>(row.integer(7))},
                         text_at(row, 5)});
                  });
}

// What the reader and its cues found: signs beside the words of the lexicon.
constexpr std::string_view kReaderSigns = R"(
SELECT t.person, CASE WHEN e.construct = 'bond' THEN 'bond_' || e.state
    WHEN e.construct = 'escalation' THEN 'escalation' WHEN e.construct = 'life_stage' THEN 'senior'
    ELSE 'vulnerable' END AS kind,
  t.day, e.conversation_no, e.event_no, e.span_begin, e.span_end, quote(m.text, e.span_begin,
  e.span_end)
FROM evidence AS e
JOIN talk AS t USING (conversation_no)
JOIN messages AS m ON m.row_no = e.event_no
WHERE t.person IS NOT NULL AND e.span_end > e.span_begin AND (
  (e.construct = 'bond' AND e.state IN ('leave', 'waver', 'advocate') AND e.micro_nats > 850000)
  OR (e.construct = 'escalation' AND e.state IN ('1', '2') AND e.micro_nats > 700000)
  OR (e.construct = 'difficult' AND e.state = 'vulnerable' AND e.micro_nats > 700000)
  OR (e.construct = 'life_stage' AND e.state = 'senior' AND e.micro_nats > 1200000))
ORDER BY t.person, t.day, e.event_no, e.construct, e.state, e.span_begin, e.span_end, e.micro_nats)";

Status People::load_reader_signs() {
  return each_row(x_connection, kReaderSigns, {}, [&](const DuckRow& row) {
    x_people[row.integer(0)].signs.push_back(
        {text_at(row, 1),
         day_at(row, 2),
         row.integer(3),
         row.integer(4),
         {static_cast<std::uint32_t>(row.integer(5)), static_cast<std::uint32_t>(row.integer(6))},
         text_at(row, 7)});
  });
}

Status People::load_talks() {
  return each_row(x_connection, R"(
SELECT person, conversation_no, day, COALESCE(valence, 0), COALESCE(worst, 0),
  COALESCE(satisfaction, 0)
FROM talk
WHERE person IS NOT NULL
ORDER BY person, day, conversation_no)",
                  {}, [&](const DuckRow& row) {
                    const auto found = x_people.find(row.integer(0));
                    if (found == x_people.end()) return;
                    found->second.talks.push_back({row.integer(1), day_at(row, 2), row.number(3),
                                                   row.number(4), row.number(5)});
                  });
}

Status People::load_names() {
  return each_row(x_connection, R"(
SELECT s.person, plain_id(p.subject), ARG_MIN(c.name, c.row_no),
  one_name('kind', ARG_MIN(c.kind, c.row_no)),
  MIN(c.birth), MIN(c.age)
FROM subjects AS s
JOIN subjects AS p ON p.subject_no = s.person
LEFT JOIN customers AS c ON c.subject_no = s.subject_no
GROUP BY ALL)",
                  {}, [&](const DuckRow& row) {
                    const auto found = x_people.find(row.integer(0));
                    if (found == x_people.end()) return;
                    Known& one = found->second;
                    one.customer = text_at(row, 1), one.name = text_at(row, 2);
                    one.kind = text_at(row, 3);
                    constexpr double kYear = 365.25;
                    if (!row.is_null(4)) {
                      one.age = double(x_out.as_of.number - day_at(row, 4).number) / kYear;
                    } else if (!row.is_null(5)) {
                      one.age = row.number(5);
                    }
                  });
}

Status People::load(const std::vector<psychology::KeptPromise>& promises) {
  Status done = load_signs();
  if (done) done = find_rivals();
  if (done) done = load_reader_signs();
  if (done) done = add_rivals();
  if (!done) return done;
  using psychology::PromiseStatus;
  for (const psychology::KeptPromise& one : promises) {
    const PromiseStatus status = one.entry.status;
    if (status == PromiseStatus::kUnmet) ++x_people[one.person].broken;
    if (status == PromiseStatus::kExpired) ++x_people[one.person].overdue;
    if (status == PromiseStatus::kMet || status == PromiseStatus::kExceeded) {
      ++x_people[one.person].kept;
    }
  }
  done = load_talks();
  if (done) done = load_names();
  return done;
}

// What each customer said, the customers who compare or leave apart from as many others.
constexpr std::string_view kSaid = R"(
WITH chosen AS (
  SELECT t.person, BOOL_OR(t.conversation_no IN (SELECT conversation_no FROM sign
    WHERE kind IN ('leave', 'compare'))) AS here
  FROM talk AS t
  WHERE t.person IS NOT NULL
  GROUP BY t.person
), picked AS (
  SELECT person, here
  FROM chosen
  QUALIFY ROW_NUMBER() OVER (PARTITION BY here ORDER BY HASH(person)) <= 2000
)
SELECT s.here, STRING_AGG(m.text, '\n' ORDER BY m.row_no)
FROM picked AS s
JOIN talk AS t USING (person)
JOIN feeling AS f USING (conversation_no)
JOIN messages AS m ON m.row_no = f.message_no
GROUP BY s.person, s.here
ORDER BY s.person)";

/// Whether a word is a name: no dictionary knows it, so that it falls into single characters.
bool is_name(const std::string& word, language::WordBreaker& breaker) {
  constexpr std::size_t kShortest = 2, kLongest = 4;
  const std::size_t length = utf8_length(word);
  return is_han(decode_utf8(word).value) && length >= kShortest && length <= kLongest &&
         breaker.words(word).size() == length;
}

/// Parts of one name have characters in common: 远帆, 帆的人.
bool share_a_character(const std::string& a, const std::string& b) {
  const std::u32string letters = characters_of(b);
  for (const char32_t c : characters_of(a)) {
    if (letters.find(c) != std::u32string::npos) return true;
  }
  return false;
}

bool People::is_sign(const std::string& word) const {
  for (const auto& [kind, signs] : x_words) {
    for (const std::string& sign : signs) {
      if (sign.find(word) != std::string::npos) return true;
    }
  }
  return false;
}

/// Names that come up with customers who compare or leave and less with others: the rivals.
Status People::find_rivals() {
  constexpr std::size_t kLooked = 400, kLeastCustomers = 4, kMost = 5;
  std::vector<std::string> here, elsewhere;
  Status done = each_row(x_connection, kSaid, {}, [&](const DuckRow& row) {
    (row.integer(0) != 0 ? here : elsewhere).push_back(text_at(row, 1));
  });
  if (!done) return done;
  language::WordBreaker breaker;
  for (const TellingWord& word : telling_words(here, elsewhere, breaker, kLooked)) {
    if (x_rivals.size() == kMost) break;
    if (word.here < kLeastCustomers || !is_name(word.text, breaker) || is_sign(word.text)) continue;
    const bool echo = std::any_of(x_rivals.begin(), x_rivals.end(), [&](const std::string& name) {
      return share_a_character(name, word.text);
    });
    if (!echo) x_rivals.push_back(word.text);
  }
  return {};
}

/// Whoever names a rival compares; whoever has changed to it, or signed, leaves.
Status People::add_rivals() {
  if (x_rivals.empty()) return {};
  const std::string pattern = sql_pattern(x_rivals);
  const std::string sql = fmt::format(
      R"(
SELECT t.person, t.day, f.conversation_no, f.message_no, STRLEN(REGEXP_EXTRACT(m.text, {0})),
  STRLEN(LEFT(m.text, STRPOS(m.text, REGEXP_EXTRACT(m.text, {0})) - 1)),
  REGEXP_EXTRACT(m.text, {0}), REGEXP_MATCHES(m.text, {1})
FROM feeling AS f
JOIN talk AS t USING (conversation_no)
JOIN messages AS m ON m.row_no = f.message_no
WHERE t.person IS NOT NULL AND REGEXP_MATCHES(m.text, {0})
ORDER BY t.person, t.day, f.message_no)",
      pattern, sql_quoted(std::string(kTurned) + fmt::format("({})", fmt::join(x_rivals, "|"))));
  return each_row(x_connection, sql, {}, [&](const DuckRow& row) {
    const auto begin = static_cast<std::uint32_t>(row.integer(5));
    x_people[row.integer(0)].signs.push_back(
        {row.integer(7) != 0 ? "leave" : "rival",
         day_at(row, 1),
         row.integer(2),
         row.integer(3),
         {begin, begin + static_cast<std::uint32_t>(row.integer(4))},
         text_at(row, 6)});
  });
}

Person People::person_of(std::int64_t number, const Known& one, double score) const {
  return {.person = number,
          .customer = one.customer,
          .name = one.name,
          .kind = one.kind,
          .p = 1 / (1 + std::exp(-score)),
          .reasons = {},
          .play = {},
          .cites = {}};
}

void People::add_cites(Person& person, const Known& one, std::initializer_list<const char*> kinds,
                       const Said& note) const {
  std::vector<std::int64_t> seen;
  for (const Cite& cite : person.cites) seen.push_back(cite.message_no);
  for (auto sign = one.signs.rbegin(); sign != one.signs.rend(); ++sign) {
    const bool wanted =
        std::any_of(kinds.begin(), kinds.end(), [&](const char* k) { return sign->kind == k; });
    if (!wanted || std::find(seen.begin(), seen.end(), sign->message_no) != seen.end()) continue;
    if (person.cites.size() == kPersonCites) return;
    person.cites.push_back({sign->message_no, sign->span, note});
    seen.push_back(sign->message_no);
  }
}

std::optional<Day> People::came_back(const Known& one) {
  const auto always = [](Day) { return 1.0; };
  const Shown away = shown(one, {"leave", "compare", "rival", "bond_leave"}, always);
  std::optional<Day> stays;
  for (const Sign& sign : one.signs) {
    if (sign.kind != "stays") continue;
    const bool elsewhere = std::any_of(one.signs.begin(), one.signs.end(), [&](const Sign& other) {
      return other.message_no == sign.message_no && other.kind == "leave";
    });
    if (!elsewhere) stays = stays ? std::max(*stays, sign.day) : sign.day;
  }
  if (!away.first || !stays || *stays < *away.last || !(*away.first < *stays)) return {};
  double sum = 0, n = 0;
  for (const Talk& talk : one.talks) {
    if (talk.day >= *stays) sum += talk.valence, n += 1;
  }
  return n > 0 && sum / n < kUpset ? std::nullopt : stays;
}

std::optional<Person> People::won_back(std::int64_t number, const Known& one) const {
  const std::optional<Day> day = came_back(one);
  if (!day) return {};
  const auto always = [](Day) { return 1.0; };
  const Shown away = shown(one, {"leave", "compare", "rival", "bond_leave"}, always);
  const Shown stays = shown(one, {"stays"}, always);
  Person person = person_of(number, one,
                            -1.5 + std::min(3.0, away.n) + 0.5 * std::min(2.0, stays.n) +
                                0.3 * std::min<double>(3, double(one.kept)));
  person.reasons.push_back(
      {fmt::format("compared or spoke of leaving in {} conversations from {} on, and chose to stay "
                   "on {}",
                   away.talks, iso_date(*away.first), iso_date(*day)),
       fmt::format("从 {} 起有 {} 段对话说到比较或离开，{} 又决定留下", iso_date(*away.first),
                   away.talks, iso_date(*day))});
  if (one.kept > 0) {
    person.reasons.push_back({fmt::format("{} promises to them were kept", one.kept),
                              fmt::format("对其承诺兑现 {} 次", one.kept)});
  }
  person.play = "bond:recovered";
  add_cites(person, one, {"stays"}, {"stays", "决定留下"});
  add_cites(person, one, {"leave", "rival", "compare"}, {"compared or left", "比较或要走"});
  return person;
}

std::optional<Person> People::waverer(std::int64_t number, const Known& one) const {
  if (came_back(one)) return {};
  const auto age = [&](Day day) { return fresh(day); };
  const Shown leave = shown(one, {"leave"}, age), compare = shown(one, {"compare"}, age);
  const Shown model = shown(one, {"bond_leave", "bond_waver"}, age);
  const Shown rival = shown(one, {"rival"}, age);
  if (leave.talks + compare.talks + model.talks + rival.talks == 0) return {};
  double score = -3 + 2.6 * std::min(2.0, leave.n) + 0.7 * std::min(3.0, compare.n) +
                 1.1 * std::min(3.0, rival.n) + 0.8 * std::min(2.0, model.n) +
                 0.5 * std::min<double>(3, double(one.broken));
  Day last = x_out.from;
  for (const Shown* sign : {&leave, &compare, &model, &rival}) {
    if (sign->last) last = std::max(last, *sign->last);
  }
  if (mended(one, last)) score -= 1.5;
  const Shown praise = shown(one, {"recommend"}, age);
  if (praise.last && *praise.last >= last) score -= 1.2;
  double mood = 0;
  for (const Talk& talk : one.talks) mood = talk.valence;
  score -= mood;
  if (score < -1.5) return {};
  Person person = person_of(number, one, score);
  if (leave.talks > 0) {
    person.reasons.push_back(
        {fmt::format("spoke of leaving in {} conversations, last on {}", leave.talks,
                     iso_date(*leave.last)),
         fmt::format("{} 段对话里说到要走，最近一次 {}", leave.talks, iso_date(*leave.last))});
  }
  if (compare.talks > 0) {
    person.reasons.push_back({fmt::format("compared with others in {}, last on {}", compare.talks,
                                          iso_date(*compare.last)),
                              fmt::format("{} 段对话里拿别家比较，最近一次 {}", compare.talks,
                                          iso_date(*compare.last))});
  }
  if (rival.talks > 0) {
    person.reasons.push_back({fmt::format("names a rival ({}) in {}, last on {}", rival.quote,
                                          rival.talks, iso_date(*rival.last)),
                              fmt::format("{} 段对话里提到“{}”，最近一次 {}", rival.talks,
                                          rival.quote, iso_date(*rival.last))});
  }
  if (one.broken > 0) {
    person.reasons.push_back({fmt::format("{} promises to them were broken", one.broken),
                              fmt::format("对其承诺有 {} 次没兑现", one.broken)});
  }
  if (person.reasons.empty()) {
    person.reasons.push_back({"words that sound like leaving", "话里有去意"});
  }
  person.play = leave.n > 0.3 ? "bond:leave" : "bond:waver";
  add_cites(person, one, {"leave"}, {"speaks of leaving", "说到离开"});
  add_cites(person, one, {"rival"}, {"names a rival", "提到对手"});
  add_cites(person, one, {"compare"}, {"compares", "比较"});
  add_cites(person, one, {"bond_leave", "bond_waver"}, {"the reader hears doubt", "程序读出动摇"});
  return person;
}

std::optional<Person> People::escalating(std::int64_t number, const Known& one) const {
  const auto age = [&](Day day) { return fresh(day); };
  const Shown law = shown(one, {"law", "authority"}, age), open = shown(one, {"public"}, age);
  const Shown model = shown(one, {"escalation"}, age);
  if (law.talks + open.talks + model.talks == 0) return {};
  double score = -2.6 + 1.8 * std::min(2.0, law.n) + 0.8 * std::min(3.0, open.n) +
                 1.4 * std::min(2.0, model.n) + 0.4 * std::min<double>(3, double(one.broken));
  Day last = x_out.from;
  for (const Shown* sign : {&law, &open, &model}) {
    if (sign->last) last = std::max(last, *sign->last);
  }
  if (mended(one, last)) score -= 1.5;
  const Shown settled = shown(one, {"settled"}, age);
  if (settled.last && *settled.last >= last) score -= 2;
  if (const auto back = came_back(one); back && *back >= last) score -= 2;
  double lowest = 0;  // nobody escalates who is content
  for (const Talk& talk : one.talks) {
    if (talk.day >= Day{last.number - 30}) lowest = std::min(lowest, talk.valence);
  }
  score -= 1 + 2 * lowest;
  if (score < -1.5) return {};
  Person person = person_of(number, one, score);
  if (law.talks > 0) {
    person.reasons.push_back(
        {fmt::format("named an authority, the law or the police in {} conversations, last on {}",
                     law.talks, iso_date(*law.last)),
         fmt::format("{} 段对话里提到监管、法律或报警，最近一次 {}", law.talks,
                     iso_date(*law.last))});
  }
  if (open.talks > 0) {
    person.reasons.push_back(
        {fmt::format("spoke of going public in {}, last on {}", open.talks, iso_date(*open.last)),
         fmt::format("{} 段对话里说到公开，最近一次 {}", open.talks, iso_date(*open.last))});
  }
  if (person.reasons.empty()) {
    person.reasons.push_back({fmt::format("the words point to it: “{}”", model.quote),
                              fmt::format("话里有升级的意思：“{}”", model.quote)});
  }
  person.play = law.n > 0 ? "escalation:2" : "escalation:1";
  add_cites(person, one, {"law", "authority"}, {"law, authority", "法律、监管"});
  add_cites(person, one, {"escalation"}, {"goes higher", "升级"});
  add_cites(person, one, {"public"}, {"goes public", "公开"});
  return person;
}

std::optional<Person> People::vulnerable(std::int64_t number, const Known& one) const {
  struct Ground {
    const char* kind;
    double weight;
    Said said;
    bool fades = false;  // a newborn grows up, a shortage passes
  };
  const Ground grounds[] = {
      {"device",
       2.4,
       {"lives with a medical device, or somebody at home does", "家里有人靠医疗设备"}},
      {"vulnerable", 1.6, {"the words ask for care", "话里需要照顾"}},
      {"frail", 1.4, {"tells of age, hearing, sight or living alone", "说到年老、听力视力或独居"}},
      {"child", 1.2, {"a newborn or a pregnancy at home", "家有孕妇或婴儿"}, true},
      {"hardship", 1.6, {"tells of being short of money", "说到手头紧"}, true},
      {"unable", 1.3, {"cannot use a phone or read messages", "不会用手机或看不了消息"}},
      {"senior", 0.7, {"speaks as an elderly person", "从话里看是长者"}}};
  double score = -3;
  std::vector<Said> reasons;
  std::set<std::int64_t> heard;  // a message counts once, for the heaviest ground
  Person person = person_of(number, one, 0);
  for (const Ground& ground : grounds) {
    double n = 0;
    std::string quote;
    for (const Sign& sign : one.signs) {
      if (sign.kind != ground.kind || !heard.insert(sign.message_no).second) continue;
      n += ground.fades ? fresh(sign.day) : 1, quote = sign.quote;
    }
    if (n == 0) continue;
    score += ground.weight * std::min(2.0, n);
    reasons.push_back({fmt::format("{} (“{}”)", ground.said.en, quote),
                       fmt::format("{}（“{}”）", ground.said.zh, quote)});
    add_cites(person, one, {ground.kind}, ground.said);
  }
  if (reasons.empty()) return {};
  if (one.age && *one.age >= kSenior) {
    score += 2;
    reasons.insert(reasons.begin(), {fmt::format("{:.0f} years old", std::floor(*one.age)),
                                     fmt::format("{:.0f} 岁", std::floor(*one.age))});
  }
  if (score < -1.5) return {};
  person.p = 1 / (1 + std::exp(-score)), person.reasons = std::move(reasons);
  person.play = "vulnerable:care";
  return person;
}

std::optional<Person> People::advocate(std::int64_t number, const Known& one) const {
  const auto always = [](Day) { return 1.0; };
  const Shown recommend = shown(one, {"recommend", "bond_advocate"}, always);
  const Shown thanks = shown(one, {"thanks"}, always);
  const Shown brings = shown(one, {"brings"}, always);
  const Shown converted = shown(one, {"converted"}, always);
  const std::int64_t praise = recommend.talks + brings.talks;
  if (praise + thanks.talks == 0 || one.talks.empty()) return {};
  double worst = 0, late = 0, n = 0, best = -2;
  std::optional<Day> trough;
  for (const Talk& talk : one.talks) {
    if (talk.valence < worst) worst = talk.valence, trough = talk.day;
  }
  for (const Talk& talk : one.talks) {
    if (trough && talk.day <= *trough) continue;
    late += talk.satisfaction, n += 1, best = std::max(best, talk.satisfaction);
  }
  Day praised = x_out.from;
  for (const Shown* sign : {&recommend, &brings}) {
    if (sign->last) praised = std::max(praised, *sign->last);
  }
  const bool low = trough && worst <= -0.5;
  const bool soured = low && praised < *trough;         // spoke well of us, but before
  const bool told = converted.talks > 0 && praise > 0;  // "I cursed you then": by their own word
  const bool recovered = told || (low && !soured && n >= 1 && best >= 0.2 && praise > 0);
  const Shown against =
      shown(one, {"leave", "law", "authority"}, [&](Day day) { return fresh(day); });
  double score = -3 + 1.2 * std::min(3.0, recommend.n) + 0.4 * std::min(4.0, thanks.n) +
                 1.3 * std::min(2.0, brings.n) + (told ? 0.8 : 0) + (n > 0 ? 1.5 * late / n : 0) +
                 (recovered ? 1 : 0) + 0.3 * std::min<double>(3, double(one.kept)) -
                 0.4 * double(one.broken) - 1.2 * std::min(2.0, against.n) - (soured ? 2 : 0);
  if (score < -1.5) return {};
  Person person = person_of(number, one, score);
  if (told) {
    person.reasons.push_back({"tells of an old grievance, and that it was put right",
                              "自己说起以前的不满，也说了后来改好了"});
  } else if (recovered) {
    person.reasons.push_back(
        {fmt::format("was at odds with us on {}, content since", iso_date(*trough)),
         fmt::format("{} 还很不满，后来转为满意", iso_date(*trough))});
  }
  if (recommend.talks > 0) {
    person.reasons.push_back({fmt::format("speaks well of us in {} conversations", recommend.talks),
                              fmt::format("{} 段对话里替我们说好话", recommend.talks)});
  }
  if (brings.talks > 0) {
    person.reasons.push_back({fmt::format("brings or tells others in {}", brings.talks),
                              fmt::format("{} 段对话里带人来或告诉了别人", brings.talks)});
  }
  if (one.kept > 0) {
    person.reasons.push_back({fmt::format("{} promises to them were kept", one.kept),
                              fmt::format("对其承诺兑现 {} 次", one.kept)});
  }
  if (person.reasons.empty()) person.reasons.push_back({"thanks us", "表达感谢"});
  person.play = recovered ? "bond:recovered" : "bond:advocate";
  add_cites(person, one, {"converted"}, {"was at odds once", "以前不满"});
  add_cites(person, one, {"brings"}, {"brings others", "带来别人"});
  add_cites(person, one, {"recommend", "bond_advocate"}, {"speaks well of us", "说好话"});
  add_cites(person, one, {"thanks"}, {"thanks", "感谢"});
  return person;
}

void People::rank() {
  const auto put = [](std::vector<Person>& list, std::optional<Person> person) {
    if (person) list.push_back(std::move(*person));
  };
  for (const auto& [number, one] : x_people) {
    put(x_out.waver, waverer(number, one));
    put(x_out.escalate, escalating(number, one));
    put(x_out.vulnerable, vulnerable(number, one));
    put(x_out.advocate, advocate(number, one));
    put(x_out.won_back, won_back(number, one));
  }
  const std::pair<const char*, std::vector<Person>*> lists[] = {{"waver", &x_out.waver},
                                                                {"escalate", &x_out.escalate},
                                                                {"vulnerable", &x_out.vulnerable},
                                                                {"advocate", &x_out.advocate},
                                                                {"won_back", &x_out.won_back}};
  for (const auto& [name, list] : lists) {
    std::sort(list->begin(), list->end(), [](const Person& a, const Person& b) {
      return std::tie(b.p, a.customer) < std::tie(a.p, b.customer);
    });
    x_out.people_totals[name] = std::int64_t(list->size());
    if (list->size() > kKept) list->resize(kKept);
  }
}

/// Month by month, how many customers of a kind speak of leaving or compare; said where it grows.
void People::leak() {
  struct OfKind {
    std::map<std::int64_t, std::vector<std::int64_t>> by_month;  // people
    std::vector<const Person*> people;
  };
  std::map<std::string, OfKind> kinds;
  const auto month_of = [&](Day day) { return std::int64_t(day.number - x_out.from.number) / 30; };
  for (const Person& person : x_out.waver) {
    const Known& one = x_people[person.person];
    OfKind& kind = kinds[one.kind];
    kind.people.push_back(&person);
    for (const Sign& sign : one.signs) {
      if (sign.kind != "leave" && sign.kind != "compare" && sign.kind != "rival") continue;
      auto& in = kind.by_month[month_of(sign.day)];
      if (std::find(in.begin(), in.end(), person.person) == in.end()) in.push_back(person.person);
    }
  }
  for (const auto& [name, kind] : kinds) {
    if (name.empty() || kind.people.size() < 4) continue;
    const std::int64_t months = month_of(x_out.to);
    Series series;
    for (std::int64_t i = 0; i < months; ++i) {
      const auto found = kind.by_month.find(i);
      series.count.push_back(found == kind.by_month.end() ? 0 : double(found->second.size()));
      series.of.push_back(double(std::max<std::size_t>(kind.people.size(), 1)));
    }
    if (series.count.size() < 6) continue;
    const Trend trend = share_trend(series);
    Event event{.kind = "trend", .from = x_out.from, .to = x_out.to, .up = trend.z > 0};
    event.customer_kind = name, event.what = "leaving", event.p = trend.p;
    for (std::size_t i = 0; i < series.count.size(); ++i) {
      (i < series.count.size() / 2 ? event.expected : event.count) += series.count[i];
    }
    event.words = x_rivals;
    for (const Person* person : kind.people) {
      if (event.customers.size() < 20) event.customers.push_back(person->customer);
      if (!person->cites.empty() && event.cites.size() < 12) {
        event.cites.push_back(person->cites.front());
      }
    }
    event.customers_touched = std::int64_t(kind.people.size());
    event.id = "leaving-" + name;
    if (event.customers_touched >= 5 && event.p < 0.05) x_out.events.push_back(std::move(event));
  }
}

}  // namespace

Status load_people(const DuckConnection& connection, const SignWords& words,
                   const std::vector<psychology::KeptPromise>& promises, ReportData& out) {
  People people(connection, words, out);
  Status done = people.load(promises);
  if (!done) return done;
  people.rank();
  people.leak();  // of many, weak signs count as well
  std::erase_if(out.waver, [](const Person& person) { return person.p < kLeastWaver; });
  out.people_totals["waver"] = std::int64_t(out.waver.size());
  return {};
}

}  // namespace xinjing::insight
