#include "language/expectation_words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "base/tsv.h"
#include "language/lexicon_words.h"
#include "language/normalise.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kHeader = "kind\twords\tnote";
constexpr std::string_view kMatter = "matter:";
constexpr unsigned kFirstMatter = 4;  // bit
constexpr std::array<std::string_view, 14> kAspects = {"PRI", "FUN", "REL", "SPD", "ATT",
                                                       "CMP", "INF", "CNV", "ENV", "SEC",
                                                       "PER", "DEL", "BRA", "AFT"};

bool is_within(const FoundPhrase& inner, const FoundPhrase& outer) {
  return outer.chars.begin <= inner.chars.begin && inner.chars.end <= outer.chars.end;
}

/// 0 for a word of promise; nothing for an unknown kind.
std::optional<ClauseSigns> signs_of_kind(std::string_view kind) {
  if (kind == "promised" || kind == "nothing") return 0;
  if (kind == "hollow") return kHollow;
  if (kind == "fails") return kFails;
  if (kind == "asks") return kAsks;
  if (kind == "glad") return kGlad;
  if (!kind.starts_with(kMatter)) return std::nullopt;
  const ClauseSigns matter = sign_of_matter(kind.substr(kMatter.size()));
  return matter != 0 ? std::optional(matter) : std::nullopt;
}

}  // namespace

ClauseSigns sign_of_matter(std::string_view aspect) {
  const auto* const found = std::find(kAspects.begin(), kAspects.end(), aspect);
  if (found == kAspects.end()) return 0;
  return ClauseSigns{1} << (kFirstMatter + unsigned(found - kAspects.begin()));
}

Status ExpectationWords::add(std::string_view text, std::string_view name) {
  return TsvReader(text, name, kHeader).each([&](const TsvRow& line) -> Status {
    const std::string_view kind = line.cells[0];
    const std::optional<ClauseSigns> signs = signs_of_kind(kind);
    if (!signs) {
      return line.refuse(kind,
                         {"a kind is promised, nothing, hollow, fails, asks, glad or matter:SPD",
                          "kind 应为 promised、nothing、hollow、fails、asks、glad 或 matter:SPD"});
    }
    Result<std::vector<std::u32string>> words = words_of(line, line.cells[1], size());
    if (!words) return words.failure();
    std::vector<std::u32string>& to = *signs == 0 ? x_words : x_sign_words;
    std::move(words->begin(), words->end(), std::back_inserter(to));
    x_means_nothing.resize(x_words.size(), kind == "nothing");
    x_signs.resize(x_sign_words.size(), *signs);
    return {};
  });
}

void ExpectationWords::build() {
  x_index = PhraseIndex(x_words);
  x_sign_index = PhraseIndex(x_sign_words);
}

bool ExpectationWords::tell_promise(std::string_view clause) const {
  Normalised normal;
  normalise(clause, normal);
  std::vector<FoundPhrase> found;
  x_index.find(normal.chars, found);
  return std::any_of(found.begin(), found.end(), [&](const FoundPhrase& one) {
    if (x_means_nothing[one.phrase]) return false;
    return std::none_of(found.begin(), found.end(), [&](const FoundPhrase& other) {
      return x_means_nothing[other.phrase] && is_within(one, other);
    });
  });
}

std::vector<SignSpan> ExpectationWords::signs(std::string_view text) const {
  Normalised normal;
  normalise(text, normal);
  std::vector<FoundPhrase> found;
  x_sign_index.find(normal.chars, found);
  std::vector<SignSpan> out;
  out.reserve(found.size());
  for (const FoundPhrase& one : found) {
    out.push_back({x_signs[one.phrase], normal.bytes(one.chars.begin, one.chars.end)});
  }
  return out;
}

}  // namespace xinjing::language
