#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/format.h"
#include "language/normalise.h"
#include "psychology/ledger_test_support.h"
#include "psychology/ledger_words.h"

// The ledger is a function of the set of what was said, and loses nothing: laws over random streams
// of messages, in both languages.
namespace xinjing::psychology {
namespace {

constexpr int kZone = 480;

/// {} stands for a number.
struct Phrases {
  std::vector<std::string_view> agent, customer;
};

const Phrases kZh = {
    {"三天内给您退款{}元", "周五前师傅上门维修", "明天给您补发一件", "48小时内给您回电",
     "月费不超过{}元", "改到下周三上门维修", "您好，请稍等", "已经为您退款了",
     "您的问题两个工作日内处理好", "退款3天内到账，另外送您{}元话费", "请您提供一下订单号"},
    {"你们答应周五前修好", "说好三天退款的，到现在一分钱都没收到", "还是没人来", "收到了，谢谢",
     "都解决了，谢谢", "我要求三天之内退我{}元", "请帮我换个路由器", "算了，不用换了",
     "比承诺的还快", "只收到{}元", "还是没有消息", "你好，我想问一下套餐",
     "客服说24小时内给我回电，没人打", "合同写明维修费不超过{}元，却收了我350元",
     "修好了，太感谢了", "当时我就说算了不用了", "怎么还没到，不是说明天到吗",
     "请尽快给我答复，三天内给我退款", "退了{}元，还多退了"}};

const Phrases kEn = {
    {"We will refund you ${} within three days", "An engineer will visit you by Friday",
     "We'll send you a replacement tomorrow", "I'll call you back within 48 hours",
     "Your monthly fee will not exceed ${}", "We have to move the visit to next Wednesday",
     "Hello, one moment please", "The refund has been sent",
     "It will be fixed within two business days, and we will send you a ${} voucher"},
    {"You promised to fix it by Friday", "I was promised a refund, never got one", "still nothing",
     "It arrived, thanks", "All sorted, thank you", "I expect a refund of ${} by Friday",
     "Please replace the router", "Forget it, I bought my own router",
     "That was faster than you promised", "I only got ${}", "No news at all",
     "Hi, I have a question about my plan",
     "The rep said he would call within an hour. Nobody called",
     "The contract says the repair fee will not exceed ${}, but you charged $350",
     "They fixed it, great service", "I told them to forget it", "Where is it?",
     "You even sent ${}"}};

/// What one message says.
struct Said {
  std::vector<Promise> promises;
  std::vector<News> news;
};

int number_below(std::mt19937& random, std::size_t end) {
  return std::uniform_int_distribution<int>(0, int(end) - 1)(random);
}

/// A stream of messages of one person over two months, by time; some at the same moment.
std::vector<Said> stream_of(const Phrases& phrases, std::mt19937& random) {
  static const language::PromiseLexicon lexicon = shipped_promises();
  static const language::WorkCalendar days = shipped_calendar();
  language::PromiseReader reader(lexicon, days);
  ActBits bits({});
  std::vector<Said> out;
  Instant time = instant_at(*day_from_date(2026, 3, 2), 9 * 3600, kZone);
  std::int64_t conversation = 0, turn = 0;
  const int messages = 12 + number_below(random, 25);
  for (int i = 0; i < messages; ++i) {
    constexpr std::array kGaps = {0, 1, 4, 30, 60, 300, 1440, 2900, 6000};  // minutes
    const int gap = kGaps[std::size_t(number_below(random, kGaps.size()))];
    time.millis += std::int64_t(gap) * 60'000;
    turn += 1;
    if (gap >= 60 || number_below(random, 8) == 0) ++conversation, turn = 0;
    const bool agent = number_below(random, 5) < 2;
    const auto& pool = agent ? phrases.agent : phrases.customer;
    std::string text(pool[std::size_t(number_below(random, pool.size()))]);
    if (const std::size_t at = text.find("{}"); at != text.npos) {
      text.replace(at, 2, std::to_string(10 * (1 + number_below(random, 5))));
    }
    language::Normalised normal;
    language::normalise(text, normal);
    const language::Turn words{agent ? ingest::Speaker::kAgent : ingest::Speaker::kCustomer, text,
                               time};
    std::vector<evidence::PromiseWordRow> rows;
    evidence::take_promise_words(lexicon, reader, words, std::uint32_t(turn), normal, kZone, rows);
    Said& said = out.emplace_back();
    for (const auto& row : rows) {
      add_words(row, {time, conversation, turn}, text, bits, said.promises, said.news);
    }
    for (Promise& one : said.promises) one.matter = one.acts & (~one.acts + 1);
    for (News& one : said.news) one.of_agent = agent;
  }
  return out;
}

/// Rows that show acts, at random moments.
std::vector<Deed> deeds_of(std::mt19937& random) {
  std::vector<Deed> out;
  const Instant first = instant_at(*day_from_date(2026, 3, 2), 9 * 3600, kZone);
  for (int i = number_below(random, 5); i > 0; --i) {
    const Instant at{first.millis + std::int64_t(number_below(random, 60 * 24)) * 3'600'000};
    out.push_back({.table = DeedTable::kTouchpoints,
                   .row = i,
                   .from = at,
                   .until = at,
                   .acts = language::Acts{1} << number_below(random, 6)});
  }
  return out;
}

/// Everything that an entry says.
std::string shown(const std::vector<LedgerEntry>& ledger) {
  std::string out;
  const auto place = [](const Place& at) {
    return fmt::format("{}/{}/{}", at.time.millis, at.conversation_no, at.turn_no);
  };
  for (const LedgerEntry& one : ledger) {
    out += fmt::format("{} {}-{} {} {} due {} “{}”", place(one.promise.at), one.promise.span.begin,
                       one.promise.span.end, one.promise.wanted, status_id(one.status),
                       one.promise.due ? one.promise.due->millis : -1, one.promise.quote);
    if (one.promise.amount) out += " " + one.promise.amount->number + one.promise.amount->unit;
    if (one.changed_at) out += fmt::format(" at {} “{}”", place(*one.changed_at), one.changed_by);
    if (one.came) out += " came " + one.came->number;
    if (one.deed) out += fmt::format(" row {} {}", one.deed->row, one.late);
    for (const Mention& again : one.again) out += " again " + place(again.at);
    out += "\n";
  }
  return out;
}

using Key = std::tuple<Place, Span, bool>;

/// The keys that a ledger has, each as often as it is there.
std::multiset<Key> keys_of(const std::vector<LedgerEntry>& ledger) {
  std::multiset<Key> out;
  for (const LedgerEntry& one : ledger) {
    out.insert({one.promise.at, one.promise.span, one.promise.wanted});
    for (const Mention& again : one.again) out.insert({again.at, again.span, one.promise.wanted});
  }
  return out;
}

struct Delivered {
  std::vector<Promise> promises;
  std::vector<News> news;
  std::vector<Deed> deeds;

  void take(const Said& said) {
    promises.insert(promises.end(), said.promises.begin(), said.promises.end());
    news.insert(news.end(), said.news.begin(), said.news.end());
  }
  std::vector<LedgerEntry> ledger() const {
    const Instant end = instant_at(*day_from_date(2026, 5, 4), 0, kZone);
    return fold_ledger(promises, news, end, deeds);
  }
};

class LedgerLaw : public testing::TestWithParam<const Phrases*> {
 protected:
  /// Calls `look(stream, random)` for many streams; a failure names the seed.
  template <typename Look>
  void for_streams(Look look) {
    constexpr unsigned kFirst = 20261201, kStreams = 60;
    for (unsigned seed = kFirst; seed < kFirst + kStreams; ++seed) {
      SCOPED_TRACE(fmt::format("seed {}", seed));
      std::mt19937 random(seed);
      const std::vector<Said> stream = stream_of(*GetParam(), random);
      look(stream, random);
      if (HasFailure()) return;
    }
  }
};

/// Whatever was promised or asked for is one entry, or stands under the one that it says again:
/// each key once, none more, none lost, after every message of any order of delivery.
TEST_P(LedgerLaw, NoKeyIsLostOrInventedInAnyOrderOfDelivery) {
  for_streams([](std::vector<Said> stream, std::mt19937& random) {
    std::shuffle(stream.begin(), stream.end(), random);
    Delivered so_far;
    so_far.deeds = deeds_of(random);
    std::multiset<Key> given;
    for (const Said& said : stream) {
      so_far.take(said);
      for (const Promise& one : said.promises) given.insert({one.at, one.span, one.wanted});
      EXPECT_EQ(keys_of(so_far.ledger()), given);
    }
  });
}

/// Any order and any repetition give the same entries: keys, states, dates, quotes.
TEST_P(LedgerLaw, TheLedgerIsAFunctionOfTheSetOfMessages) {
  for_streams([](const std::vector<Said>& stream, std::mt19937& random) {
    Delivered in_order;
    for (const Said& said : stream) in_order.take(said);
    in_order.deeds = deeds_of(random);
    const std::string wanted = shown(in_order.ledger());
    for (int round = 0; round < 4; ++round) {
      std::vector<Said> messages = stream;
      for (const Said& said : stream) {
        if (number_below(random, 3) == 0) messages.push_back(said);
      }
      std::shuffle(messages.begin(), messages.end(), random);
      Delivered again;
      for (const Said& said : messages) again.take(said);
      again.deeds = in_order.deeds;
      std::shuffle(again.deeds.begin(), again.deeds.end(), random);
      EXPECT_EQ(shown(again.ledger()), wanted);
    }
  });
}

/// Looked at after every message, with one that comes too late: the end is the same.
TEST_P(LedgerLaw, ALateMessageGivesTheLedgerOfOneInTime) {
  for_streams([](const std::vector<Said>& stream, std::mt19937& random) {
    Delivered in_order;
    for (const Said& said : stream) in_order.take(said);
    const auto late = std::size_t(number_below(random, stream.size()));
    Delivered so_far;
    std::set<Key> seen;
    const auto look = [&] {
      const std::multiset<Key> now = keys_of(so_far.ledger());
      EXPECT_TRUE(std::includes(now.begin(), now.end(), seen.begin(), seen.end()));
      seen.insert(now.begin(), now.end());
    };
    for (std::size_t i = 0; i < stream.size(); ++i) {
      if (i == late) continue;
      so_far.take(stream[i]);
      look();
    }
    so_far.take(stream[late]);
    look();
    EXPECT_EQ(shown(so_far.ledger()), shown(in_order.ledger()));
  });
}

/// The streams are no empty exercise: every fate comes about.
TEST_P(LedgerLaw, StreamsMeetEveryFate) {
  std::set<std::string_view> fates;
  std::size_t again = 0;
  for_streams([&](const std::vector<Said>& stream, std::mt19937&) {
    Delivered all;
    for (const Said& said : stream) all.take(said);
    for (const LedgerEntry& one : all.ledger()) {
      fates.insert(status_id(one.status));
      again += one.again.size();
    }
  });
  EXPECT_EQ(fates, (std::set<std::string_view>{"open", "met", "unmet", "exceeded", "withdrawn",
                                               "expired"}));
  EXPECT_GT(again, 20U);
}

INSTANTIATE_TEST_SUITE_P(InBothLanguages, LedgerLaw, testing::Values(&kZh, &kEn),
                         [](const auto& one) { return one.param == &kZh ? "Zh" : "En"; });

}  // namespace
}  // namespace xinjing::psychology
