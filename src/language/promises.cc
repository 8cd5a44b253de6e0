#include "language/promises.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "language/past_day.h"
#include "language/promise_clause.h"

namespace xinjing::language {
namespace {

using Role = PromiseLexicon::Role;

// A clause is a commitment from kCommitted on. Guessed, and checked against the scenarios of
// tests/tables/ledger.
constexpr int kCommitted = 4;
constexpr int kDueWeight = 2;
constexpr int kBoundWeight = 4;

constexpr bool ends_sentence(char32_t c) {
  return c == U'。' || c == U'!' || c == U'?' || c == U'\n' || c == U'…' || c == U'~';
}
constexpr bool ends_clause(char32_t c) {
  return ends_sentence(c) || c == U',' || c == U';' || c == U':' || c == U'—';
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

Acts acts_of(std::span<const PromiseLexicon::Found> found) {
  Acts acts = 0;
  for (const auto& f : found) acts |= f.acts;
  return acts;
}

constexpr int kNoon = 12 * 60;

/// Whether words name a day of the calendar, which is the same whenever they are said: 5号,
/// 3月10日, 今天, March 5, the 12th.
bool names_date(std::string_view text) {
  Normalised normal;
  normalise(text, normal);
  const std::u32string_view chars = normal.chars;
  constexpr auto kToday = std::to_array<std::u32string_view>({U"今", U"today", U"tonight"});
  constexpr auto kMonths = std::to_array<std::u32string_view>(
      {U"january", U"february", U"march", U"april", U"june", U"july", U"august", U"september",
       U"october", U"november", U"december"});
  const auto says = [&](std::u32string_view word) { return chars.find(word) != chars.npos; };
  if (std::any_of(kToday.begin(), kToday.end(), says)) return true;
  if (std::any_of(kMonths.begin(), kMonths.end(), says)) return true;
  for (std::size_t i = 0; i + 1 < chars.size(); ++i) {
    if (!is_digit(chars[i])) continue;
    if (chars[i + 1] == U'号' || chars[i + 1] == U'月') return true;
    const auto rest = chars.substr(i + 1, 2);
    if (rest == U"st" || rest == U"nd" || rest == U"rd" || rest == U"th") return true;
    if (chars[i + 1] == U'日' && chars.substr(i + 2, 1) != U"内") return true;
  }
  return false;
}

}  // namespace

void PromiseReader::split_clauses() {
  const std::u32string& chars = x_text->chars;
  const auto size = static_cast<std::uint32_t>(chars.size());
  x_clauses.clear();
  std::uint32_t sentence = 0;
  auto stretch = x_stretches.begin();
  for (std::uint32_t begin = 0; begin < size;) {
    std::uint32_t end = begin;
    bool full = false;
    while (stretch != x_stretches.end() && stretch->chars.end <= begin) ++stretch;
    const std::uint32_t border = stretch == x_stretches.end() ? size : stretch->chars.end;
    for (; end < border; ++end) {
      const char32_t c = chars[end];
      const bool within = (c == U',' || c == U':' || c == U'.') && end > 0 && end + 1 < size &&
                          is_digit(chars[end - 1]) && is_digit(chars[end + 1]);
      const bool stop = c == U'.' && (end + 1 == size || chars[end + 1] == U' ');
      // Chinese writes a space where it leaves out a mark.
      const bool gap = c == U' ' && end > begin && end + 1 < size && is_han(chars[end - 1]) &&
                       is_han(chars[end + 1]);
      if (within || (!ends_clause(c) && !stop && !gap)) continue;
      full = stop || ends_sentence(c);
      break;
    }
    Span span{begin, end};
    while (!span.empty() && chars[span.begin] == U' ') ++span.begin;
    while (!span.empty() && chars[span.end - 1] == U' ') --span.end;
    if (!span.empty()) x_clauses.push_back({.chars = span, .sentence = sentence});
    // A question mark belongs to the clause that it ends.
    if (!span.empty() && end < size && chars[end] == U'?') x_clauses.back().chars.end = end + 1;
    sentence += full ? 1 : 0;
    begin = end < border ? end + 1 : end;
  }
}

bool PromiseReader::find_words() {
  find_mixed_stretches(x_text->chars, x_stretches);
  x_lexicon.find(x_text->chars, x_stretches, x_scratch, x_found);
  if (x_found.empty()) return false;
  split_clauses();
  std::size_t next = 0;
  for (Clause& clause : x_clauses) {
    while (next < x_found.size() && x_found[next].chars.begin < clause.chars.begin) ++next;
    for (std::size_t i = next; i < x_found.size() && x_found[i].chars.begin < clause.chars.end;
         ++i) {
      clause.found.push_back(x_found[i]);
    }
  }
  return true;
}

void PromiseReader::find_due_times(std::string_view text, Moment said, bool agent) {
  for (std::size_t c = 0; c < x_clauses.size(); ++c) {
    Clause& clause = x_clauses[c];
    const bool wanted = !agent && wants(c);
    // Looking for a time costs more than all the rest.
    const bool told = !agent && !wanted;
    if (!wanted && !(told && pledges(clause)) &&
        !may_be_promise(c, agent, commitment(clause, false) + kDueWeight)) {
      continue;
    }
    if (told) {
      find_told_due(text, c, said);
      continue;
    }
    const Span bytes = x_text->bytes(clause.chars.begin, clause.chars.end);
    clause.due = find_due_time(slice(text, bytes), said, x_calendar);
    if (!clause.due) continue;
    clause.due->span.begin += bytes.begin;
    clause.due->span.end += bytes.begin;
  }
}

/// The time by which something was promised, as a customer tells it: reckoned from the day when it
/// was said if that is named before it (10号你们说三天内), in the clause or the one before; else
/// only a date of the calendar counts (5号前, by March 5), which is the nearest one that is not to
/// come. The day of the complaint is none.
void PromiseReader::find_told_due(std::string_view text, std::size_t c, Moment said) {
  Clause& clause = x_clauses[c];
  const std::u32string_view chars = x_text->chars;
  std::uint32_t begin = clause.chars.begin;
  std::optional<Day> made;
  for (const auto& found : clause.found) {
    const bool tells =
        found.role == Role::kTold || found.role == Role::kRecall || found.role == Role::kPledge;
    if (!tells) continue;
    made = past_day(chars.substr(0, found.chars.end), said.day);
    begin = found.chars.end;
    break;
  }
  if (begin == clause.chars.begin && c > 0) {
    const Clause& before = x_clauses[c - 1];
    if (before.sentence == clause.sentence) {
      made = past_day(chars.substr(0, before.chars.end), said.day);
    }
  }
  Moment from = said;
  if (made) from = {*made, made->number == said.day.number ? said.minute : kNoon};
  std::uint32_t end = clause.chars.end;
  constexpr std::u32string_view kTails = U"的吗呢吧?";  // 说好今天上门的
  while (end > begin && kTails.find(chars[end - 1]) != kTails.npos) --end;
  const Span bytes = x_text->bytes(begin, end);
  std::string_view words = slice(text, bytes);
  clause.due = find_due_time(words, from, x_calendar);
  if (!made && clause.due && !names_date(slice(words, clause.due->span))) {
    clause.told_due = true;
    clause.due.reset();
  }
  if (!made && (!clause.due || clause.due->day > said.day)) {
    // "By the 5th", told on the 8th.
    constexpr int kDaysBack = 14;
    const Moment before{{said.day.number - kDaysBack}, kNoon};
    const auto back = find_due_time(words, before, x_calendar);
    if (back && back->day <= said.day && names_date(slice(words, back->span))) clause.due = back;
    clause.told_due = clause.told_due || back.has_value();
  }
  if (!clause.due) return;
  clause.due->span.begin += bytes.begin;
  clause.due->span.end += bytes.begin;
}

/// Whether a clause says how much something is at most or at least: 月费不超过100元.
bool PromiseReader::bounds(const Clause& clause) const {
  constexpr auto kWords = std::to_array<std::u32string_view>(
      {U"不超过", U"不会超过", U"不低于", U"不会低于", U"不高于", U"不少于", U"封顶", U"至少",
       U"at least", U"at most", U"no more than", U"no less than", U"not exceed", U"capped at",
       U"n't exceed", U"no higher than"});
  const auto text =
      std::u32string_view(x_text->chars).substr(clause.chars.begin, clause.chars.size());
  const bool says = std::any_of(kWords.begin(), kWords.end(), [&](std::u32string_view word) {
    return text.find(word) != text.npos;
  });
  if (!says) return false;
  const auto amount =
      find_amount(slice(x_bytes, x_text->bytes(clause.chars.begin, clause.chars.end)));
  return amount && amount->bound != Bound::kExactly;
}

void PromiseReader::weigh_words(bool agent) {
  for (std::size_t c = 0; c < x_clauses.size(); ++c) {
    Clause& clause = x_clauses[c];
    std::uint32_t seen = 0;  // each role counts once
    for (const auto& found : clause.found) {
      // "It will be delivered by Friday" tells what is to come.
      const std::u32string_view ahead =
          std::u32string_view(x_text->chars).substr(0, found.chars.begin);
      if (found.role == Role::kDone && (ahead.ends_with(U" be ") || ahead.ends_with(U"'ll be "))) {
        continue;
      }
      const std::uint32_t bit = 1U << static_cast<unsigned>(found.role);
      if ((seen & bit) != 0) continue;
      seen |= bit;
      clause.words += weight_of(found.role);
    }
    const bool asks = x_text->chars[clause.chars.end - 1] == U'?';
    if (asks && agent) clause.words += weight_of(Role::kAsk);
    // What follows from a condition is promised only if that holds.
    if (c > 0 && x_clauses[c - 1].sentence == clause.sentence &&
        has(x_clauses[c - 1].found, Role::kIf)) {
      clause.words += weight_of(Role::kIf);
    }
    clause.may = has(clause.found, Role::kAct) || has(clause.found, Role::kCommit);
    if (agent && !asks && bounds(clause)) clause.words += kBoundWeight, clause.may = true;
  }
}

int PromiseReader::commitment(const Clause& clause, bool has_due) {
  return clause.may ? clause.words + (has_due ? kDueWeight : 0) : 0;
}

/// Cuts a customer's clause that tells a promise where its fate begins without a mark: "your ad
/// says 200 Mbps but I only get 20", 说好不收费结果收了30元.
void PromiseReader::cut_at_turns() {
  for (std::size_t c = 0; c < x_clauses.size(); ++c) {
    if (!tells(x_clauses[c])) continue;
    const auto& found = x_clauses[c].found;
    const auto told = std::find_if(found.begin(), found.end(), [](const auto& f) {
      return f.role == Role::kTold || f.role == Role::kRecall || f.role == Role::kPledge ||
             f.role == Role::kContract || f.role == Role::kAdvert;
    });
    const auto turn =
        std::find_if(told, found.end(), [](const auto& f) { return f.role == Role::kTurn; });
    if (turn == found.end() || turn->chars.begin < told->chars.end) continue;
    Clause rest{.chars = {turn->chars.begin, x_clauses[c].chars.end},
                .sentence = x_clauses[c].sentence};
    Clause& head = x_clauses[c];
    std::vector<PromiseLexicon::Found> kept;
    for (const auto& f : head.found) {
      (f.chars.begin < rest.chars.begin ? kept : rest.found).push_back(f);
    }
    head.found = std::move(kept);
    head.chars.end = rest.chars.begin;
    while (!head.chars.empty() && x_text->chars[head.chars.end - 1] == U' ') --head.chars.end;
    x_clauses.insert(x_clauses.begin() + static_cast<std::ptrdiff_t>(c) + 1, std::move(rest));
    ++c;
  }
}

bool PromiseReader::tells(const Clause& clause) const {
  const bool recalls = std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& f) {
    return f.role == Role::kRecall && !is_of_speaker(clause, f.chars.begin);  // 我答应过孩子
  });
  return recalls || has(clause.found, Role::kTold) || pledges(clause);
}

/// Whether a customer's clause says that a word was given: 你们答应, 合同写明, I was promised. Not
/// that nobody gave one, that they gave it themselves, or that one is asked for (能保证吗).
bool PromiseReader::pledges(const Clause& clause) const {
  constexpr std::uint32_t kReach = 3;
  constexpr std::u32string_view kAsked = U"能敢要请该肯谁没不未";
  const std::u32string_view chars = x_text->chars;
  return std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& word) {
    if (word.role == Role::kContract || word.role == Role::kAdvert) return true;
    if (word.role == Role::kOffer) {
      // 办理宽带送30元话费.
      const auto behind = chars.substr(word.chars.end, clause.chars.end - word.chars.end);
      // What was given, or is asked about, is no promise.
      constexpr auto kPast =
          std::to_array<std::u32string_view>({U"送过", U"送了", U"送的", U"送你", U"时候", U"时还",
                                              U"还有", U"?", U"吗", U"好不容易"});
      const auto all = chars.substr(clause.chars.begin, clause.chars.end - clause.chars.begin);
      if (std::any_of(kPast.begin(), kPast.end(),
                      [&](std::u32string_view no) { return all.find(no) != all.npos; })) {
        return false;
      }
      const std::size_t gift = behind.find_first_of(U"送返赠");
      return gift != behind.npos && gift > 0 &&
             find_number(slice(x_bytes, x_text->bytes(word.chars.end, clause.chars.end)));
    }
    if (word.role != Role::kPledge) return false;
    if (is_of_speaker(clause, word.chars.begin)) return false;
    const std::uint32_t from = word.chars.begin > clause.chars.begin + kReach
                                   ? word.chars.begin - kReach
                                   : clause.chars.begin;
    const auto ahead = chars.substr(from, word.chars.begin - from);
    if (is_han(chars[word.chars.begin])) {
      // 车都约好了 says nothing of what was agreed.
      const bool ends = chars.substr(word.chars.end, clause.chars.end - word.chars.end) == U"了";
      return !ends && ahead.find_first_of(kAsked) == ahead.npos;
    }
    // "On the promised 2 June", "as promised" tell no promise of their own.
    for (const std::u32string_view no : {U"the ", U" as ", U"an "}) {
      if (word.chars.begin > 0 && chars.substr(0, word.chars.begin).ends_with(no)) return false;
    }
    return std::none_of(clause.found.begin(), clause.found.end(), [&](const auto& no) {
      return no.role == Role::kNot && no.chars.end <= word.chars.begin &&
             word.chars.begin <= no.chars.end + kReach;
    });
  });
}

/// Whether a clause after one that tells a promise tells what became of it: no promise of its own.
bool PromiseReader::tells_outcome(const Clause& clause) const {
  return has(clause.found, Role::kTurn) || has(clause.found, Role::kUnmet) ||
         has(clause.found, Role::kExceeded) || has(clause.found, Role::kShort) ||
         denied_acts(clause) != 0 || done_acts(clause) != 0;
}

/// Whether customers ask for an act in a clause: 我要求退款, I expect a refund.
bool PromiseReader::wants(std::size_t c) const {
  const Clause& clause = x_clauses[c];
  const auto& found = clause.found;
  if (!(has(found, Role::kWant) || has(found, Role::kAsked)) || tells(clause)) return false;
  // 希望 is how people ask; other wishes and conditions are none.
  const bool only_if = std::any_of(found.begin(), found.end(), [&](const auto& f) {
    const std::u32string_view word =
        std::u32string_view(x_text->chars).substr(f.chars.begin, f.chars.size());
    return f.role == Role::kIf && !word.starts_with(U"希望");
  });
  if (only_if) return false;
  // 三天之内给我退 asks as well, but of whom it is wanted.
  const bool asks = std::any_of(found.begin(), found.end(), [&](const auto& f) {
    const std::u32string_view word =
        std::u32string_view(x_text->chars).substr(f.chars.begin, f.chars.size());
    return f.role == Role::kAsk && word.find(U"给我") == word.npos;
  });
  if (asks) return false;
  for (const Role no : {Role::kUnmet, Role::kMet, Role::kExceeded, Role::kWithdrawn, Role::kNot,
                        Role::kRefuse, Role::kShort}) {
    if (has(found, no)) return false;
  }
  // What is asked for follows the word by which it is asked for.
  const auto want = std::find_if(found.begin(), found.end(), [](const auto& f) {
    return f.role == Role::kWant || f.role == Role::kAsked;
  });
  // 我要搬家, 我要给家里装 are plans; 他给我打电话 tells of somebody; only 你们给我… asks.
  const std::u32string_view chars = x_text->chars;
  const auto word = chars.substr(want->chars.begin, want->chars.size());
  const auto next = chars.substr(want->chars.end, 1);
  if (word.starts_with(U"我") && !next.empty() &&
      std::u32string_view(U"给问搬发去来买订让跟把").find(next[0]) != std::u32string_view::npos) {
    return false;
  }
  if (word == U"给我" || word == U"帮我" || word == U"替我") {
    constexpr std::u32string_view kOfYou = U"你您们请快那就烦紧来司吧";
    const bool first = want->chars.begin == clause.chars.begin;
    if (!first && kOfYou.find(chars[want->chars.begin - 1]) == kOfYou.npos) return false;
    if (clause.chars.size() > 1 && is_digit(chars[clause.chars.begin])) return false;  // 2019年
  }
  return std::any_of(found.begin(), found.end(), [&](const auto& f) {
    return f.role == Role::kAskedAct || (f.role == Role::kAct && f.chars.end > want->chars.end);
  });
}

/// Who gave the word that a customer tells of, by the clause or the one before it.
Giver PromiseReader::giver_of(std::size_t c) const {
  const auto in = [&](const Clause& clause) -> std::optional<Giver> {
    if (has(clause.found, Role::kContract)) return Giver::kContract;
    if (has(clause.found, Role::kAdvert)) return Giver::kAdvert;
    if (has(clause.found, Role::kOffer) && !has(clause.found, Role::kPledge)) {
      return Giver::kAdvert;
    }
    if (has(clause.found, Role::kPerson)) return Giver::kAgent;
    return {};
  };
  if (const auto here = in(x_clauses[c])) return *here;
  const bool before = c > 0 && x_clauses[c - 1].sentence == x_clauses[c].sentence;
  if (before && !pledges(x_clauses[c])) return in(x_clauses[c - 1]).value_or(Giver::kCompany);
  return Giver::kCompany;
}

/// What an act is done to, as far as it stands beside it: 把X, behind the act, or before it.
Span PromiseReader::object_of(const Clause& clause) const {
  const std::u32string_view chars = x_text->chars;
  const auto act = std::find_if(clause.found.begin(), clause.found.end(), [](const auto& f) {
    return f.role == Role::kAct || f.role == Role::kAskedAct;
  });
  if (act == clause.found.end()) return {};
  const auto cut = [&](std::uint32_t begin, std::uint32_t end) -> Span {
    // Words of the lexicon are no object, nor what stands behind them.
    for (const auto& f : clause.found) {
      if (f.chars.begin >= begin && f.chars.begin < end && f.chars.begin >= act->chars.end) {
        end = f.chars.begin;
      }
    }
    constexpr std::u32string_view kSkip = U"了个一台张份新下您你我他们给的把将再 ";
    constexpr std::u32string_view kStop = U"了吧吗呢的给到在并就再也前内后以之和,;?! 0123456789¥$";
    const bool han = begin < end && is_han(chars[act->chars.begin]);
    if (han) {
      while (begin < end && kSkip.find(chars[begin]) != kSkip.npos) ++begin;
      std::uint32_t stop = begin;
      while (stop < end && kStop.find(chars[stop]) == kStop.npos) ++stop;
      constexpr std::uint32_t kLongest = 10;
      if (stop - begin < 2 || stop - begin > kLongest) return {};
      return x_text->bytes(begin, stop);
    }
    constexpr auto kPlain = std::to_array<std::u32string_view>(
        {U"me", U"my", U"the", U"a", U"an", U"us", U"our", U"you", U"your", U"of", U"on", U"for",
         U"this", U"that", U"it", U"new", U"one"});
    constexpr auto kEnds = std::to_array<std::u32string_view>(
        {U"by", U"within", U"before", U"today", U"tomorrow", U"and", U"to", U"in", U"at", U"please",
         U"or", U"if", U"so", U"now", U"on", U"immediately", U"asap", U"is", U"was"});
    std::uint32_t first = end;
    std::uint32_t last = begin;
    for (std::uint32_t i = begin; i < end;) {
      while (i < end && !(chars[i] >= U'a' && chars[i] <= U'z')) ++i;
      std::uint32_t stop = i;
      while (stop < end && chars[stop] >= U'a' && chars[stop] <= U'z') ++stop;
      const auto word = chars.substr(i, stop - i);
      if (word.empty()) break;
      const bool plain = std::find(kPlain.begin(), kPlain.end(), word) != kPlain.end();
      if (std::find(kEnds.begin(), kEnds.end(), word) != kEnds.end()) break;
      if (!plain && first == end) first = i;
      if (plain && first != end) break;
      if (!plain) last = stop;
      i = stop;
    }
    return first < last ? x_text->bytes(first, last) : Span{};
  };
  constexpr std::u32string_view kTake = U"把将";
  for (std::uint32_t i = clause.chars.begin; i < act->chars.begin; ++i) {
    if (kTake.find(chars[i]) == kTake.npos) continue;
    if (const Span taken = cut(i + 1, act->chars.begin); !taken.empty()) return taken;
  }
  return cut(act->chars.end, clause.chars.end);
}

bool PromiseReader::may_be_promise(std::size_t c, bool agent, int strength) const {
  const Clause& clause = x_clauses[c];
  if (agent) return strength >= kCommitted;
  if (has(clause.found, Role::kIf)) return false;
  const bool pledged = pledges(clause);
  // 比承诺的还快 praises; 答应给我升级 names what was promised.
  const bool praises = std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& f) {
    if (f.role != Role::kExceeded) return false;
    return !pledged || std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& p) {
      return p.role == Role::kPledge && f.chars.begin <= p.chars.begin;
    });
  });
  if (praises) return false;
  if (pledged) {
    // A word was given: of an act, a time or an amount.
    if (acts_of(clause.found) != 0 || clause.due || clause.told_due) return true;
    return find_number(slice(x_bytes, x_text->bytes(clause.chars.begin, clause.chars.end)))
        .has_value();
  }
  // The customer tells it here, or began to just before.
  const bool before =
      c > 0 && x_clauses[c - 1].sentence == clause.sentence && tells(x_clauses[c - 1]);
  constexpr int kTold = 2;
  const bool asks = x_text->chars[clause.chars.end - 1] == U'?';
  // 你们说到做到 praises, and promises nothing.
  if (has(clause.found, Role::kMet) && !clause.due && !clause.told_due) return false;
  return (tells(clause) || (before && !asks && !tells_outcome(clause))) &&
         strength + kTold >= kCommitted;
}

void PromiseReader::take_promises(std::string_view text, bool agent,
                                  std::vector<PromiseWords>& promises) {
  constexpr std::uint32_t kLongestTold = 240;
  constexpr std::uint32_t kLongestToldOfHan = 80;
  const std::size_t first = promises.size();
  std::size_t last_clause = 0;
  for (std::size_t c = 0; c < x_clauses.size(); ++c) {
    Clause& clause = x_clauses[c];
    const bool wanted = !agent && wants(c);
    if (!wanted && !may_be_promise(c, agent, commitment(clause, clause.due.has_value()))) continue;
    // What the company said is many things: a promise has a time or a will in it, or was given.
    if (!agent && !wanted && !has(clause.found, Role::kCommit) && !clause.due && !clause.told_due &&
        !pledges(clause)) {
      continue;
    }
    const bool han = is_han(x_text->chars[clause.chars.begin]);
    if (!agent && clause.chars.size() > (han ? kLongestToldOfHan : kLongestTold))
      continue;  // a story without marks
    PromiseWords words{.span = x_text->bytes(clause.chars.begin, clause.chars.end),
                       .told = !agent && !wanted,
                       .wanted = wanted,
                       .giver = agent    ? Giver::kAgent
                                : wanted ? Giver::kCustomer
                                         : giver_of(c),
                       .due = clause.due,
                       .amount = {},
                       .acts = acts_of_promise(clause, wanted),
                       .moves = has(clause.found, Role::kWithdrawn),
                       .object = object_of(clause)};
    while (!words.span.empty() && text[words.span.end - 1] == '?') --words.span.end;
    clause.promise = true;
    const bool joined = promises.size() > first && c == last_clause + 1 &&
                        x_clauses[last_clause].sentence == clause.sentence &&
                        promises.back().wanted == wanted && (!clause.due || !promises.back().due);
    if (joined) {
      PromiseWords& one = promises.back();
      one.span.end = words.span.end;
      one.acts |= words.acts;
      if (!one.due) one.due = words.due;
      if (one.object.empty()) one.object = words.object;
    } else {
      promises.push_back(words);
    }
    last_clause = c;
  }
  for (std::size_t i = first; i < promises.size(); ++i) {
    promises[i].amount = find_amount(slice(text, promises[i].span));
  }
}

/// The acts of a clause; of what customers ask for those that follow the asking.
Acts PromiseReader::acts_of_promise(const Clause& clause, bool wanted) {
  if (!wanted) return acts_of(clause.found);
  return acts_of_role(clause.found, Role::kAct) | acts_of_role(clause.found, Role::kAskedAct);
}

void PromiseReader::read(std::string_view text, const Normalised& normal, ingest::Speaker speaker,
                         std::optional<Moment> said, std::vector<PromiseWords>& promises,
                         std::vector<OutcomeWords>& outcomes) {
  x_text = &normal;
  x_bytes = text;
  if (!find_words()) return;
  const bool agent = speaker != ingest::Speaker::kCustomer;
  if (!agent) cut_at_turns();
  weigh_words(agent);
  if (said) find_due_times(text, *said, agent);
  take_promises(text, agent, promises);
  take_outcomes(text, agent, outcomes);
}

}  // namespace xinjing::language
