#include "psychology/ledger_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "psychology/matter.h"

namespace xinjing::psychology {
namespace {

using language::Outcome;

constexpr std::uint32_t kNextBytes = 8;  // between clauses that follow each other
constexpr std::int64_t kAtOnceMillis = kHourMillis / 12;
constexpr std::int64_t kSoonMillis = kHourMillis;  // what has no time is not late before that
// "Still nothing" that names no matter is not of what was over so long before.
constexpr std::int64_t kBareMillis = 14 * kDayMillis;

/// Whether words move something to another time.
bool moves(std::string_view text) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"改到", "改期", "改在", "改约", "改成", "推迟", "推后", "延后", "顺延", "延期", "往后推",
       "往后挪", "reschedul", "postpone"});
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

/// Whether a promise is that something will not be done again: what is told to be done breaks it.
bool forbids(std::string_view quote) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"不再", "不会再", "别再", "won't call", "not call",
                                       "never call", "stop calling", "no more"});
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return quote.find(word) != quote.npos; });
}

/// Whether words tell what somebody thought would be: 我还说八成没下文了.
bool guesses(std::string_view text) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"八成", "估计", "以为", "怕是", "恐怕", "还说", "thought", "guess", "expected", "suppose"});
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

/// Money that was promised, in 1/10000; nothing for other amounts.
std::optional<std::int64_t> money_of(const language::Amount& amount, std::string& currency) {
  constexpr std::string_view kTenThousands = "万 ";
  std::string_view unit = amount.unit;
  const bool thousands = unit.starts_with(kTenThousands);
  if (thousands) unit.remove_prefix(kTenThousands.size());
  if (unit.size() != 3 || unit[0] < 'A' || unit[0] > 'Z') return {};
  constexpr std::size_t kMostDigits = 12;
  if (amount.number.size() > kMostDigits) return {};
  constexpr double kUnits = 10'000;
  currency = unit;
  return std::llround(std::stod(amount.number) * kUnits * (thousands ? kUnits : 1));
}

/// Whether what is told to be done was due so much later that it was more than promised: a day
/// before a day, or a quarter of the time that there was.
bool is_sooner(const Promise& promise, const News& news) {
  if (!promise.due) return tells_quick(news.quote);
  const Instant told = news.at.time;
  if (!promise.due_to_the_minute) return told.millis + kDayMillis <= promise.due->millis;
  const std::int64_t given = promise.due->millis - promise.at.time.millis;
  return promise.due->millis - told.millis >= std::max(kHourMillis, given / 4);
}

}  // namespace

bool comes_after(const News& news, const Promise& promise) {
  if (promise.at < news.at) return true;
  if (!promise.told || promise.at != news.at) return false;
  if (news.span == promise.span) return true;  // 答应补发的已经收到了
  // 怎么还没到，不是说明天到吗; where is the gift you promised.
  return news.outcome == Outcome::kUnmet || promise.span.end <= news.span.begin;
}

bool are_comparable(const Promise& promise, const News& news) {
  if (!promise.amount || !news.amount) return false;
  // A number without a unit is an amount only where more or less is told.
  if (news.amount->unit.empty() && news.outcome != Outcome::kExceeded && !news.measures) {
    return false;
  }
  return language::keeps(*promise.amount, *news.amount).has_value();
}

bool is_past_its_hour(const Promise& promise, const News& news) {
  if (news.amount && !news.amount->unit.empty()) return false;
  if (promise.told && promise.at == news.at) return true;
  return promise.due && promise.due_to_the_minute && *promise.due <= news.at.time;
}

Outcome compared(const Promise& promise, const News& news) {
  if (news.outcome == Outcome::kWithdrawn && promise.due && *promise.due < news.at.time &&
      moves(news.quote)) {
    return Outcome::kUnmet;
  }
  if (news.outcome == Outcome::kMet && forbids(promise.quote)) return Outcome::kUnmet;
  const bool plain =
      news.outcome == Outcome::kExceeded && !tells_more(news.quote) && !is_sooner(promise, news);
  if (!are_comparable(promise, news)) return plain ? Outcome::kMet : news.outcome;
  const bool keeps = *language::keeps(*promise.amount, *news.amount);
  const bool more = news.amount->value() > promise.amount->value();
  const bool exactly = promise.amount->bound == language::Bound::kExactly;
  switch (news.outcome) {
    case Outcome::kMet:
      return keeps || more ? Outcome::kMet : Outcome::kUnmet;
    case Outcome::kUnmet:
      if (!exactly || news.measures) return keeps ? Outcome::kMet : Outcome::kUnmet;
      return Outcome::kUnmet;
    case Outcome::kExceeded:
      return plain && !more ? Outcome::kMet : Outcome::kExceeded;
    default:
      return news.outcome;
  }
}

Paid compare_money(const Promise& promise, const Deed& deed) {
  if (!promise.amount || !deed.paid) return Paid::kUnknown;
  std::string currency;
  const auto promised = money_of(*promise.amount, currency);
  if (!promised) return Paid::kUnknown;
  if (!deed.currency.empty() && deed.currency != currency) return Paid::kAnother;
  constexpr std::int64_t kPartsOff = 200;  // rounding
  return std::abs(*promised - *deed.paid) * kPartsOff <= *promised ? Paid::kSame : Paid::kAnother;
}

namespace {

/// Whether somebody is to come by then, rather than to be done by then.
bool comes(std::string_view words) {
  const auto has_any = [&](std::initializer_list<std::string_view> of) {
    return std::any_of(of.begin(), of.end(),
                       [&](std::string_view word) { return words.find(word) != words.npos; });
  };
  if (has_any({"修好",    "装好",     "换好",      "办好",   "弄好",     "完",
               "解决",    "恢复",     "来电",      "来水",   "送电",     "到账",
               "到货",    "退到",     "寄到",      "送到",   "送达",     "搞定",
               "fixed",   "repaired", "done",      "finish", "complete", "ready",
               "back on", "restored", "installed", "refund", "deliver",  "sorted"})) {
    return false;
  }
  return has_any({"到",       "来",          "上门",  "过去",  "师傅",  "查勘",
                  "定在",     "约在",        "开始",  "visit", "come",  "arrive",
                  "be there", "be with you", "be at", "start", "begin", "appointment",
                  "engineer", "technician",  "slot",  "goes"});
}

}  // namespace

bool is_late(const Promise& promise, const Deed& deed) {
  if (!promise.due) return false;
  const Instant done = deed.begun && comes(promise.quote) ? *deed.begun : deed.from;
  // A call at 02:23 that was promised for 02:20 is in time.
  constexpr std::int64_t kGrace = 10 * 60'000;
  return promise.due_to_the_minute ? done.millis > promise.due->millis + kGrace
                                   : done >= *promise.due;
}

bool are_beside(const Promise& promise, const News& news) {
  return news.span.begin <= promise.span.end + kNextBytes &&
         promise.span.begin <= news.span.end + kNextBytes;
}

bool is_near(const Promise& promise, const News& news) {
  return promise.due && news.at.time.millis + kHourMillis >= promise.due->millis;
}

bool is_ripe(const Promise& promise, const News& news) {
  const Instant known = promise.due.value_or(promise.at.time);
  if (!news.recalls && news.at.time.millis > known.millis + kFreshMillis) return false;
  if (news.outcome == Outcome::kMet && promise.due && promise.at != news.at) {
    // What is promised for tomorrow is not done within the same talk.
    return news.at.time.millis - promise.at.time.millis >= kAtOnceMillis ||
           promise.due->millis - promise.at.time.millis < kSoonMillis * 2;
  }
  if (news.outcome != Outcome::kUnmet || news.recalls) return true;
  if (news.quote.ends_with("?") || news.quote.ends_with("？")) {
    if (!says_still(news.quote)) return false;
  }
  if (promise.told) return true;
  if (promise.due) return is_near(promise, news);
  if (news.at.time.millis - promise.at.time.millis < kSoonMillis) return false;
  return promise.at.conversation_no != news.at.conversation_no || says_still(news.quote);
}

bool is_of_another_act(const Promise& promise, const News& news) {
  const bool same = (promise.acts & news.acts) != 0;
  // What is told as promised and what came of it, in one breath.
  if (promise.told && promise.at == news.at) {
    if (news.outcome == Outcome::kExceeded || news.outcome == Outcome::kWithdrawn) {
      // Chinese praise names its act, or is of anything: 不仅…, 额外….
      const bool english = !news.quote.empty() && static_cast<unsigned char>(news.quote[0]) < 0x80;
      return !same && !news.recalls && !(english && news.acts == 0 && are_beside(promise, news));
    }
    if (same || promise.acts == 0 || news.acts == 0 || are_beside(promise, news)) return false;
  }
  const bool kept = news.outcome == Outcome::kMet || news.outcome == Outcome::kUnmet;
  if (!kept && !news.recalls && promise.acts != 0 && news.acts != 0 && !same) return true;
  if (news.outcome == Outcome::kExceeded && !news.recalls && !same && !is_near(promise, news))
    return true;
  if (promise.at.conversation_no != news.at.conversation_no) return false;
  if (news.outcome == Outcome::kExceeded) {
    return !promise.due || !(same || is_near(promise, news));
  }
  const bool met = news.outcome == Outcome::kMet;
  if (met && (promise.told || promise.at == news.at)) return !same;
  if (news.recalls || promise.at == news.at) return false;
  return promise.acts != 0 && news.acts != 0 && !same;
}

bool is_bare(const News& news) {
  if (news.recalls || news.measures || news.amount || !is_brief(news.context)) return false;
  switch (news.outcome) {
    case Outcome::kUnmet:
      if (guesses(news.quote)) return false;
      return tells_silence(news.quote) || (news.acts == 0 && says_still(news.quote));
    case Outcome::kMet:
      return says_all_done(news.quote);
    case Outcome::kWithdrawn:
      return news.acts == 0;  // I told them to forget it
    default:
      return false;
  }
}

bool may_be_of(const News& news, const Promise& promise) {
  const Instant known = promise.due.value_or(promise.at.time);
  if (news.at.time.millis > known.millis + kBareMillis || !is_ripe(promise, news)) return false;
  // Within one talk everything may be meant.
  if (news.outcome != Outcome::kUnmet) {
    return promise.at.conversation_no != news.at.conversation_no;
  }
  const bool over = !promise.due || *promise.due <= news.at.time;
  return over && news.at.time.millis - promise.at.time.millis >= kSoonMillis;
}

}  // namespace xinjing::psychology
