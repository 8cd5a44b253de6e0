#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"
#include "ingest/speaker.h"
#include "language/phrase_index.h"

namespace xinjing::language {

/// Whose words a cue counts in. A bot's words count only for `kAny`.
enum class CueScope : std::uint8_t { kCustomer, kAgent, kAny };

/// One row of a cue file: these words speak for this state, by this much.
struct Cue {
  std::string state;
  std::string text;             // as normalised: lower case, half width, simplified
  std::int32_t micro_nats = 0;  // log likelihood ratio; negative speaks against the state
  CueScope scope = CueScope::kCustomer;
  bool fitted = false;  // from labelled data; otherwise a person's guess
  std::string note;     // what follows "guessed" or "fitted"
  std::uint32_t line = 0;
};

/// Reads a cues.<lang>.tsv (constructs/README.md has the format): comment lines with '#', the
/// header `state cue nats scope note`, rows sorted by state and cue. `name` is the file's name, for
/// places. Refused with file:line:column: a missing or extra column, an unknown scope, nats outside
/// [0.2, 3] in size, a note that says neither guessed nor fitted, a cue that is a single Chinese
/// character or not in normal form, rows out of order or twice.
Result<std::vector<Cue>> parse_cues(std::string_view text, std::string_view name);

/// The text of one cue file, and whose it is.
struct CueFile {
  std::uint16_t construct = 0;          // number of the card in its catalogue
  std::string construct_id{};           // and its id
  std::span<const std::string> states;  // ids of the card's states; a cue's state is one of them
  std::string_view text;
  std::string name;
};

/// A longer word in which a cue does not count: 很好 in 很好奇, "free" in "feel free".
struct CueException {
  std::u32string longer;
  Span cue;  // where in it the cue stands
};

/// Reads a file of exceptions (lexicons/README.md has the format): `cue longer note`, sorted by cue
/// and longer word. Refused with file:line:column: another header, a cell not in normal form, a
/// longer word that has not the cue (of English, as whole words) or is no longer, rows out of order
/// or twice.
Result<std::vector<CueException>> parse_exceptions(std::string_view text, std::string_view name);

/// A cue that was found in a text.
struct CueMatch {
  std::uint16_t construct = 0;
  std::uint16_t state = 0;  // index into the card's states
  std::uint16_t kind = 0;   // index into kinds() of the lexicon
  Span span;                // characters of the text that was searched
  std::int32_t micro_nats = 0;
  CueScope scope = CueScope::kCustomer;

  bool operator==(const CueMatch&) const = default;
};

/// The cues of all constructs and languages, searched for in one pass.
/// Immutable after construction, so any number of threads may call it.
class CueLexicon {
 public:
  /// One per thread; keeps its memory between texts.
  struct Scratch {
    std::vector<FoundPhrase> found;
    std::vector<std::uint64_t> order;
    std::vector<Span> hidden;  // where cues do not count
  };

  CueLexicon() = default;
  static Result<CueLexicon> compile(std::span<const CueFile> files,
                                    std::span<const CueException> exceptions = {});

  /// The cues of these constructs only: a smaller and faster lexicon.
  CueLexicon select(std::span<const std::uint16_t> constructs) const;

  /// Appends the cues that count in `text` when `speaker` says it, by construct, state and place.
  /// A match inside a longer one of the same state is left out, and so is one that is_negated() or
  /// stands in an exception.
  /// REQUIRES: `text` is normalised. Cost: one pass, plus a sort of the few matches.
  void find(std::u32string_view text, ingest::Speaker speaker, Scratch& scratch,
            std::vector<CueMatch>& out) const;
  /// The same, where the occurrences of words() were found before (whole, by their numbers there,
  /// in the order of PhraseIndex::find): who searches for other words too needs one pass only.
  void take(std::u32string_view text, std::span<const FoundPhrase> found, ingest::Speaker speaker,
            Scratch& scratch, std::vector<CueMatch>& out) const;

  /// What is searched for: cues and exceptions.
  std::span<const std::u32string> words() const { return x_texts; }

  /// How many cues there are.
  std::size_t size() const { return x_entries.size() - x_exceptions; }
  /// The states that any cue speaks for, by construct and state: "need:basic".
  const std::vector<std::string>& kinds() const { return x_kinds; }
  /// Whether any cue is of this construct.
  bool speaks_of(std::uint16_t construct) const;
  /// Whether any cue counts when `speaker` says it.
  bool listens_to(ingest::Speaker speaker) const;

 private:
  static constexpr std::uint16_t kException = 0xffff;  // of an entry that is no cue
  struct Entry {
    std::uint16_t construct = 0;
    std::uint16_t state = 0;
    std::uint16_t kind = 0;
    std::int32_t micro_nats = 0;  // of an exception: where in it the cue begins << 16 | ends
    CueScope scope = CueScope::kCustomer;
  };

  Status add(const CueFile& file);
  void add(const CueException& exception);
  void number_kinds(std::span<const CueFile> files);
  void build();

  std::vector<Entry> x_entries;         // parallel to the phrases of the index
  std::vector<std::u32string> x_texts;  // the same
  std::vector<std::string> x_kinds;
  std::size_t x_exceptions = 0;
  PhraseIndex x_index;
};

}  // namespace xinjing::language
