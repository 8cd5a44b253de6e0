#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/reading.h"

// How somebody talks over a conversation: what types of buyers are read from.
namespace xinjing::language {

/// A conversation with fewer customer turns shows no manner.
inline constexpr std::size_t kLeastMannerTurns = 3;

/// The features, by name: lengths, share of talk, marks, and how probable the model finds styles,
/// orientation, temperament, bond, motives and emotions. The order is that of manner_of.
std::vector<std::string> manner_features(std::span<const Head> heads);

/// The features of a conversation, as its model read it. REQUIRES: `heads` are the model's.
void manner_of(const Conversation& conversation, const Reading& reading,
               std::span<const Head> heads, std::vector<float>& out);

/// A linear model over the mean of the features of a customer's conversations. It is a sum over
/// conversations, so each of them is evidence by itself (models/manner-zh.tsv). Immutable.
class MannerModel {
 public:
  /// Conversations of a customer in the data that it was fitted on: each counts as one of so many.
  static constexpr float kConversations = 3;

  struct Feature {
    std::string name;
    float mean = 0;
    float scale = 1;
    std::vector<float> weights;  // by state
  };

  MannerModel() = default;
  MannerModel(std::vector<std::string> states, std::vector<float> bias,
              std::vector<Feature> features)
      : x_states(std::move(states)), x_bias(std::move(bias)), x_features(std::move(features)) {}

  /// Reads what `text` writes: comment lines, the header `feature mean scale weights`, a row
  /// `states` with their ids and a row `bias`, joined by '|', then a row a feature. Refused with
  /// file:line:column: another header, a number that is none, another number of weights.
  static Result<MannerModel> parse(std::string_view text, std::string_view name);
  std::string text() const;

  bool empty() const { return x_states.empty(); }
  const std::vector<std::string>& states() const { return x_states; }
  /// Whether it was fitted on the features of these heads, in their order.
  bool fits(std::span<const Head> heads) const;

  /// What one conversation speaks for each state, against the mean of all; nats.
  /// REQUIRES: features as manner_of gives them for heads that it fits.
  std::vector<float> nats_of(std::span<const float> features) const;

 private:
  std::vector<std::string> x_states;
  std::vector<float> x_bias;
  std::vector<Feature> x_features;
};

}  // namespace xinjing::language
