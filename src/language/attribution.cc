#include <cmath>
#include <cstring>

#include "base/utf8.h"
#include "language/scoring.h"

namespace xinjing::language {
namespace {

// A part of a score below this is not worth a quote. [nats]
constexpr float kLeastNats = 0.05F;
constexpr float kSaid = 0.5F;

constexpr bool ends_clause(char32_t c) {
  switch (c) {
    case U'。':
    case U'!':
    case U'?':
    case U';':
    case U',':
    case U'\n':
    case U'…':
    case U'、':
    case U'~':
    case U':':
      return true;
    default:
      return false;
  }
}

/// Ends of clauses that say nothing themselves, unlike "!" and "?".
constexpr bool is_soft_end(char32_t c) {
  return c == ' ' || c == ',' || c == U'、' || c == ':' || c == ';' || c == '\n' || c == U'。';
}

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || (c >= 0xc0 && c < 0x2000);
}

constexpr std::size_t kStrip = 8;  // rows are whole strips

using Int8x8 = std::int8_t __attribute__((vector_size(8)));
using Int16x8 = std::int16_t __attribute__((vector_size(16)));
using Int16x4 = std::int16_t __attribute__((vector_size(8)));
using Int32x4 = std::int32_t __attribute__((vector_size(16)));
using Float4 = float __attribute__((vector_size(16)));

/// The sum of coefficients times weights. REQUIRES: c.size() is a multiple of kStrip.
float product(const std::int8_t* weights, std::span<const float> c) {
  Float4 sum{};
  for (std::size_t k = 0; k < c.size(); k += kStrip) {
    Int8x8 bytes;
    std::memcpy(&bytes, weights + k, sizeof bytes);
    // In two steps, each of which is one instruction.
    const Int16x8 wide = __builtin_convertvector(bytes, Int16x8);
    std::array<Int16x4, 2> halves;
    std::memcpy(halves.data(), &wide, sizeof wide);
    std::array<Float4, 2> by;
    std::memcpy(by.data(), c.data() + k, sizeof by);
    for (std::size_t h = 0; h < 2; ++h) {
      const Int32x4 whole = __builtin_convertvector(halves[h], Int32x4);
      sum += by[h] * __builtin_convertvector(whole, Float4);
    }
  }
  return sum[0] + sum[1] + sum[2] + sum[3];
}

/// A stretch of characters and the sum of the density over it.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  float sum = 0;
};

Stretch largest_sum(std::span<const float> density, std::size_t begin, std::size_t end) {
  Stretch best{begin, begin, 0};
  Stretch here{begin, begin, 0};
  for (std::size_t i = begin; i < end; ++i) {
    if (here.sum <= 0) here = {i, i, 0};
    here.sum += density[i];
    here.end = i + 1;
    if (here.sum > best.sum) best = here;
  }
  return best;
}

/// Trims marks and blanks, takes half words whole, and never leaves a lone ideograph.
Stretch made_readable(const std::u32string& chars, std::span<const float> density, Stretch s,
                      std::size_t clause_begin, std::size_t clause_end) {
  while (s.begin < s.end && (chars[s.begin] == ' ' || ends_clause(chars[s.begin]))) ++s.begin;
  while (s.end > s.begin && is_soft_end(chars[s.end - 1])) --s.end;
  if (s.begin == s.end) return {s.begin, s.begin, 0};
  while (s.begin > clause_begin && is_letter(chars[s.begin]) && is_letter(chars[s.begin - 1]))
    --s.begin;
  while (s.end < clause_end && is_letter(chars[s.end]) && is_letter(chars[s.end - 1])) ++s.end;
  if (s.end - s.begin == 1 && is_han(chars[s.begin])) {
    const bool left = s.begin > clause_begin && is_han(chars[s.begin - 1]);
    const bool right = s.end < clause_end && is_han(chars[s.end]);
    if (right && (!left || density[s.end] >= density[s.begin - 1])) {
      ++s.end;
    } else if (left) {
      --s.begin;
    }
  }
  s.sum = std::accumulate(density.begin() + static_cast<std::ptrdiff_t>(s.begin),
                          density.begin() + static_cast<std::ptrdiff_t>(s.end), 0.0F);
  return s;
}

Stretch best_stretch(const ReadScratch::TurnWork& turn, std::span<const float> density) {
  Stretch best;
  for (const Span clause : turn.clauses) {
    Stretch s = largest_sum(density, clause.begin, clause.end);
    if (s.sum <= best.sum) continue;
    s = made_readable(turn.text.chars, density, s, clause.begin, clause.end);
    if (s.sum > best.sum) best = s;
  }
  return best;
}

void find_clauses(ReadScratch::TurnWork& turn) {
  const std::u32string& chars = turn.text.chars;
  const auto size = static_cast<std::uint32_t>(chars.size());
  turn.clauses.clear();
  for (std::uint32_t begin = 0; begin < size;) {
    std::uint32_t end = begin;
    while (end < size && !ends_clause(chars[end])) ++end;
    while (end < size && ends_clause(chars[end])) ++end;
    turn.clauses.push_back({begin, end});
    begin = end;
  }
}

class Grounding {
 public:
  Grounding(const TextModel& model, ReadScratch& scratch, Reading& reading)
      : x_model(model), x_parts(model.parts()), x_scratch(scratch), x_reading(reading) {}

  void run() {
    for (std::size_t t = 0; t < x_scratch.used; ++t) find_clauses(x_scratch.turns[t]);
    for (std::uint16_t h = 0; h < x_model.heads().size(); ++h) {
      const Head& head = x_model.heads()[h];
      head.per_turn ? ground_turns(h, head) : ground_episode(h, head);
    }
    std::stable_sort(x_reading.grounds.begin(), x_reading.grounds.end(),
                     [](const Ground& a, const Ground& b) { return a.nats > b.nats; });
  }

 private:
  void ground_turns(std::uint16_t h, const Head& head) {
    if (head.kind != HeadKind::kOne) return;  // an intensity is carried by its emotion's words
    std::uint32_t customer_turn = 0;
    for (std::uint32_t t = 0; t < x_scratch.used; ++t) {
      if (x_scratch.turns[t].agent) continue;
      const auto p = x_reading.turn(head, customer_turn, x_model.turn_outputs());
      const std::size_t state = said_state(head, p);
      if (!is_empty_state(head.states[state])) {
        const ScoreHead& by = x_parts.heads[x_model.source(h).first];
        set_coefficients(by, p, state);
        x_scratch.density.assign(x_scratch.turns[t].text.chars.size() + 1, 0);
        spread(Space::kOwn, by, x_scratch.turns[t], x_scratch.turn_scale_own[customer_turn]);
        keep(h, static_cast<std::uint16_t>(state), t);
      }
      ++customer_turn;
    }
  }

  void ground_episode(std::uint16_t h, const Head& head) {
    const auto p = x_reading.episode(head);
    const TextModel::Source source = x_model.source(h);
    const ScoreHead& by = x_parts.heads[source.first];
    if (source.second) return ground_product(h, by, p);
    if (head.kind == HeadKind::kSeveral) {
      for (std::size_t k = 0; k < p.size(); ++k) {
        if (p[k] >= kSaid) ground_state(h, by, p, k, k);
      }
      return;
    }
    const std::size_t state = said_state(head, p);
    if (!is_empty_state(head.states[state])) ground_state(h, by, p, state, state);
  }

  /// Says the likeliest partner of each first state that is said.
  void ground_product(std::uint16_t h, const ScoreHead& by, std::span<const float> p) {
    const std::size_t partners = p.size() / by.head.states.size();
    for (std::size_t k = 0; k < by.head.states.size(); ++k) {
      const auto pairs = p.subspan(k * partners, partners);
      if (std::accumulate(pairs.begin(), pairs.end(), 0.0F) < kSaid) continue;
      const auto best = std::max_element(pairs.begin(), pairs.end()) - pairs.begin();
      ground_state(h, by, {}, k, k * partners + static_cast<std::size_t>(best));
    }
  }

  void ground_state(std::uint16_t h, const ScoreHead& by, std::span<const float> p,
                    std::size_t column, std::size_t state) {
    set_coefficients(by, p, column);
    const bool of_agent = is_about_agent(by.head.name);
    std::optional<Ground> best;
    std::uint32_t customers_left = static_cast<std::uint32_t>(x_scratch.turn_scale_own.size());
    for (std::uint32_t t = 0; t < x_scratch.used; ++t) {
      const auto& turn = x_scratch.turns[t];
      customers_left -= turn.agent ? 0 : 1;
      if (turn.agent != of_agent) continue;
      x_scratch.density.assign(turn.text.chars.size() + 1, 0);
      const Space space = of_agent ? Space::kAgent : Space::kCustomer;
      spread(space, by, turn, scale_of(space));
      if (!of_agent && customers_left == 0) spread(Space::kLast, by, turn, scale_of(Space::kLast));
      const auto ground = found(h, static_cast<std::uint16_t>(state), t);
      if (ground && (!best || ground->nats > best->nats)) best = ground;
    }
    if (best) x_reading.grounds.push_back(*best);
  }

  float scale_of(Space space) const {
    return length_scale(x_scratch.space_grams[static_cast<std::size_t>(space)]);
  }

  /// The direction in which the log-odds of `state` against the others grow fastest; of a level,
  /// the direction away from the mean.
  void set_coefficients(const ScoreHead& by, std::span<const float> p, std::size_t state) {
    std::vector<float>& c = x_scratch.coefficients;
    c.assign(by.head.states.size(), 0);
    if (by.head.kind == HeadKind::kSeveral) {
      c[state] = by.slope[state];
      return;
    }
    const float others = std::max(1e-6F, 1.0F - p[state]);
    for (std::size_t k = 0; k < c.size(); ++k) {
      c[k] = by.slope[k] * (k == state ? 1.0F : -p[k] / others);
    }
  }

  /// Adds to the density (as differences) what the grams of one space contribute.
  void spread(Space space, const ScoreHead& by, const ReadScratch::TurnWork& turn, float scale) {
    const WeightBlock& block = x_parts.blocks[static_cast<std::size_t>(space)];
    // Coefficients in the place of their columns within whole strips of the row.
    const std::size_t first_strip = by.head.first / kStrip;
    const std::size_t states = x_scratch.coefficients.size();
    const std::size_t strips = (by.head.first + states + kStrip - 1) / kStrip - first_strip;
    std::vector<float>& c = x_scratch.strips;
    c.assign(strips * kStrip, 0);
    for (std::size_t k = 0; k < states; ++k) {
      const std::size_t column = by.head.first + k;
      c[column - first_strip * kStrip] = scale * x_scratch.coefficients[k] * block.scale[column];
    }
    const auto& rows = turn.rows[static_cast<std::size_t>(space)];
    float* density = x_scratch.density.data();
    const auto put = [density](const ReadScratch::RowHit& row, float part) {
      part *= row.each;
      density[row.chars.begin] += part;
      density[row.chars.end] -= part;
    };
    if (by.head.kind == HeadKind::kSeveral) {
      const std::size_t column = by.head.first + position_of_one();
      const float only = c[column - first_strip * kStrip];
      for (const ReadScratch::RowHit& row : rows) {
        put(row, only * static_cast<float>(row.weights[column]));
      }
      return;
    }
    for (const ReadScratch::RowHit& row : rows) {
      put(row, product(row.weights + first_strip * kStrip, c));
    }
  }

  std::size_t position_of_one() const {
    const auto& c = x_scratch.coefficients;
    return static_cast<std::size_t>(
               std::find_if(c.begin(), c.end(), [](float v) { return v != 0; }) - c.begin()) %
           c.size();
  }

  std::optional<Ground> found(std::uint16_t h, std::uint16_t state, std::uint32_t t) {
    const ReadScratch::TurnWork& turn = x_scratch.turns[t];
    std::vector<float>& density = x_scratch.density;
    std::partial_sum(density.begin(), density.end(), density.begin());
    const Stretch s = best_stretch(turn, density);
    if (s.sum < kLeastNats) return std::nullopt;
    return Ground{h, state, t, turn.text.bytes(s.begin, s.end), s.sum};
  }

  void keep(std::uint16_t h, std::uint16_t state, std::uint32_t t) {
    if (const auto ground = found(h, state, t)) x_reading.grounds.push_back(*ground);
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
  ReadScratch& x_scratch;
  Reading& x_reading;
};

}  // namespace

void find_grounds(const TextModel& model, ReadScratch& scratch, Reading& reading) {
  reading.grounds.clear();
  Grounding(model, scratch, reading).run();
}

}  // namespace xinjing::language
