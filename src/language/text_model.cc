#include "language/text_model.h"

#include <bit>
#include <cmath>

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

}  // namespace

TextModel::TextModel(ModelParts parts)
    : x_parts(std::move(parts)), x_vocabulary(x_parts.keys, numbered_rows(x_parts)) {
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
  const auto found = std::find_if(x_heads.begin(), x_heads.end(),
                                  [&](const Head& head) { return head.name == name; });
  return found == x_heads.end() ? nullptr : &*found;
}

}  // namespace xinjing::language
