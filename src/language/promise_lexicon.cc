#include <algorithm>
#include <array>

#include "base/format.h"
#include "base/tsv.h"
#include "language/lexicon_words.h"
#include "language/promise_clause.h"

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

}  // namespace

int weight_of(Role role) {
  for (const RoleInfo& info : kRoles) {
    if (info.role == role) return info.weight;
  }
  return 0;
}

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

}  // namespace xinjing::language
