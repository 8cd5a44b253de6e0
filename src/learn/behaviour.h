#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/reader.h"

namespace xinjing::learn {

/// What must hold between the readings of two texts. The forms, as a suite writes them:
///   a.emotion=anger|contempt   b.need!=none   a.valence=neg   a.escalation=0
///   a.motive has redress       b.motive lacks vent            a.aspect has DEL-
///   a.p(emotion:anger)>b.p(emotion:anger)     a.satisfaction>b.satisfaction
///   same motive need emotion   valid a
/// `emotion` and `valence` (neg, neu, pos) are of the last customer turn.
struct Condition {
  enum class Form : std::uint8_t { kIs, kIsNot, kHas, kLacks, kMore, kMoreLikely, kSame, kValid };
  Form form = Form::kValid;
  bool first = true;                 // of text_a; kMore, kMoreLikely: text_a has more
  std::string construct{};           // kSame: empty
  std::vector<std::string> words{};  // states; kSame: constructs
  std::string written{};
};

/// Two texts and what must hold between them: behavioural testing as in CheckList (Ribeiro et al.
/// 2020). A text is one of a customer, or a conversation: turns joined by " / ", with 客: 服: (or
/// C: A:) before each.
struct BehaviourPair {
  std::string id{};
  std::string lang{};
  std::string kind{};
  std::string first{};
  std::string second{};
  std::vector<Condition> conditions{};
};

/// Reads a suite: columns id, lang, kind, text_a, text_b, expect, note. What is not so is refused
/// with file:line:column.
Result<std::vector<BehaviourPair>> parse_behaviour(std::string_view text, std::string_view name);

/// What became of a pair: the conditions that did not hold.
struct BehaviourOutcome {
  std::vector<std::string> broken;
};
/// Parallel to `pairs`. A construct that the model lacks holds nothing.
std::vector<BehaviourOutcome> judge_behaviour(const language::Reader& reader,
                                              std::span<const BehaviourPair> pairs);

/// Pass rates by kind and language as a Markdown table, all together in the last row.
std::string behaviour_table(std::span<const BehaviourPair> pairs,
                            std::span<const BehaviourOutcome> outcomes);

}  // namespace xinjing::learn
