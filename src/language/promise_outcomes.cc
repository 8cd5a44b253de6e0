#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "language/promise_clause.h"

// What became of promises, in the words of a turn.
namespace xinjing::language {
namespace {

using Role = PromiseLexicon::Role;

/// The acts that a clause names before the first word of a role.
Acts acts_before(std::span<const PromiseLexicon::Found> found, Role role) {
  Acts acts = 0;
  for (const auto& f : found) {
    if (f.role == role) break;
    acts |= f.role == Role::kAct ? f.acts : 0;
  }
  return acts;
}

}  // namespace

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
      // That they told somebody ("I told them to forget it") is a fact.
      const bool supposes = std::any_of(clause.found.begin(), clause.found.end(), [&](auto& f) {
        const auto word = std::u32string_view(x_text->chars).substr(f.chars.begin, f.chars.size());
        const bool retells = word.starts_with(U"i") &&
                             (word.find(U"told") != word.npos || word.find(U"said") != word.npos);
        return f.role == Role::kIf && !retells;
      });
      const bool asked_to_drop = !agent && outcome == Outcome::kWithdrawn && !asks && !supposes &&
                                 x_text->chars[clause.chars.end - 1] != U'?';
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

}  // namespace xinjing::language
