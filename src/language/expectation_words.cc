#include "language/expectation_words.h"

#include <algorithm>
#include <iterator>

#include "base/tsv.h"
#include "language/lexicon_words.h"
#include "language/normalise.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kHeader = "kind\twords\tnote";

bool is_within(const FoundPhrase& inner, const FoundPhrase& outer) {
  return outer.chars.begin <= inner.chars.begin && inner.chars.end <= outer.chars.end;
}

}  // namespace

Status ExpectationWords::add(std::string_view text, std::string_view name) {
  return TsvReader(text, name, kHeader).each([&](const TsvRow& line) -> Status {
    const std::string_view kind = line.cells[0];
    if (kind != "promised" && kind != "nothing") {
      return line.refuse(kind, {"a kind is promised or nothing", "kind 应为 promised 或 nothing"});
    }
    Result<std::vector<std::u32string>> words = words_of(line, line.cells[1], x_words.size());
    if (!words) return words.failure();
    x_means_nothing.resize(x_words.size() + words->size(), kind == "nothing");
    std::move(words->begin(), words->end(), std::back_inserter(x_words));
    return {};
  });
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

}  // namespace xinjing::language
