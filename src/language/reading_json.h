#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "language/expectation.h"
#include "language/head_text.h"
#include "language/reading.h"
#include "language/text_model.h"
#include "language/work_calendar.h"

namespace xinjing::language {

/// How good (1) or bad (-1) each state of `emotion` feels, parallel to its states.
std::vector<float> valences_of(const Head& emotion);

/// How good or bad the customer feels, -1..1: the mean valence. REQUIRES: parallel spans.
float sentiment_of(std::span<const float> valences, std::span<const float> p);

/// Writes readings by one model as the members "turns", "episode", "lang" and "model" of the
/// contract of `xinjing read` (docs/commands.md). Keeps references: the model outlives it.
/// Immutable; any thread. Cost: about 3 us a conversation.
class ReadingWriter {
 public:
  /// Whether what a head says is written; "sentiment", which is worked out of two, is asked for as
  /// well. Without one everything is.
  using Keep = std::function<bool(std::string_view head)>;

  /// The calendar, for due times, and the words of expectations must outlive the writer; null:
  /// weekends only; nothing is promised. `keep` is asked here, and not again.
  explicit ReadingWriter(const TextModel& model, const WorkCalendar* calendar = nullptr,
                         const ExpectationWords* words = nullptr, const Keep& keep = {});

  /// `norms` are those of the trade that the conversation touches.
  /// REQUIRES: `json` is inside an object; `reading` is the model's reading of `conversation`.
  void write(const Conversation& conversation, const Reading& reading,
             std::span<const NormHit> norms, JsonWriter& json) const;

 private:
  void write_turns(const Conversation& conversation, const Reading& reading,
                   JsonWriter& json) const;
  void write_emotion(const Reading& reading, std::size_t customer_turn, JsonWriter& json) const;
  void write_evidence(const Conversation& conversation, const Reading& reading, std::uint32_t turn,
                      JsonWriter& json) const;
  void write_episode(const Conversation& conversation, const Reading& reading,
                     std::span<const NormHit> norms, JsonWriter& json) const;
  void write_aspects(const Conversation& conversation, const Reading& reading,
                     JsonWriter& json) const;
  void write_expectations(const Conversation& conversation, const Reading& reading,
                          std::span<const NormHit> norms, JsonWriter& json) const;
  void write_expectation(const Conversation& conversation, Lang lang, const Expectation& one,
                         JsonWriter& json) const;
  void write_satisfaction(const Reading& reading, JsonWriter& json) const;
  void write_agent(const Reading& reading, JsonWriter& json) const;
  /// By the head of valence where the model has one, else the mean valence of the emotions.
  float sentiment_of_turn(const Reading& reading, std::size_t customer_turn) const;
  /// Half the mean over the customer's turns, half the satisfaction.
  float sentiment_of_episode(const Reading& reading) const;
  void write_head(const Head& head, const Reading& reading, JsonWriter& json) const;

  const HeadText& text_of(const Head& head) const {
    return x_texts[static_cast<std::size_t>(&head - x_model.heads().data())];
  }

  bool says(const Head* head) const {
    return head != nullptr && x_says[static_cast<std::size_t>(head - x_model.heads().data())];
  }

  const TextModel& x_model;
  ExpectationRules x_rules;
  std::vector<char> x_says;  // whether each head is written
  bool x_says_sentiment;
  // Heads of the model, or null; found once.
  const Head* x_emotion;
  const Head* x_intensity;
  const Head* x_valence;
  const Head* x_aspect;
  const Head* x_expectation;
  const Head* x_expectation_kind;
  const Head* x_satisfaction;
  const Head* x_deflects;
  std::vector<HeadText> x_texts;             // of all heads of the model
  std::vector<float> x_valences;             // of x_emotion
  std::vector<const Head*> x_before_aspect;  // in the order of the contract
  std::vector<const Head*> x_after_aspect;
  std::vector<const Head*> x_agent;
};

}  // namespace xinjing::language
