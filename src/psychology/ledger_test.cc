#include "psychology/ledger.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "base/file.h"
#include "base/format.h"
#include "base/json.h"

namespace xinjing::psychology {
namespace {

using language::Outcome;

const language::PromiseLexicon& lexicon() {
  static const language::PromiseLexicon made = [] {
    language::PromiseLexicon out;
    for (const char* name : {"promises.zh.tsv", "promises.en.tsv"}) {
      const auto text = read_file(std::string(XINJING_SOURCE_DIR "/lexicons/") + name);
      EXPECT_TRUE(text);
      const Status added = out.add(*text, name);
      EXPECT_TRUE(added) << added.error().message(Lang::kEn);
    }
    out.build();
    return out;
  }();
  return made;
}

const language::WorkCalendar& calendar() {
  static const language::WorkCalendar made = [] {
    auto parsed = language::WorkCalendar::parse(
        *read_file(XINJING_SOURCE_DIR "/lexicons/calendar.cn.tsv"), "calendar");
    EXPECT_TRUE(parsed);
    return *parsed;
  }();
  return made;
}

constexpr int kZone = 480;

Instant instant_of(std::string_view iso) {  // 2026-03-05T14:30:00+08:00
  const auto number = [&](std::size_t at, std::size_t size) {
    return std::stoi(std::string(iso.substr(at, size)));
  };
  const Day day = *day_from_date(number(0, 4), number(5, 2), number(8, 2));
  return instant_at(day, iso.size() > 10 ? number(11, 2) * 3600 + number(14, 2) * 60 : 0, kZone);
}

struct Wanted {
  std::string quote, due, status;
};

/// A conversation or several, and the ledger that they should give (tests/tables/ledger).
struct Scenario {
  std::string id;
  std::vector<Promise> promises;
  std::vector<News> news;
  Instant as_of;
  std::vector<Wanted> wanted;
};

Scenario scenario_of(JsonValue json) {
  Scenario out;
  out.id = *json["id"].string();
  out.as_of = instant_of(*json["as_of"].string());
  language::PromiseReader reader(lexicon(), calendar());
  std::map<std::string, std::int64_t> conversations;
  std::int64_t turn = 0;
  json["turns"].each([&](JsonValue said) {
    const std::string text(*said["text"].string());
    const bool agent = *said["speaker"].string() != "customer";
    const auto conversation =
        conversations.emplace(*said["conversation"].string(), conversations.size()).first->second;
    const Place at{instant_of(*said["time"].string()), conversation, turn++};
    language::Normalised normal;
    language::normalise(text, normal);
    std::vector<language::PromiseWords> promises;
    std::vector<language::OutcomeWords> outcomes;
    reader.read(text, normal, agent ? ingest::Speaker::kAgent : ingest::Speaker::kCustomer,
                language::local_moment(at.time, kZone), promises, outcomes);
    for (const auto& words : promises) {
      Promise promise{.at = at,
                      .span = words.span,
                      .quote = std::string(slice(text, words.span)),
                      .told = words.told,
                      .due = {},
                      .amount = words.amount,
                      .acts = words.acts,
                      .moves = words.moves,
                      .wanted = words.wanted,
                      .giver = words.giver};
      if (words.due) {
        promise.due_to_the_minute = words.due->minute.has_value();
        promise.due = promise.due_to_the_minute
                          ? instant_at(words.due->day, *words.due->minute * 60, kZone)
                          : instant_at({words.due->day.number + 1}, 0, kZone);
      }
      out.promises.push_back(promise);
    }
    for (const auto& words : outcomes) {
      out.news.push_back({.at = at,
                          .span = words.span,
                          .quote = std::string(slice(text, words.span)),
                          .context = text,
                          .outcome = words.outcome,
                          .acts = words.acts,
                          .recalls = words.recalls,
                          .amount = words.amount,
                          .measures = words.measures});
    }
  });
  json["ledger"].each([&](JsonValue entry) {
    out.wanted.push_back({std::string(*entry["quote"].string()),
                          std::string(entry["due"].string().value_or("-")),
                          std::string(*entry["status"].string())});
  });
  return out;
}

std::vector<Scenario> scenarios(const char* name) {
  std::vector<Scenario> out;
  std::ifstream in(std::string(XINJING_SOURCE_DIR "/tests/tables/ledger/") + name);
  JsonParser parser;
  for (std::string line; std::getline(in, line);) {
    const auto json = parser.parse(line);
    EXPECT_TRUE(json) << line.substr(0, 40);
    if (json) out.push_back(scenario_of(*json));
  }
  return out;
}

std::string due_text(const Promise& promise) {
  if (!promise.due) return "-";
  if (promise.due_to_the_minute) return iso_time(*promise.due, kZone);
  return iso_date(day_of({promise.due->millis - 1}, kZone));
}

struct Score {
  std::size_t wanted = 0, found = 0, hit = 0, due = 0, status = 0;
  double precision() const { return double(hit) / double(std::max<std::size_t>(1, found)); }
  double recall() const { return double(hit) / double(std::max<std::size_t>(1, wanted)); }
};

/// Adds one scenario; `list` prints which statuses are wrong.
void add_score(const Scenario& scenario, bool list, Score& score) {
  auto ledger = fold_ledger(scenario.promises, scenario.news, scenario.as_of);
  std::erase_if(ledger, [](const LedgerEntry& entry) { return entry.promise.wanted; });
  score.found += ledger.size();
  std::set<const LedgerEntry*> used;
  for (const Wanted& wanted : scenario.wanted) {
    ++score.wanted;
    for (const LedgerEntry& entry : ledger) {
      const std::string& quote = entry.promise.quote;
      const bool inside =
          wanted.quote.find(quote) != std::string::npos && quote.size() * 2 >= wanted.quote.size();
      if (used.contains(&entry) || (!inside && quote.find(wanted.quote) == std::string::npos)) {
        continue;
      }
      used.insert(&entry);
      ++score.hit;
      score.due += due_text(entry.promise) == wanted.due ? 1 : 0;
      const bool right = status_id(entry.status) == wanted.status;
      score.status += right ? 1 : 0;
      if (list && !right) {
        std::printf("  %s: %s is %s by \"%s\", should be %s\n", scenario.id.c_str(), quote.c_str(),
                    std::string(status_id(entry.status)).c_str(), entry.changed_by.c_str(),
                    wanted.status.c_str());
      }
      break;
    }
  }
}

/// Of the half that words and points were chosen by (odd lines), and of the other, which is only
/// counted.
std::array<Score, 2> scores_of(const std::vector<Scenario>& all) {
  std::array<Score, 2> halves;
  for (std::size_t i = 0; i < all.size(); ++i) add_score(all[i], i % 2 == 0, halves[i % 2]);
  for (std::size_t half = 0; half < 2; ++half) {
    const Score& score = halves[half];
    std::printf(
        "%s half: %zu wanted, %zu found, precision %.3f, recall %.3f; of %zu hits due right %zu, "
        "status right %zu\n",
        half == 0 ? "seen" : "unseen", score.wanted, score.found, score.precision(), score.recall(),
        score.hit, score.due, score.status);
  }
  return halves;
}

// The figures are those of docs/methods/promises.md; those of the unseen half must not fall.
TEST(Ledger, FindsWhatTheChineseScenariosShow) {
  const Score unseen = scores_of(scenarios("promises.zh.jsonl"))[1];
  EXPECT_GE(unseen.wanted, 60U);
  EXPECT_GE(unseen.precision(), 0.85);
  EXPECT_GE(unseen.recall(), 0.65);
  EXPECT_GE(double(unseen.due), 0.90 * double(unseen.hit));
  EXPECT_GE(double(unseen.status), 0.65 * double(unseen.hit));
}

TEST(Ledger, FindsWhatTheEnglishScenariosShow) {
  const Score unseen = scores_of(scenarios("promises.en.jsonl"))[1];
  EXPECT_GE(unseen.wanted, 30U);
  EXPECT_GE(unseen.precision(), 0.93);
  EXPECT_GE(unseen.recall(), 0.80);
  EXPECT_GE(double(unseen.due), 0.74 * double(unseen.hit));
  EXPECT_GE(double(unseen.status), 0.60 * double(unseen.hit));
}

std::string shown(const std::vector<LedgerEntry>& ledger) {
  std::string out;
  for (const LedgerEntry& entry : ledger) {
    out += fmt::format("{}|{}|{}|{}|{}\n", entry.promise.quote, status_id(entry.status),
                       entry.changed_by, entry.deed ? entry.deed->row : -1, entry.late);
  }
  return out;
}

TEST(Ledger, IsTheSameInWhateverOrderAndHoweverOftenThingsAreTold) {
  std::mt19937 random(21);
  for (const char* name : {"promises.zh.jsonl", "promises.en.jsonl"}) {
    for (Scenario& scenario : scenarios(name)) {
      const std::string wanted =
          shown(fold_ledger(scenario.promises, scenario.news, scenario.as_of));
      for (int round = 0; round < 5; ++round) {
        for (std::size_t i = scenario.promises.size(); i-- > 0;) {
          if (random() % 3 == 0) scenario.promises.push_back(Promise(scenario.promises[i]));
        }
        for (std::size_t i = scenario.news.size(); i-- > 0;) {
          if (random() % 3 == 0) scenario.news.push_back(News(scenario.news[i]));
        }
        std::shuffle(scenario.promises.begin(), scenario.promises.end(), random);
        std::shuffle(scenario.news.begin(), scenario.news.end(), random);
        ASSERT_EQ(shown(fold_ledger(scenario.promises, scenario.news, scenario.as_of)), wanted)
            << scenario.id;
      }
    }
  }
}

/// Rows that might show what was promised in a scenario, at random.
std::vector<Deed> some_deeds(std::vector<Promise>& promises, std::mt19937& random) {
  constexpr int kActs = 4;
  constexpr std::int64_t kHour = 3'600'000;
  std::vector<Deed> deeds;
  for (Promise& promise : promises) {
    promise.matter = language::Acts{1} << (random() % kActs);
    const std::int64_t hour = std::int64_t(random() % 200) - 20;
    for (std::size_t n = random() % 3; n > 0; --n) {
      const Instant at{promise.at.time.millis + hour * kHour};
      const Instant until{at.millis + (random() % 2 == 0 ? 24 * kHour - 1 : 0)};
      deeds.push_back({.table = DeedTable(random() % kDeedTables),
                       .row = std::int64_t(random() % 1000),
                       .from = at,
                       .until = until,
                       .acts = language::Acts(random() % (1U << kActs))});
      if (random() % 3 == 0) deeds.back().paid = 3'000'000;
    }
  }
  // A row stands once in its table.
  std::set<std::pair<DeedTable, std::int64_t>> seen;
  std::erase_if(deeds, [&](const Deed& d) { return !seen.emplace(d.table, d.row).second; });
  return deeds;
}

TEST(Ledger, IsTheSameInWhateverOrderAndHoweverOftenRowsCome) {
  std::mt19937 random(22);
  std::size_t closed = 0;
  for (const char* name : {"promises.zh.jsonl", "promises.en.jsonl"}) {
    for (Scenario& scenario : scenarios(name)) {
      std::vector<Deed> deeds = some_deeds(scenario.promises, random);
      const auto ledger = fold_ledger(scenario.promises, scenario.news, scenario.as_of, deeds);
      const std::string wanted = shown(ledger);
      closed += std::count_if(ledger.begin(), ledger.end(), [](const auto& e) { return e.deed; });
      for (int round = 0; round < 5; ++round) {
        for (std::size_t i = deeds.size(); i-- > 0;) {
          if (random() % 3 == 0) deeds.push_back(Deed(deeds[i]));
        }
        std::shuffle(deeds.begin(), deeds.end(), random);
        std::shuffle(scenario.promises.begin(), scenario.promises.end(), random);
        std::shuffle(scenario.news.begin(), scenario.news.end(), random);
        ASSERT_EQ(shown(fold_ledger(scenario.promises, scenario.news, scenario.as_of, deeds)),
                  wanted)
            << scenario.id;
      }
    }
  }
  EXPECT_GT(closed, 20U);
}

// News changes what became of entries, and none is lost: the same key, not only the count.
TEST(Ledger, LosesNoEntryAsTimeGoesOn) {
  for (const char* name : {"promises.zh.jsonl", "promises.en.jsonl"}) {
    for (Scenario& scenario : scenarios(name)) {
      std::sort(scenario.news.begin(), scenario.news.end(),
                [](const News& a, const News& b) { return a.at < b.at; });
      std::set<std::pair<Place, Span>> before;
      for (std::size_t n = 0; n <= scenario.news.size(); ++n) {
        const std::vector<News> some(scenario.news.begin(),
                                     scenario.news.begin() + std::ptrdiff_t(n));
        std::set<std::pair<Place, Span>> keys;
        for (const LedgerEntry& entry : fold_ledger(scenario.promises, some, scenario.as_of)) {
          keys.insert({entry.promise.at, entry.promise.span});
        }
        EXPECT_TRUE(std::includes(keys.begin(), keys.end(), before.begin(), before.end()))
            << scenario.id;
        before = std::move(keys);
      }
    }
  }
}

Promise promise_at(std::int64_t hour, std::string quote, std::optional<std::int64_t> due) {
  Promise out{.at = {{hour * 3'600'000}, 1, hour}, .span = {0, 9}, .quote = std::move(quote)};
  if (due) out.due = Instant{*due * 3'600'000};
  return out;
}

News news_at(std::int64_t hour, std::string quote, Outcome outcome) {
  return {.at = {{hour * 3'600'000}, 1, hour},
          .span = {0, 9},
          .quote = quote,
          .context = quote,
          .outcome = outcome};
}

TEST(Ledger, TellsOpenExpiredAndReplaced) {
  const Promise first = promise_at(1, "退款明天到账", 30);
  const auto status = [](const std::vector<LedgerEntry>& ledger, std::size_t i) {
    return std::string(status_id(ledger.at(i).status));
  };
  EXPECT_EQ(status(fold_ledger({first}, {}, {20 * 3'600'000}), 0), "open");
  EXPECT_EQ(status(fold_ledger({first}, {}, {40 * 3'600'000}), 0), "expired");
  const Promise again = promise_at(20, "退款后天到账", 60);
  const auto replaced = fold_ledger({first, again}, {}, {40 * 3'600'000});
  ASSERT_EQ(replaced.size(), 2U);
  EXPECT_EQ(status(replaced, 0), "withdrawn");
  EXPECT_EQ(replaced[0].changed_by, again.quote);
  EXPECT_EQ(status(replaced, 1), "open");
  const auto met =
      fold_ledger({first}, {news_at(25, "退款到账了", Outcome::kMet)}, {40 * 3'600'000});
  EXPECT_EQ(status(met, 0), "met");
  const auto other =
      fold_ledger({first}, {news_at(25, "围巾寄来了", Outcome::kMet)}, {28 * 3'600'000});
  EXPECT_EQ(status(other, 0), "open") << "that was about something else";
}

TEST(Ledger, TakesPraiseOfThePromiseForNothing) {
  // News at once, and the same once it is due.
  const auto status = [](std::int64_t hour, const char* words = "真没想到") {
    const auto ledger = fold_ledger({promise_at(1, "退款三天内到账", 73)},
                                    {news_at(hour, words, Outcome::kExceeded)}, {100 * 3'600'000});
    return std::string(status_id(ledger.at(0).status));
  };
  EXPECT_EQ(status(1), "expired");
  EXPECT_EQ(status(73), "met") << "praise, and nothing more than was promised";
  EXPECT_EQ(status(73, "没想到还多退了十块"), "exceeded");
}

/// What becomes of a promise of the first act that was made at one, by news at another minute.
std::string fate_in_talk(std::optional<std::int64_t> due, std::int64_t minute, News news) {
  Promise promise = promise_at(1, "工作人员会联系您处理", due);
  promise.acts = 1;
  news.at.time = Instant{3'600'000 + minute * 60'000};
  news.at.turn_no = 1 + minute;
  return std::string(status_id(fold_ledger({promise}, {news}, {0})[0].status));
}

TEST(LedgerInOneTalk, TakesWordsOfAnotherActForAnotherMatter) {
  News news = news_at(2, "维修人员把线接好了", Outcome::kMet);
  news.acts = 2;
  EXPECT_EQ(fate_in_talk({}, 300, news), "open");
  news.acts = 1;
  EXPECT_EQ(fate_in_talk({}, 300, news), "met");
  EXPECT_EQ(fate_in_talk(48, 1, news), "open") << "what is for the day after tomorrow";
}

TEST(LedgerInOneTalk, TakesImpatienceForNoBreach) {
  News news = news_at(2, "没人联系我", Outcome::kUnmet);
  news.acts = 1;
  EXPECT_EQ(fate_in_talk({}, 1, news), "open") << "a minute after the promise";
  EXPECT_EQ(fate_in_talk({}, 1200, news), "unmet");
  EXPECT_EQ(fate_in_talk(100, 1200, news), "open") << "it is not due yet";
  EXPECT_EQ(fate_in_talk(20, 1200, news), "unmet");
  news.quote = "没有联系什么用";
  EXPECT_EQ(fate_in_talk({}, 1200, news), "open") << "nothing says that it is so up to now";
  news.quote = "怎么联系不上？";
  EXPECT_EQ(fate_in_talk(20, 1200, news), "open") << "a question";
}

TEST(Ledger, TakesNewsLongAfterForAnotherMatterUnlessItRecalls) {
  const auto status = [](std::int64_t days, bool recalls) {
    News news = news_at(30 + days * 24, "退款到账了", Outcome::kMet);
    news.recalls = recalls;
    const auto ledger = fold_ledger({promise_at(1, "退款明天到账", 30)}, {news}, {0});
    return std::string(status_id(ledger[0].status));
  };
  EXPECT_EQ(status(10, false), "met");
  EXPECT_EQ(status(60, false), "open");
  EXPECT_EQ(status(60, true), "met");
}

TEST(LedgerInOneTalk, TakesATimeThatIsSaidAgainForTheSamePromise) {
  Promise first = promise_at(1, "专员会在24小时内给您回电", 25);
  Promise again = first;
  again.at.time = Instant{3'600'000 + 5 * 60'000};
  again.at.turn_no = 5;
  again.due = Instant{25LL * 3'600'000 + 5 * 60'000};
  const auto ledger = fold_ledger({first, again}, {}, {0});
  ASSERT_EQ(ledger.size(), 1U);
  EXPECT_EQ(ledger[0].status, PromiseStatus::kOpen);
  EXPECT_EQ(ledger[0].promise.due, again.due);
}

/// A row of an hour that shows the first act.
Deed deed_at(std::int64_t hour, std::int64_t row = 1) {
  const Instant at{hour * 3'600'000};
  return {.table = DeedTable::kTouchpoints, .row = row, .from = at, .until = at, .acts = 1};
}

Promise promise_of_act(std::int64_t hour, std::string quote, std::optional<std::int64_t> due) {
  Promise out = promise_at(hour, std::move(quote), due);
  out.matter = 1;
  return out;
}

/// "status row", with what changed it: the words, or the row if that alone shows it.
std::string fate(const LedgerEntry& entry) {
  std::string out(status_id(entry.status));
  if (entry.deed) out += fmt::format(" {}{}", entry.deed->row, entry.late ? " late" : "");
  return entry.changed_by.empty() ? out : out + " " + entry.changed_by;
}

std::string fate(const std::vector<LedgerEntry>& ledger) {
  std::string out;
  for (const LedgerEntry& entry : ledger) out += (out.empty() ? "" : ", ") + fate(entry);
  return out;
}

constexpr Instant kLater{1000LL * 3'600'000};

TEST(LedgerOfRows, IsMetInTimeAndLateAfterwards) {
  const Promise promise = promise_of_act(10, "师傅明天上门维修", 40);
  EXPECT_EQ(fate(fold_ledger({promise}, {}, kLater, {deed_at(30)})), "met 1");
  EXPECT_EQ(fate(fold_ledger({promise}, {}, kLater, {deed_at(50)})), "unmet 1 late");
  EXPECT_EQ(fate(fold_ledger({promise}, {}, kLater, {deed_at(9)})), "expired") << "before it";
  EXPECT_EQ(fate(fold_ledger({promise}, {}, kLater, {})), "expired");
  Deed other = deed_at(30);
  other.acts = 2;
  EXPECT_EQ(fate(fold_ledger({promise}, {}, kLater, {other})), "expired") << "another act";
  const Promise undated = promise_of_act(10, "回头给您维修", {});
  EXPECT_EQ(fate(fold_ledger({undated}, {}, kLater, {deed_at(300)})), "met 1");
  EXPECT_EQ(fate(fold_ledger({undated}, {}, kLater, {deed_at(500)})), "open") << "of another";
  EXPECT_EQ(fate(fold_ledger({promise}, {}, kLater, {deed_at(900)})), "expired") << "of another";
}

TEST(LedgerOfRows, WhoIsToComeIsInTimeWhereWorkBeginsInTime) {
  Deed visit = deed_at(41);
  visit.begun = Instant{40LL * 3'600'000};
  const auto told = [&](const char* quote) {
    Promise promise = promise_of_act(10, quote, 40);
    promise.due_to_the_minute = true;
    return fate(fold_ledger({promise}, {}, kLater, {visit}));
  };
  EXPECT_EQ(told("师傅明天下午四点上门"), "met 1");
  EXPECT_EQ(told("the engineer will be there by 4 pm"), "met 1");
  EXPECT_EQ(told("明天下午四点前修好"), "unmet 1 late");
  EXPECT_EQ(told("it will be fixed by 4 pm"), "unmet 1 late");
  visit.begun = Instant{41LL * 3'600'000 - 1};
  EXPECT_EQ(told("师傅明天下午四点上门"), "unmet 1 late");
}

TEST(LedgerOfRows, TakesADayWithoutATimeAsAWhole) {
  Deed day = deed_at(24);  // the promise is made at ten that day, and due at its end
  day.until = Instant{48LL * 3'600'000 - 1};
  EXPECT_EQ(fate(fold_ledger({promise_of_act(34, "今天给您修好", 48)}, {}, kLater, {day})),
            "met 1");
  EXPECT_EQ(fate(fold_ledger({promise_of_act(1, "今天给您修好", 24)}, {}, kLater, {day})),
            "unmet 1 late");
}

TEST(LedgerOfRows, StandForOneEntryEachOfTheSameAmount) {
  Promise small = promise_of_act(10, "退您30元", 40), large = promise_of_act(11, "退您300元", 60);
  small.amount = language::Amount{"30", "CNY"}, large.amount = language::Amount{"300", "CNY"};
  Deed paid = deed_at(30);
  paid.paid = 3'000'000, paid.currency = "CNY";
  EXPECT_EQ(fate(fold_ledger({small, large}, {}, {50LL * 3'600'000}, {paid})), "expired, met 1");
  paid.currency = "USD";
  EXPECT_EQ(fate(fold_ledger({small, large}, {}, {50LL * 3'600'000}, {paid})), "expired, open");
  small.amount.reset(), large.amount.reset();
  EXPECT_EQ(fate(fold_ledger({small, large}, {}, {50LL * 3'600'000}, {paid})), "met 1, open");
  EXPECT_EQ(fate(fold_ledger({small, large}, {}, kLater, {paid, deed_at(35, 2)})), "met 1, met 2");
}

TEST(LedgerOfRows, GoToThePromiseThatTheyAreInTimeFor) {
  const Promise papers = promise_of_act(10, "今晚替您收件", 14);
  const Promise done = promise_of_act(11, "明天十二点前办结", 36);
  EXPECT_EQ(fate(fold_ledger({papers, done}, {}, kLater, {deed_at(34)})), "expired, met 1");
  EXPECT_EQ(fate(fold_ledger({papers}, {}, kLater, {deed_at(34)})), "unmet 1 late");
}

TEST(LedgerOfRows, AndWordsOfTheSameActChangeOneEntry) {
  const Promise visit = promise_of_act(10, "师傅明天上门维修", 40);
  const Promise second = promise_of_act(100, "师傅周五上门维修空调", 140);
  const News came = news_at(36, "师傅上门维修了", Outcome::kMet);
  EXPECT_EQ(fate(fold_ledger({visit}, {came}, kLater, {deed_at(35)})), "met 1");
  EXPECT_EQ(fate(fold_ledger({visit}, {came}, kLater, {deed_at(38)})), "met 1 师傅上门维修了");
  EXPECT_EQ(fate(fold_ledger({visit, second}, {came}, kLater, {deed_at(35), deed_at(120, 2)})),
            "met 1, met 2");
  const News more = news_at(36, "师傅上门维修还顺手清了滤网", Outcome::kExceeded);
  EXPECT_EQ(fate(fold_ledger({visit}, {more}, kLater, {deed_at(35)})),
            "exceeded 1 师傅上门维修还顺手清了滤网");
  const News denied = news_at(45, "师傅根本没上门维修", Outcome::kUnmet);
  EXPECT_EQ(fate(fold_ledger({visit}, {denied}, kLater, {deed_at(35)})),
            "unmet 1 师傅根本没上门维修");
  EXPECT_EQ(fate(fold_ledger({visit}, {denied}, kLater, {deed_at(60)})),
            "unmet 1 late 师傅根本没上门维修");
  const News early = news_at(20, "师傅还没上门维修", Outcome::kUnmet);
  EXPECT_EQ(fate(fold_ledger({visit}, {early}, kLater, {deed_at(35)})), "met 1");
}

}  // namespace
}  // namespace xinjing::psychology
