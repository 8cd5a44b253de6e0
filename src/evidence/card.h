#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "evidence/use.h"

namespace xinjing::evidence {

/// The unit that shows a state of the construct.
enum class Level : std::uint8_t { kUtterance, kEpisode, kCustomer };

/// How evidence becomes a statement; psychology has one measurement model for each.
enum class Measure : std::uint8_t {
  kTypology,
  kShare,
  kRate,
  kTrait,
  kLedger,
  kSeveral,
  kSequence
};

/// Whom the construct speaks about.
enum class Subject : std::uint8_t { kCustomer, kAgent };

/// How good the grounds are: measured against judges or outcomes, grounded in theory only, or a
/// working typology of sales practice.
enum class Grade : std::uint8_t { kMeasured, kWeak, kFolk };

/// Who may see it, and for how long.
enum class Sensitivity : std::uint8_t { kLow, kMedium, kHigh };

/// Where a page shows it.
enum class Group : std::uint8_t { kFeeling, kWant, kBond, kDeciding, kBeing, kAgent, kOther };

/// The words of the files: "utterance", "typology", "measured", …
std::string_view level_id(Level level);
std::string_view measure_id(Measure measure);
std::string_view subject_id(Subject subject);
std::string_view grade_id(Grade grade);
std::string_view sensitivity_id(Sensitivity sensitivity);
std::string_view group_id(Group group);

/// One of the states of a construct. Those of a trait stand from low to high.
struct CardState {
  std::string id;
  Said label;
  Said definition;
  double prior = 0;            // probability before any evidence; of a share: the expected share
  std::optional<int> valence;  // -1, 0, 1
  std::vector<double> next{};  // of a sequence: the chance of each state at the next episode
};

/// A figure that was measured on a data set, and which.
struct Validity {
  std::string dataset;
  std::string measure;
  double value = 0;
};

/// A text that must yield evidence for its state through cues.
struct CardExample {
  Lang lang = Lang::kZh;
  std::string text;
  std::string state;
  std::string place;  // "file:line:column"
};

/// A construct: what it means, how it is read and measured, how sure one must be, what it may be
/// used for. Data: constructs/<id>/card.toml; constructs/README.md describes the fields.
struct Card {
  std::string id;
  std::int32_t version = 1;
  Said label;
  Said definition;
  Level level = Level::kEpisode;
  Measure measure = Measure::kShare;
  Subject subject = Subject::kCustomer;
  Grade grade = Grade::kWeak;
  Sensitivity sensitivity = Sensitivity::kMedium;
  Group group = Group::kOther;  // optional in the file
  std::string head;             // the model head that reads it; empty: none
  double half_life_days = 0;
  double minimum_nats = 0;
  int minimum_episodes = 0;
  double minimum_probability = 0;
  double cap_nats = 0;  // the most that one episode may say for or against one state
  std::string theory;
  std::vector<std::string> references;
  std::string licence;
  std::vector<CardState> states;
  UseRules use;
  std::optional<Validity> validity;
  std::vector<CardExample> examples;
  Said acts{};  // how what somebody does counts, and how good that is; empty: it does not

  /// The index of a state, or nothing.
  std::optional<std::uint16_t> find_state(std::string_view state_id) const;
  std::vector<std::string> state_ids() const;
};

/// Whether one of the card's states holds and the others do not: of a typology, a sequence, a
/// trait.
bool one_state_holds(const Card& card);

/// Reads a card.toml. Every key must be present unless it is optional, none may be unknown, every
/// value in range: the first fault is refused with one sentence and file:line:column.
/// `name` is the file's name, for places.
Result<Card> parse_card(std::string_view toml, const std::string& name);

/// The cards of an installation, sorted by id. The number of a construct is its place here: fixed
/// for one set of cards, so evidence that is stored names constructs by id and uses numbers only
/// in memory. Immutable after construction.
class Catalogue {
 public:
  Catalogue() = default;
  /// Two cards with one id are refused.
  static Result<Catalogue> of(std::vector<Card> cards);

  std::span<const Card> cards() const { return x_cards; }
  std::size_t size() const { return x_cards.size(); }
  const Card& operator[](std::size_t construct) const { return x_cards[construct]; }

  std::optional<std::uint16_t> number(std::string_view id) const;
  /// The card, or null.
  const Card* find(std::string_view id) const;

 private:
  std::vector<Card> x_cards;
};

}  // namespace xinjing::evidence
