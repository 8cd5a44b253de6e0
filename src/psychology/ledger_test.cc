#include "psychology/ledger.h"

#include <gtest/gtest.h>

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
                      .moves = words.moves};
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
                          .recalls = words.recalls});
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

Score score_of(const std::vector<Scenario>& all) {
  Score score;
  for (const Scenario& scenario : all) {
    const auto ledger = fold_ledger(scenario.promises, scenario.news, scenario.as_of);
    score.found += ledger.size();
    std::set<const LedgerEntry*> used;
    for (const Wanted& wanted : scenario.wanted) {
      ++score.wanted;
      for (const LedgerEntry& entry : ledger) {
        const std::string& quote = entry.promise.quote;
        const bool inside = wanted.quote.find(quote) != std::string::npos &&
                            quote.size() * 2 >= wanted.quote.size();
        if (used.contains(&entry) || (!inside && quote.find(wanted.quote) == std::string::npos)) {
          continue;
        }
        used.insert(&entry);
        ++score.hit;
        score.due += due_text(entry.promise) == wanted.due ? 1 : 0;
        score.status += status_id(entry.status) == wanted.status ? 1 : 0;
        break;
      }
    }
  }
  std::printf(
      "promises: %zu wanted, %zu found, precision %.3f, recall %.3f; of %zu hits due right "
      "%zu, status right %zu\n",
      score.wanted, score.found, score.precision(), score.recall(), score.hit, score.due,
      score.status);
  return score;
}

// The figures are those of docs/methods/promises.md; they must not fall.
TEST(Ledger, FindsWhatTheChineseScenariosShow) {
  const Score score = score_of(scenarios("promises.zh.jsonl"));
  EXPECT_GE(score.wanted, 110U);
  EXPECT_GE(score.precision(), 0.93);
  EXPECT_GE(score.recall(), 0.78);
  EXPECT_GE(double(score.due), 0.90 * double(score.hit));
  EXPECT_GE(double(score.status), 0.75 * double(score.hit));
}

TEST(Ledger, FindsWhatTheEnglishScenariosShow) {
  const Score score = score_of(scenarios("promises.en.jsonl"));
  EXPECT_GE(score.wanted, 70U);
  EXPECT_GE(score.precision(), 0.93);
  EXPECT_GE(score.recall(), 0.85);
  EXPECT_GE(double(score.due), 0.78 * double(score.hit));
  EXPECT_GE(double(score.status), 0.75 * double(score.hit));
}

std::string shown(const std::vector<LedgerEntry>& ledger) {
  std::string out;
  for (const LedgerEntry& entry : ledger) {
    out +=
        fmt::format("{}|{}|{}\n", entry.promise.quote, status_id(entry.status), entry.changed_by);
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

TEST(Ledger, LosesNoEntryAsTimeGoesOn) {
  for (Scenario& scenario : scenarios("promises.zh.jsonl")) {
    std::sort(scenario.news.begin(), scenario.news.end(),
              [](const News& a, const News& b) { return a.at < b.at; });
    std::vector<std::string> before;
    for (std::size_t n = 0; n <= scenario.news.size(); ++n) {
      const std::vector<News> some(scenario.news.begin(),
                                   scenario.news.begin() + std::ptrdiff_t(n));
      std::vector<std::string> quotes;
      for (const LedgerEntry& entry : fold_ledger(scenario.promises, some, scenario.as_of)) {
        quotes.push_back(entry.promise.quote);
      }
      // News changes what became of entries; at most it sets one free to be promised anew.
      EXPECT_TRUE(std::includes(quotes.begin(), quotes.end(), before.begin(), before.end()) ||
                  quotes.size() >= before.size())
          << scenario.id;
      before = quotes;
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

}  // namespace
}  // namespace xinjing::psychology
