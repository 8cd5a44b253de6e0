#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "language/features.h"
#include "language/rewriter.h"

namespace xinjing::learn {

/// Gram key -> number, in the order of first addition; with the count of texts that have it.
class GramTable {
 public:
  static constexpr std::uint32_t kUnknown = 0xffffffff;

  std::uint32_t add(std::uint64_t key);
  std::uint32_t find(std::uint64_t key) const;
  std::size_t size() const { return x_keys.size(); }
  std::uint64_t key(std::uint32_t number) const { return x_keys[number]; }

 private:
  void grow();
  std::size_t slot_of(std::uint64_t key) const;
  std::vector<std::uint32_t> x_slots;  // number + 1; 0 is empty
  std::vector<std::uint64_t> x_keys;
};

/// The grams of one text, each once.
struct CountedText {
  struct Count {
    std::uint64_t key = 0;
    float count = 0;
  };
  std::vector<Count> counts;  // ascending keys
  std::uint32_t grams = 0;    // with repeats
};

/// How texts are read: in which language, and what is rewritten first.
struct Writing {
  Lang lang = Lang::kZh;
  const language::Rewriter* rewriter = &language::Rewriter::plain();

  Writing(Lang of) : lang(of) {}  // NOLINT(google-explicit-constructor): a language is enough
  Writing(Lang of, const language::Rewriter* by) : lang(of) {
    if (by != nullptr) rewriter = by;
  }
};

/// Rewrites and counts. Scratch keeps its memory between calls.
struct CountScratch {
  language::Normalised text;
  std::vector<language::Gram> grams;
  language::Rewriter::Scratch rewriting;
};
CountedText count_grams(std::string_view text, const Writing& writing, CountScratch& scratch);

/// The grams of several texts together.
CountedText joined(std::span<const CountedText* const> texts);

}  // namespace xinjing::learn
