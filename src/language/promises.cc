#include "language/promises.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "language/lexicon_words.h"
#include "language/past_day.h"

namespace xinjing::language {
namespace {

using Role = PromiseLexicon::Role;

constexpr std::string_view kHeader = "role\tact\twords\tnote";
constexpr std::size_t kMostActs = 30;
constexpr std::string_view kAnyAspect = "AFT";

struct RoleInfo {
  std::string_view id;
  Role role;
  int weight;  // for or against a commitment
};
// A clause is a commitment from kCommitted on. Guessed, and checked against the scenarios of
// tests/tables/ledger.
constexpr int kCommitted = 4;
constexpr int kDueWeight = 2;
constexpr std::array kRoles = {
    RoleInfo{"commit", Role::kCommit, 2},     RoleInfo{"soon", Role::kSoon, 1},
    RoleInfo{"you", Role::kYou, 1},           RoleInfo{"company", Role::kCompany, 1},
    RoleInfo{"act", Role::kAct, 1},           RoleInfo{"told", Role::kTold, 0},
    RoleInfo{"recall", Role::kRecall, 0},     RoleInfo{"done", Role::kDone, -3},
    RoleInfo{"policy", Role::kPolicy, -2},    RoleInfo{"order", Role::kOrder, -3},
    RoleInfo{"ask", Role::kAsk, -4},          RoleInfo{"if", Role::kIf, -4},
    RoleInfo{"polite", Role::kPolite, -5},    RoleInfo{"refuse", Role::kRefuse, -4},
    RoleInfo{"not", Role::kNot, 0},           RoleInfo{"did", Role::kDid, 0},
    RoleInfo{"met", Role::kMet, 0},           RoleInfo{"unmet", Role::kUnmet, 0},
    RoleInfo{"exceeded", Role::kExceeded, 0}, RoleInfo{"withdrawn", Role::kWithdrawn, 0},
    RoleInfo{"nothing", Role::kNothing, 0}};

constexpr int weight_of(Role role) {
  for (const RoleInfo& info : kRoles) {
    if (info.role == role) return info.weight;
  }
  return 0;
}

constexpr bool ends_sentence(char32_t c) {
  return c == U'。' || c == U'!' || c == U'?' || c == U'\n' || c == U'…' || c == U'~';
}
constexpr bool ends_clause(char32_t c) {
  return ends_sentence(c) || c == U',' || c == U';' || c == U':' || c == U'—';
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool has(std::span<const PromiseLexicon::Found> found, Role role) {
  return std::any_of(found.begin(), found.end(), [&](const auto& f) { return f.role == role; });
}

Acts acts_of(std::span<const PromiseLexicon::Found> found) {
  Acts acts = 0;
  for (const auto& f : found) acts |= f.acts;
  return acts;
}

Acts acts_of_role(std::span<const PromiseLexicon::Found> found, Role role) {
  Acts acts = 0;
  for (const auto& f : found) acts |= f.role == role ? f.acts : 0;
  return acts;
}

constexpr Acts kAnyAct = Acts{1} << 31;  // beyond kMostActs: of no act in particular

constexpr int kNoon = 12 * 60;

}  // namespace

std::string_view outcome_id(Outcome outcome) {
  constexpr std::array<std::string_view, 4> kIds = {"met", "unmet", "exceeded", "withdrawn"};
  return kIds[static_cast<std::size_t>(outcome)];
}

Status PromiseLexicon::add(std::string_view text, std::string_view name, std::optional<Lang> lang) {
  return TsvReader(text, name, kHeader).each([&](const TsvRow& line) -> Status {
    const auto& cells = line.cells;
    const auto refuse = [&](std::string_view cell, Said said) {
      return line.refuse(cell, std::move(said));
    };
    const auto role = std::find_if(kRoles.begin(), kRoles.end(),
                                   [&](const RoleInfo& info) { return info.id == cells[0]; });
    if (role == kRoles.end()) return refuse(cells[0], {"there is no such role", "没有这种角色"});
    Row row{.role = role->role, .lang = lang};
    if (!cells[1].empty()) {
      const std::size_t colon = cells[1].find(':');
      const ActName act{std::string(cells[1].substr(0, colon)),
                        colon == cells[1].npos ? "" : std::string(cells[1].substr(colon + 1))};
      auto known = std::find_if(x_acts.begin(), x_acts.end(),
                                [&](const ActName& other) { return other.name == act.name; });
      if (known == x_acts.end()) {
        if (act.name.empty() || act.aspect.size() != 3 || x_acts.size() == kMostActs) {
          return refuse(cells[1], {"an act is name:ASPECT, at most 30 of them",
                                   "act 应为 名称:方面代码，最多 30 种"});
        }
        known = x_acts.insert(x_acts.end(), act);
      }
      row.acts = Acts{1} << (known - x_acts.begin());
    } else if (row.role == Role::kAct) {
      return refuse(cells[0], {"an act has a name and an aspect", "act 应有名称与方面代码"});
    }
    Result<std::vector<std::u32string>> words = words_of(line, cells[2], x_words.size());
    if (!words) return words.failure();
    // Only whole rows are kept, also of a file that is refused further on.
    x_row_of_word.resize(x_words.size() + words->size(), static_cast<std::uint32_t>(x_rows.size()));
    std::move(words->begin(), words->end(), std::back_inserter(x_words));
    x_rows.push_back(row);
    return {};
  });
}

void PromiseLexicon::build() { x_index = PhraseIndex(x_words); }

std::string_view PromiseLexicon::aspect_of(Acts acts) const {
  for (std::size_t i = 0; i < x_acts.size(); ++i) {
    if ((acts >> i & 1) != 0) return x_acts[i].aspect;
  }
  return kAnyAspect;
}

std::string PromiseLexicon::names_of(Acts acts) const {
  std::string names;
  for (std::size_t i = 0; i < x_acts.size(); ++i) {
    if ((acts >> i & 1) != 0) names += (names.empty() ? "" : "+") + x_acts[i].name;
  }
  return names;
}

void PromiseLexicon::find(std::u32string_view text, std::span<const TextStretch> stretches,
                          std::vector<FoundPhrase>& scratch, std::vector<Found>& out) const {
  scratch.clear();
  x_index.find(text, scratch);
  out.clear();
  Span nothing;
  Span any;
  std::array<Span, kRoles.size()> covered{};
  const auto inside = [](Span span, Span other) { return span.end <= other.end && span != other; };
  for (const FoundPhrase& found : scratch) {  // by place, the longest first
    const Row& row = x_rows[x_row_of_word[found.phrase]];
    if (!counts_at(stretches, row.lang, found.chars.begin)) continue;
    Span& last = covered[static_cast<std::size_t>(row.role)];
    // What speaks against a commitment does not within a longer word: 您打 in 给您打.
    const bool against = weight_of(row.role) < 0 && inside(found.chars, any);
    if (inside(found.chars, nothing) || inside(found.chars, last) || against) continue;
    const bool outcome = row.role >= Role::kDid && row.role <= Role::kWithdrawn;
    if (found.chars.end > any.end && !outcome) any = found.chars;
    if (row.role == Role::kNothing) {
      nothing = found.chars;
      continue;
    }
    last = found.chars;
    out.push_back({row.role, row.acts, found.chars});
  }
}

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
  Moment from = said;
  for (std::size_t c = 0; c < x_clauses.size(); ++c) {
    Clause& clause = x_clauses[c];
    // Looking for a time costs more than all the rest.
    if (!may_be_promise(c, agent, commitment(clause, false) + kDueWeight)) continue;
    std::uint32_t begin = clause.chars.begin;
    if (!agent) {
      // "10号你们说三天内": reckoned from the day when it was said.
      for (const auto& found : clause.found) {
        if (found.role != Role::kTold && found.role != Role::kRecall) continue;
        const std::u32string_view chars = x_text->chars;
        const auto day = past_day(chars.substr(0, found.chars.end), said.day);
        if (day) from = {*day, day->number == said.day.number ? said.minute : kNoon};
        begin = found.chars.end;
        break;
      }
    }
    const Span bytes = x_text->bytes(begin, clause.chars.end);
    clause.due = find_due_time(slice(text, bytes), from, x_calendar);
    if (!clause.due && !agent && from.day == said.day) {
      // The time that was promised may be past by now: "by the 5th", told on the 8th.
      constexpr int kDaysBack = 14;
      const Moment before{{said.day.number - kDaysBack}, kNoon};
      clause.due = find_due_time(slice(text, bytes), before, x_calendar);
      if (clause.due && clause.due->day > said.day) clause.due.reset();
    }
    if (!clause.due) continue;
    clause.due->span.begin += bytes.begin;
    clause.due->span.end += bytes.begin;
  }
}

void PromiseReader::weigh_words(bool agent) {
  for (std::size_t c = 0; c < x_clauses.size(); ++c) {
    Clause& clause = x_clauses[c];
    std::uint32_t seen = 0;  // each role counts once
    for (const auto& found : clause.found) {
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
  }
}

int PromiseReader::commitment(const Clause& clause, bool has_due) {
  return clause.may ? clause.words + (has_due ? kDueWeight : 0) : 0;
}

bool PromiseReader::tells(const Clause& clause) const {
  return has(clause.found, Role::kTold) || has(clause.found, Role::kRecall);
}

bool PromiseReader::may_be_promise(std::size_t c, bool agent, int strength) const {
  const Clause& clause = x_clauses[c];
  if (agent) return strength >= kCommitted;
  // The customer tells it here, or began to just before.
  const bool before =
      c > 0 && x_clauses[c - 1].sentence == clause.sentence && tells(x_clauses[c - 1]);
  constexpr int kTold = 2;
  const bool asks = x_text->chars[clause.chars.end - 1] == U'?';
  return (tells(clause) || (before && !asks)) && strength + kTold >= kCommitted &&
         !has(clause.found, Role::kIf);
}

void PromiseReader::take_promises(std::string_view text, bool agent,
                                  std::vector<PromiseWords>& promises) {
  constexpr std::uint32_t kLongestTold = 240;
  constexpr std::uint32_t kLongestToldOfHan = 80;
  const std::size_t first = promises.size();
  std::size_t last_clause = 0;
  for (std::size_t c = 0; c < x_clauses.size(); ++c) {
    const Clause& clause = x_clauses[c];
    if (!may_be_promise(c, agent, commitment(clause, clause.due.has_value()))) continue;
    // What the company said is many things: a promise has a time or a will in it.
    if (!agent && !has(clause.found, Role::kCommit) && !clause.due) continue;
    const bool han = is_han(x_text->chars[clause.chars.begin]);
    if (!agent && clause.chars.size() > (han ? kLongestToldOfHan : kLongestTold))
      continue;  // a story without marks
    PromiseWords words{.span = x_text->bytes(clause.chars.begin, clause.chars.end),
                       .told = !agent,
                       .due = clause.due,
                       .amount = {},
                       .acts = acts_of(clause.found),
                       .moves = has(clause.found, Role::kWithdrawn)};
    while (!words.span.empty() && text[words.span.end - 1] == '?') --words.span.end;
    const bool joined = promises.size() > first && c == last_clause + 1 &&
                        x_clauses[last_clause].sentence == clause.sentence &&
                        (!clause.due || !promises.back().due);
    if (joined) {
      PromiseWords& one = promises.back();
      one.span.end = words.span.end;
      one.acts |= words.acts;
      if (!one.due) one.due = words.due;
    } else {
      promises.push_back(words);
    }
    last_clause = c;
  }
  for (std::size_t i = first; i < promises.size(); ++i) {
    promises[i].amount = find_amount(slice(text, promises[i].span));
  }
}

/// Whether what stands at `at` in a customer's clause is said of the speaker: 我没…, I haven't …
bool PromiseReader::is_of_speaker(const Clause& clause, std::uint32_t at) const {
  constexpr std::u32string_view kBetween = U"都也还又就已经才刚一直从根本";
  constexpr auto kI =
      std::to_array<std::u32string_view>({U"i", U"we", U"i've", U"we've", U"i'd", U"ive", U"i'm"});
  constexpr auto kOthers = std::to_array<std::u32string_view>(
      {U"you", U"he", U"she", U"they", U"it", U"someone", U"nobody", U"somebody", U"who", U"that",
       U"staff", U"service"});
  const std::u32string_view chars = x_text->chars;
  std::uint32_t end = at;
  while (end > clause.chars.begin && kBetween.find(chars[end - 1]) != kBetween.npos) --end;
  if (end > clause.chars.begin && chars[end - 1] == U'我') return true;
  // 证书我带来了, and not 给我送来了.
  constexpr std::u32string_view kToMe = U"给跟和帮为替还退让对向找叫到在";
  if (end >= clause.chars.begin + 2 && chars[end - 2] == U'我' && is_han(chars[end - 1]) &&
      (end == clause.chars.begin + 2 || kToMe.find(chars[end - 3]) == kToMe.npos) &&
      std::u32string_view(U"家的们这那卡").find(chars[end - 1]) == std::u32string_view::npos) {
    return true;
  }
  if (end >= clause.chars.begin + 2 && chars.substr(end - 2, 2) == U"我们") return true;
  bool own = false;
  const auto letter = [](char32_t c) { return (c >= U'a' && c <= U'z') || c == U'\''; };
  for (std::uint32_t i = clause.chars.begin; i < at;) {
    std::uint32_t stop = i;
    while (stop < at && letter(chars[stop])) ++stop;
    const std::u32string_view word = chars.substr(i, stop - i);
    if (std::find(kI.begin(), kI.end(), word) != kI.end()) own = true;
    if (std::find(kOthers.begin(), kOthers.end(), word) != kOthers.end()) own = false;
    i = std::max(stop, i + 1);
  }
  return own;
}

/// Whether an act is one that happens to the customer: 收到, received, heard.
bool PromiseReader::is_received(Span act) const {
  constexpr std::u32string_view kFirst = U"收接见看拿得等领听";
  constexpr auto kWords = std::to_array<std::u32string_view>(
      {U"got", U"get", U"receive", U"had", U"have a", U"have my", U"heard", U"hear", U"seen",
       U"saw", U"been", U"was", U"were", U"wait", U"nothing", U"contacted me", U"no "});
  const std::u32string_view word = std::u32string_view(x_text->chars).substr(act.begin, act.size());
  if (word.find_first_of(kFirst) != word.npos) return true;
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::u32string_view one) { return word.find(one) != word.npos; });
}

/// Whether a word of fulfilment tells what the customers did themselves: "I've sent it".
bool PromiseReader::is_own_act(const Clause& clause, const PromiseLexicon::Found& met) const {
  const bool han = is_han(x_text->chars[met.chars.begin]);
  const bool denied = han && met.role == Role::kUnmet;  // 我还没…: of what follows
  if (met.acts == 0 && !denied) return false;
  if (is_received({met.chars.begin, denied ? clause.chars.end : met.chars.end})) return false;
  return is_of_speaker(clause, han ? met.chars.begin : met.chars.end);
}

/// Whether a denial stands shortly before an act or a fulfilment: "hasn't arrived", "no refund",
/// 没有派师傅; or what was promised is asked after: 说好的券呢. The acts that are denied and
/// kAnyAct; nothing where nothing is.
Acts PromiseReader::denied_acts(const Clause& clause) const {
  constexpr std::uint32_t kReach = 16;      // characters between
  constexpr std::uint32_t kReachOfHan = 6;  // Chinese says as much with fewer
  const std::u32string& chars = x_text->chars;
  std::uint32_t end = clause.chars.end;
  while (end > clause.chars.begin && chars[end - 1] == U'?') --end;
  if (end > clause.chars.begin && chars[end - 1] == U'呢' && has(clause.found, Role::kRecall)) {
    return kAnyAct;
  }
  Acts acts = 0;
  for (const auto& no : clause.found) {
    if (no.role != Role::kNot) continue;
    // 没再漏, no more leaks: the denial is part of what tells of a fulfilment.
    const bool within = std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& f) {
      const bool tells = f.role == Role::kMet || f.role == Role::kExceeded;
      return tells && f.chars.begin <= no.chars.begin && no.chars.end <= f.chars.end;
    });
    if (within) continue;
    const std::uint32_t reach = is_han(chars[no.chars.end - 1]) ? kReachOfHan : kReach;
    const bool own = is_of_speaker(clause, no.chars.begin);
    for (const auto& done : clause.found) {
      if (done.role != Role::kMet && done.role != Role::kAct) continue;
      if (own && !is_received({no.chars.begin, done.chars.end})) continue;
      if (done.chars.begin >= no.chars.end && done.chars.begin - no.chars.end <= reach) {
        acts |= done.acts | kAnyAct;
      }
    }
  }
  return acts;
}

/// Whether an act of the company's ends the clause as a fact: 师傅把空调修好了. What the customers
/// did themselves (我寄回去了) or wait for is none. As of denied_acts.
Acts PromiseReader::done_acts(const Clause& clause) const {
  constexpr std::uint32_t kReach = 4;  // characters between the act and its mark
  constexpr std::u32string_view kTails = U"啊呀哦哈哟啦呢";
  constexpr std::u32string_view kToMe = U"给跟和帮为替还退让对向找叫";
  const std::u32string& chars = x_text->chars;
  std::uint32_t end = clause.chars.end;
  while (end > clause.chars.begin && kTails.find(chars[end - 1]) != kTails.npos) --end;
  for (const auto& did : clause.found) {
    if (did.role != Role::kDid || did.chars.end != end) continue;
    for (const auto& act : clause.found) {
      const bool follows = act.role == Role::kAct && act.chars.end <= did.chars.begin + 1 &&
                           act.chars.begin < did.chars.begin &&
                           did.chars.begin <= act.chars.end + kReach;
      if (!follows) continue;
      const bool denied = std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& f) {
        return f.role == Role::kNot && f.chars.begin >= act.chars.end;
      });
      if (denied) continue;
      for (std::uint32_t i = clause.chars.begin; i < act.chars.begin; ++i) {
        const bool me = chars[i] == U'我' && chars[i + 1] != U'家' && chars[i + 1] != U'的' &&
                        (i == 0 || kToMe.find(chars[i - 1]) == kToMe.npos);
        if (me || chars[i] == U'等' || chars[i] == U'不') return 0;
      }
      return act.acts | kAnyAct;
    }
  }
  return 0;
}

/// Whether a clause recalls a promise; "nobody told me" does not.
bool PromiseReader::recalls(const Clause& clause) {
  constexpr std::uint32_t kReach = 2;
  return std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& told) {
    if (told.role != Role::kRecall) return false;
    return std::none_of(clause.found.begin(), clause.found.end(), [&](const auto& no) {
      return (no.role == Role::kNot || no.role == Role::kUnmet) &&
             no.chars.begin < told.chars.begin && told.chars.begin <= no.chars.end + kReach;
    });
  });
}

bool PromiseReader::spares_the_customer(const Clause& clause) const {
  return std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& f) {
    const char32_t first = x_text->chars[f.chars.begin];
    return f.role == Role::kWithdrawn && (first == U'不' || first == U'别' || first == U'甭');
  });
}

/// Whether a clause tells of an earlier time, or says what must not be: that is no news.
bool PromiseReader::tells_of_before(const Clause& clause) const {
  constexpr auto kBefore = std::to_array<std::u32string_view>(
      {U"上回", U"上次", U"之前", U"以前", U"去年", U"当初", U"从前", U"别再", U"别又",
       U"last time", U"last year", U"in the past"});
  const auto text =
      std::u32string_view(x_text->chars).substr(clause.chars.begin, clause.chars.size());
  return !has(clause.found, Role::kRecall) &&
         std::any_of(kBefore.begin(), kBefore.end(),
                     [&](std::u32string_view word) { return text.find(word) != text.npos; });
}

bool PromiseReader::ends_asking(const Clause& clause) const {
  std::uint32_t end = clause.chars.end;
  while (end > clause.chars.begin && x_text->chars[end - 1] == U'?') --end;
  return end > clause.chars.begin && x_text->chars[end - 1] == U'吗';
}

/// Whether a clause tells of a fact: neither asks, supposes, wishes nor tells what is to come.
bool PromiseReader::states_fact(const Clause& clause, bool agent) const {
  const char32_t last = x_text->chars[clause.chars.end - 1];
  if (last == U'?' || last == U'吗' || last == U'么') return false;
  if (!agent && tells_of_before(clause)) return false;
  const auto& found = clause.found;
  if (has(found, Role::kIf) || has(found, Role::kAsk) || has(found, Role::kOrder)) return false;
  // Other words of will may be about what is past: 负责人, 一定.
  constexpr auto kWill =
      std::to_array<std::u32string_view>({U"会", U"将", U"will", U"would", U"'ll"});
  const bool will = std::any_of(found.begin(), found.end(), [&](const auto& f) {
    if (f.role != Role::kCommit) return false;
    const auto word = std::u32string_view(x_text->chars).substr(f.chars.begin, f.chars.size());
    return agent || std::any_of(kWill.begin(), kWill.end(),
                                [&](std::u32string_view one) { return word.starts_with(one); });
  });
  if (will) return false;
  return !agent || !(has(found, Role::kPolicy) || has(found, Role::kPolite));
}

void PromiseReader::take_outcomes(bool agent, std::vector<OutcomeWords>& outcomes) {
  constexpr std::uint32_t kLongest = 160;
  constexpr std::uint32_t kLongestOfHan = 40;
  constexpr std::array kTold = {std::pair{Role::kExceeded, Outcome::kExceeded},
                                std::pair{Role::kWithdrawn, Outcome::kWithdrawn},
                                std::pair{Role::kUnmet, Outcome::kUnmet},
                                std::pair{Role::kMet, Outcome::kMet}};
  for (std::size_t c = 0; c < x_clauses.size(); ++c) {
    const Clause& clause = x_clauses[c];
    // What is yet to come is no news.
    if (agent && may_be_promise(c, agent, commitment(clause, clause.due.has_value()))) continue;
    // What was written down from speech without marks runs on, and may be about anything.
    const bool recalled = recalls(clause);
    const bool han = is_han(x_text->chars[clause.chars.begin]);
    const std::uint32_t longest = (han ? kLongestOfHan : kLongest) * (recalled ? 2 : 1);
    if (clause.chars.size() > longest) continue;
    const bool fact = states_fact(clause, agent);
    const Acts denied = denied_acts(clause);
    const Acts done = agent ? 0 : done_acts(clause);
    for (const auto& [role, outcome] : kTold) {
      const bool unmet = outcome == Outcome::kUnmet && denied != 0;
      const bool met = outcome == Outcome::kMet && done != 0;
      // "I never thought it would not come" is no praise.
      if (outcome == Outcome::kExceeded && (denied != 0 || has(clause.found, Role::kUnmet))) {
        continue;
      }
      const bool told =
          std::any_of(clause.found.begin(), clause.found.end(), [&, wanted = role](const auto& f) {
            return f.role == wanted && (agent || !is_own_act(clause, f));
          });
      if (!unmet && ((!told && !met) || (outcome == Outcome::kMet && denied != 0))) continue;
      // What an agent says of fulfilment counts; that all was well beyond it, or not, customers
      // say.
      if (agent && (outcome == Outcome::kExceeded || outcome == Outcome::kUnmet)) continue;
      if (agent && outcome == Outcome::kMet && !has(clause.found, Role::kDone)) continue;
      const bool asks = ends_asking(clause);
      if (asks && outcome == Outcome::kUnmet && !recalled) continue;
      if (!fact && (agent || outcome != Outcome::kUnmet || has(clause.found, Role::kIf))) continue;
      const bool good = outcome == Outcome::kMet || outcome == Outcome::kExceeded;
      if (good && x_text->chars[clause.chars.end - 1] == U'吧') continue;  // a guess, a wish
      // "You needn't come here" takes nothing back.
      if (agent && outcome == Outcome::kWithdrawn && spares_the_customer(clause)) continue;
      Acts acts = acts_of_role(clause.found, role);
      if (unmet) acts |= denied;
      if (met) acts |= done;
      acts &= ~kAnyAct;
      outcomes.push_back({.span = x_text->bytes(clause.chars.begin, clause.chars.end),
                          .outcome = outcome,
                          .acts = acts != 0 ? acts : acts_of_role(clause.found, Role::kAct),
                          .recalls = recalled});
      break;
    }
  }
}

void PromiseReader::read(std::string_view text, const Normalised& normal, ingest::Speaker speaker,
                         std::optional<Moment> said, std::vector<PromiseWords>& promises,
                         std::vector<OutcomeWords>& outcomes) {
  x_text = &normal;
  if (!find_words()) return;
  const bool agent = speaker != ingest::Speaker::kCustomer;
  weigh_words(agent);
  if (said) find_due_times(text, *said, agent);
  take_promises(text, agent, promises);
  take_outcomes(agent, outcomes);
}

}  // namespace xinjing::language
