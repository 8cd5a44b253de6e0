#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "language/cue_lexicon.h"
#include "language/norms.h"
#include "language/reader.h"
#include "language/reading.h"
#include "language/scope.h"

namespace xinjing::language {

/// A norm of the trade that a customer's clause complains of or asks for.
struct NormHit {
  const Norm* norm = nullptr;  // of the lexicon
  bool open = false;           // asked for; else not kept
  std::uint32_t turn = 0;
  Span span{};  // bytes of the turn: the clause
  float p = 0;  // that the customer expects it and that it stands so

  std::string_view status() const { return open ? "open" : "unmet"; }
};

/// Finds the norms that customers' clauses touch. Immutable, any thread, each with its own scratch.
/// A clause counts where words of the norm stand that say by themselves that it was not kept, or
/// where any of its words stand beside a cue of complaint or demand; not under a condition, as a
/// report of what others said, or of a competitor. Method and figures: docs/methods/packs.md.
class NormReader {
 public:
  struct Scratch {
    std::vector<FoundPhrase> phrases;
    std::vector<NormLexicon::Found> found;
    ScopeRules::Marks marks;
  };

  /// All must outlive the reader.
  NormReader(const NormLexicon& norms, const ScopeRules& rules, const CueLexicon& cues);

  /// Fills `out` by turn and place, each norm once in each status.
  /// REQUIRES: `read` is the scratch memory with which the conversation was just read, by a model
  /// with these heads. Cost: one pass over the customer's words, and the scope of those found.
  void read(const Conversation& conversation, const Reading& reading, std::span<const Head> heads,
            const ReadScratch& read, Scratch& scratch, std::vector<NormHit>& out) const;

 private:
  enum class Sign : std::uint8_t { kNone, kComplaint, kDemand };
  struct Clause {
    bool complaint = false;
    bool demand = false;
  };

  Clause signs_of(const ReadScratch::TurnWork& turn, const ScopeRules::Marks& marks,
                  Span phrase) const;
  std::optional<bool> open_or_unmet(const ReadScratch::TurnWork& turn,
                                    const ScopeRules::Marks& marks,
                                    const NormLexicon::Found& found) const;

  const NormLexicon& x_norms;
  const ScopeRules& x_rules;
  std::vector<Sign> x_signs;  // of each kind of the cue lexicon
};

}  // namespace xinjing::language
