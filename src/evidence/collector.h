#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evidence/card.h"
#include "evidence/catalog.h"
#include "evidence/cue_hit.h"
#include "evidence/evidence.h"
#include "evidence/signals.h"
#include "language/cue_lexicon.h"
#include "language/mentions.h"
#include "language/reading.h"

namespace xinjing::evidence {

struct CollectorOptions {
  int utc_offset_minutes = 480;  // the local zone, for what depends on the hour
  const language::MentionLexicon* mentions =
      nullptr;  // whose names stand behind @; must outlive it
};

/// Turns what one conversation says into rows of Evidence: from the model's reading for the cards
/// whose head it has, from cues for the other cards, from detectors for both.
///
/// What a row weighs. Where one state holds (typology, trait) the reading of a head gives every
/// state log(p / prior), prior being the share in the model's training, so that rows of many
/// episodes add up to a log posterior against the card's own prior; rows below 0.05 nat, and states
/// that are rarer than 5 % before and after, are left out. Where several may hold (share, rate,
/// ledger) it gives a row for each state of at least 0.4, or of whatever `read` says where log-odds
/// add up (several); for a head of which one state holds, the one that is said; with its log odds
/// ratio (log ratio). Cues and detectors give their weights. However much there is, one episode
/// moves a state by at most the card's cap_nats. Head states that carry more than the card's
/// ("PRI-", "SPD:unmet") are put together first.
///
/// What a row counts. The state that a unit (turn or episode) shows has count 1 once: what the
/// model says, or where there is no head a state whose cues weigh at least 1.4 nats (and the
/// heaviest only, where one state holds). Exposure rows count the units looked at.
///
/// Immutable, any thread, each with its own Scratch; catalogue and heads must outlive it. Pure.
/// Cost: bench/evidence_bench.cc.
class Collector {
 public:
  /// Memory that is used again from one conversation to the next.
  struct Scratch;

  /// `heads` are those of the model that makes the readings; none where there is no model.
  Collector(const Catalogue& catalogue, std::span<const language::Head> heads,
            const language::CueLexicon& lexicon, CollectorOptions options = {});

  /// Appends the rows of one conversation in a fixed order: equal input, equal rows.
  /// REQUIRES: `reading` was made of `conversation` by the model with these heads (it is not looked
  /// at without heads), and `cues` are its cue hits, in any order.
  void collect(const language::Conversation& conversation, const language::Reading& reading,
               std::span<const CueHit> cues, Scratch& scratch, std::vector<Evidence>& out) const;

  /// The constructs that any of this can speak about, by number.
  std::vector<std::uint16_t> constructs() const;

  /// Those without a head, whose cues are looked at.
  std::vector<std::uint16_t> cue_constructs() const;

 private:
  // A state of a card and the outputs of the head that speak for it.
  struct BoundState {
    std::uint16_t state = 0;
    std::vector<std::uint32_t> outputs;  // within the head
    double base = 0;                     // log or log odds of the prior
    double shown = 0;                    // of several: the least probability that shows it
  };
  // A card and the head that reads it.
  struct Binding {
    std::uint16_t construct = 0;
    const language::Head* head = nullptr;
    bool every_state = false;      // also those that are not said
    bool exclusive_parts = false;  // outputs of a state exclude each other: their p add up
    std::vector<BoundState> states;
    std::vector<std::int32_t> state_of;  // head state -> index into states, -1: none
    std::uint32_t slot = 0;              // where its grounds are kept, see Scratch
  };
  struct Unit;

  void bind(const Catalogue& catalogue, std::span<const language::Head> heads);
  void bind_states(Binding& binding, const Card& card) const;
  void aim_detectors(const Catalogue& catalogue);
  void look(Scratch& scratch, const language::Conversation& conversation) const;
  void expose(const Scratch& scratch, std::vector<Evidence>& out) const;
  void note_grounds(const language::Reading& reading, Scratch& scratch) const;
  void read_heads(const language::Reading& reading, Scratch& scratch,
                  std::vector<Evidence>& out) const;
  static void probabilities_of(const Binding& binding, std::span<const float> p, Scratch& scratch);
  void read_unit(const Binding& binding, const Unit& unit, Scratch& scratch,
                 std::vector<Evidence>& out) const;
  Anger anger_in(const language::Reading& reading, const Scratch& scratch) const;
  void find_pieces(const language::Conversation& conversation, const language::Reading& reading,
                   std::span<const CueHit> cues, Scratch& scratch) const;
  void add_pieces(Scratch& scratch, std::vector<Evidence>& out) const;
  void add_unit(std::span<Evidence> pieces, Scratch& scratch, std::vector<Evidence>& out) const;
  void put(Evidence row, Scratch& scratch, std::vector<Evidence>& out) const;

  const Catalogue& x_catalogue;
  CollectorOptions x_options;
  std::uint16_t x_construct_count;
  SignalMeter x_meter;
  std::vector<Binding> x_bindings;
  std::vector<std::int32_t> x_binding_of_head;       // parallel to the model's heads, -1: none
  std::vector<std::int32_t> x_binding_of_construct;  // parallel to the cards, -1: none
  std::vector<std::uint8_t> x_looked_at;             // parallel to the cards
  std::vector<std::uint32_t> x_first_sum;            // parallel to the cards, see Scratch::sums
  std::uint32_t x_sum_count = 0;
  std::vector<MicroNats> x_caps;  // parallel to the cards
  std::size_t x_turn_outputs = 0;
  const language::Head* x_emotion = nullptr;
  const language::Head* x_intensity = nullptr;
  std::uint32_t x_episode_slots = 0;
  std::uint32_t x_turn_slots = 0;
  struct Aim {
    std::uint16_t construct = 0;
    std::uint16_t state = 0;
    bool silent = true;
  };
  std::vector<std::vector<Aim>> x_aims;  // per detector, per target
};

/// One per thread.
struct Collector::Scratch {
  std::vector<std::uint32_t> customer_turns;  // indices
  std::vector<std::uint32_t> agent_turns;
  std::vector<std::uint32_t> customer_index;  // turn -> which customer turn
  std::vector<std::uint32_t> grounds;         // slot -> index + 1 into Reading::grounds
  std::vector<MicroNats> sums;                // per state of every card: given so far
  std::vector<float> outputs;                 // of a head, without its lean
  std::vector<double> p;                      // of the card's states
  std::vector<Evidence> pieces;  // of cues and detectors, before they are capped and counted
  std::vector<TurnSignals> signals;
  std::vector<language::Match> matches;
  std::vector<catalog::Finding> findings;
};

}  // namespace xinjing::evidence
