#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/cue_hit.h"
#include "language/cue_lexicon.h"
#include "language/normalise.h"
#include "language/reader.h"

namespace xinjing::evidence {

/// Finds the cues in the turns of a conversation and puts their spans back on the original bytes.
/// Where a model's heads read most constructs, give it a lexicon of the others only
/// (`lexicon.select(collector.cue_constructs())`): it is several times faster.
/// Immutable, any thread, each with its own Scratch.
class CueFinder {
 public:
  /// Memory that is used again from one text to the next.
  struct Scratch {
    language::Normalised normalised;
    std::string bytes;                  // the normalised text as UTF-8
    std::vector<std::uint32_t> starts;  // where each of its characters begins, and its size
    language::CueLexicon::Scratch lexicon;
    std::vector<language::CueMatch> matches;
  };

  explicit CueFinder(language::CueLexicon lexicon);

  /// Appends the cues of one turn; `text` is its text, normalised.
  void find_in_turn(std::uint32_t turn, ingest::Speaker speaker, const language::Normalised& text,
                    Scratch& scratch, std::vector<CueHit>& out) const;

  /// Appends the cues of all turns, normalising those whose speaker any cue listens to.
  void find(const language::Conversation& conversation, Scratch& scratch,
            std::vector<CueHit>& out) const;
  /// The same with the texts that a model's reader has normalised.
  /// REQUIRES: `read` is as Reader::read left it for this conversation.
  void find(const language::Conversation& conversation, const language::ReadScratch& read,
            Scratch& scratch, std::vector<CueHit>& out) const;

  bool listens_to(ingest::Speaker speaker) const {
    return x_listens[static_cast<std::size_t>(speaker)];
  }

 private:
  language::CueLexicon x_lexicon;
  bool x_listens[3];
};

}  // namespace xinjing::evidence
