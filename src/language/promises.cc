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
constexpr int kBoundWeight = 4;
constexpr std::array kRoles = {RoleInfo{"commit", Role::kCommit, 2},
                               RoleInfo{"soon", Role::kSoon, 1},
                               RoleInfo{"you", Role::kYou, 1},
                               RoleInfo{"company", Role::kCompany, 1},
                               RoleInfo{"act", Role::kAct, 1},
                               RoleInfo{"told", Role::kTold, 0},
                               RoleInfo{"recall", Role::kRecall, 0},
                               RoleInfo{"pledge", Role::kPledge, 0},
                               RoleInfo{"contract", Role::kContract, 0},
                               RoleInfo{"advert", Role::kAdvert, 0},
                               RoleInfo{"person", Role::kPerson, 0},
                               RoleInfo{"want", Role::kWant, 0},
                               RoleInfo{"asked", Role::kAsked, 0},
                               RoleInfo{"offer", Role::kOffer, 0},
                               RoleInfo{"turn", Role::kTurn, 0},
                               RoleInfo{"short", Role::kShort, 0},
                               RoleInfo{"done", Role::kDone, -3},
                               RoleInfo{"policy", Role::kPolicy, -2},
                               RoleInfo{"order", Role::kOrder, -3},
                               RoleInfo{"ask", Role::kAsk, -4},
                               RoleInfo{"if", Role::kIf, -4},
                               RoleInfo{"polite", Role::kPolite, -5},
                               RoleInfo{"refuse", Role::kRefuse, -4},
                               RoleInfo{"not", Role::kNot, 0},
                               RoleInfo{"did", Role::kDid, 0},
                               RoleInfo{"met", Role::kMet, 0},
                               RoleInfo{"unmet", Role::kUnmet, 0},
                               RoleInfo{"exceeded", Role::kExceeded, 0},
                               RoleInfo{"withdrawn", Role::kWithdrawn, 0},
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

/// The acts that a clause names before the first word of a role.
Acts acts_before(std::span<const PromiseLexicon::Found> found, Role role) {
  Acts acts = 0;
  for (const auto& f : found) {
    if (f.role == role) break;
    acts |= f.role == Role::kAct ? f.acts : 0;
  }
  return acts;
}

constexpr Acts kAnyAct = Acts{1} << 31;  // beyond kMostActs: of no act in particular

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

std::string_view giver_id(Giver giver) {
  constexpr std::array<std::string_view, 5> kIds = {"agent", "company", "contract", "advert",
                                                    "customer"};
  return kIds[static_cast<std::size_t>(giver)];
}

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
  Span asked;
  Span any;
  std::array<Span, static_cast<std::size_t>(Role::kNothing) + 1> covered{};
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
    if (row.role == Role::kAsked) {
      asked = found.chars;
    } else if (inside(found.chars, asked)) {
      if (row.role == Role::kAct) out.push_back({Role::kAskedAct, row.acts, found.chars});
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

/// Whether a word of fulfilment only says what was promised, or retells what the company says:
/// 你们答应周五前修好, 师傅说修好了, you promised to have it fixed.
bool PromiseReader::is_in_told(const Clause& clause, const PromiseLexicon::Found& met) const {
  const std::u32string_view chars = x_text->chars;
  for (const auto& told : clause.found) {
    const bool word = told.role == Role::kTold || told.role == Role::kRecall ||
                      told.role == Role::kPledge || told.role == Role::kContract ||
                      told.role == Role::kAdvert;
    if (!word || told.chars.begin >= met.chars.begin) continue;
    // As you promised it came: the word is part of what tells of the fulfilment.
    if (told.chars.end > met.chars.begin && told.chars.end >= met.chars.end) continue;
    if (!is_han(chars[met.chars.begin])) return true;
    const bool given = std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& f) {
      return f.role == Role::kPledge && f.chars.begin == told.chars.begin;  // 说好的
    });
    const bool retold = told.role == Role::kTold && !given;
    const bool done = chars[met.chars.end - 1] == U'了' || chars.substr(met.chars.end, 1) == U"了";
    if (retold || !done) return true;
  }
  return false;
}

/// Whether a clause says that it is such an hour by now, behind one that names an hour or a
/// promise: 你们说九点来，现在十一点零八了.
bool PromiseReader::is_past_hour(std::size_t c) const {
  const auto words = [&](const Clause& clause) {
    return std::u32string_view(x_text->chars).substr(clause.chars.begin, clause.chars.size());
  };
  const auto names_hour = [](std::u32string_view text) {
    constexpr std::u32string_view kNumbers = U"0123456789一二三四五六七八九十两";
    for (std::size_t i = 1; i < text.size(); ++i) {
      const bool mark = text[i] == U'点' || text[i] == U':';
      if (mark && kNumbers.find(text[i - 1]) != kNumbers.npos) return true;
    }
    return false;
  };
  if (c == 0 || x_clauses[c - 1].sentence != x_clauses[c].sentence) return false;
  const std::u32string_view text = words(x_clauses[c]);
  constexpr std::size_t kLongest = 14;
  const bool now = text.starts_with(U"现在") || text.starts_with(U"这会儿") ||
                   text.starts_with(U"这都") || text.starts_with(U"都");
  if (!now || text.size() > kLongest || !names_hour(text) || text.ends_with(U"?")) return false;
  return names_hour(words(x_clauses[c - 1])) || tells(x_clauses[c - 1]);
}

/// Whether a clause that tells a promise also says that it was broken: it asks after it
/// (说好的券呢, where is …) or has a word by which it is so up to now.
bool PromiseReader::breaks_promise(const Clause& clause) const {
  constexpr auto kAfter = std::to_array<std::u32string_view>(
      {U"where", U"what happened", U"what became", U"still",  U"never", U"not ",
       U"n't",   U"so much",       U"broke",       U"呢",     U"还没",  U"没",
       U"至今",  U"到现在",        U"都过了",      U"也过了", U"哪去",  U"在哪",
       U"不算",  U"不认",          U"反悔",        U"骗",     U"变卦",  U"却",
       U"又",    U"还收",          U"还要",        U"忽悠",   U"是哪",  U"忘",
       U"过了",  U"食言",          U"不兑现",      U"落空",   U"拖",    U"晚"});
  const auto text =
      std::u32string_view(x_text->chars).substr(clause.chars.begin, clause.chars.size());
  return std::any_of(kAfter.begin(), kAfter.end(),
                     [&](std::u32string_view word) { return text.find(word) != text.npos; });
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
        if (chars[i] == U'说' || chars[i] == U'称') return 0;  // the company says so
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

/// Whether a clause supposes something. That customers told somebody ("I told them to forget it")
/// is a fact.
bool PromiseReader::supposes(const Clause& clause) const {
  return std::any_of(clause.found.begin(), clause.found.end(), [&](const auto& f) {
    const auto word = std::u32string_view(x_text->chars).substr(f.chars.begin, f.chars.size());
    const bool retells = word.starts_with(U"i") &&
                         (word.find(U"told") != word.npos || word.find(U"said") != word.npos);
    return f.role == Role::kIf && !retells;
  });
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

/// What came, where only an amount says so: 只有20M, 实际扣了350元.
void PromiseReader::take_measures(std::string_view text,
                                  std::vector<OutcomeWords>& outcomes) const {
  for (const Clause& clause : x_clauses) {
    const bool says = has(clause.found, Role::kShort) || has(clause.found, Role::kTurn);
    if (!says || clause.promise || has(clause.found, Role::kIf)) continue;
    if (x_text->chars[clause.chars.end - 1] == U'吗') continue;
    const Span bytes = x_text->bytes(clause.chars.begin, clause.chars.end);
    const bool told = std::any_of(outcomes.begin(), outcomes.end(),
                                  [&](const OutcomeWords& one) { return one.span == bytes; });
    if (told) continue;
    const auto amount = find_amount(slice(text, bytes));
    if (!amount) continue;
    outcomes.push_back({.span = bytes,
                        .outcome = Outcome::kUnmet,
                        .acts = acts_of_role(clause.found, Role::kAct),
                        .recalls = recalls(clause),
                        .amount = amount,
                        .measures = true});
  }
}

void PromiseReader::take_outcomes(std::string_view text, bool agent,
                                  std::vector<OutcomeWords>& outcomes) {
  const std::size_t first = outcomes.size();
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
    if (!agent && is_past_hour(c)) {
      outcomes.push_back({.span = x_text->bytes(clause.chars.begin, clause.chars.end),
                          .outcome = Outcome::kUnmet,
                          .acts = 0,
                          .recalls = true,
                          .measures = true});
      continue;
    }
    for (const auto& [role, outcome] : kTold) {
      const bool unmet = outcome == Outcome::kUnmet && denied != 0;
      const bool met = outcome == Outcome::kMet && done != 0;
      // "I never thought it would not come" is no praise.
      if (outcome == Outcome::kExceeded && (denied != 0 || has(clause.found, Role::kUnmet))) {
        continue;
      }
      const bool told =
          std::any_of(clause.found.begin(), clause.found.end(), [&, wanted = role](const auto& f) {
            if (f.role != wanted) return false;
            const bool good = wanted == Role::kMet || wanted == Role::kExceeded;
            if (!agent && good && is_in_told(clause, f)) return false;
            return agent || !is_own_act(clause, f);
          });
      // Words of breach that belong to the promise: 答应不涨价, 合同写明…
      if (outcome == Outcome::kUnmet && clause.promise && told && !unmet &&
          !breaks_promise(clause)) {
        continue;
      }
      if (!unmet && ((!told && !met) || (outcome == Outcome::kMet && denied != 0))) continue;
      // What an agent says of fulfilment counts; that all was well beyond it, or not, customers
      // say.
      if (agent && (outcome == Outcome::kExceeded || outcome == Outcome::kUnmet)) continue;
      if (agent && outcome == Outcome::kMet && !has(clause.found, Role::kDone)) continue;
      const bool asks = ends_asking(clause);
      if (asks && outcome == Outcome::kUnmet && !recalled) continue;
      const bool asked_to_drop = !agent && outcome == Outcome::kWithdrawn && !asks &&
                                 !supposes(clause) && x_text->chars[clause.chars.end - 1] != U'?';
      if (!fact && !asked_to_drop &&
          (agent || outcome != Outcome::kUnmet || has(clause.found, Role::kIf))) {
        continue;
      }
      const bool met_or_more = outcome == Outcome::kMet || outcome == Outcome::kExceeded;
      if (met_or_more && x_text->chars[clause.chars.end - 1] == U'吧') continue;  // a guess, a wish
      // "You needn't come here" takes nothing back.
      if (agent && outcome == Outcome::kWithdrawn && spares_the_customer(clause)) continue;
      Acts acts = acts_of_role(clause.found, role);
      if (unmet) acts |= denied;
      if (met) acts |= done;
      acts &= ~kAnyAct;
      // "The refund arrived": what came stands before the word.
      if (met_or_more && !han && acts != 0) acts |= acts_before(clause.found, role);
      outcomes.push_back({.span = x_text->bytes(clause.chars.begin, clause.chars.end),
                          .outcome = outcome,
                          .acts = acts != 0 ? acts : acts_of_role(clause.found, Role::kAct),
                          .recalls = recalled});
      break;
    }
  }
  if (agent) return;
  take_measures(text, outcomes);
  for (std::size_t i = first; i < outcomes.size(); ++i) {
    if (!outcomes[i].amount) outcomes[i].amount = find_number(slice(text, outcomes[i].span));
  }
  std::sort(outcomes.begin() + static_cast<std::ptrdiff_t>(first), outcomes.end(),
            [](const OutcomeWords& a, const OutcomeWords& b) { return a.span < b.span; });
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
