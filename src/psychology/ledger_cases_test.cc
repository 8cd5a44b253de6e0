#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/file.h"
#include "base/format.h"
#include "base/tsv.h"
#include "evidence/confirmation.h"
#include "language/normalise.h"
#include "psychology/ledger_test_support.h"
#include "psychology/ledger_words.h"

// tests/tables/ledger/cases.*.tsv: short talks, the ledger that they give, and which way they speak
// of satisfaction.
namespace xinjing::psychology {
namespace {

constexpr int kZone = 480;
constexpr std::string_view kHeader = "turns\tpromises\twanted\tsatisfaction\tnote";

evidence::Catalogue satisfaction() {
  auto card = evidence::parse_card(
      *read_file(XINJING_SOURCE_DIR "/constructs/satisfaction/card.toml"), "satisfaction");
  std::vector<evidence::Card> cards;
  cards.push_back(std::move(*card));
  return std::move(*evidence::Catalogue::of(std::move(cards)));
}

/// A talk, or several of one person.
struct Case {
  std::vector<std::string> texts;
  std::vector<language::Turn> turns;
  std::vector<std::int64_t> conversations;                  // of each turn
  std::vector<std::vector<evidence::PromiseWordRow>> rows;  // of each conversation
  std::vector<Promise> promises;
  std::vector<News> news;
  Instant as_of;
};

std::vector<std::string_view> parts(std::string_view text, std::string_view mark) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(mark, at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + mark.size();
  }
  return out;
}

/// "03-05 10:00" of 2026.
Instant time_of(std::string_view text) {
  const auto number = [&](std::size_t at) { return std::stoi(std::string(text.substr(at, 2))); };
  return instant_at(*day_from_date(2026, number(0), number(3)), number(6) * 3600 + number(9) * 60,
                    kZone);
}

/// `03-05 10:00 A words / 03-05 10:02 C words // 03-09 09:00 C words`: A the company, C the
/// customer, // between conversations; `-` in place of a speaker is when one looks.
Case read_case(std::string_view text) {
  static const language::PromiseLexicon lexicon = shipped_promises();
  static const language::WorkCalendar days = shipped_calendar();
  Case out;
  std::int64_t conversation = 0;
  constexpr std::size_t kSpeaker = 12, kWords = 14;
  for (const std::string_view talk : parts(text, " // ")) {
    for (const std::string_view turn : parts(talk, " / ")) {
      out.as_of = {time_of(turn).millis + 60'000};
      if (turn[kSpeaker] == '-') continue;
      out.texts.emplace_back(turn.substr(kWords));
      out.turns.push_back(
          {turn[kSpeaker] == 'A' ? ingest::Speaker::kAgent : ingest::Speaker::kCustomer,
           {},
           time_of(turn)});
      out.conversations.push_back(conversation);
    }
    ++conversation;
  }
  for (std::size_t t = 0; t < out.turns.size(); ++t) out.turns[t].text = out.texts[t];
  language::PromiseReader reader(lexicon, days);
  ActBits bits({});
  out.rows.resize(std::size_t(conversation));
  for (std::uint32_t t = 0; t < out.turns.size(); ++t) {
    language::Normalised normal;
    language::normalise(out.texts[t], normal);
    std::vector<evidence::PromiseWordRow> rows;
    evidence::take_promise_words(lexicon, reader, out.turns[t], t, normal, kZone, rows);
    for (const auto& row : rows) {
      const std::size_t before = out.news.size();
      add_words(row, {*out.turns[t].time, out.conversations[t], t}, out.texts[t], bits,
                out.promises, out.news);
      if (out.news.size() > before) {
        out.news.back().of_agent = out.turns[t].speaker == ingest::Speaker::kAgent;
      }
      out.rows[std::size_t(out.conversations[t])].push_back(row);
    }
  }
  return out;
}

/// "agent unmet 03-07 at most 100 CNY (350 CNY)"; entries behind each other with " / ".
std::string shown(const std::vector<LedgerEntry>& ledger, bool wanted) {
  std::string out;
  for (const LedgerEntry& entry : ledger) {
    const Promise& promise = entry.promise;
    if (promise.wanted != wanted) continue;
    if (!out.empty()) out += " / ";
    if (!wanted) out += fmt::format("{} ", promise.told ? giver_id(promise.giver) : "said");
    out += status_id(entry.status);
    if (promise.due) {
      const std::int64_t back = promise.due_to_the_minute ? 0 : 1;
      out += " " + iso_date(day_of({promise.due->millis - back}, kZone)).substr(5);
    }
    if (promise.amount) {
      const auto& amount = *promise.amount;
      out += fmt::format(" {}{} {}",
                         amount.bound == language::Bound::kMost    ? "<="
                         : amount.bound == language::Bound::kLeast ? ">="
                                                                   : "",
                         amount.number, amount.unit);
    }
    if (entry.came) out += fmt::format(" ({})", entry.came->number);
  }
  return out.empty() ? "-" : out;
}

/// "+", "-" or "0": which way the last conversation speaks of satisfaction.
std::string sign_of(const Case& one, const evidence::Catalogue& cards) {
  const auto& rows = one.rows.back();
  std::vector<evidence::CueHit> hits;
  evidence::confirmation_hits(cards, rows, fates_of_talk(rows, one.turns), one.turns, hits);
  std::vector<evidence::PromiseFate> later;
  for (const LaterFate& fate : fates_told_later(one.promises, one.news)) {
    if (fate.told.conversation_no != one.conversations.back()) continue;
    later.push_back({.aspect = {},
                     .status = std::string(status_id(fate.status)),
                     .turn = std::uint32_t(fate.told.turn_no),
                     .span = fate.span});
  }
  EXPECT_TRUE(hits.empty() || later.empty()) << "counted twice";
  evidence::later_confirmation_hits(cards, later, hits);
  double sum = 0;
  for (const auto& hit : hits) {
    const std::string& state = cards[0].states[hit.state].id;
    sum += (state.starts_with('-') ? -1 : 1) * double(hit.micro_nats);
  }
  return sum > 0 ? "+" : sum < 0 ? "-" : "0";
}

/// What the reader found, for whoever mends it.
std::string words_of(const Case& one) {
  std::string out;
  for (const auto& rows : one.rows) {
    for (const auto& row : rows) {
      out += fmt::format("  {} [{}]{} “{}”\n", row.what, row.acts, row.recalls ? " recalls" : "",
                         slice(one.texts[row.turn], row.span));
    }
  }
  return out;
}

struct Line {
  std::string place, turns, promises, wanted, sign;
};

std::vector<Line> lines(const char* name) {
  std::vector<Line> out;
  const auto text = read_file(std::string(XINJING_SOURCE_DIR "/tests/tables/ledger/") + name);
  EXPECT_TRUE(text);
  const Status read = TsvReader(*text, name, kHeader).each([&](const TsvRow& row) -> Status {
    const auto& c = row.cells;
    out.push_back({fmt::format("{}: {}", name, c[0]), std::string(c[0]), std::string(c[1]),
                   std::string(c[2]), std::string(c[3])});
    return {};
  });
  EXPECT_TRUE(read);
  return out;
}

class LedgerCases : public testing::TestWithParam<const char*> {};

TEST_P(LedgerCases, GiveTheLedgerAndTheSignOfSatisfaction) {
  const evidence::Catalogue cards = satisfaction();
  for (const Line& line : lines(GetParam())) {
    const Case one = read_case(line.turns);
    const auto ledger = fold_ledger(one.promises, one.news, one.as_of);
    const auto is = [&line, &one](const std::string& got, const std::string& wanted) {
      if (wanted == "*") return;  // not looked at
      EXPECT_EQ(got, wanted) << line.place << "\n" << words_of(one);
    };
    is(shown(ledger, false), line.promises);
    is(shown(ledger, true), line.wanted);
    is(sign_of(one, cards), line.sign);
  }
}

std::string keys(const std::vector<LedgerEntry>& ledger) {
  std::string out;
  for (const LedgerEntry& entry : ledger) {
    out += fmt::format("{} {} {} {}\n", entry.promise.at.turn_no, entry.promise.span.begin,
                       entry.promise.quote, status_id(entry.status));
  }
  return out;
}

TEST_P(LedgerCases, AreTheSameInAnyOrderAndHoweverOftenTold) {
  std::mt19937 random(7);
  for (const Line& line : lines(GetParam())) {
    Case one = read_case(line.turns);
    const std::string wanted = keys(fold_ledger(one.promises, one.news, one.as_of));
    for (int round = 0; round < 3; ++round) {
      const auto promises = one.promises;
      const auto news = one.news;
      one.promises.insert(one.promises.end(), promises.begin(), promises.end());
      one.news.insert(one.news.end(), news.begin(), news.end());
      std::shuffle(one.promises.begin(), one.promises.end(), random);
      std::shuffle(one.news.begin(), one.news.end(), random);
      EXPECT_EQ(keys(fold_ledger(one.promises, one.news, one.as_of)), wanted) << line.place;
      one.promises = promises, one.news = news;
    }
  }
}

/// As more is said, an entry that was there stays: the same key, not only the count.
TEST_P(LedgerCases, LoseNoEntryAsMoreIsSaid) {
  for (const Line& line : lines(GetParam())) {
    const Case one = read_case(line.turns);
    std::set<std::pair<Place, Span>> before;
    for (std::size_t turns = 1; turns <= one.turns.size(); ++turns) {
      const Instant until = *one.turns[turns - 1].time;
      std::vector<Promise> promises;
      std::vector<News> news;
      const auto heard = [&](const auto& said) { return said.at.time <= until; };
      std::copy_if(one.promises.begin(), one.promises.end(), std::back_inserter(promises), heard);
      std::copy_if(one.news.begin(), one.news.end(), std::back_inserter(news), heard);
      std::set<std::pair<Place, Span>> now;
      for (const auto& entry : fold_ledger(promises, news, until)) {
        now.insert({entry.promise.at, entry.promise.span});
      }
      EXPECT_TRUE(std::includes(now.begin(), now.end(), before.begin(), before.end()))
          << line.place;
      before = std::move(now);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(InBothLanguages, LedgerCases,
                         testing::Values("cases.zh.tsv", "cases.en.tsv"));

}  // namespace
}  // namespace xinjing::psychology
