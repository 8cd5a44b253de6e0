#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evidence/cue_hit.h"
#include "language/cue_lexicon.h"
#include "language/reader.h"
#include "language/rewriter.h"
#include "language/scope.h"

namespace xinjing::evidence {

/// Finds the cues in the turns of a conversation that no Reader has read, and puts their spans back
/// on the original bytes. Immutable, any thread, each with its own Scratch.
class CueFinder {
 public:
  /// Memory that is used again from one text to the next.
  struct Scratch {
    language::Normalised normalised;
    language::Rewriter::Scratch rewriting;
    language::CueLexicon::Scratch search;
    std::vector<language::CueMatch> matches;
  };

  /// Without a rewriter, which must outlive it, texts are rewritten by no files.
  explicit CueFinder(language::CueLexicon lexicon, const language::Rewriter* rewriter = nullptr);

  /// Appends the cues of all turns, normalising those whose speaker any cue listens to.
  void find(const language::Conversation& conversation, Scratch& scratch,
            std::vector<CueHit>& out) const;
  bool listens_to(ingest::Speaker speaker) const {
    return x_listens[static_cast<std::size_t>(speaker)];
  }

 private:
  language::CueLexicon x_lexicon;
  const language::Rewriter* x_rewriter;
  bool x_listens[3];
};

/// Appends the cues that a Reader found in a conversation, of the wanted constructs, with what of
/// their weight counts in the scope in which they are said (scope_weight, manner_weight).
/// REQUIRES: `read` is as Reader::read left it; `wanted` tells of each card.
enum class Wanted : std::uint8_t { kNo, kYes, kManner };
void take_hits(const language::ReadScratch& read, std::span<const Wanted> wanted,
               const language::ScopeRules& rules, language::ScopeRules::Marks& marks,
               std::vector<CueHit>& out);

}  // namespace xinjing::evidence
