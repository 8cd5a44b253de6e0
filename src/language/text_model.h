#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/aligned.h"
#include "base/lang.h"
#include "base/result.h"
#include "language/reading.h"

namespace xinjing::language {

/// The six ways in which a gram can speak. The order is part of the model format.
enum class Space : std::uint8_t {
  kOwn,       // in the customer's turn, for that turn
  kBefore,    // in the agent's words just before a customer's turn, for that turn
  kCustomer,  // anywhere in the customer's words, for the episode
  kLast,      // in the customer's last turn, for the episode
  kAgent,     // anywhere in the agent's words, for the episode
  kAfter      // in the agent's answer to a customer's turn, for that turn
};
inline constexpr std::size_t kSpaces = 6;
constexpr bool is_turn_space(Space s) {
  return s == Space::kOwn || s == Space::kBefore || s == Space::kAfter;
}

/// The ways in which a kind of cue can speak. The order is part of the model format.
enum class CueSpace : std::uint8_t {
  kTurn,      // in the customer's turn, for that turn
  kCustomer,  // anywhere in the customer's words, for the episode
  kAgent      // anywhere in the agent's words, for the episode
};
inline constexpr std::size_t kCueSpaces = 3;

inline constexpr std::uint32_t kNoRow = 0xffffffff;

/// Gram key -> its row in each space, by open addressing. A key is known by its upper 32 bits, so
/// about one strange gram in 10,000,000 is taken for a known one.
class Vocabulary {
 public:
  struct alignas(32) Rows {
    std::array<std::uint32_t, kSpaces> row{};
    std::array<std::uint8_t, kSpaces> shift{};  // of the rows; here it is at hand
    std::uint8_t alone_shift = 0;
  };
  Vocabulary() = default;
  /// REQUIRES: keys distinct; rows parallel to keys.
  Vocabulary(std::span<const std::uint64_t> keys, LineVector<Rows> rows);

  /// The rows of a gram, or null.
  const Rows* find(std::uint64_t key) const;
  void prefetch(std::uint64_t key) const {
    if (x_mask != 0) __builtin_prefetch(&x_slots[key & x_mask]);
  }

 private:
  struct Slot {
    std::uint32_t fingerprint = 0;
    std::uint32_t entry = kNoRow;
  };
  std::uint64_t x_mask = 0;
  LineVector<Slot> x_slots;
  LineVector<Rows> x_rows;
};

/// Quantised weights: rows of int8, one column per output of the unit, padded to 16. A row of
/// strong words has a shift, so that a few of them do not make the scale too coarse for the rest.
struct WeightBlock {
  std::uint32_t width = 0;  // multiple of 16
  LineVector<std::int8_t> rows;
  std::vector<float> scale;          // per column: weight = scale * (int8 << shift of the row)
  std::vector<std::uint8_t> shifts;  // per row, 0 to kMostShift
  static constexpr std::uint8_t kMostShift = 7;

  const std::int8_t* row(std::uint32_t index) const {
    return rows.data() + std::size_t{index} * width;
  }
};

/// What a unit (turn or episode) has apart from words.
struct UnitWeights {
  std::uint32_t columns = 0;
  std::uint32_t width = 0;    // columns padded to 16
  std::vector<float> bias;    // width
  std::vector<float> shapes;  // shape features x width
};

/// A head as it is trained: its columns in the unit, and the way from score to probability:
/// logit = slope * score + offset, per column.
struct ScoreHead {
  Head head;          // head.first: first column
  bool shown = true;  // false: only a part of a product head
  std::vector<float> slope;
  std::vector<float> offset;
};

/// A head whose states are pairs of states of two others of the same unit, "PRI" and "-" make
/// "PRI-"; their probabilities are multiplied.
struct ProductHead {
  std::string name;
  std::string separator;
  std::uint32_t first = 0;  // index of the score heads
  std::uint32_t second = 0;
};

/// The parts of a model, as the trainer makes them and the file holds them.
struct ModelParts {
  Lang lang = Lang::kZh;
  std::string name;  // "reading-zh 1.0 (2026-11-21)"
  std::vector<ScoreHead> heads;
  std::vector<ProductHead> products;
  UnitWeights turn;
  UnitWeights episode;
  std::vector<std::uint64_t> keys;          // of all grams, ascending
  std::vector<std::uint8_t> masks;          // bit s: the gram has a row in space s
  std::array<WeightBlock, kSpaces> blocks;  // rows in the order of the keys
  // Kinds of cues ("need:basic") and a row for each. A kind that is found n times in a unit adds
  // cue_value(n) times its row.
  std::vector<std::string> cue_kinds;
  std::array<WeightBlock, kCueSpaces> cue_blocks;
};

/// The parts as the bytes of a model file: magic, version, checksum, contents.
std::string model_bytes(const ModelParts& parts);

/// The way from all scores of a unit to the arguments of its exponentials: slope x score + offset,
/// by column; the log-odds against a state where several may hold.
struct UnitLogits {
  std::vector<float> slope;   // width; 0 in columns of no head
  std::vector<float> offset;  // width
};

/// A model that reads one language. Immutable, so any number of threads may share it.
/// Memory: about that of its file and 50 bytes a gram.
class TextModel {
 public:
  /// Anything but a whole and consistent model file is refused with one sentence.
  static Result<TextModel> parse(std::string_view bytes);
  /// REQUIRES: consistent parts (parse checks what comes from outside).
  explicit TextModel(ModelParts parts);

  Lang lang() const { return x_parts.lang; }
  const std::string& name() const { return x_parts.name; }

  /// What the model speaks about: turn heads first, each group in the order of the outputs.
  std::span<const Head> heads() const { return x_heads; }
  const Head* find_head(std::string_view name) const;
  std::size_t turn_outputs() const { return x_turn_outputs; }
  std::size_t episode_outputs() const { return x_episode_outputs; }

  /// For the reader.
  const ModelParts& parts() const { return x_parts; }
  const Vocabulary& vocabulary() const { return x_vocabulary; }
  const WeightBlock& cue_block(CueSpace space) const {
    return x_parts.cue_blocks[static_cast<std::size_t>(space)];
  }
  /// For conversations with one customer turn, in which kCustomer and kLast speak of the same
  /// words: in the place of each row of kLast its sum with the gram's row of kCustomer, in steps
  /// that hold for the other rows of kCustomer too.
  const WeightBlock& alone_block() const { return x_alone; }
  const UnitLogits& logits(bool per_turn) const {
    return per_turn ? x_turn_logits : x_episode_logits;
  }
  /// Which score heads stand behind a shown head: itself, or the two of a product.
  struct Source {
    std::uint32_t first = 0;
    std::optional<std::uint32_t> second;
  };
  Source source(std::size_t head) const { return x_sources[head]; }

 private:
  void add_head(Head head, Source source);
  ModelParts x_parts;
  Vocabulary x_vocabulary;
  WeightBlock x_alone;
  UnitLogits x_turn_logits;
  UnitLogits x_episode_logits;
  std::vector<Head> x_heads;
  std::vector<Source> x_sources;
  std::size_t x_turn_outputs = 0;
  std::size_t x_episode_outputs = 0;
};

}  // namespace xinjing::language
