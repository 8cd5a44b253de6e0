#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "language/cue_lexicon.h"
#include "language/senses.h"
#include "learn/dataset.h"
#include "learn/gram_table.h"
#include "learn/sparse.h"

namespace xinjing::learn {

/// How loud the groups of features are against the grams of the unit's own text (1).
struct GroupScales {
  float before = 0.25F;
  float after = 0.5F;
  float last = 0.5F;
  float agent = 0.5F;
  float shapes = 0.4F;
  float auxiliary = 0.25F;
  float cues = 0.4F;
};

/// A few numbers per gram, learned elsewhere: the decision values of models of public sets. A
/// text's numbers are its length scale times the sum over its grams, so they are linear in the
/// grams and any weight on them can be folded into weights on grams.
struct Projection {
  std::size_t numbers = 0;
  GramTable grams;
  std::vector<float> texts_with;  // per gram: how many texts of the public sets have it
  std::vector<float> weights;     // grams x numbers

  void add(const CountedText& text, std::span<float> to) const;
};

/// What is known of grams before the labelled examples are seen, by whose words they are.
struct Projections {
  Projection customer;
  Projection agent;
};

/// The cues that are counted, and the senses; kinds of senses are numbered after those of cues.
struct CueWords {
  const language::CueLexicon& cues;
  const language::SenseFinder* senses = nullptr;  // found with these cues; null: none
};

/// How many cues or senses of a kind a text has.
struct CueCount {
  std::uint16_t kind = 0;
  std::uint32_t count = 0;
};

/// One labelled example with its texts counted.
struct CountedExample {
  std::vector<CountedText> turns;
  std::vector<language::TextShape> shapes;
  std::vector<std::vector<CueCount>> cues;  // per turn, ascending kinds
};
std::vector<CountedExample> count_examples(std::span<const Labelled> examples,
                                           const Writing& writing, const CueWords& words,
                                           std::size_t threads);

/// A group of neighbouring columns of a matrix.
struct Columns {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// The grams known from labelled texts of one side, with their value (the square root of the
/// inverse document frequency: full idf trusts rare grams too much on a few thousand texts).
struct KnownGrams {
  GramTable table;
  std::vector<float> value;
  std::vector<float> texts_with;
};

/// The matrix of a unit, and which columns are what.
struct UnitMatrix {
  SparseRows x;
  std::uint32_t features = 0;
  Columns own;    // turn: this turn's grams; episode: all of the customer's
  Columns other;  // turn: the agent's words before; episode: the customer's last turn
  Columns agent;  // turn: the agent's answer; episode: all of the agent's words
  Columns shapes;
  Columns cues;             // a column for each kind of cue in the own text
  Columns cues_agent;       // episode only: in the agent's words
  Columns auxiliary;        // of the own text
  Columns auxiliary_last;   // episode only
  Columns auxiliary_agent;  // episode only
};

/// Everything the fits need of the texts of one language.
struct TextUnits {
  KnownGrams customer;
  KnownGrams agent;
  UnitMatrix turn;     // one row per customer turn
  UnitMatrix episode;  // one row per example
  std::vector<std::uint32_t> example_of_turn;
  std::vector<std::uint32_t> place_of_turn;  // index into the example's turns
};
TextUnits build_units(std::span<const Labelled> examples, std::span<const CountedExample> counted,
                      std::size_t cue_kinds, const Projections& projections,
                      const GroupScales& scales);

}  // namespace xinjing::learn
