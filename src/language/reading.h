#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "base/span.h"
#include "ingest/speaker.h"

namespace xinjing::language {

/// One message of a conversation. Views: the owner of the text outlives the reading.
struct Turn {
  ingest::Speaker speaker = ingest::Speaker::kCustomer;
  std::string_view text;
  std::optional<Instant> time;
};

/// What `read` is given. A single text (review, letter) is one customer turn.
struct Conversation {
  std::string_view id;
  std::span<const Turn> turns;
  std::optional<Lang> lang;  // stated by the source; otherwise found out
};

/// How the outputs of a head go together.
enum class HeadKind : std::uint8_t {
  kOne,      // exactly one state holds; probabilities sum to 1
  kSeveral,  // every state holds or not by itself
  kLevel     // ordered states; probabilities sum to 1
};

/// A construct that the model speaks about. Its outputs are [first, first + states.size()) of the
/// outputs of its unit (turn or episode).
struct Head {
  std::string name{};  // the construct's id: "emotion", "motive", "need", …
  HeadKind kind = HeadKind::kOne;
  bool per_turn = false;
  std::vector<std::string> states{};  // aspects: "PRI-", "PRI0", "PRI+"; expectations: "SPD:unmet"
  std::vector<float> priors{};        // the model's own shares in training, parallel to states
  std::uint32_t first = 0;
  // How states are chosen to be said; empty means by probability alone. kOne: added to the
  // logarithm of each probability (said_state). kLevel: limits of the mean between states.
  // kSeveral: log odds that a Reading's probabilities hold already, so that 0.5 is where saying a
  // state is best; without_lean gives the probabilities themselves.
  std::vector<float> lean{};
  // kOne: exp(lean), where somebody has reckoned it already.
  std::vector<float> weight{};
  // kSeveral: so many neighbouring states share one yes or no: "PRI-", "PRI0", "PRI+".
  std::uint32_t parts = 1;
};

/// The state of a kOne or kLevel head that a reader should say; its probability need not be the
/// largest, since rare states would then never be said. REQUIRES: p parallel to head.states.
std::size_t said_state(const Head& head, std::span<const float> p);

/// The calibrated probabilities of a kSeveral head, from those of a Reading. REQUIRES: `p` and
/// `out` parallel to head.states.
void without_lean(const Head& head, std::span<const float> p, std::span<float> out);

/// The mean of a kLevel head; its states are consecutive whole numbers ("0" to "2", "-2" to "2").
float mean_level(const Head& head, std::span<const float> p);

/// The head of this name, or null.
const Head* find_head(std::span<const Head> heads, std::string_view name);

/// How many outputs the per-turn heads have together.
std::size_t turn_outputs(std::span<const Head> heads);

/// Why a state is said: the stretch of one turn's original text that speaks most for it.
struct Ground {
  std::uint16_t head = 0;   // index into the model's heads
  std::uint16_t state = 0;  // index into the head's states
  std::uint32_t turn = 0;   // index into the conversation's turns
  Span span{};              // bytes of that turn's text; whole characters
  float nats = 0;           // the part of the score that these bytes carry
};

/// An aspect or an expectation is only said on words that carry at least so much of it; what a text
/// of unknown words leaves is the share in training, and that is no ground. [nats]
inline constexpr float kLeastGroundNats = 0.3F;

/// What the words of one conversation say. Probabilities are calibrated.
struct Reading {
  Lang lang = Lang::kZh;
  std::vector<float> turn_p{};     // customer turns in order x outputs of the per-turn heads
  std::vector<float> episode_p{};  // outputs of the per-episode heads
  std::vector<Ground> grounds{};   // for every state that is said (p >= its threshold), best first

  /// The probabilities of one head, parallel to its states. `customer_turn` counts customer turns.
  std::span<const float> turn(const Head& head, std::size_t customer_turn,
                              std::size_t turn_outputs) const {
    return std::span(turn_p).subspan(customer_turn * turn_outputs + head.first, head.states.size());
  }
  std::span<const float> episode(const Head& head) const {
    return std::span(episode_p).subspan(head.first, head.states.size());
  }
};

/// The best ground of a state, if it carries kLeastGroundNats; else null.
const Ground* ground_to_say(const Reading& reading, std::size_t head, std::size_t state);

}  // namespace xinjing::language
