#pragma once

#include <map>
#include <string>
#include <vector>

#include "language/features.h"
#include "language/text_model.h"

// A model small enough to reckon by hand, for tests.
namespace xinjing::language {

/// Weights of one gram in one space, by column.
struct ToyGram {
  std::string text;  // the whole text is one gram: at most four characters, or one English word
  Space space = Space::kOwn;
  std::vector<std::int8_t> weights{};
};

/// Turn head emotion {neutral, joy, anger}; episode heads motive {vent, praise}, code {PRI, SPD} x
/// polarity {-, 0, +} shown as "aspect", and level escalation {0, 1, 2}. Scale 1/8 everywhere.
inline ModelParts toy_parts(const std::vector<ToyGram>& grams, Lang lang = Lang::kZh) {
  const auto head = [](std::string name, HeadKind kind, bool per_turn,
                       std::vector<std::string> states, std::uint32_t first, bool shown = true) {
    ScoreHead h;
    h.head.name = std::move(name);
    h.head.kind = kind;
    h.head.per_turn = per_turn;
    h.head.priors.assign(states.size(), 1.0F / static_cast<float>(states.size()));
    h.slope.assign(states.size(), 1);
    h.offset.assign(states.size(), 0);
    h.head.states = std::move(states);
    h.head.first = first;
    h.shown = shown;
    return h;
  };
  ModelParts parts;
  parts.lang = lang;
  parts.name = "toy";
  parts.heads = {head("emotion", HeadKind::kOne, true, {"neutral", "joy", "anger"}, 0),
                 head("motive", HeadKind::kSeveral, false, {"vent", "praise"}, 0),
                 head("code", HeadKind::kSeveral, false, {"PRI", "SPD"}, 2, false),
                 head("polarity", HeadKind::kOne, false, {"-", "0", "+"}, 4, false),
                 head("escalation", HeadKind::kLevel, false, {"0", "1", "2"}, 7)};
  parts.heads[1].offset = {-1, -1};
  parts.heads[2].offset = {-1, -1};
  parts.heads[4].head.lean = {0.5F, 1.5F};
  parts.products = {{"aspect", "", 2, 3}};
  parts.turn = {3, 16, std::vector<float>(16), std::vector<float>(kTurnShapes * 16)};
  parts.episode = {10, 16, std::vector<float>(16), std::vector<float>(kEpisodeShapes * 16)};
  std::map<std::uint64_t, std::map<Space, std::vector<std::int8_t>>> by_key;
  for (const ToyGram& gram : grams) {
    Normalised folded;
    normalise(gram.text, folded);
    std::vector<Gram> found;
    find_grams(folded, lang, found);
    for (const Gram& f : found) {
      if (f.chars == Span{0, static_cast<std::uint32_t>(folded.chars.size())}) {
        by_key[f.key][gram.space] = gram.weights;
        break;
      }
    }
  }
  for (WeightBlock& block : parts.blocks) block.width = 16, block.scale.assign(16, 0.125F);
  for (WeightBlock& block : parts.cue_blocks) block.width = 16, block.scale.assign(16, 0.125F);
  for (const auto& [key, spaces] : by_key) {
    parts.keys.push_back(key);
    parts.masks.push_back(0);
    for (const auto& [space, weights] : spaces) {
      const auto s = static_cast<std::size_t>(space);
      parts.masks.back() |= static_cast<std::uint8_t>(1U << s);
      std::vector<std::int8_t> row = weights;
      row.resize(16);
      parts.blocks[s].shifts.push_back(0);
      parts.blocks[s].rows.insert(parts.blocks[s].rows.end(), row.begin(), row.end());
    }
  }
  return parts;
}

}  // namespace xinjing::language
