#include "evidence/collector.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace xinjing::evidence {

namespace {

using language::HeadKind;

constexpr double kLeastNats = 0.05;  // less is not worth a row
constexpr double kRare = 0.05;       // nor is a state that is rare before and after
constexpr MicroNats kSaidMicroNats = 1'400'000;
constexpr double kShown = 0.4;   // where several may hold, a state as probable as this is shown
constexpr double kSureP = 1e-6;  // no reading is surer than this

constexpr std::uint32_t kNoTurn = 0xffffffff;

MicroNats micro(double nats) {
  return static_cast<MicroNats>(nats * kMicroNatsPerNat + (nats < 0 ? -0.5 : 0.5));
}

double log_odds(double p) { return std::log(p) - std::log1p(-p); }

double clamp_p(double p) { return std::clamp(p, kSureP, 1 - kSureP); }

bool is_sign(char c) { return c == '+' || c == '-' || c == '0'; }

// The card's state that an output of a head speaks for: "PRI-" is PRI, "SPD:unmet" is unmet.
std::optional<std::uint16_t> state_for(const Card& card, std::string_view output) {
  if (const auto whole = card.find_state(output)) return whole;
  if (const std::size_t colon = output.rfind(':'); colon != output.npos) {
    return card.find_state(output.substr(colon + 1));
  }
  if (output.size() > 1 && is_sign(output.back())) {
    return card.find_state(output.substr(0, output.size() - 1));
  }
  return std::nullopt;
}

// Probability that any of the outputs holds.
template <typename P>
double any_of(std::span<const std::uint32_t> outputs, bool exclusive, P p) {
  if (outputs.size() == 1) return clamp_p(p(outputs.front()));
  double sum = 0;
  double none = 1;
  for (const std::uint32_t output : outputs) {
    sum += p(output);
    none *= 1 - p(output);
  }
  return clamp_p(exclusive ? sum : 1 - none);
}

}  // namespace

// One turn or episode that a head was read on.
struct Collector::Unit {
  std::span<const float> p;  // parallel to the head's states
  std::uint32_t turn = 0;    // where a state without a ground is put
  std::uint32_t slot = 0;    // of the binding's first state
  std::span<const language::Ground> grounds;
};

Collector::Collector(const Catalogue& catalogue, std::span<const language::Head> heads,
                     const language::CueLexicon& lexicon, CollectorOptions options)
    : x_catalogue(catalogue),
      x_options(options),
      x_construct_count(static_cast<std::uint16_t>(catalogue.size())),
      x_binding_of_head(heads.size(), -1),
      x_binding_of_construct(catalogue.size(), -1),
      x_looked_at(catalogue.size(), 0) {
  for (std::uint16_t c = 0; c < x_construct_count; ++c) {
    x_first_sum.push_back(x_sum_count);
    x_caps.push_back(micro(catalogue[c].cap_nats));
    x_sum_count += static_cast<std::uint32_t>(catalogue[c].states.size());
    x_looked_at[c] = lexicon.speaks_of(c) ? 1 : 0;
  }
  bind(catalogue, heads);
  aim_detectors(catalogue);
}

void Collector::bind(const Catalogue& catalogue, std::span<const language::Head> heads) {
  x_turn_outputs = language::turn_outputs(heads);
  x_emotion = language::find_head(heads, "emotion");
  x_intensity = language::find_head(heads, "intensity");
  for (std::uint16_t c = 0; c < x_construct_count; ++c) {
    const Card& card = catalogue[c];
    const auto head = std::find_if(heads.begin(), heads.end(), [&](const language::Head& h) {
      return !card.head.empty() && h.name == card.head;
    });
    if (head == heads.end()) continue;
    Binding binding;
    binding.construct = c;
    binding.head = &*head;
    binding.every_state = one_state_holds(card);
    bind_states(binding, card);
    if (binding.states.empty()) continue;
    std::uint32_t& slots = head->per_turn ? x_turn_slots : x_episode_slots;
    binding.slot = slots;
    slots += static_cast<std::uint32_t>(binding.states.size());
    x_looked_at[c] = 1;
    x_binding_of_construct[c] = static_cast<std::int32_t>(x_bindings.size());
    x_binding_of_head[static_cast<std::size_t>(head - heads.begin())] = x_binding_of_construct[c];
    x_bindings.push_back(std::move(binding));
  }
}

void Collector::bind_states(Binding& binding, const Card& card) const {
  const language::Head& head = *binding.head;
  binding.state_of.assign(head.states.size(), -1);
  for (std::uint32_t output = 0; output < head.states.size(); ++output) {
    const std::optional<std::uint16_t> state = state_for(card, head.states[output]);
    if (!state) continue;
    auto bound = std::find_if(binding.states.begin(), binding.states.end(),
                              [&](const BoundState& b) { return b.state == *state; });
    if (bound == binding.states.end()) {
      bound = binding.states.insert(
          bound, BoundState{.state = *state, .outputs = {}, .base = 0, .shown = kShown});
      binding.exclusive_parts = is_sign(head.states[output].back());
    }
    bound->outputs.push_back(output);
    binding.state_of[output] = static_cast<std::int32_t>(bound - binding.states.begin());
  }
  for (BoundState& state : binding.states) {
    const bool known = head.priors.size() == head.states.size();
    const auto of_model = [&](std::uint32_t output) { return double{head.priors[output]}; };
    const double prior = known ? any_of(std::span<const std::uint32_t>(state.outputs),
                                        binding.exclusive_parts, of_model)
                               : clamp_p(card.states[state.state].prior);
    state.base = head.kind == HeadKind::kSeveral ? log_odds(prior) : std::log(prior);
    // What `read` says is a beginning; how many such beginnings make a claim, log-odds tell.
    if (card.measure == Measure::kSeveral && state.outputs.size() == 1 && !head.lean.empty()) {
      state.shown = std::max(prior, 1 / (1 + std::exp(double{head.lean[state.outputs.front()]})));
    }
  }
}

void Collector::aim_detectors(const Catalogue& catalogue) {
  for (const catalog::Entry* detector : catalog::entries()) {
    std::vector<Aim>& aims = x_aims.emplace_back();
    for (const catalog::Target& target : detector->targets) {
      Aim& aim = aims.emplace_back();
      const std::optional<std::uint16_t> construct = catalogue.number(target.construct);
      if (!construct) continue;
      const auto state = catalogue[*construct].find_state(target.state);
      if (!state) continue;
      aim = {.construct = *construct, .state = *state, .silent = false};
      x_looked_at[*construct] = 1;
    }
  }
}

std::vector<std::uint16_t> Collector::constructs() const {
  std::vector<std::uint16_t> out;
  for (std::uint16_t c = 0; c < x_construct_count; ++c) {
    if (x_looked_at[c]) out.push_back(c);
  }
  return out;
}

std::vector<std::uint16_t> Collector::cue_constructs() const {
  std::vector<std::uint16_t> out;
  for (std::uint16_t c = 0; c < x_construct_count; ++c) {
    if (x_binding_of_construct[c] < 0) out.push_back(c);
  }
  return out;
}

void Collector::collect(const language::Conversation& conversation,
                        const language::Reading& reading, std::span<const CueHit> cues,
                        Scratch& scratch, std::vector<Evidence>& out) const {
  look(scratch, conversation);
  if (scratch.customer_turns.empty()) return;
  expose(scratch, out);
  if (!x_bindings.empty()) {
    note_grounds(reading, scratch);
    read_heads(reading, scratch, out);
  }
  find_pieces(conversation, reading, cues, scratch);
  add_pieces(scratch, out);
}

void Collector::look(Scratch& scratch, const language::Conversation& conversation) const {
  scratch.customer_turns.clear();
  scratch.agent_turns.clear();
  scratch.customer_index.assign(conversation.turns.size(), kNoTurn);
  scratch.sums.assign(x_sum_count, 0);
  for (std::uint32_t turn = 0; turn < conversation.turns.size(); ++turn) {
    const ingest::Speaker speaker = conversation.turns[turn].speaker;
    if (speaker == ingest::Speaker::kAgent) scratch.agent_turns.push_back(turn);
    if (speaker != ingest::Speaker::kCustomer) continue;
    scratch.customer_index[turn] = static_cast<std::uint32_t>(scratch.customer_turns.size());
    scratch.customer_turns.push_back(turn);
  }
}

void Collector::expose(const Scratch& scratch, std::vector<Evidence>& out) const {
  for (std::uint16_t c = 0; c < x_construct_count; ++c) {
    if (!x_looked_at[c]) continue;
    const Card& card = x_catalogue[c];
    const std::int32_t binding = x_binding_of_construct[c];
    const bool per_turn =
        binding >= 0 ? x_bindings[binding].head->per_turn : card.level == Level::kUtterance;
    const auto& turns =
        card.subject == Subject::kAgent ? scratch.agent_turns : scratch.customer_turns;
    if (turns.empty()) continue;
    out.push_back({.construct = c,
                   .state = kExposure,
                   .card_version = card.version,
                   .micro_nats = 0,
                   .count = per_turn ? static_cast<std::int32_t>(turns.size()) : 1,
                   .turn = turns.back(),
                   .span = {}});
  }
}

// Grounds come best first, so the first of a slot stays.
void Collector::note_grounds(const language::Reading& reading, Scratch& scratch) const {
  scratch.grounds.assign(x_episode_slots + x_turn_slots * scratch.customer_turns.size(), 0);
  for (std::uint32_t i = 0; i < reading.grounds.size(); ++i) {
    const language::Ground& ground = reading.grounds[i];
    if (ground.head >= x_binding_of_head.size() || x_binding_of_head[ground.head] < 0) continue;
    const Binding& binding = x_bindings[x_binding_of_head[ground.head]];
    if (ground.state >= binding.state_of.size() || binding.state_of[ground.state] < 0) continue;
    std::size_t slot = binding.slot + static_cast<std::size_t>(binding.state_of[ground.state]);
    if (ground.turn >= scratch.customer_index.size()) continue;
    if (binding.head->per_turn) {
      const std::uint32_t index = scratch.customer_index[ground.turn];
      if (index == kNoTurn) continue;
      slot += x_episode_slots + std::size_t{index} * x_turn_slots;
    }
    if (scratch.grounds[slot] == 0) scratch.grounds[slot] = i + 1;
  }
}

void Collector::read_heads(const language::Reading& reading, Scratch& scratch,
                           std::vector<Evidence>& out) const {
  for (const Binding& binding : x_bindings) {
    const bool of_agent = x_catalogue[binding.construct].subject == Subject::kAgent;
    if (of_agent && scratch.agent_turns.empty()) continue;
    Unit unit{.p = {}, .turn = 0, .slot = binding.slot, .grounds = reading.grounds};
    if (!binding.head->per_turn) {
      unit.p = reading.episode(*binding.head);
      unit.turn = of_agent ? scratch.agent_turns.back() : scratch.customer_turns.back();
      read_unit(binding, unit, scratch, out);
      continue;
    }
    for (std::size_t i = 0; i < scratch.customer_turns.size(); ++i) {
      unit.p = reading.turn(*binding.head, i, x_turn_outputs);
      unit.turn = scratch.customer_turns[i];
      unit.slot = static_cast<std::uint32_t>(x_episode_slots + i * x_turn_slots) + binding.slot;
      read_unit(binding, unit, scratch, out);
    }
  }
}

void Collector::probabilities_of(const Binding& binding, std::span<const float> p,
                                 Scratch& scratch) {
  std::span<const float> outputs = p;
  if (binding.head->kind == HeadKind::kSeveral) {
    scratch.outputs.resize(p.size());
    language::without_lean(*binding.head, p, scratch.outputs);
    outputs = scratch.outputs;
  }
  scratch.p.clear();
  for (const BoundState& state : binding.states) {
    scratch.p.push_back(any_of(std::span<const std::uint32_t>(state.outputs),
                               binding.exclusive_parts,
                               [&](std::uint32_t output) { return double{outputs[output]}; }));
  }
}

void Collector::read_unit(const Binding& binding, const Unit& unit, Scratch& scratch,
                          std::vector<Evidence>& out) const {
  const bool several = binding.head->kind == HeadKind::kSeveral;
  probabilities_of(binding, unit.p, scratch);
  const std::int32_t one = several ? -1 : binding.state_of[said_state(*binding.head, unit.p)];
  const Card& card = x_catalogue[binding.construct];
  for (std::size_t i = 0; i < binding.states.size(); ++i) {
    const std::uint32_t ground = scratch.grounds[unit.slot + i];
    const bool said =
        several ? scratch.p[i] >= binding.states[i].shown : static_cast<std::int32_t>(i) == one;
    if (!said && !binding.every_state) continue;
    const BoundState& state = binding.states[i];
    const double nats = (several ? log_odds(scratch.p[i]) : std::log(scratch.p[i])) - state.base;
    const bool rare = std::max(scratch.p[i], std::exp(state.base)) < kRare;
    if (!said && (rare || std::abs(nats) < kLeastNats)) continue;
    Evidence row{.construct = binding.construct,
                 .state = state.state,
                 .source = Source::kModel,
                 .card_version = card.version,
                 .micro_nats = micro(nats),
                 .count = said ? 1 : 0,
                 .turn = unit.turn,
                 .span = {}};
    if (said && ground != 0) {
      row.turn = unit.grounds[ground - 1].turn;
      row.span = unit.grounds[ground - 1].span;
    }
    put(row, scratch, out);
  }
}

Anger Collector::anger_in(const language::Reading& reading, const Scratch& scratch) const {
  constexpr double kStrong = 2.5;  // of the levels 1 to 3
  Anger worst = Anger::kNone;
  if (x_emotion == nullptr) {
    std::uint32_t bursts = 0;
    for (const TurnSignals& signals : scratch.signals) bursts += signals.bursts;
    return bursts > 1 ? Anger::kRage : bursts > 0 ? Anger::kClear : Anger::kNone;
  }
  for (std::size_t turn = 0; turn < scratch.customer_turns.size(); ++turn) {
    const auto p = reading.turn(*x_emotion, turn, x_turn_outputs);
    if (x_emotion->states[language::said_state(*x_emotion, p)] != "anger") continue;
    const bool strong =
        x_intensity != nullptr &&
        double{language::mean_level(*x_intensity,
                                    reading.turn(*x_intensity, turn, x_turn_outputs))} >= kStrong;
    worst = strong ? Anger::kRage : std::max(worst, Anger::kClear);
    if (strong) break;
  }
  return worst;
}

void Collector::find_pieces(const language::Conversation& conversation,
                            const language::Reading& reading, std::span<const CueHit> cues,
                            Scratch& scratch) const {
  scratch.pieces.clear();
  for (const CueHit& hit : cues) {
    if (x_binding_of_construct[hit.construct] >= 0 && !hit.signal) continue;
    scratch.pieces.push_back({.construct = hit.construct,
                              .state = hit.state,
                              .source = hit.signal ? Source::kDetector : Source::kCue,
                              .card_version = x_catalogue[hit.construct].version,
                              .micro_nats = hit.micro_nats,
                              .count = 0,
                              .turn = hit.turn,
                              .span = hit.span});
  }
  scratch.signals.clear();
  for (const language::Turn& turn : conversation.turns) {
    scratch.signals.push_back(x_meter.measure(turn, scratch.matches));
  }
  const Episode episode{conversation.turns,         scratch.signals,
                        scratch.customer_turns,     x_options.utc_offset_minutes,
                        anger_in(reading, scratch), x_options.mentions};
  for (std::size_t d = 0; d < x_aims.size(); ++d) {
    scratch.findings.clear();
    catalog::entries()[d]->detect(episode, scratch.findings);
    for (const catalog::Finding& finding : scratch.findings) {
      const Aim& aim = x_aims[d][finding.target];
      if (aim.silent) continue;
      scratch.pieces.push_back({.construct = aim.construct,
                                .state = aim.state,
                                .source = Source::kDetector,
                                .card_version = x_catalogue[aim.construct].version,
                                .micro_nats = micro(finding.nats),
                                .count = 0,
                                .turn = finding.turn,
                                .span = finding.span});
    }
  }
}

void Collector::add_pieces(Scratch& scratch, std::vector<Evidence>& out) const {
  const auto unit = [&](const Evidence& e) {
    return x_catalogue[e.construct].level == Level::kUtterance ? e.turn : 0;
  };
  const auto key = [&](const Evidence& e) {
    return std::tuple(e.construct, unit(e), e.state, e.turn, e.span, e.source, e.micro_nats);
  };
  std::vector<Evidence>& pieces = scratch.pieces;
  std::sort(pieces.begin(), pieces.end(),
            [&](const Evidence& a, const Evidence& b) { return key(a) < key(b); });
  for (std::size_t begin = 0; begin < pieces.size();) {
    std::size_t end = begin + 1;
    while (end < pieces.size() && pieces[end].construct == pieces[begin].construct &&
           unit(pieces[end]) == unit(pieces[begin])) {
      ++end;
    }
    add_unit(std::span(pieces).subspan(begin, end - begin), scratch, out);
    begin = end;
  }
}

// The pieces of one unit for one construct, by state: says which states the unit shows.
void Collector::add_unit(std::span<Evidence> pieces, Scratch& scratch,
                         std::vector<Evidence>& out) const {
  const std::uint16_t construct = pieces.front().construct;
  const bool by_head = x_binding_of_construct[construct] >= 0;
  const bool only_one = one_state_holds(x_catalogue[construct]);
  Evidence* shown = nullptr;
  MicroNats most = 0;
  for (std::size_t begin = 0; begin < pieces.size() && !by_head;) {
    MicroNats sum = 0;
    Evidence* heaviest = &pieces[begin];
    const std::uint16_t state = pieces[begin].state;
    for (; begin < pieces.size() && pieces[begin].state == state; ++begin) {
      sum += pieces[begin].micro_nats;
      if (pieces[begin].micro_nats > heaviest->micro_nats) heaviest = &pieces[begin];
    }
    if (sum < kSaidMicroNats) continue;
    if (!only_one) heaviest->count = 1;
    if (sum > most) {
      most = sum;
      shown = heaviest;
    }
  }
  if (shown != nullptr) shown->count = 1;
  for (const Evidence& piece : pieces) put(piece, scratch, out);
}

// Adds a row as far as the episode's cap lets it.
void Collector::put(Evidence row, Scratch& scratch, std::vector<Evidence>& out) const {
  const MicroNats cap = x_caps[row.construct];
  MicroNats& sum = scratch.sums[x_first_sum[row.construct] + row.state];
  const MicroNats after = std::clamp(sum + row.micro_nats, -cap, cap);
  row.micro_nats = after - sum;
  sum = after;
  if (row.micro_nats != 0 || row.count != 0) out.push_back(row);
}

}  // namespace xinjing::evidence
