#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/span.h"
#include "language/matcher.h"
#include "language/mentions.h"
#include "language/reading.h"

namespace xinjing::evidence {

/// Words whose presence is a signal whatever is said with them.
enum class Marker : std::uint8_t {
  kPolite,      // please, thank you, 麻烦, 您好
  kPublic,      // posting, media
  kRegulator,   // a regulator, a court, a lawyer, a complaints hotline
  kTag,         // an @ that names someone
  kHedge,       // perhaps, 好像, 再想想
  kDecision,    // let's do it, 就这么定
  kRival,       // other providers, 别家, 人家
  kConnection,  // I know your CEO, 我认识你们领导
  kThanks,      // thanks, 谢谢
  kGivesUp,     // never mind, 算了
  kRequest,     // asks for something to be done: 请帮, 催一下, could you
  kNothing      // a longer word in which the words above do not count: 申请, 打算了
};
inline constexpr std::size_t kMarkers = 11;  // those that are counted

/// What can be counted in one turn without understanding it. Spans are bytes of the turn's text
/// and empty where the count is 0.
struct TurnSignals {
  std::uint32_t units = 0;      // length of talk: a Chinese character is 1, a Latin word 2
  std::uint32_t questions = 0;  // sentences that end with a question mark
  std::uint32_t bursts = 0;     // runs of two or more question or exclamation marks
  std::uint32_t numbers = 0;    // runs of digits: amounts, dates, order numbers
  std::array<std::uint32_t, kMarkers> markers{};
  Span question;  // the first question mark, and the sentence before it
  Span burst;
  Span number;
  std::array<Span, kMarkers> marker_spans{};
  std::array<std::uint64_t, 4> pairs{};  // a bit for each pair of neighbouring letters

  std::uint32_t marker(Marker m) const { return markers[static_cast<std::size_t>(m)]; }
  Span marker_span(Marker m) const { return marker_spans[static_cast<std::size_t>(m)]; }
};

/// How much two turns have the same words, 0 to 1: shared pairs of letters over all pairs.
double likeness(const TurnSignals& a, const TurnSignals& b);

/// The next "@name" at or after `from`, which is no e-mail address; empty where there is none.
Span next_tag(std::string_view text, std::size_t from);

/// How angry the customer was at the worst.
enum class Anger : std::uint8_t {
  kNone,
  kClear,  // the model says anger of a turn; without a model: a run of !! or ??
  kRage    // and of the highest intensity; without a model: two such runs
};

/// One conversation as the detectors see it.
struct Episode {
  std::span<const language::Turn> turns;
  std::span<const TurnSignals> signals;           // parallel to turns
  std::span<const std::uint32_t> customer_turns;  // indices of the customer's turns
  int utc_offset_minutes = 0;
  Anger anger = Anger::kNone;
  const language::MentionLexicon* mentions = nullptr;  // none: names behind @ tell nothing
};

/// The first turn of the customer that has such a word, if any.
std::optional<std::uint32_t> first_turn_with(const Episode& episode, Marker marker);

/// Measures the signals of turns. Immutable, any thread. Cost: two passes over the bytes of a
/// customer's turn, one over others'.
class SignalMeter {
 public:
  SignalMeter();

  /// Of an agent's or bot's turn only the length is measured.
  TurnSignals measure(const language::Turn& turn, std::vector<language::Match>& scratch) const;

 private:
  bool means_nothing(Span span, std::span<const language::Match> matches) const;

  std::vector<Marker> x_markers;  // parallel to the matcher's patterns
  language::Matcher x_matcher;
};

}  // namespace xinjing::evidence
