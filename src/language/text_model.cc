#include "language/text_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace xinjing::language {

Vocabulary::Vocabulary(std::span<const std::uint64_t> keys, LineVector<Rows> rows)
    : x_rows(std::move(rows)) {
  const std::size_t slots = std::bit_ceil(std::max<std::size_t>(16, keys.size() * 2));
  x_mask = slots - 1;
  x_slots.resize(slots);
  for (std::uint32_t entry = 0; entry < keys.size(); ++entry) {
    std::uint64_t slot = keys[entry] & x_mask;
    while (x_slots[slot].entry != kNoRow) slot = (slot + 1) & x_mask;
    x_slots[slot] = {static_cast<std::uint32_t>(keys[entry] >> 32), entry};
  }
}

const Vocabulary::Rows* Vocabulary::find(std::uint64_t key) const {
  if (x_mask == 0) return nullptr;
  const auto fingerprint = static_cast<std::uint32_t>(key >> 32);
  for (std::uint64_t slot = key & x_mask; x_slots[slot].entry != kNoRow;
       slot = (slot + 1) & x_mask) {
    if (x_slots[slot].fingerprint == fingerprint) return &x_rows[x_slots[slot].entry];
  }
  return nullptr;
}

namespace {

LineVector<Vocabulary::Rows> numbered_rows(const ModelParts& parts) {
  LineVector<Vocabulary::Rows> rows(parts.masks.size());
  std::array<std::uint32_t, kSpaces> next{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t s = 0; s < kSpaces; ++s) {
      const bool known = (parts.masks[i] >> s & 1) != 0;
      rows[i].row[s] = known ? next[s] : kNoRow;
      if (known) rows[i].shift[s] = parts.blocks[s].shifts[next[s]++];
    }
  }
  return rows;
}

Head product_of(const ProductHead& product, const Head& a, const Head& b) {
  Head head{.name = product.name, .kind = HeadKind::kSeveral, .per_turn = a.per_turn};
  head.parts = static_cast<std::uint32_t>(b.states.size());
  for (std::size_t i = 0; i < a.states.size(); ++i) {
    for (std::size_t j = 0; j < b.states.size(); ++j) {
      head.states.push_back(a.states[i] + product.separator + b.states[j]);
      head.priors.push_back(a.priors[i] * b.priors[j]);
      if (!a.lean.empty()) head.lean.push_back(a.lean[i]);
    }
  }
  return head;
}

/// A column's step where any row has a weight in it, else 0.
std::vector<float> used_scale(const WeightBlock& block) {
  constexpr std::size_t kEight = sizeof(std::uint64_t);
  std::vector<std::uint64_t> used(block.width / kEight);
  for (std::uint32_t row = 0; row < block.shifts.size(); ++row) {
    for (std::size_t k = 0; k < used.size(); ++k) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, block.row(row) + k * kEight, kEight);
      used[k] |= eight;
    }
  }
  std::vector<float> scale = block.scale;
  const auto* const bytes = reinterpret_cast<const char*>(used.data());
  for (std::size_t k = 0; k < scale.size(); ++k) scale[k] = bytes[k] != 0 ? scale[k] : 0;
  return scale;
}

/// Sums of two rows in steps of another scale.
class RowSums {
 public:
  RowSums(const WeightBlock& customer, const WeightBlock& last, std::span<const float> scale)
      : x_customer(customer), x_last(last), x_ratio(scale.size()), x_steps(scale.size()) {
    for (std::size_t k = 0; k < scale.size(); ++k) x_ratio[k] = last.scale[k] / scale[k];
  }

  /// Writes the sum, of which `customer` may be kNoRow, and returns its shift. The customer's
  /// columns have the scale already.
  std::uint8_t put(std::uint32_t customer, std::uint32_t last, std::int8_t* row) {
    add_last(last);
    if (customer != kNoRow) add_customer(customer);
    float largest = 0;
    for (const float steps : x_steps) largest = std::max(largest, std::abs(steps));
    std::uint8_t shift = 0;
    while (shift < WeightBlock::kMostShift && largest > static_cast<float>(127 << shift)) ++shift;
    const float part = 1 / static_cast<float>(1 << shift);
    for (std::size_t k = 0; k < x_steps.size(); ++k) {
      const float steps = std::clamp(x_steps[k] * part, -127.0F, 127.0F);
      row[k] = static_cast<std::int8_t>(steps + (steps < 0 ? -0.5F : 0.5F));
    }
    return shift;
  }

 private:
  void add_last(std::uint32_t last) {
    const auto full = static_cast<float>(1U << x_last.shifts[last]);
    const std::int8_t* const weights = x_last.row(last);
    for (std::size_t k = 0; k < x_steps.size(); ++k) {
      x_steps[k] = full * x_ratio[k] * static_cast<float>(weights[k]);
    }
  }
  void add_customer(std::uint32_t customer) {
    const auto full = static_cast<float>(1U << x_customer.shifts[customer]);
    const std::int8_t* const weights = x_customer.row(customer);
    for (std::size_t k = 0; k < x_steps.size(); ++k) {
      x_steps[k] += full * static_cast<float>(weights[k]);
    }
  }

  const WeightBlock& x_customer;
  const WeightBlock& x_last;
  std::vector<float> x_ratio;
  std::vector<float> x_steps;
};

/// Makes the rows of TextModel::alone_block and notes their shifts in `rows`.
WeightBlock alone_block_of(const ModelParts& parts, std::span<Vocabulary::Rows> rows) {
  constexpr auto kCustomer = static_cast<std::size_t>(Space::kCustomer);
  constexpr auto kLast = static_cast<std::size_t>(Space::kLast);
  const WeightBlock& customer = parts.blocks[kCustomer];
  const WeightBlock& last = parts.blocks[kLast];
  const std::size_t width = last.width;
  WeightBlock alone{.width = last.width, .rows = {}, .scale = used_scale(customer), .shifts = {}};
  for (std::size_t k = 0; k < width; ++k) {
    if (alone.scale[k] <= 0) alone.scale[k] = last.scale[k] > 0 ? last.scale[k] : 1;
  }
  alone.shifts.resize(last.shifts.size());
  alone.rows.resize(last.rows.size());
  RowSums sums(customer, last, alone.scale);
  for (Vocabulary::Rows& gram : rows) {
    const std::uint32_t row = gram.row[kLast];
    if (row == kNoRow) {
      gram.alone_shift = gram.shift[kCustomer];
      continue;
    }
    gram.alone_shift = sums.put(gram.row[kCustomer], row, &alone.rows[row * width]);
    alone.shifts[row] = gram.alone_shift;
  }
  return alone;
}

UnitLogits logits_of(const ModelParts& parts, bool per_turn) {
  const std::uint32_t width = (per_turn ? parts.turn : parts.episode).width;
  UnitLogits logits{.slope = std::vector<float>(width), .offset = std::vector<float>(width)};
  for (const ScoreHead& head : parts.heads) {
    if (head.head.per_turn != per_turn) continue;
    const float sign = head.head.kind == HeadKind::kSeveral ? -1.0F : 1.0F;
    for (std::size_t k = 0; k < head.slope.size(); ++k) {
      logits.slope[head.head.first + k] = sign * head.slope[k];
      logits.offset[head.head.first + k] = sign * head.offset[k];
    }
  }
  return logits;
}

}  // namespace

TextModel::TextModel(ModelParts parts)
    : x_parts(std::move(parts)),
      x_turn_logits(logits_of(x_parts, true)),
      x_episode_logits(logits_of(x_parts, false)) {
  LineVector<Vocabulary::Rows> rows = numbered_rows(x_parts);
  x_alone = alone_block_of(x_parts, rows);
  x_vocabulary = Vocabulary(x_parts.keys, std::move(rows));
  for (const bool per_turn : {true, false}) {
    for (std::uint32_t i = 0; i < x_parts.heads.size(); ++i) {
      const ScoreHead& head = x_parts.heads[i];
      if (head.shown && head.head.per_turn == per_turn) add_head(head.head, {i, std::nullopt});
    }
    for (const ProductHead& product : x_parts.products) {
      const Head& a = x_parts.heads[product.first].head;
      if (a.per_turn != per_turn) continue;
      add_head(product_of(product, a, x_parts.heads[product.second].head),
               {product.first, product.second});
    }
  }
}

void TextModel::add_head(Head head, Source source) {
  std::size_t& next = head.per_turn ? x_turn_outputs : x_episode_outputs;
  head.first = static_cast<std::uint32_t>(next);
  next += head.states.size();
  if (head.kind == HeadKind::kOne) {
    head.weight.assign(head.states.size(), 1);
    for (std::size_t k = 0; k < head.lean.size(); ++k) head.weight[k] = std::exp(head.lean[k]);
  }
  x_heads.push_back(std::move(head));
  x_sources.push_back(source);
}

const Head* TextModel::find_head(std::string_view name) const {
  return language::find_head(x_heads, name);
}

}  // namespace xinjing::language
