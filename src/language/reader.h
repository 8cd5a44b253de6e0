#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "language/cue_lexicon.h"
#include "language/density.h"
#include "language/features.h"
#include "language/normalise.h"
#include "language/quotable.h"
#include "language/reading.h"
#include "language/rewriter.h"
#include "language/senses.h"
#include "language/text_model.h"
#include "language/valence.h"

namespace xinjing::language {

/// The working memory of one thread; what it holds between calls means nothing.
struct ReadScratch {
  struct Hit {
    Span chars;
    float share = 0;  // 1 / characters
    const Vocabulary::Rows* rows = nullptr;
  };
  using RowHit = language::RowHit;
  /// A row of weights and what it is multiplied by.
  struct Weighed {
    const std::int8_t* weights = nullptr;
    float factor = 0;
  };
  /// A place where a kind of cue or sense stands that the model knows; of one kind side by side.
  struct KindMark {
    std::uint32_t kind = 0;  // of the model
    Span chars;
  };
  /// What is said of a conversation or a turn, and the words found for it.
  struct Statement {
    Ground ground{};           // nats are 0 until words are found
    bool of_agent = false;     // rests on the agent's words
    std::uint32_t column = 0;  // the first of its columns in the rows of weights
    std::uint32_t columns = 0;
    std::uint32_t first = 0;  // of as many coefficients
  };
  struct TurnWork {
    Normalised text;
    std::vector<Hit> hits;
    std::array<std::vector<RowHit>, kSpaces> rows;  // of the spaces that the turn speaks in
    std::vector<Span> clauses;                      // characters
    Quotable::Scratch quoting;
    std::uint32_t grams = 0;
    bool agent = false;
    bool brackets = false;             // whether the text has any
    std::vector<CueMatch> cues;        // by kind; spans in characters
    std::vector<SenseMatch> senses;    // the same
    std::vector<KindMark> kinds;       // of both, those that the model knows
    std::vector<RowHit> cues_of_turn;  // of a customer's turn, for that turn
    std::vector<RowHit> cues_of_episode;
  };
  std::vector<TurnWork> turns;  // grows only; the first `used` are of this conversation
  std::size_t used = 0;
  std::uint32_t named = 0;  // kinds of names that the customer tags: 1 << MentionKind
  bool alone = false;       // the customer has one turn: rows[kCustomer] has those of kLast too
  std::vector<Gram> grams;
  std::vector<std::int32_t> sums;  // one accumulated row
  std::array<std::uint32_t, kSpaces> space_grams{};
  std::vector<float> turn_scores;     // customer turns x turn width
  std::vector<float> turn_scale_own;  // per customer turn
  std::vector<float> episode_scores;
  std::vector<float> probabilities;  // of the score heads of a unit
  std::vector<Statement> statements;
  std::vector<float> coefficients;  // of the statements
  std::vector<float> factors;       // of one statement in one space
  ProductLanes lanes;
  std::vector<Float4> density;
  CueLexicon::Scratch cue_search;
  Rewriter::Scratch rewriting;
  std::vector<Weighed> weighed;  // the kinds of cues found in a unit
  SenseFinder::Scratch sense_search;
  SenseFinder::Balance balance{};  // of the customer's words
  // Per kind of the model, and the kinds whose count is not 0.
  std::array<std::vector<std::uint32_t>, kCueSpaces> cue_counts;
  std::array<std::vector<std::uint32_t>, kCueSpaces> cues_found;
};

/// Reads conversations with one model per language.
/// Const and shared by threads; each thread has its own scratch. Cost: about 15 us for a message
/// of 40 characters with everything that can be said of it.
class Reader {
 public:
  /// The models must outlive the reader. Null: texts of that language are read with the other.
  /// `cues` is the lexicon whose kinds the models know; it must outlive the reader too. Without it,
  /// models that have learned from cues read worse.
  /// `rewriter` is the one that the models were trained with; it must outlive the reader. Without
  /// it, texts are rewritten by no files.
  /// `senses` are found with those cues; they must outlive the reader too. Without them, models
  /// that have learned from senses read worse.
  /// REQUIRES: at least one model is not null.
  Reader(const TextModel* zh, const TextModel* en, const CueLexicon* cues = nullptr,
         const Rewriter* rewriter = nullptr, const SenseFinder* senses = nullptr);

  /// Quotes of Chinese are whole words of these, which must outlive the reader; without them words
  /// may be cut. REQUIRES: no thread reads yet.
  void quote_by(const HanWords* words) { x_words = words; }

  /// The texts longer than kLongestText are read by their beginning.
  Reading read(const Conversation& conversation, ReadScratch& scratch) const;

  /// The model that reads texts of `lang`.
  const TextModel& model(Lang lang) const;

  static constexpr std::size_t kLongestText = 60'000;  // bytes

 private:
  const TextModel* x_zh;
  const TextModel* x_en;
  const CueLexicon* x_cues;
  const Rewriter* x_rewriter;
  const HanWords* x_words = nullptr;
  const SenseFinder* x_senses;
  // Kind of the lexicon, or sense -> kind of the model; -1: unknown.
  struct Kinds {
    std::vector<std::int32_t> cues;
    std::vector<std::int32_t> senses;
    bool knows_senses = false;

    Kinds(const CueLexicon* cues, const SenseFinder* senses, const TextModel* model);
  };
  void find_kinds(std::span<const Turn> turns, const Kinds& kinds, ReadScratch& scratch) const;

  Kinds x_kinds_zh;
  Kinds x_kinds_en;
  ValencePool x_pool_zh;
  ValencePool x_pool_en;
};

}  // namespace xinjing::language
