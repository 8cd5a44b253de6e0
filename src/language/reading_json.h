#pragma once

#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "language/reading.h"
#include "language/text_model.h"

namespace xinjing::language {

/// How good or bad the customer feels, -1..1: the mean of the states' valences.
/// REQUIRES: p parallel to the states of `emotion`.
float sentiment_of(const Head& emotion, std::span<const float> p);

/// Of an episode, -1..1: half the mean over the customer's turns, half the satisfaction.
float sentiment_of(const TextModel& model, const Reading& reading);

/// Writes readings by one model as the members "turns", "episode", "lang" and "model" of the
/// contract of `xinjing read` (docs/commands.md). Keeps references: the model outlives it.
/// Immutable; any thread. Cost: about 5 us a conversation.
class ReadingWriter {
 public:
  explicit ReadingWriter(const TextModel& model);

  /// REQUIRES: `json` is inside an object; `reading` is the model's reading of `conversation`.
  void write(const Conversation& conversation, const Reading& reading, JsonWriter& json) const;

 private:
  const Head* find(std::string_view name) const { return x_model.find_head(name); }
  void write_turns(const Conversation& conversation, const Reading& reading,
                   JsonWriter& json) const;
  void write_evidence(const Conversation& conversation, const Reading& reading, std::uint32_t turn,
                      JsonWriter& json) const;
  void write_episode(const Conversation& conversation, const Reading& reading,
                     JsonWriter& json) const;
  void write_aspects(const Conversation& conversation, const Reading& reading,
                     JsonWriter& json) const;
  void write_expectations(const Conversation& conversation, const Reading& reading,
                          JsonWriter& json) const;
  void write_satisfaction(const Reading& reading, JsonWriter& json) const;
  void write_agent(const Reading& reading, JsonWriter& json) const;
  void write_head(const Head& head, const Reading& reading, JsonWriter& json) const;

  const TextModel& x_model;
};

}  // namespace xinjing::language
