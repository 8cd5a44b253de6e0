#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/span.h"
#include "language/normalise.h"

namespace xinjing::language {

/// One piece of text that the model may know: a run of characters, a word, two words.
struct Gram {
  std::uint64_t key = 0;  // hash of the piece and of its kind
  Span chars;             // where it stands, in characters of the normalised text
};

/// Fills `out` with the grams of a text, in order of their beginnings. Chinese: runs of 1 to 4
/// characters. English: words, pairs of words, and runs of 3 to 5 letters inside a word with its
/// edges. Digits are alike to them. Stable: a model file depends on the keys.
/// Cost: about 4 grams a character in Chinese, 3 in English, 3 ns each.
void find_grams(const Normalised& text, Lang lang, std::vector<Gram>& out);

/// How the values of a text with `grams` grams are scaled, so that long and short texts compare:
/// 1 / sqrt(grams + 40).
float length_scale(std::size_t grams);

/// The value of a state's cues that were found `count` times in a unit: ln(1 + count), so that the
/// first says most. Each of them carries an equal part of it.
float cue_value(std::uint32_t count);

/// The language of a text by its letters: Chinese unless Latin letters are more than four times
/// its ideographs. A text without either is Chinese.
struct LetterCount {
  std::size_t han = 0;
  std::size_t latin = 0;

  void add(const Normalised& text);
  Lang lang() const { return latin > 4 * han && latin > 0 ? Lang::kEn : Lang::kZh; }
};

/// Where a turn stands among the customer's turns.
struct TurnPlace {
  std::uint32_t index = 0;
  std::uint32_t count = 1;
  std::uint32_t chars_before = 0;  // length of the agent's words just before, in characters
};

/// What can be seen of a text without reading it.
struct TextShape {
  std::uint32_t chars = 0;
  std::uint32_t exclamations = 0;
  std::uint32_t questions = 0;
  std::uint32_t ellipses = 0;
  std::uint32_t mentions = 0;  // @somebody
  std::uint32_t brackets = 0;  // [smile]
  std::uint32_t tags = 0;      // #topic#
  std::uint32_t forwards = 0;  // "//" of a repost
  std::uint32_t digits = 0;
  std::uint32_t pictographs = 0;
  std::uint32_t stretched = 0;  // a mark or letter three times running
};
TextShape shape_of(const Normalised& text);

inline constexpr std::size_t kTurnShapes = 28;
using TurnShapes = std::array<float, kTurnShapes>;
/// Yes-or-no features of one customer turn (1 or 0). The order is part of the model format.
TurnShapes turn_shapes(const TextShape& shape, TurnPlace place);

/// What is added up over a conversation.
struct EpisodeShape {
  std::uint32_t customer_turns = 0;
  std::uint32_t agent_turns = 0;
  std::uint32_t empty_agent_turns = 0;
  bool customer_last = false;
  std::uint32_t agent_chars = 0;
  TextShape customer;  // sums over the customer's turns
  TextShape last;      // the customer's last turn
};
inline constexpr std::size_t kEpisodeShapes = 32;
using EpisodeShapes = std::array<float, kEpisodeShapes>;
EpisodeShapes episode_shapes(const EpisodeShape& shape);

}  // namespace xinjing::language
