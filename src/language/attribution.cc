#include <algorithm>
#include <numeric>

#include "base/utf8.h"
#include "language/density.h"
#include "language/quotable.h"
#include "language/scoring.h"

namespace xinjing::language {
namespace {

// A part of a score below this is not worth a quote. [nats]
constexpr float kLeastNats = 0.05F;
constexpr float kSaid = 0.5F;

/// One lane of densities.
struct Lane {
  std::span<const Float4> density;
  std::size_t lane = 0;
  float operator[](std::size_t i) const { return density[i][lane]; }
};

/// What a person would cite of `s`; never a lone ideograph where another stands beside it.
Stretch made_readable(const std::u32string& chars, Lane density, Stretch s, Span clause,
                      Quotable& quotable) {
  Span part = quotable.readable({std::uint32_t(s.begin), std::uint32_t(s.end)}, clause);
  if (part.size() == 1 && is_han(chars[part.begin])) {
    const bool left = part.begin > clause.begin && is_han(chars[part.begin - 1]);
    const bool right = part.end < clause.end && is_han(chars[part.end]);
    if (right && (!left || density[part.end] >= density[part.begin - 1])) {
      ++part.end;
    } else if (left) {
      --part.begin;
    }
    part = quotable.readable(part, clause);
  }
  s = {part.begin, part.end, 0};
  for (std::size_t i = s.begin; i < s.end; ++i) s.sum += density[i];
  return s;
}

/// A stretch, and the clause in which it stands.
struct Found {
  Stretch stretch;
  Span clause;
};

/// Of each lane the best stretch within one clause; words are not made whole yet, which costs more.
std::array<Found, kLanes> best_stretches(const ReadScratch::TurnWork& turn,
                                         std::span<const Float4> density,
                                         const Quotable& quotable) {
  std::array<Found, kLanes> best{};
  for (const Span clause : turn.clauses) {
    const auto raw = largest_sums(density, clause.begin, clause.end);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const Stretch& s = raw[lane];
      if (s.sum <= best[lane].stretch.sum) continue;
      if (quotable.trimmed({std::uint32_t(s.begin), std::uint32_t(s.end)}).empty()) continue;
      best[lane] = {s, clause};
    }
  }
  return best;
}

class Grounding {
 public:
  Grounding(const TextModel& model, const HanWords* words, ReadScratch& scratch, Reading& reading)
      : x_model(model),
        x_parts(model.parts()),
        x_words(words),
        x_scratch(scratch),
        x_reading(reading) {}

  void run() {
    for (std::size_t t = 0; t < x_scratch.used; ++t) {
      ReadScratch::TurnWork& turn = x_scratch.turns[t];
      turn.quoting.reset(turn.text.chars.size());
      turn.brackets = find_clauses(turn.text.chars, turn.clauses);
    }
    for (std::uint16_t h = 0; h < x_model.heads().size(); ++h) {
      const Head& head = x_model.heads()[h];
      // An intensity is carried by its emotion's words.
      if (head.per_turn && head.kind == HeadKind::kOne) ground_turns(h, head);
    }
    begin_statements();
    for (std::uint16_t h = 0; h < x_model.heads().size(); ++h) {
      if (!x_model.heads()[h].per_turn) state_episode(h, x_model.heads()[h]);
    }
    ground_statements();
    std::stable_sort(x_reading.grounds.begin(), x_reading.grounds.end(),
                     [](const Ground& a, const Ground& b) { return a.nats > b.nats; });
  }

 private:
  using Statement = ReadScratch::Statement;
  using Group = std::span<Statement* const>;  // at most kLanes, all of one column or none

  void begin_statements() {
    x_scratch.statements.clear();
    x_scratch.coefficients.clear();
  }

  void ground_turns(std::uint16_t h, const Head& head) {
    std::uint32_t customer_turn = 0;
    for (std::uint32_t t = 0; t < x_scratch.used; ++t) {
      if (x_scratch.turns[t].agent) continue;
      const auto p = x_reading.turn(head, customer_turn, x_model.turn_outputs());
      const std::size_t state = said_state(head, p);
      if (!is_empty_state(head.states[state])) {
        begin_statements();
        state_one({h, static_cast<std::uint16_t>(state)}, x_model.source(h).first, p, state);
        Statement* const only = &x_scratch.statements[0];
        begin_density(t);
        spread_space(Space::kOwn, x_scratch.turn_scale_own[customer_turn], Group(&only, 1), t);
        spread_rows(x_scratch.turns[t].cues_of_turn, x_model.cue_block(CueSpace::kTurn), 1,
                    Group(&only, 1));
        keep_best(Group(&only, 1), t);
        if (only->ground.nats > 0) x_reading.grounds.push_back(only->ground);
      }
      ++customer_turn;
    }
  }

  void state_episode(std::uint16_t h, const Head& head) {
    const auto p = x_reading.episode(head);
    const TextModel::Source source = x_model.source(h);
    if (source.second) return state_product(h, p);
    if (head.kind == HeadKind::kSeveral) {
      for (std::size_t k = 0; k < p.size(); ++k) {
        if (p[k] >= kSaid) state_one({h, static_cast<std::uint16_t>(k)}, source.first, p, k);
      }
      return;
    }
    const std::size_t state = said_state(head, p);
    if (is_empty_state(head.states[state])) return;
    state_one({h, static_cast<std::uint16_t>(state)}, source.first, p, state);
  }

  /// Says the likeliest partner of each first state that is said.
  void state_product(std::uint16_t h, std::span<const float> p) {
    const std::uint32_t first = x_model.source(h).first;
    const std::size_t states = x_parts.heads[first].head.states.size();
    const std::size_t partners = p.size() / states;
    for (std::size_t k = 0; k < states; ++k) {
      const auto pairs = p.subspan(k * partners, partners);
      if (std::accumulate(pairs.begin(), pairs.end(), 0.0F) < kSaid) continue;
      const auto best = std::max_element(pairs.begin(), pairs.end()) - pairs.begin();
      const std::size_t state = k * partners + static_cast<std::size_t>(best);
      state_one({h, static_cast<std::uint16_t>(state)}, first, {}, k);
    }
  }

  /// The coefficients are the direction in which the log-odds of state `k` of a score head against
  /// the others grow fastest; of a level, the direction away from the mean.
  void state_one(Ground ground, std::uint32_t score_head, std::span<const float> p, std::size_t k) {
    const ScoreHead& by = x_parts.heads[score_head];
    std::vector<float>& c = x_scratch.coefficients;
    Statement& statement = x_scratch.statements.emplace_back();
    statement.ground = ground;
    statement.of_agent = is_about_agent(by.head.name);
    statement.first = static_cast<std::uint32_t>(c.size());
    statement.column = by.head.first;
    if (by.head.kind == HeadKind::kSeveral) {
      statement.column += static_cast<std::uint32_t>(k);
      statement.columns = 1;
      c.push_back(by.slope[k]);
      return;
    }
    statement.columns = static_cast<std::uint32_t>(by.head.states.size());
    const float others = std::max(1e-6F, 1.0F - p[k]);
    for (std::size_t j = 0; j < statement.columns; ++j) {
      c.push_back(by.slope[j] * (j == k ? 1.0F : -p[j] / others));
    }
  }

  void ground_statements() {
    for (const bool of_agent : {false, true}) {
      for (const bool one_column : {true, false}) ground_groups(of_agent, one_column);
    }
    for (const Statement& statement : x_scratch.statements) {
      if (statement.ground.nats > 0) x_reading.grounds.push_back(statement.ground);
    }
  }

  void ground_groups(bool of_agent, bool one_column) {
    std::array<Statement*, kLanes> group;
    std::size_t size = 0;
    for (Statement& statement : x_scratch.statements) {
      if (statement.of_agent != of_agent || (statement.columns == 1) != one_column) continue;
      group[size++] = &statement;
      if (size < kLanes) continue;
      ground_group(group, of_agent);
      size = 0;
    }
    if (size > 0) ground_group(Group(group).first(size), of_agent);
  }

  void ground_group(Group group, bool of_agent) {
    auto customers_left = static_cast<std::uint32_t>(x_scratch.turn_scale_own.size());
    const Space space = of_agent ? Space::kAgent : Space::kCustomer;
    for (std::uint32_t t = 0; t < x_scratch.used; ++t) {
      const bool agent = x_scratch.turns[t].agent;
      customers_left -= agent ? 0 : 1;
      if (agent != of_agent) continue;
      begin_density(t);
      spread_space(space, scale_of(space), group, t);
      if (!of_agent && customers_left == 0 && !x_scratch.alone) {
        spread_space(Space::kLast, scale_of(Space::kLast), group, t);
      }
      const CueSpace cues = of_agent ? CueSpace::kAgent : CueSpace::kCustomer;
      spread_rows(x_scratch.turns[t].cues_of_episode, x_model.cue_block(cues), 1, group);
      keep_best(group, t);
    }
  }

  float scale_of(Space space) const {
    return length_scale(x_scratch.space_grams[static_cast<std::size_t>(space)]);
  }

  void begin_density(std::uint32_t t) {
    x_scratch.density.assign(x_scratch.turns[t].text.chars.size() + 1, Float4{});
  }

  /// Adds to the density what the grams of one space contribute.
  void spread_space(Space space, float scale, Group group, std::uint32_t t) {
    const auto s = static_cast<std::size_t>(space);
    const bool alone = space == Space::kCustomer && x_scratch.alone;
    const WeightBlock& block = alone ? x_model.alone_block() : x_parts.blocks[s];
    spread_rows(x_scratch.turns[t].rows[s], block, scale, group);
  }

  void spread_rows(std::span<const RowHit> rows, const WeightBlock& block, float scale,
                   Group group) {
    if (rows.empty()) return;
    const std::vector<float>& steps = block.scale;
    const auto factor = [&](const Statement& statement, std::uint32_t k) {
      return scale * x_scratch.coefficients[statement.first + k] * steps[statement.column + k];
    };
    if (group[0]->columns == 1) {
      ColumnLanes lanes;
      for (std::size_t lane = 0; lane < group.size(); ++lane) {
        lanes.column[lane] = group[lane]->column;
        lanes.factor[lane] = factor(*group[lane], 0);
      }
      return spread(rows, lanes, x_scratch.density);
    }
    std::size_t most = 0;
    for (const Statement* statement : group) {
      most = std::max(most, ProductLanes::runs_of(statement->column, statement->columns));
    }
    x_scratch.lanes.reset(group.size(), most);
    for (std::size_t lane = 0; lane < group.size(); ++lane) {
      std::vector<float>& factors = x_scratch.factors;
      factors.resize(group[lane]->columns);
      for (std::uint32_t k = 0; k < factors.size(); ++k) factors[k] = factor(*group[lane], k);
      x_scratch.lanes.set(lane, group[lane]->column, factors);
    }
    spread(rows, x_scratch.lanes, x_scratch.density);
  }

  /// Makes densities of the differences, and keeps what is better than what was found before.
  void keep_best(Group group, std::uint32_t t) {
    ReadScratch::TurnWork& turn = x_scratch.turns[t];
    Quotable quotable(turn.text.chars, x_words, turn.quoting, turn.brackets);
    std::vector<Float4>& density = x_scratch.density;
    for (std::size_t i = 1; i < density.size(); ++i) density[i] += density[i - 1];
    const auto best = best_stretches(turn, density, quotable);
    for (std::size_t lane = 0; lane < group.size(); ++lane) {
      Ground& ground = group[lane]->ground;
      const Stretch& raw = best[lane].stretch;
      if (raw.sum < kLeastNats || raw.sum <= ground.nats) continue;
      const Stretch s =
          made_readable(turn.text.chars, {density, lane}, raw, best[lane].clause, quotable);
      if (s.sum < kLeastNats || s.sum <= ground.nats) continue;
      ground.turn = t;
      ground.span = turn.text.bytes(s.begin, s.end);
      ground.nats = s.sum;
    }
  }

  static bool is_empty_state(std::string_view state) {
    return state == "none" || state == "neutral" || state == "0";
  }
  static bool is_about_agent(std::string_view head) {
    return head == "listening" || head == "empathy" || head == "solution" || head == "followup" ||
           head == "deflects";
  }

  const TextModel& x_model;
  const ModelParts& x_parts;
  const HanWords* x_words;
  ReadScratch& x_scratch;
  Reading& x_reading;
};

}  // namespace

void find_grounds(const TextModel& model, const HanWords* words, ReadScratch& scratch,
                  Reading& reading) {
  reading.grounds.clear();
  Grounding(model, words, scratch, reading).run();
}

}  // namespace xinjing::language
