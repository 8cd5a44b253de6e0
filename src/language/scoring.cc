#include "language/scoring.h"

#include <cmath>
#include <numeric>

#include "base/lanes.h"

namespace xinjing::language {
namespace {

// Rows of at most 127 that fit a sum of 16 bits; a shifted row counts as 2^shift rows.
constexpr std::size_t kRowsPerSum = 256;
constexpr std::size_t kEight = 8;
constexpr std::size_t kWidest = 8;  // eights of columns that are added up in one pass
constexpr std::size_t kFour = 4;
constexpr float kMostLogit = 60;
constexpr std::size_t kSixteen = 16;  // what widths are multiples of

/// Adds up kEights x 8 columns from `column` on. REQUIRES: at most kRowsPerSum rows.
template <std::size_t kEights>
void add_columns(std::span<const RowHit> rows, std::size_t column, std::int32_t* sums) {
  Int16x8 sum[kEights];
#pragma GCC unroll 8
  for (std::size_t k = 0; k < kEights; ++k) sum[k] = Int16x8{};
  for (const RowHit& row : rows) {
    const std::int8_t* weights = row.weights + column;
#pragma GCC unroll 8
    for (std::size_t k = 0; k < kEights; ++k) {
      sum[k] += eight_at(weights + k * kEight) << row.shift;
    }
  }
#pragma GCC unroll 8
  for (std::size_t k = 0; k < kEights; ++k) add_eight(sum[k], sums + column + k * kEight);
}

/// Asks for the beginning of a row; the processor sees by itself how a longer one goes on.
void prefetch_row(const std::int8_t* weights, std::uint32_t width) {
  constexpr std::uint32_t kLine = 64;
  __builtin_prefetch(weights);
  if (width > kLine) __builtin_prefetch(weights + kLine);
}

std::uint32_t cut(std::size_t size) { return static_cast<std::uint32_t>(size); }

void add_to(TextShape& sum, const TextShape& part) {
  sum.chars += part.chars;
  sum.exclamations += part.exclamations;
  sum.questions += part.questions;
  sum.ellipses += part.ellipses;
  sum.mentions += part.mentions;
  sum.brackets += part.brackets;
  sum.tags += part.tags;
  sum.forwards += part.forwards;
  sum.digits += part.digits;
  sum.pictographs += part.pictographs;
  sum.stretched += part.stretched;
}

/// One pass over the turns of a conversation.
class Scoring {
 public:
  Scoring(const TextModel& model, ReadScratch& scratch)
      : x_model(model), x_parts(model.parts()), x_scratch(scratch) {}

  void run() {
    x_scratch.space_grams = {};
    const auto turns = std::span(x_scratch.turns).first(x_scratch.used);
    for (const auto& turn : turns) x_shape.customer_turns += turn.agent ? 0 : 1;
    x_scratch.alone = x_shape.customer_turns == 1;
    x_scratch.turn_scores.assign(std::size_t{x_shape.customer_turns} * x_parts.turn.width, 0);
    x_scratch.turn_scale_own.assign(x_shape.customer_turns, 0);
    x_scratch.episode_scores.assign(x_parts.episode.bias.begin(), x_parts.episode.bias.end());
    for (std::size_t s = 0; s < kCueSpaces; ++s) {
      // The last conversation may have been read by another model.
      for (const std::uint32_t kind : x_scratch.cues_found[s]) x_scratch.cue_counts[s][kind] = 0;
      x_scratch.cues_found[s].clear();
      x_scratch.cue_counts[s].resize(x_parts.cue_kinds.size());
    }
    for (auto& turn : turns) turn.agent ? take_agent(turn) : take_customer(turn);
    close_answer();
    finish();
    for (auto& turn : turns) place_cues(turn);
  }

 private:
  /// The rows are gathered for all spaces before any is added up: their memory has time to come.
  void gather(std::initializer_list<Space> spaces, ReadScratch::TurnWork& turn) {
    for (const Space space : spaces) {
      gather_rows(block(space), space, turn.hits, turn.rows[static_cast<std::size_t>(space)]);
    }
  }
  /// Adds a turn's rows of one space to `sums`, which may be empty for zeros.
  void add_space(Space space, const ReadScratch::TurnWork& turn, std::vector<std::int32_t>& sums) {
    sums.resize(block(space).width);
    add_rows(turn.rows[static_cast<std::size_t>(space)], block(space).width, sums);
  }
  /// Counts a turn's cues for the episode, and puts those of a customer's turn to that turn.
  void count_cues(ReadScratch::TurnWork& turn) {
    const CueSpace space = turn.agent ? CueSpace::kAgent : CueSpace::kCustomer;
    const auto s = static_cast<std::size_t>(space);
    std::vector<std::uint32_t>& counts = x_scratch.cue_counts[s];
    turn.cues_of_turn.clear();
    for (std::size_t i = 0; i < turn.kinds.size();) {
      const std::uint32_t kind = turn.kinds[i].kind;
      std::size_t end = i;
      while (end < turn.kinds.size() && turn.kinds[end].kind == kind) ++end;
      const auto n = static_cast<std::uint32_t>(end - i);
      if (counts[kind] == 0) x_scratch.cues_found[s].push_back(kind);
      counts[kind] += n;
      if (!turn.agent) {
        const float each = cue_value(n) / static_cast<float>(n);
        for (std::size_t c = i; c < end; ++c) {
          turn.cues_of_turn.push_back(
              hit_of(cue_block(CueSpace::kTurn), kind, turn.kinds[c].chars, each));
        }
      }
      i = end;
    }
  }

  static RowHit hit_of(const WeightBlock& block, std::uint32_t row, Span chars, float each) {
    const std::uint8_t shift = block.shifts[row];
    const auto size = static_cast<float>(chars.end - chars.begin);
    return {block.row(row), chars, shift, static_cast<float>(1U << shift) * each / size};
  }

  /// Adds block.scale x the sum of factor x row. Few rows: in floats.
  static void add_weighed(const WeightBlock& block, std::span<const ReadScratch::Weighed> rows,
                          std::span<float> scores) {
    if (rows.empty()) return;
    for (std::size_t c = 0; c < block.width; c += kSixteen) {
      Float4 sum[kSixteen / kFour] = {};
      for (const ReadScratch::Weighed& row : rows) {
#pragma GCC unroll 4
        for (std::size_t k = 0; k < kSixteen / kFour; ++k) {
          sum[k] += row.factor * four_at(row.weights + c + k * kFour);
        }
      }
#pragma GCC unroll 4
      for (std::size_t k = 0; k < kSixteen / kFour; ++k) {
        const std::size_t at = c + k * kFour;
        put_four(four_at(&scores[at]) + four_at(&block.scale[at]) * sum[k], &scores[at]);
      }
    }
  }

  void finish_turn_cues(const ReadScratch::TurnWork& turn, std::span<float> scores) {
    x_scratch.weighed.clear();
    for (const RowHit& row : turn.cues_of_turn) {
      x_scratch.weighed.push_back(
          {row.weights, row.each * static_cast<float>(row.chars.end - row.chars.begin)});
    }
    add_weighed(cue_block(CueSpace::kTurn), x_scratch.weighed, scores);
  }

  void finish_cues(CueSpace space) {
    const WeightBlock& block = cue_block(space);
    const auto s = static_cast<std::size_t>(space);
    x_scratch.weighed.clear();
    for (const std::uint32_t kind : x_scratch.cues_found[s]) {
      const auto full = static_cast<float>(1U << block.shifts[kind]);
      x_scratch.weighed.push_back(
          {block.row(kind), full * cue_value(x_scratch.cue_counts[s][kind])});
    }
    add_weighed(block, x_scratch.weighed, x_scratch.episode_scores);
  }

  /// What each cue of a turn says of the episode, now that all are counted.
  void place_cues(ReadScratch::TurnWork& turn) {
    const CueSpace space = turn.agent ? CueSpace::kAgent : CueSpace::kCustomer;
    const std::vector<std::uint32_t>& counts =
        x_scratch.cue_counts[static_cast<std::size_t>(space)];
    turn.cues_of_episode.clear();
    for (const ReadScratch::KindMark& mark : turn.kinds) {
      const std::uint32_t n = counts[mark.kind];
      const float each = cue_value(n) / static_cast<float>(n);
      turn.cues_of_episode.push_back(hit_of(cue_block(space), mark.kind, mark.chars, each));
    }
  }

  const WeightBlock& cue_block(CueSpace space) const {
    return x_parts.cue_blocks[static_cast<std::size_t>(space)];
  }

  std::span<const std::int32_t> sum_of(Space space, const ReadScratch::TurnWork& turn) {
    x_scratch.sums.clear();
    add_space(space, turn, x_scratch.sums);
    return x_scratch.sums;
  }
  const WeightBlock& block(Space space) const {
    if (space == Space::kCustomer && x_scratch.alone) return x_model.alone_block();
    return x_parts.blocks[static_cast<std::size_t>(space)];
  }

  void take_agent(ReadScratch::TurnWork& turn) {
    ++x_shape.agent_turns;
    x_shape.customer_last = false;
    const std::uint32_t chars = cut(turn.text.chars.size());
    x_shape.empty_agent_turns += chars == 0 ? 1 : 0;
    x_shape.agent_chars += chars;
    x_chars_before += chars;
    x_grams_before += turn.grams;
    gather({Space::kBefore, Space::kAfter, Space::kAgent}, turn);
    count_cues(turn);
    add_space(Space::kBefore, turn, x_before);
    add_space(Space::kAfter, turn, x_after);
    add_space(Space::kAgent, turn, x_agent);
    x_agent_grams += turn.grams;
  }

  /// The agent's words since the customer's last turn belong to that turn.
  void close_answer() {
    if (x_turn > 0 && x_grams_before > 0) {
      add_scaled(block(Space::kAfter), x_after, length_scale(x_grams_before),
                 scores_of(x_turn - 1));
    }
    x_after.clear();
  }

  std::span<float> scores_of(std::uint32_t turn) {
    return std::span(x_scratch.turn_scores)
        .subspan(std::size_t{turn} * x_parts.turn.width, x_parts.turn.width);
  }

  void take_customer(ReadScratch::TurnWork& turn) {
    const bool last = x_turn + 1 == x_shape.customer_turns;
    if (x_scratch.alone) {
      gather({Space::kOwn}, turn);
      gather_alone(x_model, turn.hits, turn.rows[static_cast<std::size_t>(Space::kCustomer)]);
    } else {
      gather({Space::kOwn, Space::kCustomer}, turn);
      if (last) gather({Space::kLast}, turn);
    }
    close_answer();
    count_cues(turn);
    const TextShape shape = shape_of(turn.text);
    const std::span<float> scores = scores_of(x_turn);
    std::copy(x_parts.turn.bias.begin(), x_parts.turn.bias.end(), scores.begin());
    const TurnShapes shapes = turn_shapes(shape, {x_turn, x_shape.customer_turns, x_chars_before});
    add_shapes(x_parts.turn, shapes, scores);
    finish_turn_cues(turn, scores);
    const float scale = length_scale(turn.grams);
    x_scratch.turn_scale_own[x_turn] = scale;
    add_scaled(block(Space::kOwn), sum_of(Space::kOwn, turn), scale, scores);
    if (x_grams_before > 0) {
      add_scaled(block(Space::kBefore), x_before, length_scale(x_grams_before), scores);
    }
    add_space(Space::kCustomer, turn, x_customer);
    x_customer_grams += turn.grams;
    add_to(x_shape.customer, shape);
    x_shape.last = shape;
    x_shape.customer_last = true;
    x_chars_before = x_grams_before = 0;
    x_before.clear();
    ++x_turn;
    if (last && !x_scratch.alone) finish_last(turn);
  }

  void finish_last(ReadScratch::TurnWork& turn) {
    x_scratch.space_grams[static_cast<std::size_t>(Space::kLast)] = turn.grams;
    add_scaled(block(Space::kLast), sum_of(Space::kLast, turn), length_scale(turn.grams),
               x_scratch.episode_scores);
  }

  void finish() {
    x_scratch.space_grams[static_cast<std::size_t>(Space::kCustomer)] = x_customer_grams;
    x_scratch.space_grams[static_cast<std::size_t>(Space::kAgent)] = x_agent_grams;
    add_shapes(x_parts.episode, episode_shapes(x_shape), x_scratch.episode_scores);
    finish_cues(CueSpace::kCustomer);
    finish_cues(CueSpace::kAgent);
    if (!x_customer.empty()) {
      add_scaled(block(Space::kCustomer), x_customer, length_scale(x_customer_grams),
                 x_scratch.episode_scores);
    }
    if (!x_agent.empty()) {
      add_scaled(block(Space::kAgent), x_agent, length_scale(x_agent_grams),
                 x_scratch.episode_scores);
    }
  }

  const TextModel& x_model;
  const ModelParts& x_parts;
  ReadScratch& x_scratch;
  EpisodeShape x_shape;
  std::uint32_t x_turn = 0;
  std::uint32_t x_chars_before = 0;
  std::uint32_t x_grams_before = 0;
  std::uint32_t x_customer_grams = 0;
  std::uint32_t x_agent_grams = 0;
  std::vector<std::int32_t> x_before;
  std::vector<std::int32_t> x_after;
  std::vector<std::int32_t> x_customer;
  std::vector<std::int32_t> x_agent;
};

}  // namespace

namespace {

/// Takes the rows of the hits that have one. `row` tells where a gram's row lies, with its shift;
/// a row that means nothing where it has none, which is about every second one: too many for a
/// branch.
template <typename Row>
void gather_by(std::span<const ReadScratch::Hit> hits, std::uint32_t width, Row row,
               std::vector<RowHit>& rows) {
  constexpr std::array<float, 8> kSteps = {1, 2, 4, 8, 16, 32, 64, 128};
  static_assert(kSteps.size() == WeightBlock::kMostShift + 1);
  rows.resize(hits.size());
  RowHit* to = rows.data();
  for (const ReadScratch::Hit& hit : hits) {
    const auto [weights, shift, known] = row(*hit.rows);
    prefetch_row(weights, width);
    *to = {weights, hit.chars, shift, kSteps[shift] * hit.share};
    to += known ? 1 : 0;
  }
  rows.resize(static_cast<std::size_t>(to - rows.data()));
}

struct FoundRow {
  const std::int8_t* weights;
  std::uint8_t shift;
  bool known;
};

}  // namespace

void gather_rows(const WeightBlock& block, Space space, std::span<const ReadScratch::Hit> hits,
                 std::vector<RowHit>& rows) {
  const auto s = static_cast<std::size_t>(space);
  const auto row_of = [&block, s](const Vocabulary::Rows& gram) {
    const bool known = gram.row[s] != kNoRow;
    return FoundRow{block.row(known ? gram.row[s] : 0), gram.shift[s], known};
  };
  gather_by(hits, block.width, row_of, rows);
}

void gather_alone(const TextModel& model, std::span<const ReadScratch::Hit> hits,
                  std::vector<RowHit>& rows) {
  constexpr auto kCustomer = static_cast<std::size_t>(Space::kCustomer);
  constexpr auto kLast = static_cast<std::size_t>(Space::kLast);
  const WeightBlock& customer = model.parts().blocks[kCustomer];
  const WeightBlock& alone = model.alone_block();
  const auto row_of = [&](const Vocabulary::Rows& gram) {
    const bool last = gram.row[kLast] != kNoRow;
    const std::uint32_t row = last ? gram.row[kLast] : gram.row[kCustomer];
    const bool known = row != kNoRow;
    const std::int8_t* const first = last ? alone.rows.data() : customer.rows.data();
    return FoundRow{first + std::size_t{known ? row : 0} * alone.width, gram.alone_shift, known};
  };
  gather_by(hits, alone.width, row_of, rows);
}

void add_rows(std::span<const ReadScratch::RowHit> rows, std::uint32_t width,
              std::span<std::int32_t> sums) {
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin;
    std::size_t full = 0;
    while (end < rows.size() && full + (std::size_t{1} << rows[end].shift) <= kRowsPerSum) {
      full += std::size_t{1} << rows[end++].shift;
    }
    const auto some = rows.subspan(begin, end - begin);
    std::size_t column = 0;
    for (; column + kWidest * kEight <= width; column += kWidest * kEight) {
      add_columns<kWidest>(some, column, sums.data());
    }
    for (; column < width; column += 2 * kEight) add_columns<2>(some, column, sums.data());
    begin = end;
  }
}

void add_scaled(const WeightBlock& block, std::span<const std::int32_t> sums, float scale,
                std::span<float> scores) {
  for (std::size_t c = 0; c < block.width; c += kFour) {
    const Float4 step = scale * four_at(&block.scale[c]);
    put_four(four_at(&scores[c]) + step * four_at(&sums[c]), &scores[c]);
  }
}

void add_shapes(const UnitWeights& unit, std::span<const float> shapes, std::span<float> scores) {
  std::array<const float*, kEpisodeShapes> rows{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i] != 0) rows[count++] = unit.shapes.data() + i * unit.width;
  }
  for (std::size_t c = 0; c < unit.width; c += kSixteen) {
    Float4 sum[kSixteen / kFour];
#pragma GCC unroll 4
    for (std::size_t k = 0; k < kSixteen / kFour; ++k) sum[k] = four_at(&scores[c + k * kFour]);
    for (std::size_t r = 0; r < count; ++r) {
#pragma GCC unroll 4
      for (std::size_t k = 0; k < kSixteen / kFour; ++k) sum[k] += four_at(rows[r] + c + k * kFour);
    }
#pragma GCC unroll 4
    for (std::size_t k = 0; k < kSixteen / kFour; ++k) put_four(sum[k], &scores[c + k * kFour]);
  }
}

void unit_probabilities(const TextModel& model, bool per_turn, std::span<const float> scores,
                        std::span<float> p) {
  const UnitLogits& logits = model.logits(per_turn);
  const Float4 most = Float4{} + kMostLogit;
  for (std::size_t c = 0; c < p.size(); c += kFour) {
    Float4 z = four_at(&logits.slope[c]) * four_at(&scores[c]) + four_at(&logits.offset[c]);
    z = z < most ? z : most;
    z = z > -most ? z : -most;
    put_four(exp4(z), &p[c]);
  }
  for (const ScoreHead& score_head : model.parts().heads) {
    const Head& head = score_head.head;
    if (head.per_turn != per_turn) continue;
    float* const of_head = &p[head.first];
    const std::size_t states = head.states.size();
    if (head.kind == HeadKind::kSeveral) {
      for (std::size_t k = 0; k < states; ++k) of_head[k] = 1.0F / (1.0F + of_head[k]);
      continue;
    }
    const float share = 1 / std::accumulate(of_head, of_head + states, 0.0F);
    for (std::size_t k = 0; k < states; ++k) of_head[k] *= share;
  }
}

void score_conversation(const TextModel& model, ReadScratch& scratch) {
  Scoring(model, scratch).run();
}

}  // namespace xinjing::language
