#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "language/reading.h"

namespace xinjing::language {

/// The JSON of one head's states, whose constant parts are made once: `{"anger":0.81,"joy":0.1}`.
/// Immutable; any thread. Cost: about 5 ns a state, where writing key by key costs 30.
class DistText {
 public:
  explicit DistText(const Head& head);

  /// Writes the object of probabilities with three decimals, as `number` would.
  /// REQUIRES: p parallel to the head's states.
  void append(std::span<const float> p, JsonWriter& json) const;

 private:
  void append_slowly(std::span<const float> p, JsonWriter& json) const;

  std::string x_names;              // `"anger":` of every state, one after another, and padding
  std::vector<std::size_t> x_ends;  // of each in x_names
};

/// Writes a probability with three decimals, as `number` would. Cost: a look into a table.
void append_probability(float p, JsonWriter& json);

/// What never changes in the JSON of a head. Each piece ends where a value follows.
struct HeadText {
  explicit HeadText(const Head& head);

  std::string key;                  // "stage":
  std::vector<std::string> said;    // per state: {"state":"use","p":
  std::vector<std::string> ground;  // per state: {"construct":"stage","state":"use","begin":
  DistText dist;
};

}  // namespace xinjing::language
